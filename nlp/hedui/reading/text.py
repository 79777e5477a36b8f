"""Plain text: bytes in whatever encoding → Document, its characters untouched."""

import codecs
import hashlib
import re
from collections import Counter

from hedui.model import Document, Page
from hedui.reading.errors import UnreadableInput
from hedui.reading.metadata import describe

READER = "text/1"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters but those of layout, what could not be decoded, surrogates and private use.
BROKEN = re.compile("[\x00-\x06\x0e-\x1a\x1c\x1d\ufffd\ud800-\uf8ff]")
MAX_BYTES = 50_000_000
MAX_CHARACTERS = 1_000_000  # of a document: some eight hundred pages
TOLERATED = 0.002  # of broken characters: a torn byte in a long page does not make it unreadable


def decode(data: bytes) -> str:
    """The text of bytes: by their mark, as UTF-8, UTF-16 without a mark, or GB18030.

    Raises UnreadableInput for nothing at all and for what is no text.
    """
    if not data.strip(b"\0 \t\r\n\x0c"):
        raise UnreadableInput("empty")
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _sound(data[len(bom) :].decode(encoding, errors="replace"))
    if 0 in data[:4096]:
        return _sound(data.decode(_utf16(data), errors="replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _sound(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    candidates = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    return _sound(min(candidates, key=lambda text: text.count("\ufffd")))


def _utf16(data: bytes) -> str:
    """Which byte order text with NUL bytes has: Chinese text has ASCII line ends, so one half holds the NULs."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _sound(text: str) -> str:
    """The text, if it is one: UnreadableInput where control or broken characters abound."""
    if not text.strip():
        raise UnreadableInput("empty")
    sample = text[:100_000]
    bad = len(BROKEN.findall(sample))
    unassigned = 0
    if not "".join(sample.split()).isprintable():  # of the few different characters each is looked up once
        unassigned = sum(n for c, n in Counter(sample).items() if not c.isprintable() and not c.isspace())
    if max(bad, unassigned - sample.count("\u200b") - sample.count("\ufeff")) > max(
        2, TOLERATED * len(sample)
    ):
        raise UnreadableInput("binary")
    return text


def read(data: bytes, source: str) -> Document:
    """A text file as a document; form feeds part its pages. Raises what `decode` raises."""
    return document(decode(data), source, READER)


def document(text: str, source: str, reader: str) -> Document:
    """The document of a text, with what the text says of itself. Raises UnreadableInput for one beyond the limit."""
    if len(text) > MAX_CHARACTERS:
        raise UnreadableInput("too_long", limit=MAX_CHARACTERS)
    told = describe(text)
    return Document(
        id=identity(text),
        source=source,
        text=text,
        title=told.title,
        publisher=told.publisher,
        fiscal_year=told.fiscal_year,
        kind=told.kind,
        published=told.published,
        origins=told.origins,
        pages=_pages(text),
        reader=reader,
    )


def identity(text: str) -> str:
    """The id of a document: the text's own, so that the same text is the same document everywhere."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _pages(text: str) -> tuple[Page, ...]:
    if "\f" not in text:
        return ()
    out, start = [], 0
    for number, piece in enumerate(text.split("\f"), 1):
        out.append(Page(number, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(out)
