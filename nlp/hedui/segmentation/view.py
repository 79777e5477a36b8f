"""A view: the document's characters as the patterns want to see them, each with its place in the document.

Documents differ in white space, quotation marks, half- and full-width characters and the residue of word processors;
patterns should not. A view drops what carries no meaning and folds what is the same; the offsets lead back.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import regex

from hedui.lines import RESIDUE
from hedui.resources import resource
from hedui.values import dataclass

# One canonical form for punctuation that half-width typing and conversion programs vary.
_FOLD = {ord(a): b for a, b in zip("():;!?％．－−～", "（）：；！？%.--~", strict=True)}
_FOLD |= {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}  # full-width digits
_FOLD |= {code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_DROP = set("“”\"‘’'「」『』﹃﹄`\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class View:
    """`text` as patterns read it; `origin[i]` is the document offset of `text[i]`."""

    text: str
    origin: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The document offsets (end exclusive) of `text[start:end]`, which must not be empty."""
        return self.origin[start], self.origin[end - 1] + 1

    def cut(self, start: int, end: int) -> "View":
        """The view of a part."""
        return View(self.text[start:end], self.origin[start:end])

    def index(self, offset: int) -> int:
        """The first position whose document offset is at or after `offset`."""
        return bisect_left(self.origin, offset)


@cache
def _folding() -> dict[int, str]:
    """What each character is read as: one form of punctuation, half-width digits, simplified characters."""
    with resource("patterns", "lexicon", "traditional.toml").open("rb") as file:
        data = tomllib.load(file)
    return _FOLD | {ord(a): b for a, b in zip(data["traditional"], data["simplified"], strict=True)}


@cache
def _special() -> regex.Pattern[str]:
    """Characters that are not read as they stand, or not everywhere."""
    folded = "".join(map(chr, _folding()))
    return regex.compile(rf"[\s\x1c-\x1f,{regex.escape(folded)}{regex.escape(''.join(_DROP))}]")


def view(text: str, spans: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> View:
    """The view of the given stretches of `text`, joined in order."""
    fold, special = _folding(), _special()
    out: list[str] = []
    origin: list[int] = []
    for start, end in spans:
        skip = [m.span() for m in RESIDUE.finditer(text, start, end)]
        skip.append((end, end))
        position = start
        solid = start  # the first character from here on that is no white space
        for skip_start, skip_end in skip:
            for odd in special.finditer(text, position, skip_start):
                i = odd.start()
                if position < i:
                    out.append(text[position:i])
                    origin.extend(range(position, i))
                position = i + 1
                c = fold.get(ord(text[i]), text[i])
                if c in _DROP:
                    continue
                # A blank parts two numbers; anywhere else it is layout. Half-width commas separate thousands
                # between digits and clauses elsewhere.
                if c.isspace() or c == ",":
                    within = bool(out) and out[-1][-1].isdigit()
                    if within:
                        solid = solid if solid > i else _solid(text, i + 1, end)
                        within = text[solid : min(solid + 1, end)].isdigit()
                    if c != ",":
                        if not within:
                            continue
                        c = " "
                    elif not within:
                        c = "，"
                out.append(c)
                origin.append(i)
            if position < skip_start:
                out.append(text[position:skip_start])
                origin.extend(range(position, skip_start))
            position = skip_end
    return View("".join(out), tuple(origin))


def _solid(text: str, i: int, end: int) -> int:
    """The first position from `i` on that is no white space; `end` where all is."""
    while i < end and text[i].isspace():
        i += 1
    return i
