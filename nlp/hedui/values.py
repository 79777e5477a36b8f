"""Dataclasses for values that are made by the thousand: frozen for the type checker, unguarded when the program runs.

Python's own frozen classes set every field by a call, which makes them seven times as slow to make; assignments to
their fields are found by mypy before anything runs. What the public face hands out (Document, Claim, Finding …) is
truly frozen.
"""

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, eq: bool = True, **how: bool) -> Any:
        """The standard library's, with the hash of a frozen class and without its guard."""
        return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **how)


__all__ = ["dataclass"]
