"""Bytes to a Document: the reader is chosen by what the bytes are, never by what the file is called."""

from hedui.model import Document
from hedui.reading.containers import holds_many
from hedui.reading.errors import UnreadableInput

# Endings of the files that are picked up when a folder is walked. A file named by itself is always tried.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".pdf", ".html", ".htm", ".xhtml", ".shtml", ".docx", ".doc", ".wps", ".rtf"}
)

_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")

_ARCHIVES = ((b"Rar!\x1a\x07", "archive_other"), (b"7z\xbc\xaf\x27\x1c", "archive_other"))

# How files begin that nothing here reads; the key names the message that says what to do with one.
_SIGNATURES = ((b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), *_ARCHIVES)


def read(data: bytes, source: str) -> Document:
    """Read a document from bytes; `source` (a path, a URL, or empty) is kept in it.

    Raises UnreadableInput where the bytes are empty or of no kind that is read, and what the reader raises.
    """
    if holds_many(data):
        raise UnreadableInput("container")
    # Some servers put a mark or blank lines before a PDF.
    if data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(_PDF):
        from hedui.reading.pdf import read as read_pdf

        return read_pdf(data[data.index(_PDF) :], source)
    if data.startswith(_ZIP):
        from hedui.reading.docx import read as read_docx

        return read_docx(data, source)
    if data.startswith(_OFFICE):
        from hedui.reading.docx_legacy import read as read_legacy

        return read_legacy(data, source)
    for signature, key in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableInput(key)
    from hedui.reading.html_charset import is_html

    if is_html(data):
        from hedui.reading.html import read as read_html

        return read_html(data, source)
    from hedui.reading.text import read as read_text

    return read_text(data, source)
