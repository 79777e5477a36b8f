"""The three verbs of the public face: read a document, extract its claims, check them."""

import os
from collections.abc import Sequence

from hedui import reading
from hedui.model import Document, Report
from hedui.reading import text as reading_text
from hedui.reading.deadline import Deadline
from hedui.reading.files import load
from hedui.reading.metadata import looks_like_disclosure

MAX_SECONDS = 120.0  # of the work on a document that has been read

Source = str | os.PathLike[str] | bytes | Document


def read(source: Source | None = None, *, text: str | None = None) -> Document:
    """The document of a path, of bytes, or of running text (`text=`); a Document is handed back as it is.

    A string is always a path: a mistyped one raises FileNotFoundError and is never read as a document.
    Raises UnreadableInput for what is empty or no text.
    """
    if (source is None) == (text is None):
        raise TypeError("give either a source (path, bytes or Document) or text=")
    if text is not None:
        return reading_text.document(text, "", reading_text.READER)
    if isinstance(source, Document):
        return source
    if isinstance(source, bytes):
        return reading.read(source, "")
    assert source is not None
    return reading.read(load(source), os.fspath(source))


def extract(source: Source | None = None, *, text: str | None = None) -> Report:
    """The claims of a document, unchecked: `relations` and `findings` of the report are empty.

    Takes what `read` takes and raises what it raises.
    """
    from hedui import claims  # brings spaCy and jieba: a second of loading that `read` does without

    document = read(source, text=text)
    found = claims.extract(document, deadline=_deadline())
    return Report(document, found.claims, found.others, found.remarks, warnings=_warnings(document))


def check(source: Source | None = None, *, text: str | None = None) -> Report:
    """The claims of a document, the relations between them (held, failed, undecidable), and the findings.

    Takes what `read` takes and raises what it raises.
    """
    from hedui import checking, claims

    document = read(source, text=text)
    deadline = _deadline()
    found = claims.extract(document, deadline=deadline)
    relations, findings = checking.check(document, found, deadline)
    return Report(
        document,
        found.claims,
        found.others,
        found.remarks,
        tuple(relations),
        tuple(findings),
        _warnings(document),
    )


def _deadline() -> Deadline:
    return Deadline(MAX_SECONDS, "check_too_slow")


def _warnings(document: Document) -> tuple[str, ...]:
    """Keys of messages below `warning` in `patterns/messages.toml`; `unreadable_pages:2, 5–7` names pages."""
    found = [] if looks_like_disclosure(document.text) else ["not_a_disclosure"]
    if document.pages:
        from hedui.reading.pdf import unreadable_pages  # brings the PDF engine

        if pages := unreadable_pages(document):
            found.append(f"unreadable_pages:{_ranges(pages)}")
    return tuple(found)


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers as people write them: neighbours as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
