"""The pattern library: statements over types of words, compiled.

A statement is a row of types, as in `direction gap {rate}`: type names of the lexicon, kinds of figures, and slots in
braces for the figures that it asserts something of. `?`, `*`, `|` and round brackets mean what they mean in regular
expressions, over types instead of characters; `gap` is any run of words that carry nothing of their own, `aside` a
bracket without figures. Every type is one character of the text that is searched, so a pattern is an ordinary
expression and a sentence of a hundred characters is a search of twenty.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

import regex

from hedui.resources import resource
from hedui.values import dataclass

FIGURES = (
    "money", "percent", "points", "score", "persons", "batches", "vehicles", "sets", "count", "bare", "time", "ordinal",
)  # fmt: skip
WORDS = (
    "subject", "item", "than", "and", "compared", "last", "same_period", "comparator", "direction", "reach", "adjusted",
    "from", "flat", "budget", "final", "completion", "share", "list", "respectively", "each", "reason", "order",
    "limit", "limit_after", "light", "use", "absent", "activity", "word", "moment", "period", "text", "aside",
)  # fmt: skip
MARKS = {
    "comma": "，",
    "semicolon": "；",
    "colon": "：",
    "pause": "、",
    "open": "（",
    "close": "）",
    "stop": "。！？",
}
TYPES = {name: chr(0x4E00 + n) for n, name in enumerate((*FIGURES, *WORDS, *MARKS))}

_SLOTS = {
    "amount": ("money", "bare"),
    "rate": ("percent", "points", "bare"),
    "number": ("persons", "batches", "vehicles", "sets", "count"),
    "score": ("score",),
    "figure": FIGURES,
}
# Words that may stand between a cue and its figure without changing what it says.
_GAP = ("light", "aside", "each", "respectively", "final", "than", "and", "compared", "word")
# Words that may name the whole of a share.
_NAME = (
    "subject",
    "item",
    "text",
    "word",
    "light",
    "budget",
    "final",
    "aside",
    "pause",
    "activity",
    "last",
    "moment",
    "than",
    "and",
    "share",
    "respectively",
    "list",
    "limit",
    "absent",
    "use",
)
_MACROS = {
    "gap": f"[{''.join(TYPES[t] for t in _GAP)}]*",
    "name": f"[{''.join(TYPES[t] for t in _NAME)}]*",
    "number": f"[{''.join(TYPES[t] for t in _SLOTS['number'])}]",
    "figure": f"[{''.join(TYPES[t] for t in FIGURES)}]",
}
_ELEMENT = regex.compile(
    r"\{(?P<slot>[a-z_]+)(?::(?P<kind>[a-z]+))?\}|(?P<name>[a-z_]+)|(?P<operator>[?*+|()])|\s+"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the claims that must come of it, in the notation of `hedui.examples`."""

    text: str
    claims: tuple[str, ...]
    others: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    year: int = 2023
    heading: str | None = None
    forms: tuple[str, ...] = ()
    kind: str | None = None  # of the document it stands in


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One statement; `asserts` tells for each slot what the figure in it claims, or the kind of non-claim it is.

    `opens` holds the types, as characters, that a match can begin with.
    """

    id: str
    statement: str
    asserts: Mapping[str, Mapping[str, str]]
    examples: tuple[Example, ...]
    expression: regex.Pattern[str]
    opens: frozenset[str]
    makes: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found at types `start` to `end`, with the positions of the figures in its slots."""

    pattern: Pattern
    start: int
    end: int
    slots: tuple[tuple[str, int], ...]


def compile_statement(statement: str) -> regex.Pattern[str]:
    """The expression of a statement; ValueError names what it does not know."""
    out: list[str] = []
    position = 0
    while position < len(statement):
        match = _ELEMENT.match(statement, position)
        if not match:
            raise ValueError(f"the statement {statement!r} cannot be read at {statement[position:]!r}")
        position = match.end()
        if slot := match["slot"]:
            kind = match["kind"] or slot
            kinds = (kind,) if kind in FIGURES else _SLOTS.get(kind)
            if kinds is None:
                raise ValueError(f"the statement {statement!r} names an unknown slot {slot!r}")
            out.append(f"(?P<{slot}>[{''.join(TYPES[k] for k in kinds)}])")
        elif name := match["name"]:
            if name not in TYPES and name not in _MACROS:
                raise ValueError(f"the statement {statement!r} names an unknown type {name!r}")
            out.append(_MACROS.get(name) or TYPES[name])
        elif operator := match["operator"]:
            out.append("(?:" if operator == "(" else operator)
    try:
        return regex.compile("".join(out))
    except regex.error as error:
        raise ValueError(f"the statement {statement!r} is not closed: {error}") from error


@cache
def library() -> tuple[Pattern, ...]:
    """All patterns of patterns/statements in the order in which they are tried: by file name, then as written."""
    out: list[Pattern] = []
    for path in sorted(resource("patterns", "statements").glob("*.toml")):
        with path.open("rb") as file:
            data: dict[str, Any] = tomllib.load(file)
        for raw in data["pattern"]:
            expression = compile_statement(raw["statement"])
            out.append(
                Pattern(
                    raw["id"],
                    raw["statement"],
                    raw.get("asserts", {}),
                    tuple(example(e) for e in raw.get("example", ())),
                    expression,
                    frozenset(c for c in TYPES.values() if expression.fullmatch(c, partial=True)),
                    raw.get("makes"),
                )
            )
    return tuple(out)


def example(raw: Mapping[str, Any]) -> Example:
    """An example as written in TOML."""
    return Example(
        raw["text"],
        tuple(raw.get("claims", ())),
        tuple(raw.get("others", ())),
        tuple(raw.get("remarks", ())),
        raw.get("year", 2023),
        raw.get("heading"),
        tuple(raw.get("forms", ())),
        raw.get("kind"),
    )


@cache
def forms() -> tuple[Example, ...]:
    """The examples of whole forms in patterns/forms."""
    out: list[Example] = []
    for path in sorted(resource("patterns", "forms").glob("*.toml")):
        with path.open("rb") as file:
            out.extend(example(raw) for raw in tomllib.load(file)["example"])
    return tuple(out)


@lru_cache(maxsize=8)
def _opened(patterns: tuple[Pattern, ...]) -> dict[str, tuple[int, ...]]:
    """The numbers of the patterns that a match can begin with each type of."""
    types = {type_ for pattern in patterns for type_ in pattern.opens}
    return {type_: tuple(n for n, p in enumerate(patterns) if type_ in p.opens) for type_ in types}


def matches(types: str, patterns: Sequence[Pattern]) -> list[Match]:
    """Every match of the patterns in a row of types, the patterns in their order, each from left to right."""
    out: list[Match] = []
    opened = _opened(tuple(patterns))
    for number in sorted({number for type_ in set(types) for number in opened.get(type_, ())}):
        pattern = patterns[number]
        names = pattern.expression.groupindex
        for match in pattern.expression.finditer(types, overlapped=pattern.makes is None):
            slots = [(name, start) for name in names for start in match.starts(name)]
            if len(slots) > 1:
                slots.sort(key=itemgetter(1))
            out.append(Match(pattern, *match.span(), tuple(slots)))
    return out
