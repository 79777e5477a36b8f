"""Joins pieces to the text of a file: blanks around numbers, broken lines, page numbers."""

import random
import re
from dataclasses import dataclass

from corpus.pieces import Figure, Piece, spelled
from corpus.printing import Habits

MARK = "\ue000"
"""Stands before every figure until the text is laid out; no document contains it."""

NEVER_FIRST = "，。；：、）)”%％．."


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines are broken: characters a line, lines a page (0 for neither), the footer."""

    line: int = 0
    page: int = 0
    footer: str = "- {} -"


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a file and where each figure of it starts, in reading order."""

    text: str
    starts: tuple[int, ...]


def draw_layout(rng: random.Random) -> Layout:
    """Most files keep their paragraphs whole; some are broken like a converted PDF, with or without pages."""
    line = rng.choice([0, 0, 0, 0, 34, 40])
    return Layout(line, rng.choice([0, 42]) if line else 0, rng.choice(["- {} -", "—{}—", "{}"]))


def compose(pieces: list[Piece], habits: Habits, layout: Layout) -> Page:
    """The text of a document."""
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Figure):
            blank = habits.blank
            parts.append(f"{blank}{MARK}{piece.printed.value}{blank}{piece.printed.unit}")
        else:
            parts.append(spelled(piece))
    marked = re.sub(r" +(?=[，。；：、）\n])", "", "".join(parts))
    marked = _broken(marked, layout) if layout.line else marked
    starts: list[int] = []
    plain: list[str] = []
    length = 0
    for part in marked.split(MARK):
        plain.append(part)
        length += len(part)
        starts.append(length)
    return Page("".join(plain), tuple(starts[:-1]))


def _broken(text: str, layout: Layout) -> str:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += [paragraph] if "\t" in paragraph else _lines(paragraph, layout.line)
    if not layout.page:
        return "\n".join(lines)
    out: list[str] = []
    for number, line in enumerate(lines, 1):
        out.append(line)
        if number % layout.page == 0 and "\t" not in line:
            out.append(layout.footer.format(number // layout.page))
    return "\n".join(out)


def _lines(paragraph: str, most: int) -> list[str]:
    """Breaks one paragraph; a number keeps its digits together."""
    lines, current, length = [], "", 0.0
    for place, character in enumerate(paragraph):
        current += character
        if character == MARK:
            continue
        length += 1 if ord(character) > 0x2E80 else 0.5
        after = paragraph[place + 1 : place + 3].lstrip(MARK)[:1]
        glued = (character.isascii() and after.isascii()) or after in NEVER_FIRST
        if length >= most and after and not glued:
            lines.append(current)
            current, length = "", 0.0
    return [*lines, current]
