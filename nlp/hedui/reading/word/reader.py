"""Word (.docx): bytes → Document.

Offsets mean the text that is made here: a paragraph a line, its automatic number written out, a row of a table a
line of cells and tabs. Where pages end is known only to the program that lays them out, so none are told.
"""

from lxml import etree

from hedui.model import Document
from hedui.reading.composing import compose
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.text import document as text_document
from hedui.reading.word.package import WORD, open_package
from hedui.reading.word.text import Story

READER = f"docx/1 (lxml {etree.__version__})"
MAX_SECONDS = 60.0


def read(data: bytes, source: str) -> Document:
    """The document of a Word file.

    Raises UnreadableInput for another kind of archive, a broken file, one beyond the limits or without text.
    """
    deadline = Deadline(MAX_SECONDS)
    package = open_package(data)
    body = package.document.find(f"{{{WORD}}}body")
    text = compose(Story(package, deadline).parts(body)) if body is not None else ""
    if not text:
        raise UnreadableInput("empty")
    return text_document(text, source, READER)
