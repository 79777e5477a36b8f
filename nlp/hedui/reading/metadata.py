"""What a document says of itself: title, publisher, fiscal year, kind."""

import tomllib
from collections import Counter
from functools import cache
from typing import Any

import regex

from hedui.lines import RESIDUE, line_rules
from hedui.resources import resource

HEAD = 3000  # characters in which a title is looked for
LONGEST = 80  # characters of a title


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
    title = _title(squeezed[:HEAD])
    named = _expression("title", "publisher").match(title) if title else None
    return title, named["publisher"] if named else None, fiscal_year(squeezed, title), _kind(squeezed, title)


def _title(head: str) -> str | None:
    """The first line, or two short lines together, that names a document; lines of the contents do not count."""
    contents, expression = line_rules().line["contents"], _expression("title", "expression")
    lines = [line.strip("#* ") for line in head.split("\n")]
    marked = line_rules().enumerator
    lines = [line for line in lines if line and not contents.fullmatch(line) and not marked.match(line)]
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        for candidate in (line, line + following):
            if len(candidate) <= LONGEST and expression.fullmatch(candidate):
                return candidate
    return None


def publisher_of_tables(text: str) -> str | None:
    """The body that the first table of a text names as its own."""
    named = _expression("table", "publisher").search(regex.sub(r"[^\S\n\t]+", "", text))
    return named["publisher"] if named else None


def squeeze(text: str) -> str:
    """The text without residue and blanks inside lines."""
    return regex.sub(r"[^\S\n]+", "", RESIDUE.sub("", text))


def fiscal_year(squeezed: str, title: str | None) -> int | None:
    """The year of the title, else the one that the text speaks of most; those of accounts and budgets weigh more."""
    if title and (first := _expression("year", "weighty").search(title)):
        return int(first["year"])
    votes: Counter[int] = Counter()
    for match in _expression("year", "expression").finditer(squeezed):
        votes[int(match["year"])] += 1
    for match in _expression("year", "weighty").finditer(squeezed):
        votes[int(match["year"])] += _know()["year"]["heading_weight"]
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
