"""Is a text a disclosure, and of what kind? Told by words alone, before anything costly is done with it.

The kinds and their cues are in patterns/lexicon/document.toml.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

import regex

from hedui.resources import resource

OTHER = "other"
TEMPLATE = "template"
TWO_YEARS = (
    "government_report",
    "sangong_notice",
)  # of several levels of government, of a year past and one planned
HEAD = 3000  # characters in which what speaks against a disclosure is looked for


@dataclass(frozen=True, slots=True)
class Triage:
    """What a text is.

    `kind` is `department_final`, `unit_final`, `department_budget`, `performance_report`, `government_report`,
    `sangong_notice`, `template` (a form that was not filled in) or `other` (no disclosure); `score` the points for
    the likeliest kind, `why` the words that they were given for and, with a minus before them, those against.
    `from_title` tells whether the title decided between the kinds.
    """

    kind: str
    score: int
    why: tuple[str, ...]
    from_title: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    title: regex.Pattern[str]
    cues: tuple[regex.Pattern[str], ...]
    variant: dict[str, Any] | None


@cache
def knowledge() -> dict[str, Any]:
    """patterns/lexicon/document.toml as it is written."""
    with resource("patterns", "lexicon", "document.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            kind["id"],
            regex.compile(kind["title"]),
            tuple(regex.compile(cue, regex.MULTILINE) for cue in kind["cues"]),
            kind.get("variant"),
        )
        for kind in knowledge()["kind"]
    )


@cache
def _against() -> tuple[tuple[regex.Pattern[str], int, int], ...]:
    return tuple(
        (regex.compile(entry["expression"], regex.MULTILINE), entry.get("least", 1), entry["points"])
        for entry in knowledge()["against"]
    )


@cache
def _expression(name: str) -> regex.Pattern[str]:
    return regex.compile(knowledge()["triage"][name], regex.MULTILINE)


def triage(squeezed: str, title: str | None = None) -> Triage:
    """What a text without blanks inside its lines is, given its title where it has one."""
    rules = knowledge()["triage"]
    minus, reasons = _speaks_against(squeezed[:HEAD])
    titled = next((kind for kind in _kinds() if title and kind.title.search(title)), None)
    scored = []
    for kind in (titled,) if titled else _kinds():
        why = [found[0] for cue in kind.cues if (found := cue.search(squeezed))]
        points = len(why) - minus + (rules["title"] if titled else 0)
        scored.append((points, kind, (*why, *reasons)))
    score, best, told = max(scored, key=itemgetter(0))
    amounts = _count("amount", squeezed, rules["template"])
    if amounts < rules["template"] and score >= rules["least"]:
        if _count("placeholder", squeezed, rules["template"]) == rules["template"]:
            return Triage(TEMPLATE, score, told)
    if score < rules["least"] or amounts < (1 if titled else rules["amounts"]):
        return Triage(OTHER, score, told)
    return Triage(_variant(best, squeezed, title), score, told, titled is not None)


def _count(name: str, text: str, enough: int) -> int:
    """How often an expression occurs, counted no further than is asked for."""
    return sum(1 for _, _ in zip(_expression(name).finditer(text), range(enough), strict=False))


def _speaks_against(head: str) -> tuple[int, tuple[str, ...]]:
    points, reasons = 0, []
    for expression, least, minus in _against():
        found = expression.findall(head)
        if len(found) >= least:
            points += minus
            reasons.append(f"-{found[0]}")
    return points, tuple(reasons)


def _variant(kind: _Kind, squeezed: str, title: str | None) -> str:
    """The kind itself or its variant: as the title says, else whose words are more frequent."""
    variant = kind.variant
    if variant is None:
        return kind.id
    if title and regex.search(variant["title"], title):
        return str(variant["id"])
    for text in (title or "", squeezed):
        own, others = (sum(map(text.count, variant[name])) for name in ("words", "others"))
        if own != others:
            return str(variant["id"]) if own > others else kind.id
    return kind.id
