"""Word files: broken packages, bombs, entities, links to the network, loops between styles and numbers."""

import io
import struct
import zipfile
import zlib

import regex

from broken import MILLION, READ, case, fixed
from broken.formats.web import PROSE, UNREACHABLE
from corpus.formats.docx_parts import cell, docx, level, listing, paragraph, run, table, use, zipped

WHOLE = docx(paragraph(PROSE) * 30 + table([["项目", "决算数"], ["支出", "100.00"]]))

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"


def files(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, way)
    return buffer.getvalue()


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """A package with one part replaced or added."""
    return packed(files(data) | {name: part})


def related(*relations: str) -> bytes:
    """The relations of the main part."""
    return f'<Relationships xmlns="{_RELATED}">{"".join(relations)}</Relationships>'.encode()


for share in (1, 25, 50, 75, 99):
    fixed(f"cut-at-{share}-percent.docx", WHOLE[: len(WHOLE) * share // 100], "docx_broken")

fixed("only-a-signature.docx", b"PK\x03\x04", "docx_broken")
fixed("empty-archive.docx", packed({}), "container", READ, "binary")
fixed("no-text.docx", docx(""), "empty")
fixed("no-body.docx", with_part(WHOLE, "word/document.xml", b"<document/>"), "archive")
fixed("picture-as-main-part.docx", with_part(WHOLE, "word/document.xml", b"\x89PNG\r\n"), "docx_broken")
fixed("empty-main-part.docx", with_part(WHOLE, "word/document.xml", b""), "docx_broken")
fixed(
    "cut-main-part.docx",
    with_part(WHOLE, "word/document.xml", files(WHOLE)["word/document.xml"][:-40]),
    "docx_broken",
)
fixed(
    "utf16-declared.docx",
    with_part(WHOLE, "word/document.xml", files(WHOLE)["word/document.xml"].replace(b"UTF-8", b"UTF-16")),
    READ,
    "docx_broken",
)
fixed("text-archive.docx", zipped({"a.txt": PROSE}), "container", READ)
fixed(
    "presentation.docx",
    zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}),
    "archive",
)
fixed("climbing-names.docx", with_part(WHOLE, "../../../../tmp/hedui-evil.xml", b"<a/>"), READ)
fixed("absolute-names.docx", with_part(WHOLE, "/tmp/hedui-evil.xml", b"<a/>"), READ)
fixed("same-name-twice.docx", WHOLE + WHOLE, READ, "docx_broken")
fixed(
    "checksum.docx",
    WHOLE.replace(struct.pack("<I", zlib.crc32(files(WHOLE)["word/document.xml"])), b"abcd"),
    "docx_broken",
)
fixed(
    "password-of-zip.docx",
    regex.sub(rb"(?s)(PK\x01\x02.{4}).", rb"\1\x01", WHOLE),
    "docx_broken",
)
fixed("unknown-packing.docx", WHOLE.replace(b"\x00\x00\x08\x00", b"\x00\x00\x63\x00"), "docx_broken")
fixed(
    "encrypted.docx",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(4000),
    "office",
)
fixed(
    "old-excel.doc",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"),
    "sheet_broken",
)

fixed(
    "external-entity.docx",
    docx(
        "<w:p><w:r><w:t>支出&x;&y;</w:t></w:r></w:p>",
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "{UNREACHABLE}">]>',
    ),
    READ,
)
fixed(
    "external-type.docx",
    docx(
        paragraph(PROSE),
        f'<!DOCTYPE a SYSTEM "{UNREACHABLE}/a.dtd" [<!ENTITY % p SYSTEM "{UNREACHABLE}/b"> %p;]>',
    ),
    READ,
    "docx_broken",
)
fixed(
    "external-relations.docx",
    with_part(
        docx(paragraph(PROSE) + '<w:altChunk r:id="r9" xmlns:r="urn:r"/>'),
        "word/_rels/document.xml.rels",
        related(
            *(
                f'<Relationship Id="r{n}" Type="{_TYPES}/{kind}" Target="{UNREACHABLE}/{kind}" TargetMode="External"/>'
                for n, kind in enumerate(
                    ("attachedTemplate", "styles", "numbering", "image", "footnotes", "aFChunk", "chart")
                )
            )
        ),
    ),
    READ,
)
fixed(
    "relations-out-of-the-package.docx",
    with_part(
        WHOLE,
        "word/_rels/document.xml.rels",
        related(
            f'<Relationship Id="r1" Type="{_TYPES}/styles" Target="../../../../../etc/passwd"/>',
            f'<Relationship Id="r2" Type="{_TYPES}/numbering" Target="file:///etc/passwd"/>',
            f'<Relationship Id="r3" Type="{_TYPES}/footnotes" Target="document.xml"/>',
        ),
    ),
    READ,
)
fixed(
    "embedded-page.docx",
    with_part(
        docx(paragraph(PROSE) + '<w:altChunk r:id="r9" xmlns:r="urn:r"/>'),
        "word/chunk.html",
        f"<html><img src='{UNREACHABLE}'></html>".encode(),
    ),
    READ,
)


