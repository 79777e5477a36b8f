"""patterns/across.toml: what is known for checks across documents."""

import tomllib
from functools import cache
from typing import Any

import regex

from hedui.resources import resource


@cache
def knowledge() -> dict[str, Any]:
    """The file as it is written."""
    with resource("patterns", "across.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def expression(section: str, name: str) -> regex.Pattern[str]:
    """One expression; a list of them as one with alternatives."""
    written = knowledge()[section][name]
    return regex.compile(written if isinstance(written, str) else "|".join(f"(?:{one})" for one in written))


@cache
def expressions(section: str, name: str) -> tuple[regex.Pattern[str], ...]:
    """A list of expressions, each by itself."""
    return tuple(regex.compile(one) for one in knowledge()[section][name])
