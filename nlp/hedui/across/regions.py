"""The table of administrative divisions, and which of them a name begins with."""

import csv
from collections import defaultdict
from functools import cache

from hedui.across.knowledge import expression
from hedui.resources import resource

LONGEST = 15  # characters of a division's name


@cache
def divisions() -> dict[str, str]:
    """The names of all divisions, those that are no more included, by code."""
    return {row["code"]: row["name"] for row in _rows()}


@cache
def _codes() -> dict[str, frozenset[str]]:
    """The codes of every name: full, former, and of a province in short."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows():
        names = [row["name"], *filter(None, row["former_names"].split(";"))]
        if level(row["code"]) == 1:
            names.append(expression("bodies", "short").sub("", row["name"]))
        for name in names:
            found[name].add(row["code"])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _rows() -> list[dict[str, str]]:
    with resource("corpora", "regions", "divisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level(code: str) -> int:
    """1 for a province, 2 for a city, 3 for a county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def within(code: str, outer: str) -> bool:
    """Whether a division lies in another one, or is that one."""
    return code.startswith(outer[: 2 * level(outer)])


def leading(name: str) -> tuple[frozenset[str], str]:
    """The codes that the innermost of the divisions a name begins with can have, and the rest of the name.

    Each division lies in the one before it: 上海市普陀区 is one place, 普陀区 alone two. No codes where no division
    leads. A name is never nothing but a place, and a short name leads only before a longer one (上海普陀区).
    """
    codes: frozenset[str] = frozenset()
    while True:
        for length in range(min(LONGEST, len(name) - 2), 1, -1):
            found = _codes().get(name[:length], frozenset())
            if codes:
                found = frozenset(c for c in found if any(c != o and within(c, o) for o in codes))
            if found:
                codes, name = found, name[length:]
                break
        else:
            return codes, name


def named(text: str, codes: frozenset[str]) -> frozenset[str]:
    """Those of several divisions that the text tells by naming what they lie in; all where it tells none apart."""
    told = frozenset(
        code
        for code in codes
        if any(name in text for outer in _around(code) for name in (divisions().get(outer, ""),) if name)
    )
    return told or codes


def _around(code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(outer for outer in (f"{code[:4]}00", f"{code[:2]}0000") if outer != code))
