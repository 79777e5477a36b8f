"""PDF pages and the file that they make: characters placed one by one, lines, pictures; no library or font needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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

    def text(self, x: float, y: float, words: str, size: float = SIZE, spacing: float = 0.0) -> float:
        """Write a line from x with its baseline at y; the x after it."""
        for char in words:
            if not char.isspace():
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


def pdf(pages: Iterable[PageMaker], trailer: str = "") -> bytes:
    """The bytes of a PDF with these pages; `trailer` adds entries to its trailer."""
    pages = list(pages)
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
        " /W [1 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 /Descent -120 >>",
    ]
    for number, page in enumerate(pages):
        content = "\n".join(page.content)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate}"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)
