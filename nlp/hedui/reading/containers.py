"""Whether bytes hold many documents (an archive, a crawl) or one: an Office file is a zip package, and one."""

import io
import struct
import zipfile
from typing import BinaryIO, Literal

Container = Literal["zip", "gzip", "warc"]

HEAD = 512  # bytes that tell
_BEGINS: tuple[tuple[bytes, Container], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # without any member
    (b"\x1f\x8b", "gzip"),
    (b"WARC/", "warc"),
)
# What the packages of Word, Excel, WPS and OpenDocument have and no other archive.
_PARTS = ("[Content_Types].xml", "mimetype", "_rels/.rels", "word/document.xml", "xl/workbook.xml")
_FOLDERS = ("word/", "xl/", "ppt/", "docProps/", "customXml/", "_rels/")


def container(head: bytes) -> Container | None:
    """What kind of container bytes begin like; None for a single document. A `zip` may still be a package."""
    return next((kind for mark, kind in _BEGINS if head.startswith(mark)), None)


def is_package(file: BinaryIO) -> bool:
    """Whether a zip file (seekable; left at its beginning) is one Office document and no archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            return any(part in archive.NameToInfo for part in _PARTS)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        first = _first_name(file)  # damaged: by its beginning, and one document where that is gone as well
        return not first or first.startswith((*_PARTS, *_FOLDERS))
    finally:
        file.seek(0)


def holds_many(data: bytes) -> bool:
    """Whether the bytes are an archive or a crawl."""
    kind = container(data[:HEAD])
    return kind is not None and (kind != "zip" or not is_package(io.BytesIO(data)))


def _first_name(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(HEAD)
    if len(head) < 30:
        return ""
    (length,) = struct.unpack_from("<H", head, 26)
    return head[30 : 30 + length].decode("ascii", "replace").strip("\0")
