"""Text → Word: its headings and items numbered by the program, its rows tables."""

import re

from corpus.formats.blocks import Table, blocks
from corpus.formats.docx_parts import cell, docx, level, listing, paragraph, run, table, use

_NUMERALS = "〇一二三四五六七八九"
_ENUMERATOR = re.compile(
    r"(?P<before>第|[（(]|)(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<after>部分|[）)、]|[.．](?!\d))"
)


def disclosure(text: str) -> bytes:
    """A text as a Word document whose headings and items are numbered by the program, its rows tables."""
    shapes: dict[tuple[str, str, bool], int] = {}
    last: dict[int, tuple[int, int]] = {}  # listing → its use and the last number
    uses: list[str] = []
    body = ""
    for part in blocks(text):
        if not isinstance(part, str):
            body += table(_merged(part))
            continue
        match = _ENUMERATOR.match(part)
        if not match:
            body += paragraph(part)
            continue
        number = _value(match["number"])
        shape = shapes.setdefault(
            (match["before"], match["after"], match["number"].isdecimal()), len(shapes) + 1
        )
        used, before = last.get(shape, (0, 0))
        if number != before + 1 or not used:
            used = len(uses) + 1
            uses.append(use(used, shape, [(0, number)]))
        last[shape] = (used, number)
        rest = part[match.end() :].strip()
        # Word parts a text into runs anywhere.
        body += paragraph(run(rest[:7]), run(rest[7:]), number=(used, 0))
    listings = "".join(
        listing(shape, level(0, f"{before}%1{after}", "decimal" if decimal else "chineseCountingThousand"))
        for (before, after, decimal), shape in shapes.items()
    )
    return docx(body, numbering=listings + "".join(uses))


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
