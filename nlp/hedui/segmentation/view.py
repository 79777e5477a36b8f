"""A view: the document's characters as the patterns want to see them, each with its place in the document.

Documents differ in white space, quotation marks, half- and full-width characters and the residue of word processors;
patterns should not. A view drops what carries no meaning and folds what is the same; the offsets lead back.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

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

    def between(self, start: int, end: int) -> "View":
        """The view of what stands between two document offsets."""
        return self.cut(self.index(start), self.index(end))

    def index(self, offset: int) -> int:
        """The first position whose document offset is at or after `offset`."""
        return bisect_left(self.origin, offset)


@cache
def _folding() -> dict[int, str]:
    """What each character is read as: one form of punctuation, half-width digits, simplified characters."""
    with resource("patterns", "lexicon", "traditional.toml").open("rb") as file:
        data = tomllib.load(file)
    return _FOLD | {ord(a): b for a, b in zip(data["traditional"], data["simplified"], strict=True)}


# Runs of what is dropped, or read otherwise between digits than elsewhere. Long classes of characters are what the
# standard library's expressions are several times as fast at.
_ODD = re.compile(rf"[\s,{re.escape(''.join(_DROP))}]+")


_THOUSANDS = re.compile(r"\s*\d{3}(?!\d)")


@cache
def _folded() -> re.Pattern[str]:
    """Characters that are read as others."""
    return re.compile(f"[{re.escape(''.join(map(chr, _folding())))}]")


def view(text: str, stretches: Sequence[tuple[int, int]]) -> View:
    """The view of the given stretches of `text`, joined in order."""
    fold = _folding()
    out: list[str] = []
    origin: list[int] = []
    for number, (start, end) in enumerate(stretches):
        read = _folded().sub(lambda c: fold[ord(c[0])], text[start:end])  # one for one: places stay the same
        solid = 0  # the first character from here on that is no white space
        for piece_start, piece_end in _pieces(text, start, end):
            position = piece_start
            for run in _ODD.finditer(read, piece_start, piece_end):
                begin, behind = run.span()
                if position < begin:
                    out.append(read[position:begin])
                    origin.extend(range(start + position, start + begin))
                position = behind
                if "," not in run[0]:  # as nearly always: only blanks right between two digits count
                    if read[position : position + 1].isdigit() and out and out[-1][-1].isdigit():
                        if blanks := len(run[0]) - len(run[0].rstrip()):
                            out.append(" ")
                            origin.append(start + position - blanks)
                    continue
                for i in range(begin, position):
                    c = read[i]
                    if c in _DROP:
                        continue
                    # A blank parts two numbers; anywhere else it is layout. Half-width commas separate thousands
                    # between digits and clauses elsewhere.
                    within = bool(out) and out[-1][-1].isdigit()
                    if within:
                        solid = solid if solid > i else _solid(read, i + 1)
                        within = read[solid : solid + 1].isdigit()
                        if solid == len(read) and c == ",":  # a number may go on in the next line
                            within = any(
                                _THOUSANDS.match(text, *next_) for next_ in stretches[number + 1 : number + 2]
                            )
                    if within or c == ",":
                        out.append(("," if within else "，") if c == "," else " ")
                        origin.append(start + i)
            if position < piece_end:
                out.append(read[position:piece_end])
                origin.extend(range(start + position, start + piece_end))
    return View("".join(out), tuple(origin))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the residue of word processors, counted from the start."""
    position = 0
    for match in RESIDUE.finditer(text, start, end):
        yield position, match.start() - start
        position = match.end() - start
    yield position, end - start


def _solid(text: str, i: int) -> int:
    """The first position from `i` on that is no white space; the end where all is."""
    while i < len(text) and text[i].isspace():
        i += 1
    return i
