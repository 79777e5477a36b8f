"""Bytes to a Document: the reader is chosen by what the bytes are, never by what the file is called."""

from importlib import import_module
from typing import cast

from hedui.model import Document
from hedui.reading.containers import holds_many
from hedui.reading.errors import UnreadableInput

__all__ = ["SUFFIXES", "UnreadableInput", "read"]

# Endings of the files that are picked up when a folder is walked. A file named by itself is always tried.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".pdf", ".html", ".htm", ".xhtml", ".shtml", ".docx", ".doc", ".wps", ".rtf"}
    | {".xlsx", ".xlsm", ".xls", ".et", ".ods"}
    | {".tif", ".tiff"}  # other images are mostly what decorates web pages
)

_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_PACKAGES = {"docx": "word.reader", "xlsx": "workbook.xlsx", "ods": "workbook.ods"}
_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


def read(data: bytes, source: str, pdf_engine: str = "pdfminer", charset: str | None = None) -> Document:
    """Read a document from bytes; `source` (a path, a URL, or empty) is kept in it.

    `pdf_engine` is `pdfminer` or `pdfium`, which is faster and needs the extra `hedui[pictures]`; `charset` is what a
    server said of the characters of a web page.
    Raises UnreadableInput where the bytes are empty or of no kind that is read, and what the reader raises.
    """
    if holds_many(data):
        raise UnreadableInput("container")
    if data.startswith(_OTHER_ARCHIVES):
        raise UnreadableInput("archive_other")
    # Some servers put a mark or blank lines before a PDF.
    if data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(_PDF):
        from hedui.reading.pdf.reader import read as read_pdf

        return read_pdf(data[data.index(_PDF) :], source, pdf_engine)
    if data.startswith(_ZIP):
        from hedui.reading.package import kind

        # One module a kind, each with a `read` of its own.
        module = import_module(f"hedui.reading.{_PACKAGES[kind(data)]}")
        return cast(Document, module.read(data, source))
    if data.startswith(_OFFICE):
        from hedui.reading.workbook.xls import is_workbook

        module = import_module(f"hedui.reading.{'workbook.xls' if is_workbook(data) else 'word.legacy'}")
        return cast(Document, module.read(data, source))
    if data.startswith(_IMAGES):
        from hedui.reading.image import read as read_image

        return read_image(data, source)
    from hedui.reading.html.charset import is_html

    if is_html(data):
        from hedui.reading.html.reader import read as read_html

        return read_html(data, source, charset)
    from hedui.reading.text import read as read_text

    return read_text(data, source)
