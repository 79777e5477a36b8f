"""PDFs: loops between their objects, bombs in their streams, pages beyond all measure, broken fonts and locks."""

import random
import zlib
from collections.abc import Mapping

from broken import READ, fixed
from broken.formats.web import PROSE, UNREACHABLE
from corpus.formats.pdf import typeset

Objects = Mapping[int, str | bytes]

WHOLE = typeset("一、支出情况\n" + PROSE * 20 + "\n项目\t决算数\n支出\t100.00\n完。")
BROKEN = ("pdf_broken", "pdf_no_text", "nothing_recognised", "empty")
"""How a file may end that has nothing to read in it."""
FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype"
    " /CIDFontType0 /BaseFont /S /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"
)
CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def shown(words: str, x: float = 80, y: float = 700) -> str:
    """Instructions that write words."""
    return f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def stream(data: str | bytes, entries: str = "") -> bytes:
    """A stream object."""
    data = data.encode("latin-1") if isinstance(data, str) else data
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def flat(data: bytes, entries: str = "") -> bytes:
    """A packed stream object."""
    return stream(zlib.compress(data, 9), f"/Filter /FlateDecode {entries}")


def page(box: str = "[0 0 595 842]", more: str = "", resources: str = "") -> str:
    """A page whose contents are object 4 and whose font is object 5."""
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R"
        f" /Resources << /Font << /F1 5 0 R >> {resources} >> {more} >>"
    )


def assembled(objects: Objects, trailer: str = "", root: str = "1 0 R") -> bytes:
    """A file of objects; those of a usual one-page file stand in where a number is not given."""
    usual: dict[int, str | bytes] = {
        1: CATALOG,
        2: PAGES,
        3: page(),
        4: stream(shown("支出合计1.00万元")),
        5: FONT,
    }
    out = bytearray(b"%PDF-1.5\n")
    offsets = {}
    for number, body in sorted((usual | dict(objects)).items()):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body.encode("latin-1") if isinstance(body, str) else body)
        out += b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += f"{number} 1\n{offset:010} 00000 n \n".encode()
    size = max(offsets) + 1
    out += f"trailer\n<< /Size {size} /Root {root} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