@case("laughs.docx", READ, "docx_broken", small=6, full=12)
def _(size: int) -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(size))
    body = f"<w:p><w:r><w:t>支出&a{size};</w:t></w:r></w:p>"
    return docx(body, f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]>')


@case("bomb.docx", "too_large_unpacked", small=12 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    return _bomb("word/document.xml", size)


@case("bomb-in-styles.docx", "too_large_unpacked", small=12 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    buffer = io.BytesIO(docx(paragraph(PROSE), styles=""))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        del archive.NameToInfo["word/styles.xml"]
        archive.filelist = [info for info in archive.filelist if info.filename != "word/styles.xml"]
        _blanks(archive, "word/styles.xml", size)
    return buffer.getvalue()


@case("bomb-in-relations.docx", "too_large_unpacked", small=12 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    return _bomb("_rels/.rels", size)


@case("bomb-in-a-bomb.docx", READ, small=12 * MILLION, full=1000 * MILLION)
def _(size: int) -> bytes:
    inner = _bomb("word/document.xml", size)
    return with_part(WHOLE, "word/embeddings/inner.docx", packed({"inner.docx": inner}))


@case("many-parts.docx", READ, "too_many_entries", small=500, full=100_000)
def _(size: int) -> bytes:
    return packed(files(WHOLE) | {f"word/media/{n}.xml": b"" for n in range(size)}, zipfile.ZIP_STORED)


@case("overlapping-parts.docx", "docx_broken", "container", "too_many_entries", small=50, full=5000)
def _(size: int) -> bytes:
    """Entries that all unpack the same bytes (of another name)."""
    whole = packed({"word/document.xml": b" " * 5 * MILLION})
    start = whole.index(b"PK\x01\x02")
    entry = whole[start : whole.index(b"PK\x05\x06")]
    entries = b"".join(entry.replace(b"document", f"d{n:07}".encode()) for n in range(size))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, size, size, len(entries), start, 0)
    return whole[:start] + entries + end


@case("deep-changes.docx", "docx_broken", "too_deep", READ, small=2000, full=100_000)
def _(size: int) -> bytes:
    return docx(paragraph("<w:ins>" * size + run(PROSE) + "</w:ins>" * size))


@case("deep-within-the-parser.docx", READ, "docx_broken", "too_deep", small=240, full=240)
def _(size: int) -> bytes:
    return docx(paragraph("<w:ins>" * size + run(PROSE) + "</w:ins>" * size))


@case("nested-tables.docx", READ, "docx_broken", "too_deep", small=60, full=60)
def _(size: int) -> bytes:
    inner = paragraph(PROSE)
    for _ in range(size):
        inner = table([[cell(inner), "1.00"]])
    return docx(inner)


@case("nested-boxes.docx", READ, "docx_broken", "too_deep", small=40, full=40)
def _(size: int) -> bytes:
    inner = paragraph(PROSE)
    for _ in range(size):
        box = f"<w:txbxContent>{inner}</w:txbxContent>"
        forms = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback/>"
        inner = paragraph(f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>")
    return docx(inner)


@case("many-cells.docx", READ, "too_long", "too_slow", "too_large_unpacked", small=2000, full=500_000)
def _(size: int) -> bytes:
    return docx(paragraph(PROSE) + table([[str(n)] * 50 for n in range(size // 50)]))


@case("one-row.docx", READ, small=2000, full=100_000)
def _(size: int) -> bytes:
    return docx(paragraph(PROSE) + table([["1"] * size]))


@case("wide-cells.docx", READ, "too_long", small=300, full=20_000)
def _(size: int) -> bytes:
    wide = cell("支出", '<w:gridSpan w:val="99999"/>')
    return docx(paragraph(PROSE) + table([[wide, "1.00", wide]] * size))


@case("empty-paragraphs.docx", READ, "too_large_unpacked", small=5000, full=MILLION)
def _(size: int) -> bytes:
    return docx("<w:p/>" * size + paragraph(PROSE))


@case("runs.docx", READ, "too_long", "too_large_unpacked", small=5000, full=MILLION)
def _(size: int) -> bytes:
    return docx(f"<w:p>{'<w:r><w:t>7</w:t></w:r>' * size}</w:p>" + paragraph(PROSE))


@case("deleted-ends.docx", READ, small=2000, full=100_000)
def _(size: int) -> bytes:
    """Paragraphs whose ends are all deleted: one long line."""
    return docx(paragraph(PROSE, properties="<w:rPr><w:del/></w:rPr>") * (size // 10) + paragraph("完。"))


@case("anchors-in-one-paragraph.docx", READ, small=500, full=30_000)
def _(size: int) -> bytes:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('框')}</w:txbxContent></w:pict></w:r>"
    return docx(paragraph(PROSE, *[box] * size))


def _styled(count: int, size: int) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % count}"/></w:style>'
        for n in range(count)
    )
    body = paragraph("甲", properties='<w:pStyle w:val="s0"/>') * size
    return docx(body + paragraph(PROSE), styles=styles)


@case("styles-in-a-loop.docx", READ, small=500, full=20_000)
def _(size: int) -> bytes:
    return _styled(2, size)


@case("styles-in-a-long-row.docx", READ, "too_slow", small=300, full=20_000)
def _(size: int) -> bytes:
    return _styled(size, size)


@case("lists-in-a-loop.docx", READ, small=100, full=20_000)
def _(size: int) -> bytes:
    lists = listing(0, more='<w:styleLink w:val="A"/><w:numStyleLink w:val="B"/>')
    lists += listing(1, more='<w:styleLink w:val="B"/><w:numStyleLink w:val="A"/>')
    body = paragraph("甲", number=(1, 0)) * size
    return docx(body + paragraph(PROSE), numbering=lists + use(1, 0) + use(2, 1))


@case("many-lists.docx", READ, small=300, full=20_000)
def _(size: int) -> bytes:
    lists = "".join(listing(n, level(0, "%1、", start=99_999)) for n in range(size))
    body = "".join(paragraph("甲", number=(n, 0)) for n in range(size))
    return docx(body, numbering=lists + "".join(use(n, n) for n in range(size)))


@case("long-numbers.docx", READ, "too_long", "too_large_unpacked", "too_slow", small=300, full=10_000)
def _(size: int) -> bytes:
    """Labels that would multiply: a long one before each of many paragraphs."""
    lists = listing(0, level(0, "%1" * size, "chineseCounting", start=9999)) + use(1, 0)
    return docx(paragraph("甲", number=(1, 0)) * size + paragraph(PROSE), numbering=lists)


@case("notes-in-notes.docx", READ, "too_deep", small=20, full=5000)
def _(size: int) -> bytes:
    """Each note has the mark of the next, the last that of the first."""
    notes = "".join(
        f'<w:footnote w:id="{n}">{paragraph("注", f"""<w:r><w:footnoteReference w:id="{(n + 1) % size}"/></w:r>""")}'
        "</w:footnote>"
        for n in range(size)
    )
    return docx(paragraph(PROSE, '<w:r><w:footnoteReference w:id="0"/></w:r>'), footnotes=notes)


def _bomb(name: str, size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _blanks(archive, name, size)
        if name != "word/document.xml":
            archive.writestr("word/document.xml", files(WHOLE)["word/document.xml"])
    return buffer.getvalue()


def _blanks(archive: zipfile.ZipFile, name: str, size: int) -> None:
    with archive.open(name, "w") as part:
        for _ in range(size // MILLION):
            part.write(b" " * MILLION)
