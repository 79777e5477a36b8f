"""Broken and hostile inputs, made by rule: what every reader has to survive.

A module of `broken.formats` holds the cases of one format; a new module is found by being there. A case is a
function that makes the bytes of one file at a size: the tests make it small, a person who measures makes it full.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

READ = "read"
"""The end of a case whose file is read, whatever is found in it."""
MILLION = 1_000_000

Make = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """One broken file.

    `name` is its file name. `ends` are the ways in which it may end: `read`, or the keys of its refusal (those of
    UnreadableInput). `make` takes a size, which `small` and `full` give, and returns the bytes.
    """

    name: str
    ends: tuple[str, ...]
    make: Make
    small: int
    full: int

    def data(self, full: bool = False) -> bytes:
        """The bytes, small or in full size."""
        return self.make(self.full if full else self.small)


_CASES: dict[str, Case] = {}


def case(name: str, *ends: str, small: int, full: int) -> Callable[[Make], Make]:
    """Register the function below it as the maker of a file that ends in one of the ways `ends`."""

    def register(make: Make) -> Make:
        _add(Case(name, ends, make, small, full))
        return make

    return register


def fixed(name: str, data: bytes, *ends: str) -> None:
    """Register a file that has one size."""
    _add(Case(name, ends, lambda _: data, len(data), len(data)))


def _add(new: Case) -> None:
    if new.name in _CASES:
        raise ValueError(f"two cases are called {new.name}")
    _CASES[new.name] = new


def cases() -> tuple[Case, ...]:
    """All cases, by name."""
    from broken import formats

    for module in pkgutil.iter_modules(formats.__path__):
        import_module(f"{formats.__name__}.{module.name}")
    return tuple(_CASES[name] for name in sorted(_CASES))
