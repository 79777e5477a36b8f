"""PDF pages and the file that they make: characters placed one by one, lines, pictures.

No font is needed to make pages that are read; only pages that are looked at take one.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.formats.fonts import Face, subset

SIZE = 12.0
CELL = 10.0
"""The size of the characters in tables."""
A4 = (595.0, 842.0)


@dataclass
class PageMaker:
    """One page; points from its top left. `turned` draws all text running upwards."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    turned: bool = False
    content: list[str] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)

    def text(self, x: float, y: float, words: str, size: float = SIZE, spacing: float = 0.0) -> float:
        """Write a line from x with its baseline at y; the x after it."""
        for char in words:
            if not char.isspace():
                self.characters.add(char)
                code = char.encode("utf-16-be").hex()
                place = (
                    f"0 1 -1 0 {y:.2f} {x:.2f}" if self.turned else f"1 0 0 1 {x:.2f} {self.height - y:.2f}"
                )
                self.content.append(f"BT /F1 {size} Tf {place} Tm <{code}> Tj ET")
            x += width(char) * size + spacing
        return x

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line."""
        self.content.append(f"0.7 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def picture(self) -> None:
        """Cover the page with a picture."""
        self.content.append(
            f"q {self.width} 0 0 {self.height} 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
        )

    def table(
        self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], height: float = 20.0
    ) -> float:
        """Draw a ruled table, lines of a cell parted by line breaks; the y below it."""
        y = top
        for row in rows:
            lines = max(cell.count("\n") + 1 for cell in row)
            self.line(xs[0], y, xs[-1], y)
            bottom = y + height + (lines - 1) * SIZE
            for x in xs:
                self.line(x, y, x, bottom)
            for x, cell in zip(xs, row, strict=False):
                for number, piece in enumerate(cell.split("\n")):
                    self.text(x + 3, y + 14 + number * SIZE, piece, CELL)
            y = bottom
        self.line(xs[0], y, xs[-1], y)
        return y


def width(char: str) -> float:
    """The width of a character in parts of the font size: ASCII is half as wide as the rest."""
    return 0.5 if char.isascii() else 1.0


def pdf(pages: Iterable[PageMaker], trailer: str = "", face: str = "") -> bytes:
    """The bytes of a PDF with these pages; `trailer` adds entries to its trailer.

    `face` is the font that is embedded, one of `fonts.FACES`; without it the font is only named. Raises MissingFont.
    """
    pages = list(pages)
    fonts = _font(subset(face, set().union(*(p.characters for p in pages)))) if face else _NAMED
    first = 3 + len(fonts)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects: list[str | bytes] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *fonts,
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate}"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {first + 1 + 2 * number} 0 R >>"
        )
        content = "\n".join(page.content).encode("latin-1")
        objects.append(_stream(content, packed=bool(face)))
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (
            number,
            body if isinstance(body, bytes) else body.encode("latin-1"),
        )
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)


# Objects 3 to 5: a font that the reader of the file has to bring, its characters known by a standard encoding.
_NAMED: tuple[str | bytes, ...] = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    " /DescendantFonts [4 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
    " /W [1 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 /Descent -120 >>",
)


def _font(face: Face) -> tuple[str | bytes, ...]:
    """Objects 3 to 8: an embedded font whose codes are those of Unicode, so that pages are the same with any."""
    places = bytearray(2 * 0x10000)
    for char, glyph in face.glyphs.items():
        places[2 * ord(char) : 2 * ord(char) + 2] = glyph.to_bytes(2, "big")
    # Ranges may not cross a first byte.
    ranges = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(256))
    blocks = "".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange\n"
        for part in (ranges.splitlines()[i : i + 100] for i in range(0, 256, 100))
    )
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Unicode def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{blocks}endcmap end end"
    )
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{face.name} /Encoding /Identity-H /DescendantFonts [4 0 R]"
        " /ToUnicode 8 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{face.name} /FontDescriptor 5 0 R /DW 1000"
        " /W [32 126 500] /CIDToGIDMap 7 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Type /FontDescriptor /FontName /{face.name} /Flags 4 /FontBBox [-100 -200 1000 900] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 6 0 R >>",
        _stream(face.data, packed=True, more=f"/Length1 {len(face.data)}"),
        _stream(bytes(places), packed=True),
        _stream(unicode.encode(), packed=True),
    )


def _stream(data: bytes, packed: bool, more: str = "") -> bytes:
    if packed:
        data, more = zlib.compress(data), f"{more} /Filter /FlateDecode"
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), more.encode(), data)
