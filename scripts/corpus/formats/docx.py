"""Text → Word: its headings and items numbered by the program, its rows tables."""

import re

from corpus.formats.blocks import Table, blocks
from corpus.formats.docx_parts import cell, docx, level, listing, paragraph, run, table, use

_NUMERALS = "〇一二三四五六七八九"
_ENUMERATOR = re.compile(
    r"(?P<before>第|[（(]|)(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<after>部分|[）)、]|[.．](?!\d))"
)


Shape = tuple[str, str, bool]
"""How an enumerator is written: what stands before and behind its number, and whether that is in digits."""


def disclosure(text: str, levels: bool = False) -> bytes:
    """A text as a Word document whose headings and items are numbered by the program, its rows tables.

    Each shape of enumerator is a list of its own or, by `levels`, a level of the one list that all of them make up.
    """
    parts = blocks(text)
    found = [match for part in parts if isinstance(part, str) and (match := _ENUMERATOR.match(part))]
    lists = _Lists(list(dict.fromkeys(map(_shape, found))), levels)
    body = ""
    for part in parts:
        if not isinstance(part, str):
            body += table(_merged(part))
        elif match := _ENUMERATOR.match(part):
            place = lists.place(_shape(match), _value(match["number"]))
            rest = part[match.end() :].strip()
            # Word parts a text into runs anywhere.
            body += paragraph(run(rest[:7]), run(rest[7:]), number=place)
        else:
            body += paragraph(part)
    return docx(body, numbering=lists.written())


class _Lists:
    """The lists of a document as they count: which of them a numbered paragraph belongs to, and its level there.

    A number that is not the next one begins a new use of its list.
    """

    def __init__(self, shapes: list[Shape], levels: bool) -> None:
        ranked = sorted(shapes, key=_rank)
        self.lists = [ranked] if levels else [[shape] for shape in ranked]
        self.counts: dict[int, dict[int, int]] = {}
        self.last: dict[int, int] = {}  # list → its use
        self.uses: list[str] = []

    def place(self, shape: Shape, number: int) -> tuple[int, int]:
        """The use and the level of a paragraph with this number."""
        which = next(n for n, shapes in enumerate(self.lists) if shape in shapes)
        level = self.lists[which].index(shape)
        counts = self.counts.setdefault(which, {})
        if which not in self.last or number != counts.get(level, 0) + 1:
            self.last[which] = len(self.uses) + 1
            self.uses.append(use(self.last[which], which + 1, [(level, number)]))
        counts[level] = number
        for lower in [n for n in counts if n > level]:
            del counts[lower]
        return self.last[which], level

    def written(self) -> str:
        """The lists and their uses, as the document's numbering holds them."""
        out = ""
        for which, shapes in enumerate(self.lists, 1):
            own = (
                level(n, f"{before}%{n + 1}{after}", "decimal" if decimal else "chineseCountingThousand")
                for n, (before, after, decimal) in enumerate(shapes)
            )
            out += listing(which, *own)
        return out + "".join(self.uses)


def _shape(match: re.Match[str]) -> Shape:
    return match["before"], match["after"], match["number"].isdecimal()


def _rank(shape: Shape) -> int:
    """The usual order of levels: 第一部分, 一、, （一）, 1., （1）."""
    before, _, decimal = shape
    return 0 if before == "第" else 1 + bool(before) + 2 * decimal


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (_NUMERALS.index(tens) if tens else 1) * 10 * bool(ten) + (_NUMERALS.index(ones) if ones else 0)


def _merged(rows: Table) -> Table:
    """The last cell of a short row merged with those missing."""
    columns = max(map(len, rows))
    return [
        [*row[:-1], cell(row[-1], f'<w:gridSpan w:val="{columns - len(row) + 1}"/>')]
        if len(row) < columns
        else row
        for row in rows
    ]
