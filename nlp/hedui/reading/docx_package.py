"""The zip package of a Word document: its parts as trees, within limits, nothing outside of it."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from hedui.reading.errors import UnreadableInput

MAX_BYTES = 200_000_000  # of the file
MAX_PART = 100_000_000  # bytes of one part, unpacked
MAX_RATIO = 300  # of a part's size to its packed size; only looked at where it is more than RATIO_FROM
RATIO_FROM = 10_000_000
MAX_ENTRIES = 10_000
CHARTS = 200  # that are read, none with more than CHART bytes
CHART = 5_000_000

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict form of the format differs in the names of its name spaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that text is made of; a part that is absent or broken, other than the main one, is None."""

    document: Element
    numbering: Element | None
    styles: Element | None
    footnotes: Element | None
    endnotes: Element | None
    charts: Mapping[str, Element]
    """By the number of the relation that leads to them."""


def open_package(data: bytes) -> Package:
    """The package of a Word document.

    Raises UnreadableInput where the bytes are no Word document, are broken, or beyond the limits.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _package(archive)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError) as error:
        raise UnreadableInput("docx_broken", error=type(error).__name__) from error
    except (EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        # Cut off, an unknown way of packing, positions outside of the file, a part under a password.
        raise UnreadableInput("docx_broken", error=type(error).__name__) from error


def _package(archive: zipfile.ZipFile) -> Package:
    names = {info.filename.lstrip("/"): info for info in archive.infolist()}
    if len(names) > MAX_ENTRIES:
        raise UnreadableInput("too_many_entries", limit=MAX_ENTRIES)
    main = _related(archive, names, "", "/officeDocument").get("/officeDocument", "word/document.xml")
    if main not in names or main.startswith(("xl/", "ppt/")):
        raise UnreadableInput("archive")
    kinds = ("/numbering", "/styles", "/footnotes", "/endnotes")
    where = _related(archive, names, main, *kinds)
    document = etree.fromstring(_bytes(archive, names[main]), _parser())
    if not isinstance(document.tag, str) or not document.tag.startswith(f"{{{WORD}}}"):
        raise UnreadableInput("archive")
    numbering, styles, footnotes, endnotes = (_side(archive, names, where.get(kind)) for kind in kinds)
    charts = dict(_charts(archive, names, main))
    return Package(document, numbering, styles, footnotes, endnotes, charts)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )


def _side(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], name: str | None) -> Element | None:
    if name not in names or name is None:
        return None
    try:
        return etree.fromstring(_bytes(archive, names[name]), _parser())
    except etree.XMLSyntaxError:
        return None


def _related(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], part: str, *kinds: str
) -> dict[str, str]:
    """The names of the parts that a part (or the package itself) is related to, by the end of the kind's name."""
    out: dict[str, str] = {}
    for _, told, target in _relations(archive, names, part):
        if kind := next((k for k in kinds if told.endswith(k)), None):
            out.setdefault(kind, target)
    return out


def _charts(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], part: str
) -> Iterator[tuple[str, Element]]:
    """The charts of a part, those beyond the limits left out."""
    known = [
        (key, target) for key, told, target in _relations(archive, names, part) if told.endswith("/chart")
    ]
    for key, target in known[:CHARTS]:
        if target in names and names[target].file_size <= CHART:
            chart = _side(archive, names, target)
            if chart is not None:
                yield key, chart


def _relations(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], part: str
) -> Iterator[tuple[str, str, str]]:
    """Number, kind and part of what a part is related to inside of the package."""
    folder, name = posixpath.split(part)
    relations = _side(archive, names, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in relations.iter(_RELATIONS) if relations is not None else ():
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            yield relation.get("Id", ""), relation.get("Type", ""), target.lstrip("/")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part unpacked. What the package says of its size is not believed: reading stops at the limit."""
    with archive.open(info) as file:
        data = file.read(MAX_PART + 1)
    if len(data) > MAX_PART or len(data) > max(RATIO_FROM, MAX_RATIO * info.compress_size):
        raise UnreadableInput("too_large_unpacked", limit=MAX_PART // 1_000_000)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return data
