"""The zip package of an office document (.docx, .xlsx, .ods): its parts within limits, nothing outside of it."""

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from hedui.reading.errors import UnreadableInput

MAX_BYTES = 200_000_000  # of the file
MAX_PART = 100_000_000  # bytes of one part, unpacked
MAX_UNPACKED = 300_000_000  # bytes of all parts that are read
MAX_RATIO = 300  # of a part's size to its packed size; only looked at where it is more than RATIO_FROM
RATIO_FROM = 10_000_000
MAX_ENTRIES = 10_000

_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict form of the formats differs in the names of its name spaces.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
    )
)

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Relation:
    """How one part names another: an id, the last word of the kind, the name of the other part."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of an opened package, by their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename.lstrip("/"): info for info in archive.infolist()}
        self._unpacked = 0
        if len(self._infos) > MAX_ENTRIES:
            raise UnreadableInput("too_many_entries", limit=MAX_ENTRIES)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """How many bytes a part has, unpacked, as the package says."""
        return self._infos[name].file_size

    def bytes(self, name: str) -> bytes:
        """A part unpacked. What the package says of its size is not believed: reading stops at the limit."""
        info = self._infos[name]
        with self._archive.open(info) as file:
            data = file.read(MAX_PART + 1)
        self._unpacked += len(data)
        if (
            len(data) > MAX_PART
            or self._unpacked > MAX_UNPACKED
            or len(data) > max(RATIO_FROM, MAX_RATIO * info.compress_size)
        ):
            raise UnreadableInput("too_large_unpacked", limit=MAX_PART // 1_000_000)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return data

    def tree(self, name: str) -> Element:
        """A part as a tree. Nothing is fetched, no entity is resolved, deep or huge trees are refused."""
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
        )
        return etree.fromstring(self.bytes(name), parser)

    def events(self, name: str, *tags: str) -> Iterator[tuple[str, Element]]:
        """Where the elements of these tags start and end, in the order of the part; as safe as `tree`.

        What is before an element that ends can be let go by `forget`, so that large parts need little memory.
        """
        yield from etree.iterparse(
            io.BytesIO(self.bytes(name)),
            ("start", "end"),
            tag=tags,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
        )

    def side(self, name: str | None) -> Element | None:
        """A part that can be done without, as a tree; None where it is absent or broken."""
        if name is None or name not in self:
            return None
        try:
            return self.tree(name)
        except etree.XMLSyntaxError:
            return None

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part (or the package itself, `""`) is related to inside of the package."""
        folder, name = posixpath.split(part)
        relations = self.side(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations.iter(_RELATION) if relations is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                kind = relation.get("Type", "").rpartition("/")[2]
                yield Relation(relation.get("Id", ""), kind, target.lstrip("/"))

    def related(self, part: str) -> dict[str, str]:
        """The names of the parts that a part is related to, the first of each kind."""
        found: dict[str, str] = {}
        for relation in self.relations(part):
            found.setdefault(relation.kind, relation.target)
        return found

    def main(self) -> str | None:
        """The name of the part that an Office document begins with."""
        return self.related("").get("officeDocument")


def forget(element: Element) -> None:
    """Let go of the content of an element and of the elements before it."""
    element.clear()
    above = element.getparent()
    while above is not None and (before := element.getprevious()) is not None:
        above.remove(before)


def kind(data: bytes) -> Literal["docx", "xlsx", "ods"]:
    """What a zip package holds, by the names of its parts; `docx` where they tell nothing of a workbook."""
    if _ODS in data[:200]:  # the first part, which is not packed, tells it
        return "ods"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.lstrip("/") for name in archive.namelist()]
        folders = {name.partition("/")[0] for name in names}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError):
        folders = {folder for folder in ("xl", "word") if f"{folder}/".encode() in data}
    return "xlsx" if "xl" in folders and "word" not in folders else "docx"


@contextmanager
def opened(data: bytes, broken: str) -> Iterator[Package]:
    """The package in bytes. What goes wrong while it is read is UnreadableInput(`broken`).

    Raises UnreadableInput where the package is beyond the limits, too.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(archive)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, etree.XMLSyntaxError) as error:
        raise UnreadableInput(broken, error=type(error).__name__) from error
    except (EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        # Cut off, an unknown way of packing, positions outside of the file, a part under a password.
        raise UnreadableInput(broken, error=type(error).__name__) from error
