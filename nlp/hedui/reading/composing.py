"""Paragraphs and tables → the text that the later stages read.

A paragraph is a line with a blank line between it and the next; the lines that its author broke it into follow
one another. A row of a table is a line of tab-separated cells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

BREAK = "\u2028"  # a line break that the author made, as against white space of the file

# Characters that take no room: byte order marks, joiners, soft hyphens.
_INVISIBLE = regex.compile("[\u00ad\u200b-\u200f\u2060\ufeff\0]")
_BLANKS = regex.compile(f"[^\\S\u3000{BREAK}]+")
# A new paragraph after a line break: one that is set in, or a blank line between.
_PARTED = regex.compile(f"{BREAK}(?=[\u3000\u00a0\u2002\u2003]{{2}})|{BREAK}\\s*{BREAK}")
_ENDS_LATIN = regex.compile("[0-9A-Za-z.%％]$")
_BEGINS_LATIN = regex.compile("-?[0-9A-Za-z]")
_SENTENCE = regex.compile("[。；]")
_HEAD = regex.compile(r"[^\t]{1,5}\t[^\t]+$")  # a number, set off from its heading
_PAGE_NUMBER = regex.compile(r"\t[（(]?\d{1,4}[）)]?$")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: the text of its cells row by row."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A table cell as a file has it: its text and the columns and rows that it covers."""

    text: str
    columns: int = 1
    rows: int = 1


Part = str | Rows

COLUMNS = 500  # of a table; a cell that claims to be wider is broken
SQUARES = 2_000_000  # of a table; beyond it merged cells are no longer spread out


def paragraphs(text: str) -> list[str]:
    """The paragraphs of running text in which BREAK parts lines; white space around and between is trimmed.

    A tab stays where it leads to a page number or parts words in columns, and becomes a blank in sentences.
    """
    out = []
    for piece in _PARTED.split(_INVISIBLE.sub("", text)):
        lines = [_line(line) for line in piece.split(BREAK)]
        if joined := "\n".join(line for line in lines if line):
            out.append(joined)
    return out


def _line(line: str) -> str:
    line = line.strip()
    if "\t" in line and not _PAGE_NUMBER.search(line) and (_SENTENCE.search(line) or _HEAD.match(line)):
        line = line.replace("\t", " ")
    return "\t".join(_BLANKS.sub(" ", piece).strip() for piece in line.split("\t"))


def cell(text: str) -> str:
    """The text of a table cell on one line; the lines that it was broken into are joined."""
    return joined(_line(line).replace("\t", " ") for line in _INVISIBLE.sub("", text).split(BREAK))


def joined(lines: Iterable[str]) -> str:
    """Lines of a cell as one; a blank keeps numbers and Latin words that stand one below the other apart."""
    out = ""
    for line in lines:
        apart = _ENDS_LATIN.search(out) and _BEGINS_LATIN.match(line)
        out += (" " if apart else "") + line
    return out


def grid(rows: Iterable[Sequence[Span]]) -> list[Part]:
    """A table with its merged cells spread out: the text in the first square, the other squares empty.

    Rows without text are left out. A row whose only words are sentences is a paragraph: tables are used as
    frames around prose.
    """
    out: list[Part] = []
    held: list[tuple[str, ...]] = []
    below: dict[int, int] = {}  # column → how many more rows a cell from above covers
    made = 0

    def close() -> None:
        if held:
            out.append(Rows(tuple(held)))
            held.clear()

    for spans in rows:
        squares: list[str] = []
        spread = made < SQUARES
        covered = {column: left for column, left in below.items() if left > 0 and spread}
        below = {column: left - 1 for column, left in covered.items()}
        for span in spans:
            while len(squares) in covered:
                squares.append("")
            width = max(1, min(span.columns, COLUMNS - len(squares))) if spread else 1
            if span.rows > 1:
                below.update(dict.fromkeys(range(len(squares), len(squares) + width), span.rows - 1))
            squares += [span.text, *[""] * (width - 1)]
            if len(squares) >= COLUMNS:
                break
        while len(squares) in covered:
            squares.append("")
        made += len(squares)
        texts = [text for text in squares if text]
        if len(texts) == 1 and _SENTENCE.search(texts[0]):
            close()
            out.append(texts[0])
        elif texts:
            held.append(tuple(squares))
    close()
    return out


def compose(parts: Sequence[Part]) -> str:
    """The text of a document; it ends with a line break unless it is empty."""
    pieces: list[str] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if isinstance(part, Rows):
            piece = "\n".join("\t".join(row) for row in part.rows)
            gap = "\n" if isinstance(before, str) else "\n\n"
        else:
            piece, gap = part, "\n\n"
        pieces += [gap if pieces else "", piece]
    return "".join([*pieces, "\n"]) if pieces else ""
