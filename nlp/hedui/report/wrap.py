"""Wrapping of Chinese text for a terminal, where a Han character is two columns wide."""

import re
import unicodedata

# An escape sequence, a run of Latin letters and digits (no number is broken), white space, or a character.
_TOKEN = re.compile(r"\x1b\[[0-9;]*m|[!-~]+|\s+|.", re.DOTALL)

# East Asian typography allows no line to begin with a closing mark or to end with an opening one.
_NO_START = frozenset("，。；：、！？）》】”’％…")
_NO_END = frozenset("（《【“‘")


def columns(text: str) -> int:
    """How many terminal columns the text takes; escape sequences take none (Unicode Standard Annex 11)."""
    return sum(_columns(token) for token in _TOKEN.findall(text))


def _columns(token: str) -> int:
    if token.startswith("\x1b"):
        return 0
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in token
    )


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns (one token more where a mark may not begin or end a line)."""
    lines: list[list[str]] = [[]]
    room = width
    for token in _TOKEN.findall(text):
        need = _columns(token)
        line = lines[-1]
        if need > room and line and token not in _NO_START:
            opening = [line.pop()] if line[-1] in _NO_END and len(line) > 1 else []
            line = opening
            lines.append(line)
            room = width - sum(map(_columns, opening))
        if token.isspace() and not line:
            continue
        line.append(" " if token.isspace() else token)
        room -= need
    return ["".join(line).rstrip() for line in lines]
