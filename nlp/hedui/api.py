"""The verbs of the public face: read a document (several as one, all of many), extract its claims, check them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from hedui import reading
from hedui.model import Document, Report
from hedui.reading import text as reading_text
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.files import load
from hedui.reading.together import together
from hedui.reading.triage import TEMPLATE
from hedui.report.failure import Failure

MAX_SECONDS = 120.0  # of the work on a document that has been read

Source = str | os.PathLike[str] | bytes | Document


def read(source: Source | None = None, *, text: str | None = None, pdf_engine: str = "pdfminer") -> Document:
    """The document of a path, of bytes, or of running text (`text=`); a Document is handed back as it is.

    A string is always a path: a mistyped one raises FileNotFoundError and is never read as a document.
    Of a PDF the `pdf_engine` is `pdfminer` or `pdfium` (faster; with the extra `hedui[pictures]`).
    Raises UnreadableInput for what is empty or no text, and for an archive or a crawl (`read_all` reads those).
    """
    if (source is None) == (text is None):
        raise TypeError("give either a source (path, bytes or Document) or text=")
    if text is not None:
        return reading_text.document(text, "", reading_text.READER)
    if isinstance(source, Document):
        return source
    if isinstance(source, bytes):
        return reading.read(source, "", pdf_engine)
    assert source is not None
    return reading.read(load(source), os.fspath(source), pdf_engine)


def read_together(sources: Iterable[Source]) -> Document:
    """Several files of one disclosure (a narrative and its tables) as one document, to be checked as such.

    Takes what `read` takes and raises what it raises, and UnreadableInput for files of different years or bodies.
    """
    return together([read(source) for source in sources])


def read_all(path: str | os.PathLike[str], failures: list[Failure] | None = None) -> Iterator[Document]:
    """The documents of a file, a folder, an archive (.zip), a crawl (.warc, .warc.gz) or a manifest (.csv), one at
    a time.

    What cannot be read is added to `failures` and costs nothing else; without such a list the first one raises
    UnreadableInput, with a note that names it.
    """
    from hedui.inputs import Input, Refused, contents, gather

    def fail(source: str, error: UnreadableInput) -> None:
        if failures is None:
            error.add_note(source)
            raise error
        failures.append(Failure(source, str(error)))

    places = gather([os.fspath(path)])
    for refused in places.refused:
        fail(refused.source, refused.error)
    for given in chain.from_iterable(map(contents, places.found.values())):
        if isinstance(given, Input):
            try:
                document = given.read()
            except UnreadableInput as error:
                fail(given.source, error)
            else:
                yield document
        elif isinstance(given, Refused):
            fail(given.source, given.error)


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


def check_together(sources: Iterable[Source]) -> list[Report]:
    """Several files of one body: those of one year are checked as one disclosure, those of different years, and budget
    and account, each by itself and then against one another.

    A report for each disclosure, in the order of years; findings between two stand in the later one. Takes what `read`
    takes and raises what it raises, and UnreadableInput for files of different bodies.
    """
    from hedui import across
    from hedui.across.disclosures import disclosures

    documents = disclosures([read(source) for source in sources])
    return across.cross([check(document) for document in documents], one_body=True)


def cross(reports: Sequence[Report]) -> list[Report]:
    """Reports of checked documents, of whichever bodies and years, with what ought to hold between them.

    The order is kept; findings between two documents (rules `XDC`) stand in the later one, and name claims of the other
    by `document-id:claim-id`. What was found between documents before is replaced.
    """
    from hedui import across

    return across.cross(reports)


def _deadline() -> Deadline:
    return Deadline(MAX_SECONDS, "check_too_slow")


def _warnings(document: Document) -> tuple[str, ...]:
    """Keys of messages below `warning` in `patterns/messages.toml`; `unreadable_pages:2, 5–7` names pages or sheets."""
    found = [*document.warnings]
    if document.pages:
        from hedui.reading.pdf.reader import unreadable_pages  # brings the PDF engine

        if pages := unreadable_pages(document):  # what the document is may stand on those
            return (*found, f"unreadable_pages:{_ranges(pages)}")
    kinds = {None: "not_a_disclosure", TEMPLATE: "template"}
    return (*found, kinds[document.kind]) if document.kind in kinds else tuple(found)


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers as people write them: neighbours as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
