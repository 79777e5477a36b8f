"""What a document says of itself: title, publisher, fiscal year, kind."""

import tomllib
from collections import Counter
from functools import cache
from typing import Any

import regex

from hedui.resources import resource
from hedui.segmentation.view import RESIDUE

HEAD = 3000  # characters in which a title is looked for


@cache
def _know() -> dict[str, Any]:
    with resource("patterns", "lexicon", "document.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _expression(section: str, name: str) -> regex.Pattern[str]:
    return regex.compile(_know()[section][name], regex.MULTILINE)


def describe(text: str) -> tuple[str | None, str | None, int | None, str | None]:
    """Title, publisher, fiscal year and kind of a document, each None where the text does not tell."""
    squeezed = squeeze(text)
    match = _expression("title", "expression").search(squeezed, 0, HEAD)
    title = match.group().strip("# *") if match else None
    named = _expression("title", "publisher").match(title) if title else None
    return title, named["publisher"] if named else None, fiscal_year(squeezed, title), _kind(squeezed, title)


def squeeze(text: str) -> str:
    """The text without residue and blanks inside lines."""
    return regex.sub(r"[^\S\n]+", "", RESIDUE.sub("", text))


def fiscal_year(squeezed: str, title: str | None) -> int | None:
    """The year that the text speaks of most; the years of its title and of accounts and budgets weigh more."""
    votes: Counter[int] = Counter()
    for match in _expression("year", "expression").finditer(squeezed):
        votes[int(match["year"])] += 1
    for match in _expression("year", "weighty").finditer(squeezed):
        votes[int(match["year"])] += _know()["year"]["heading_weight"]
    if title and (first := _expression("year", "weighty").search(title)):
        votes[int(first["year"])] += 5 * _know()["year"]["heading_weight"]
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _kind(squeezed: str, title: str | None) -> str | None:
    kinds = [(k["id"], k["words"]) for k in _know()["kind"]]
    for kind, words in kinds:
        if title and any(word in title for word in words):
            return str(kind)
    counts = {kind: sum(squeezed.count(word) for word in words) for kind, words in kinds}
    best = max(counts, key=lambda kind: counts[kind])
    return str(best) if counts[best] else None


def looks_like_disclosure(text: str) -> bool:
    """Whether the text has any of the words that no disclosure is without."""
    return any(word in text for word in _know()["disclosure"]["words"])
