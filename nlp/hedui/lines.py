"""How a printed line is recognised: the expressions of patterns/layout.toml, and what word processors leave in it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from hedui.resources import resource

# What word processors leave behind: bookmarks, page references, link fields, bold marks of Markdown exports.
RESIDUE = regex.compile(
    r"\[bookmark:[^][\n]*+\]|\bPAGEREF[ \t]+\S+(?:[ \t]+\\?[a-z])*(?:[ \t]+\d+)?"
    r"|\bHYPERLINK[ \t]+\S+(?:[ \t]+\S+)?|\*\*|__"
)


@dataclass(frozen=True, slots=True)
class LineRules:
    """The expressions of patterns/layout.toml, compiled."""

    enumerator: regex.Pattern[str]
    levels: dict[str, int]
    line: dict[str, regex.Pattern[str]]
    sections: tuple[tuple[str, regex.Pattern[str]], ...]
    planned: regex.Pattern[str]


@cache
def line_rules() -> LineRules:
    """The layout knowledge of the pattern library."""
    with resource("patterns", "layout.toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    kinds = [e["id"] for e in data["enumerator"]]
    alternatives = "|".join(
        f"(?P<{k.replace('-', '_')}>{e['expression']})"
        for k, e in zip(kinds, data["enumerator"], strict=True)
    )
    return LineRules(
        enumerator=regex.compile(alternatives),
        levels={kind: level for level, kind in enumerate(kinds, 1)},
        line={name: regex.compile(expression) for name, expression in data["line"].items()},
        sections=tuple((s["kind"], _words(s["words"], s.get("except", ()))) for s in data["section"]),
        planned=regex.compile(data["planned"]["heading"]),
    )


def _words(words: Sequence[str], excepted: Sequence[str]) -> regex.Pattern[str]:
    """Any of some words, where none of the excepted ones stands."""
    none = f"(?!{'|'.join(map(regex.escape, excepted))})" if excepted else ""
    return regex.compile(f"{none}(?:{'|'.join(map(regex.escape, words))})")
