"""Counts against the names listed right behind them: 共3个单位，包括：甲局本级、乙中心、丙队."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from hedui.exact import Fraction
from hedui.intervals import Interval
from hedui.relations.candidate import Candidate
from hedui.relations.identities import Enumeration, identities
from hedui.relations.ledger import Ledger, Value

FAR = 1500  # characters that a list can take
BETWEEN, SHORT = 2, 20  # other lines between those of a list, and their characters
CHINESE = "一二三四五六七八九十"
LINE = regex.compile(rf"[（(]?(\d{{1,2}}|[{CHINESE}])[)）.、．]{{1,2}}\s*(\S.{{1,60}})")
BRACKETS = regex.compile(r"[（(][^（）()]*[）)]")


class _List(NamedTuple):
    """The names of a list, and whether it may go on (等)."""

    names: list[str]
    goes_on: bool = False


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for every count that a list of names follows: as many as there are names."""
    known = identities().enumeration
    for value in ledger.values:
        if value.claim.measure != "count" or value.printed.low != value.printed.high or value.zero:
            continue
        listed = _behind(ledger.document.text, value.claim.end, known)
        if listed:
            yield _as_many(value, listed)


def _as_many(value: Value, listed: _List) -> Candidate:
    number = Interval(Fraction(len(listed.names)), Fraction(len(listed.names)))
    return Candidate(
        "CNT004",
        (("count", value),),
        value,
        value.read,
        lambda read: number,
        value.claim.unit,
        order="at_least" if listed.goes_on else "equal",
        fields={"names": "、".join(listed.names), "listed": str(len(listed.names))},
    )


def _behind(text: str, start: int, known: Enumeration) -> _List | None:
    """The list that begins right behind a figure, in numbered lines or in one sentence."""
    opening = known.opening.match(text, start, start + FAR)
    if opening is None:
        return None
    names = _in_lines(text[opening.end() : start + FAR].split("\n"))
    return _List(names) if names else _in_sentence(text, opening.end(), known)


def _in_lines(lines: list[str]) -> list[str]:
    """Lines numbered from one on; short ones between them, the rest of a name or a page's foot, are passed over."""
    names: list[str] = []
    style, between = "", 0
    for line in lines[1:] if not lines[0].strip() else []:
        found = LINE.fullmatch(line.strip())
        if found and _number(found[1]) == len(names) + 1 and style in ("", _style(found[1])):
            names.append(found[2].rstrip("，,；;。"))
            style, between = _style(found[1]), 0
        elif line.strip():
            between += 1
            if found or not names or between > BETWEEN or len(line.strip()) > SHORT:
                break
    return [] if any(c.isdigit() for name in names for c in name) else names


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else 1 + CHINESE.index(printed)


def _style(number: str) -> str:
    return "1" if number.isdigit() else "一"


def _in_sentence(text: str, start: int, known: Enumeration) -> _List | None:
    """Names with 、 between them, up to the end of the sentence or of the bracket; nothing where one may be none."""
    plain = BRACKETS.sub("", "".join(text[start : start + FAR].split()))
    words, end, _ = plain.partition(
        ")" if text[start - 1] == "(" else "）" if text[start - 1] == "（" else "。"
    )
    goes_on = words.endswith(known.goes_on)
    pieces = regex.split("[、，,；;]", words.removesuffix(known.goes_on))
    names = [name for piece in pieces for name in _two(piece, known)]
    if not end or len(names) < 2 or any(c.isdigit() for c in words):
        return None
    return _List(names, goes_on) if all(name.endswith(known.heads) for name in names) else None


def _two(piece: str, known: Enumeration) -> tuple[str, ...]:
    """甲中心和乙队 is two names, 规划和自然资源局 is one."""
    for word in known.joining:
        first, _, second = piece.rpartition(word)
        if first.endswith(known.heads) and second.endswith(known.heads):
            return first, second
    return (piece,)
