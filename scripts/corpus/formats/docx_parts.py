"""The parts of a Word document as text, and the package that they make; no library needed."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

import regex

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """A run of characters; `properties` goes into its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "", number: tuple[int, int] | None = None) -> str:
    """A paragraph of runs (plain text becomes one); `number` is its list and level."""
    listed = (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    )
    inner = "".join(r if regex.match("<(?:w|m|mc):", r) else run(r) for r in runs)
    return f"<w:p><w:pPr>{properties}{listed}</w:pPr>{inner}</w:p>"


def cell(inner: str, properties: str = "") -> str:
    """A table cell; plain text becomes a paragraph."""
    inner = inner if inner.startswith("<w:") else paragraph(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of cells, each plain text or a `w:tc`."""
    out = ""
    for row in rows:
        out += "<w:tr>" + "".join(c if c.startswith("<w:tc>") else cell(c) for c in row) + "</w:tr>"
    return f"<w:tbl>{out}</w:tbl>"


def level(place: int, text: str, way: str = "decimal", start: int | None = 1, more: str = "") -> str:
    """A level of a list."""
    begin = f'<w:start w:val="{start}"/>' if start is not None else ""
    return (
        f'<w:lvl w:ilvl="{place}">{begin}<w:numFmt w:val="{way}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listing(number: int, *levels: str, more: str = "") -> str:
    """A `w:abstractNum` of levels."""
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def use(number: int, of: int, starts: Sequence[tuple[int, int]] = (), more: str = "") -> str:
    """A `w:num` that uses a listing; `starts` are levels and the numbers at which they begin anew."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{at}"/></w:lvlOverride>'
        for place, at in starts
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}{more}</w:num>'


def docx(body: str, prolog: str = "", charts: Sequence[str] = (), **parts: str) -> bytes:
    """The bytes of a document; `parts` are the insides of numbering, styles, footnotes or endnotes.

    `charts` are the insides of charts, whose relations are `chart0`, `chart1` and so on.
    """
    related = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for i, name in enumerate(parts)
    )
    related += "".join(
        f'<Relationship Id="chart{i}" Type="{_OFFICE}/chart" Target="charts/chart{i}.xml"/>'
        for i in range(len(charts))
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{related}</Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{inner}</w:{name}>"
    for number, inner in enumerate(charts):
        files[f"word/charts/chart{number}.xml"] = f"<c:chartSpace {NAMESPACES}>{inner}</c:chartSpace>"
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    """The bytes of an archive, the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)  # without the time of day
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return buffer.getvalue()
