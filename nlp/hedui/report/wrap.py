"""Wrapping of Chinese text for a terminal, where a Han character is two columns wide."""

import re
import unicodedata

_ESCAPE = r"\x1b\[[0-9;]*m"

# What stays on one line: a run of Latin letters, digits and dashes (no number is broken) or one character,
# with the opening marks before it and the closing marks after it, as East Asian typography asks for.
_UNIT = re.compile(
    rf"(?:{_ESCAPE}|[（《【“‘])*(?:[!-~–−]+|\s+|.)(?:{_ESCAPE}|[，。；：、！？）》】”’％…])*", re.DOTALL
)
_ESCAPES = re.compile(_ESCAPE)


def columns(text: str) -> int:
    """How many terminal columns the text takes; escape sequences take none (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in _ESCAPES.sub("", text)
    )


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; only what cannot be broken may be wider."""
    lines = [""]
    room = width
    for unit in _UNIT.findall(text):
        if unit.isspace():
            unit = " "
        need = columns(unit)
        if need > room and lines[-1]:
            lines.append("")
            room = width
        if lines[-1] or unit != " ":
            lines[-1] += unit
            room -= need
    return [line.rstrip() for line in lines]
