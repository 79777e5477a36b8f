"""A sentence → a row of typed tokens: figures, moments, classification items, words of the lexicon, marks, the rest."""

import re
from collections.abc import Callable, Container
from dataclasses import replace
from operator import attrgetter

import regex

from hedui import figures, lexicon
from hedui.classification import find_items
from hedui.classification.mentions import ItemMention
from hedui.lexicon import Entry
from hedui.model import Figure
from hedui.patterns import TYPES, Pattern, matches
from hedui.values import dataclass

_SOLID = re.compile(r"[^\W_]+")  # what stands between marks and figures
CLAUSE_MARKS = frozenset("，。；！？")  # no item reaches over the end of a clause
CODE = regex.compile(r"(?<!\d)\d{3}(?:\d\d){0,2}$")  # printed right before the name of an item
CUES = frozenset(["direction", "last", "budget", "final", "completion", "share"])  # what a figure is told by
ASIDE = 80  # characters: the longest bracket that is read as an aside


@dataclass(frozen=True, slots=True)
class Token:
    """One typed stretch of a sentence; positions count characters of the view."""

    type: str
    start: int
    end: int
    text: str
    entry: Entry | None = None
    figure: Figure | None = None
    year: int | None = None
    period: str | None = None
    mention: ItemMention | None = None
    versus: str | None = None
    versus_basis: str | None = None


Words = Callable[[str], Container[tuple[int, int]]]


def lex(text: str, words: Words, makers: tuple[Pattern, ...]) -> list[Token]:
    """The tokens of a sentence.

    `words` gives where the words of a stretch without marks and figures begin and end, asked for only where a short
    cue needs it; `makers` are the patterns that make one comparator of several words.
    """
    mentions = [m for m in find_items(text) if CLAUSE_MARKS.isdisjoint(text[m.start : m.end])]
    found, moments = figures.scan(text)
    if mentions:
        found = [f for f in found if not any(m.start <= f.start < m.end for m in mentions)]
    tokens = [Token(f.kind, f.start, f.end, text[f.start : f.end], figure=f) for f in found]
    for m in moments:
        kind = "moment" if m.kind == "year" else "period"
        tokens.append(Token(kind, m.start, m.end, text[m.start : m.end], year=m.year, period=m.period))
    mentions = [m for m in mentions if not any(t.start < m.end and m.start < t.end for t in tokens)]
    tokens += [Token("item", m.start, m.end, text[m.start : m.end], mention=m) for m in mentions]
    masked = list(text)
    for token in tokens:
        masked[token.start : token.end] = "\0" * (token.end - token.start)
    tokens += _lexemes("".join(masked), words)
    tokens.sort(key=attrgetter("start"))
    tokens = _filled(text, tokens)
    if "：" in text:
        _value(tokens)
    return _compose(_asides(tokens) if "）" in text else tokens, makers)


def _lexemes(masked: str, words: Words) -> list[Token]:
    out: list[Token] = []
    stretches: list[tuple[int, int]] | None = None
    for start, end, entry in lexicon.find(masked):
        if entry.word:
            stretches = stretches or [match.span() for match in _SOLID.finditer(masked)]
            first, last = next((a, b) for a, b in stretches if start < b)
            if (start - first, end - first) not in words(masked[first:last]):
                continue
        word = masked[start:end]
        mention = None
        if entry.names_item:
            if entry.type == "item" and masked.startswith(lexicon.no_items_before(), end):
                continue
            code = CODE.search(masked[max(0, start - 8) : start])
            mention = ItemMention(start, end, (word,), (code[0] if code else None,), (0,))
        out.append(Token(entry.type, start, end, word, entry, mention=mention))
    return out


def _filled(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens with the unknown words between them."""
    out: list[Token] = []
    position = 0
    for token in tokens:
        if position < token.start:
            out.append(Token("text", position, token.start, text[position : token.start]))
        out.append(token)
        position = token.end
    if position < len(text):
        out.append(Token("text", position, len(text), text[position:]))
    return out


def _value(tokens: list[Token]) -> None:
    """A colon between a cue and its figure says nothing: 年初预算数：3万元，比上年增加：1万元."""
    for n, token in enumerate(tokens[1:-1], 1):
        if token.type == "colon" and tokens[n + 1].figure:
            before = tokens[n - 1]
            if before.type in CUES or (before.type == "light" and len(before.text) == 1):
                tokens[n] = replace(token, type="light")


def _asides(tokens: list[Token]) -> list[Token]:
    """Brackets without figures become one token."""
    out: list[Token] = []
    for token in tokens:
        if token.type == "close":
            opening = _opening(out, token.end - ASIDE)
            if opening is not None:
                inner = out[opening + 1 :]
                if not any(t.figure for t in inner):
                    del out[opening:]
                    start = token.start if not inner else inner[0].start - 1
                    words = "".join(t.text for t in inner)
                    out.append(Token("aside", start, token.end, f"（{words}）"))
                    continue
        out.append(token)
    return out


def _opening(tokens: list[Token], first: int) -> int | None:
    """The last bracket that is opened at or after a position of the text."""
    for i in range(len(tokens) - 1, -1, -1):
        if tokens[i].start < first:
            return None
        if tokens[i].type == "open":
            return i
    return None


def types_of(tokens: list[Token]) -> str:
    """The row of types as the patterns search it."""
    return "".join([TYPES[t.type] for t in tokens])


def _compose(tokens: list[Token], makers: tuple[Pattern, ...]) -> list[Token]:
    """Comparators made of several words become one token."""
    found = matches(types_of(tokens), makers)
    if not found:
        return tokens
    taken: list[tuple[int, int, Pattern]] = []
    for match in sorted(found, key=lambda m: m.start - m.end):  # the longest first
        if all(match.end <= start or end <= match.start for start, end, _ in taken):
            taken.append((match.start, match.end, match.pattern))
    for start, end, pattern in sorted(taken, key=lambda t: -t[0]):
        run = tokens[start:end]
        kept = [run.pop()] if run[-1].type == "flat" else []
        tokens[start:end] = [_comparator(run, pattern), *kept]
    return tokens


def _comparator(run: list[Token], pattern: Pattern) -> Token:
    year = next((t.year for t in run if t.type == "moment"), None)
    budget = next((t.entry.basis for t in run if t.type == "budget" and t.entry), None)
    first = Token("comparator", run[0].start, run[-1].end, "".join(t.text for t in run), year=year)
    if pattern.makes == "budget":
        return replace(first, versus=budget, versus_basis=budget)
    if pattern.makes == "prior_year_budget":
        return replace(first, versus="prior_year", versus_basis=budget)
    basis = "final" if any(t.type == "final" for t in run) else None
    return replace(first, versus="prior_year", versus_basis=basis)
