"""What the PDF engine is kept from: streams that unpack without end, objects that lead in circles, ranges of codes
that would fill the memory.

The engine (pdfminer.six) trusts its files; the classes here stand in for its own wherever a file could misuse that.
"""

import zlib
from itertools import pairwise
from typing import Any, BinaryIO

import regex
from pdfminer import pdfinterp
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFContentParser, PDFResourceManager
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_CCITTFAX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFObjectNotFound,
    PDFObjRef,
    PDFStream,
    list_value,
    resolve1,
)

from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import OBJECTS, TooMuch

ASTRAY = 10_000  # references that lead to none
UNPACKED = 300_000_000  # bytes of all streams of a file that are unpacked to be read
STREAM = 50_000_000  # bytes of one of them
SLOWLY = 500_000  # packed bytes of ways of packing that the engine unpacks byte by byte
WORD = 250_000  # bytes of a name or a string
NESTED = 500  # lists and dictionaries within one another
FILTERS = 8  # ways of packing one inside the other
SPAN = 1_000_000  # columns of a picture or of a predictor
CODES = 200_000  # character codes that the ranges of one font may spell out
_RANGES = regex.compile(rb"begin(?:bf|cid|notdef)range(.*?)(?:end|$)", regex.DOTALL)
_RANGE = regex.compile(rb"<\s*([0-9A-Fa-f]++)\s*>\s*<\s*([0-9A-Fa-f]++)\s*>\s*+(?:<[^>]*+>|\[[^]]*+\]|\d++)")


class _Words:
    """What keeps a parser from a word or a string without end, which it builds bracket by bracket."""

    _curtoken: bytes

    def fillbuf(self) -> bool:
        """Read on."""
        if len(self._curtoken) > WORD:
            raise TooMuch
        return bool(super().fillbuf())  # type: ignore[misc]


class ContentParser(_Words, PDFContentParser):
    """The engine's parser of what is drawn."""


pdfinterp.PDFContentParser = ContentParser  # type: ignore[misc]  # the engine takes it from nowhere else


class Parser(_Words, PDFParser):
    """The engine's parser, all of whose streams are bounded, and together as well."""

    def __init__(self, file: BinaryIO, deadline: Deadline) -> None:
        super().__init__(file)
        self.deadline = deadline
        self.left = UNPACKED

    def push(self, *objects: tuple[int, Any]) -> None:
        """Take what was parsed."""
        self.deadline.check()
        super().push(*((place, self._bounded(parsed)) for place, parsed in objects))

    def start_type(self, pos: int, type: str) -> None:
        """Begin a list or a dictionary."""
        if len(self.context) > NESTED:
            raise TooMuch
        super().start_type(pos, type)

    def _bounded(self, parsed: Any) -> Any:
        return Stream(parsed, self) if type(parsed) is PDFStream else parsed


class Stream(PDFStream):
    """A stream that is unpacked within limits. Raises TooMuch, or UnreadableInput where the whole file is too large."""

    def __init__(self, found: PDFStream, parser: Parser) -> None:
        super().__init__(found.attrs, found.rawdata or b"", found.decipher)
        self._parser = parser

    def decode(self) -> None:
        """Unpack, as the engine does, step by step."""
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        filters = self.get_filters()
        if len(filters) > FILTERS:
            raise TooMuch
        for name, parameters in filters:
            self._parser.deadline.check()
            data = _unpacked(data, name, parameters if isinstance(parameters, dict) else {})
        self._parser.left -= len(data)
        if self._parser.left < 0:
            raise UnreadableInput("too_large_unpacked", limit=UNPACKED // 1_000_000)
        self.data, self.rawdata = data, None


def _unpacked(data: bytes, name: Any, parameters: dict[str, Any]) -> bytes:
    columns = [resolve1(parameters.get(key, 1)) for key in ("Columns", "Colors", "Rows")]
    if any(not isinstance(n, int) or abs(n) > SPAN for n in columns):
        raise TooMuch
    if name in LITERALS_FLATE_DECODE:
        plain = _inflated(data)
        if "Predictor" not in parameters:
            return plain
    slow = (*LITERALS_LZW_DECODE, *LITERALS_RUNLENGTH_DECODE, *LITERALS_CCITTFAX_DECODE)
    if name in slow and len(data) > SLOWLY:
        raise TooMuch
    step = PDFStream({"Filter": name, "DecodeParms": parameters}, data)
    out: bytes = step.get_data()
    if len(out) > STREAM:
        raise TooMuch
    return out


def _inflated(data: bytes) -> bytes:
    """Flate data unpacked, damaged ones as far as they go."""
    try:
        out = zlib.decompressobj().decompress(data, STREAM + 1)
    except zlib.error:
        unpacker, out = zlib.decompressobj(), b""
        pieces: list[bytes] = []
        try:
            for at in range(len(data)):
                pieces.append(unpacker.decompress(data[at : at + 1], STREAM + 1))
        except zlib.error:
            out = b"".join(pieces)
    if len(out) > STREAM:
        raise TooMuch
    return out


class Document(PDFDocument):
    """The engine's document, in which no object leads back to itself, and few lead nowhere."""

    _fetched = _astray = 0

    def getobj(self, objid: int) -> object:
        """An object by its number, followed to what is not a mere reference; None where that never ends.

        Raises UnreadableInput where the table of objects tells of far more than the file can hold.
        """
        seen = {objid}
        found = self._object(objid)
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                return None
            seen.add(found.objid)
            found = self._object(found.objid)
        return found

    def _object(self, objid: int) -> object:
        if objid not in self._cached_objs:
            self._fetched += 1
            if self._fetched > OBJECTS:
                raise UnreadableInput("too_many_objects", limit=OBJECTS)
        try:
            return super().getobj(objid)
        except PDFObjectNotFound:
            self._astray += 1
            if self._astray > ASTRAY:
                raise UnreadableInput("pdf_broken", error=f"{ASTRAY} objects missing") from None
            raise


class Resources(PDFResourceManager):
    """The engine's fonts, without those that spell out more codes than there are characters."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def get_font(self, objid: object, spec: Any) -> PDFFont:
        """The font of a description. Raises TooMuch."""
        if (objid is None or objid not in self._known) and _codes(spec) > CODES:
            raise TooMuch
        self._known.add(objid)
        return super().get_font(objid, spec)


def _codes(spec: Any) -> int:
    """How many character codes the ranges of a font cover: of its signs, its encoding and its widths."""
    count = 0
    for key in ("ToUnicode", "Encoding"):
        stream = resolve1(spec.get(key))
        if isinstance(stream, PDFStream):
            for block in _RANGES.finditer(stream.get_data()):
                for low, high in _RANGE.findall(block[1]):
                    count += max(0, int(high[-8:], 16) - int(low[-8:], 16))
    for descendant in list_value(spec.get("DescendantFonts") or []):
        font = resolve1(descendant)
        for key in ("W", "W2") if isinstance(font, dict) else ():
            numbers = [resolve1(n) for n in list_value(font.get(key) or [])]
            for low, high in pairwise(numbers):
                if isinstance(low, int) and isinstance(high, int) and high - low > CODES:
                    count += high - low
    return count
