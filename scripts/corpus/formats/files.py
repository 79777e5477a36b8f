"""The file of a generated document in one of the formats, with what is drawn anew for every file."""

import random

from corpus.formats.docx import disclosure
from corpus.formats.fonts import FACES
from corpus.formats.html import FRAMES, webpage
from corpus.formats.pdf import typeset

FORMATS = ("txt", "html", "docx", "pdf")
CHARSETS = (("utf-8", "utf-8"), ("gbk", "gbk"), ("gbk", "gb2312"))
"""What the characters of a page are, and what it says they are."""
NUMBERS = ("- {} -", "—{}—", "{}", "第{}页")


def encoded(text: str, form: str, publisher: str, year: int, rng: random.Random) -> bytes:
    """The bytes of a text as one of FORMATS; ValueError for any other form, MissingFont where a PDF lacks its own.

    The looks that a form leaves open (charset, page around it, way of numbering, running head, page numbers, way of
    setting lines) are drawn from `rng`; `year` is the fiscal year, published in the one after it.
    """
    if form == "txt":
        return text.encode()
    title = text.partition("\n")[0]
    if form == "html":
        charset, declared = rng.choice(CHARSETS)
        date = f"{year + 1}-{rng.randint(8, 10):02}-{rng.randint(1, 28):02}"
        frame = rng.choice(sorted(FRAMES))
        breaks = rng.random() < 0.3
        return webpage(text, title, charset, declared, frame, publisher, publisher, date, breaks)
    if form == "docx":
        return disclosure(text, rng.random() < 0.5)
    if form == "pdf":
        spacing, justify = rng.choice([(0.0, False), (0.0, True), (3.0, False)])
        head, numbers, face = rng.choice(["", title]), rng.choice(NUMBERS), rng.choice(sorted(FACES))
        return typeset(text, spacing, head, justify, numbers, titled=True, face=face)
    raise ValueError(f"unknown format: {form}")
