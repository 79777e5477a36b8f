"""The official items that a generated body may spend on, read from the classification catalogue."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).parents[2] / "corpora" / "classification"


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
def _rows(chart: str) -> list[dict[str, str]]:
    """The entries of a chart that are still in force: a generated year never meets an old one."""
    with (CATALOGUE / f"{chart}.csv").open(encoding="utf8") as lines:
        return [row for row in csv.DictReader(lines) if not row["valid_to"]]


@cache
def _names(chart: str = "functional") -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows(chart)}


def name_of(code: str) -> str:
    """The name of a functional code of any level; KeyError where the catalogue has none."""
    return _names()[code]


def economic_name(code: str) -> str:
    """The name of an economic code."""
    return _names("economic")[code]


def economic_codes(group: str) -> list[str]:
    """All economic codes below a three-digit group."""
    return [code for code in sorted(_names("economic")) if len(code) == 5 and code.startswith(group)]


@cache
def printed_codes() -> frozenset[str]:
    """The functional codes whose names were read in print: what contradicts them is sure."""
    return frozenset(row["code"] for row in _rows("functional") if row["source"] == "print")


@cache
def former_names() -> dict[str, tuple[str, int]]:
    """Functional codes whose name changed, with the last former name and the last year when it was in force."""
    found: dict[str, tuple[str, int]] = {}
    for row in _rows("functional"):
        if row["former_names"]:
            name, _, year = row["former_names"].split(";")[-1].partition(":")
            found[row["code"]] = name, int(year)
    return found


def entry(code: str) -> Entry:
    """The item with this seven-digit code; KeyError where the catalogue has none."""
    names = _names()
    return Entry(code, (names[code[:3]], names[code[:5]], names[code]))


def items_of(group: str) -> list[Entry]:
    """All items below a five-digit group, by code."""
    return [entry(code) for code in sorted(_names()) if len(code) == 7 and code.startswith(group)]
