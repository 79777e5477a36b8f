"""The official items that a generated body may spend on, read from the classification catalogue."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FUNCTIONAL = Path(__file__).parents[2] / "corpora" / "classification" / "functional.csv"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the lowest level, with the names and codes of all three."""

    code: str
    names: tuple[str, str, str]

    @property
    def path(self) -> str:
        """Names from class to item, as the gold annotations write them."""
        return "/".join(self.names)


@cache
def _names() -> dict[str, str]:
    """Code to name, for entries whose name has not changed: a generated year never meets an old one."""
    with FUNCTIONAL.open(encoding="utf8") as lines:
        rows = [r for r in csv.DictReader(lines) if not r["valid_to"]]
    return {r["code"]: r["name"] for r in rows}


def entry(code: str) -> Entry:
    """The item with this seven-digit code; KeyError where the catalogue has none."""
    names = _names()
    return Entry(code, (names[code[:3]], names[code[:5]], names[code]))


def items_of(group: str) -> list[Entry]:
    """All items below a five-digit group, by code."""
    return [entry(code) for code in sorted(_names()) if len(code) == 7 and code.startswith(group)]