for share in (2, 20, 50, 80, 99):
    fixed(f"cut-at-{share}-percent.pdf", WHOLE[: len(WHOLE) * share // 100], READ, *BROKEN)

fixed("random.pdf", b"%PDF-1.7\n" + random.Random(5).randbytes(50_000), "pdf_broken")
fixed("called-text.txt", WHOLE, READ)
fixed("mark-before.pdf", b"\xef\xbb\xbf\r\n" + WHOLE, READ)
fixed("page-before.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + WHOLE, READ, "binary", "pdf_broken")
fixed("zero-pages.pdf", assembled({2: "<< /Type /Pages /Kids [] /Count 0 >>", 3: "null"}), "pdf_broken")
fixed("no-catalog.pdf", assembled({}, root="9 0 R"), *BROKEN, READ)
fixed("count-lies.pdf", assembled({2: "<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>"}), READ)
fixed("count-below-zero.pdf", assembled({2: "<< /Type /Pages /Kids [3 0 R] /Count -5 >>"}), READ)
fixed("no-media-box.pdf", assembled({3: page().replace("/MediaBox", "/NoBox")}), READ)
for name, box in (
    ("enormous", "[0 0 1e9 1000000000]"),
    ("infinite", "[0 0 1" + "0" * 400 + " 842]"),
    ("empty", "[0 0 0 0]"),
    ("turned-over", "[595 842 0 0]"),
    ("of-words", "[(a) /b null <<>>]"),
    ("short", "[0 0]"),
    ("of-itself", "3 0 R"),
):
    fixed(f"page-{name}.pdf", assembled({3: page(box)}), READ, *BROKEN)
fixed("turned-by-45.pdf", assembled({3: page(more="/Rotate 45")}), READ)
fixed("turned-without-end.pdf", assembled({3: page(more="/Rotate 999999999999")}), READ)
fixed("turned-by-words.pdf", assembled({3: page(more="/Rotate (a)")}), READ, *BROKEN)

# Loops.
fixed(
    "tree-in-a-loop.pdf", assembled({2: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>", 3: "null"}), "pdf_broken"
)
fixed(
    "tree-in-a-wide-loop.pdf",
    assembled(
        {2: "<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 1 >>", 6: "<< /Type /Pages /Kids [2 0 R 3 0 R] >>"}
    ),
    READ,
    "pdf_broken",
)
fixed(
    "parent-in-a-loop.pdf",
    assembled({3: page().replace("2 0 R", "3 0 R").replace("/MediaBox", "/No")}),
    READ,
    *BROKEN,
)
fixed("object-is-itself.pdf", assembled({4: "4 0 R"}), READ, *BROKEN)
fixed("objects-are-each-other.pdf", assembled({4: "6 0 R", 6: "4 0 R"}), READ, *BROKEN)
fixed("length-is-itself.pdf", assembled({4: b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"}), READ, *BROKEN)
fixed("filter-is-itself.pdf", assembled({4: stream("BT ET", "/Filter 4 0 R")}), READ, *BROKEN)
fixed(
    "font-is-itself.pdf",
    assembled({5: "<< /Type /Font /Subtype /Type0 /DescendantFonts [5 0 R] >>"}),
    READ,
    *BROKEN,
)
fixed("resources-are-the-page.pdf", assembled({3: page(more="/Resources 3 0 R")}), READ, *BROKEN)
fixed("table-before-itself.pdf", assembled({}, "/Prev 0"), READ, *BROKEN)
whole = assembled({}, "/Prev PLACE")
fixed("table-in-a-loop.pdf", whole.replace(b"PLACE", str(whole.index(b"xref\n0 1")).encode()), READ, *BROKEN)
fixed(
    "objects-in-themselves.pdf",
    assembled({4: flat(b"4 0 5 9 << >> << >>", "/Type /ObjStm /N 2 /First 8 /Extends 4 0 R")}),
    READ,
    *BROKEN,
)
fixed(
    "form-draws-itself.pdf",
    assembled(
        {
            3: page(resources="/XObject << /X 6 0 R >>"),
            4: stream(shown("支出") + "/X Do"),
            6: stream(
                "/X Do",
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
            ),
        }
    ),
    READ,
    *BROKEN,
)
fixed(
    "sign-draws-itself.pdf",
    assembled(
        {
            5: "<< /Type /Font /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /FontBBox [0 0 9 9] /FirstChar 0 /LastChar 255"
            " /Widths 5 0 R /CharProcs << /a 6 0 R >> /Encoding << /Differences [0 /a] >>"
            " /Resources << /Font << /F1 5 0 R >> >> >>",
            6: stream("BT /F1 1 Tf (a) Tj ET"),
        }
    ),
    READ,
    *BROKEN,
)
fixed(
    "outlines-in-a-loop.pdf",
    assembled({1: CATALOG.replace(">>", "/Outlines 6 0 R >>"), 6: "<< /First 6 0 R /Next 6 0 R >>"}),
    READ,
)

# Locks.
_KEYS = "/O <" + "41" * 32 + "> /U <" + "42" * 32 + "> /P -1"
fixed(
    "locked.pdf",
    assembled({}, f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 {_KEYS} >> /ID [<41> <41>]"),
    "pdf_encrypted",
)
fixed(
    "locked-by-aes.pdf",
    assembled(
        {},
        f"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /O <{'41' * 48}> /U <{'42' * 48}> /OE <{'43' * 32}>"
        f" /UE <{'44' * 32}> /Perms <{'45' * 16}> /P -1 /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF >>"
        " /ID [<41> <41>]",
    ),
    "pdf_encrypted",
)
fixed(
    "locked-by-unknown.pdf",
    assembled({}, f"/Encrypt << /Filter /Other /V 9 {_KEYS} >> /ID [<41> <41>]"),
    "pdf_encrypted",
)
fixed(
    "lock-is-broken.pdf",
    assembled({}, "/Encrypt << /Filter /Standard /V 4 /R 4 >> /ID [1 2]"),
    "pdf_encrypted",
    "pdf_broken",
)
fixed("lock-is-itself.pdf", assembled({}, "/Encrypt 6 0 R"), "pdf_encrypted", READ, *BROKEN)

# What would reach out.
fixed(
    "reaches-out.pdf",
    assembled(
        {
            1: f"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI ({UNREACHABLE}/a) >>"
            f" /AA << /O << /S /Launch /F (/bin/true) >> >> >>",
            4: f"<< /Length 0 /F << /FS /URL /F ({UNREACHABLE}/b) >> >>\nstream\n\nendstream",
        }
    ),
    READ,
    *BROKEN,
)

# Fonts.
CMAP = "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {} endcmap"
for name, inner in (
    ("cut", "1 beginbfrange <00"),
    ("backwards", "1 beginbfrange <ffff> <0000> <4e00> endbfrange"),
    ("of-words", "1 beginbfchar (a) /b endbfchar"),
    ("of-controls", "1 beginbfrange <0000> <ffff> <0001> endbfrange"),
    ("of-surrogates", "1 beginbfrange <0000> <ffff> <d800> endbfrange"),
):
    fixed(
        f"signs-{name}.pdf",
        assembled({5: FONT[:-3] + " /ToUnicode 6 0 R >>", 6: stream(CMAP.format(inner))}),
        READ,
        *BROKEN,
    )
fixed(
    "signs-use-themselves.pdf",
    assembled({5: FONT[:-3] + " /ToUnicode 6 0 R >>", 6: stream("/X usecmap", "/UseCMap 6 0 R")}),
    READ,
    *BROKEN,
)
fixed(
    "encoding-climbs.pdf",
    assembled({5: FONT.replace("/UniGB-UCS2-H", "/..#2f..#2f..#2fetc#2fpasswd")}),
    READ,
    *BROKEN,
)
fixed("encoding-unknown.pdf", assembled({5: FONT.replace("/UniGB-UCS2-H", "/NoSuch-H")}), READ, *BROKEN)
fixed("font-of-nothing.pdf", assembled({5: "null"}), READ, *BROKEN)
fixed(
    "font-file-is-junk.pdf",
    assembled(
        {
            5: "<< /Type /Font /Subtype /Type1 /BaseFont /A /FontDescriptor << /FontFile 6 0 R /FontFile2 6 0 R >> >>",
            6: stream(random.Random(6).randbytes(5000)),
        }
    ),
    READ,
    *BROKEN,
)

# Pictures and packing.
for way in (
    "JBIG2Decode",
    "JPXDecode",
    "DCTDecode",
    "CCITTFaxDecode",
    "LZWDecode",
    "RunLengthDecode",
    "ASCII85Decode",
    "Unknown",
    "Crypt",
):
    junk = stream(
        random.Random(7).randbytes(5000),
        f"/Type /XObject /Subtype /Image /Width 99999999 /Height 99999999 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
        f" /Filter /{way}",
    )
    fixed(
        f"picture-of-{way}.pdf",
        assembled(
            {
                3: page(resources="/XObject << /X 6 0 R >>"),
                4: stream(shown("支出") + "q 500 0 0 800 0 0 cm /X Do Q"),
                6: junk,
            }
        ),
        READ,
        *BROKEN,
    )
    fixed(
        f"contents-of-{way}.pdf",
        assembled({4: stream(random.Random(8).randbytes(5000), f"/Filter /{way}")}),
        READ,
        *BROKEN,
    )
fixed(
    "predictor-lies.pdf",
    assembled(
        {4: flat(shown("支出").encode(), "/DecodeParms << /Predictor 15 /Columns 999999999 /Colors 99 >>")}
    ),
    READ,
    *BROKEN,
)
fixed(
    "packing-cut.pdf",
    assembled({4: stream(zlib.compress(shown("支出").encode() * 50)[:60], "/Filter /FlateDecode")}),
    READ,
    *BROKEN,
)
fixed(
    "length-lies.pdf",
    assembled({4: b"<< /Length 999999999999 >>\nstream\n" + shown("支出").encode() + b"endstream"}),
    READ,
    *BROKEN,
)
fixed(
    "picture-never-ends.pdf",
    assembled({4: stream(shown("支出") + "BI /W 9999999 /H 9999999 /BPC 8 ID abc")}),
    READ,
    *BROKEN,
)
fixed("words-never-end.pdf", assembled({4: stream(shown("支出") + "BT (abc")}), READ, *BROKEN)
fixed(
    "place-beyond-measure.pdf",
    assembled({4: stream(shown("支出", 10**30, -(10**30)) + shown("合计", 0, 10**300))}),
    READ,
    *BROKEN,
)
fixed(
    "size-beyond-measure.pdf",
    assembled({4: stream(shown("支出").replace("12 Tf", "1" + "0" * 300 + " Tf"))}),
    READ,
    *BROKEN,
)
fixed(
    "no-size.pdf",
    assembled({4: stream(shown("支出合计").replace("12 Tf", "0 Tf") + "0 0 0 0 0 0 cm" + shown("万元"))}),
    READ,
    *BROKEN,
)
