"""The verbs of the public face: read a document (several as one, all of many), extract its claims, check them.

What each did, and how long it took, is logged at the level DEBUG; nothing is logged above it.
"""

import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from hedui import garbage, reading
from hedui.model import Document, Extraction, Failure, Report
from hedui.reading import text as reading_text
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.files import load
from hedui.reading.together import together
from hedui.reading.triage import TEMPLATE

if TYPE_CHECKING:
    from pandas import DataFrame

_LOG = logging.getLogger(__name__)

MAX_SECONDS = 120.0  # of the work on a document that has been read

Source = str | os.PathLike[str] | bytes | Document


def read(source: Source | None = None, *, text: str | None = None, pdf_engine: str = "pdfminer") -> Document:
    """The document of a path, of bytes, or of running text (`text=`); a Document is handed back as it is.

    A string is always a path: a mistyped one raises FileNotFoundError and is never read as a document.
    Of a PDF the `pdf_engine` is `pdfminer` or `pdfium` (faster; with the extra `hedui[pictures]`).
    Raises UnreadableInput for what is empty or no text, and for an archive or a crawl (`read_all` reads those).

    >>> document = read(text="某某局2023年度部门决算\\n2023年度支出合计100.00万元。")
    >>> document.fiscal_year, document.publisher
    (2023, '某某局')
    """
    if (source is None) == (text is None):
        raise TypeError("give either a source (path, bytes or Document) or text=")
    if text is not None:
        return reading_text.document(text, "", reading_text.READER)
    if isinstance(source, Document):
        return source
    begun = time.monotonic()
    if isinstance(source, bytes):
        document = reading.read(source, "", pdf_engine)
    else:
        assert source is not None
        document = reading.read(load(source), os.fspath(source), pdf_engine)
    seconds = time.monotonic() - begun
    _LOG.debug(
        "%r: %d characters read by %s in %.2f s",
        document.source,
        len(document.text),
        document.reader,
        seconds,
    )
    return document


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

    >>> report = extract(text="2023年度公务接待费支出2.50万元，完成年初预算的50%。")
    >>> [(claim.metric, claim.measure, claim.value, claim.unit) for claim in report.claims]
    [('reception', 'amount', '2.50', '万元'), ('reception', 'completion_rate', '50', '%')]
    """
    document = read(source, text=text)
    found = _claims(document, _deadline())
    return Report(document, found.claims, found.others, found.remarks, warnings=_warnings(document))


def check(source: Source | None = None, *, text: str | None = None) -> Report:
    """The claims of a document, the relations between them (held, failed, undecidable), and the findings.

    Takes what `read` takes and raises what it raises.

    >>> report = check(text="2023年度公务接待费支出3.00万元，比上年增加1.00万元，增长40%。")
    >>> [(relation.rule, relation.status) for relation in report.relations]
    [('CHG004', 'held'), ('CHG001', 'failed')]
    >>> for finding in report.findings:
    ...     print(finding.rule, finding.certainty, finding.stated, finding.expected)
    CHG001 certain 39.5–40.5% 49.5–50.5%
    """
    from hedui import checking

    document = read(source, text=text)
    deadline = _deadline()
    with garbage.at_rest():
        found = _claims(document, deadline)
        begun = time.monotonic()
        relations, findings = checking.check(document, found, deadline)
    counts = len(relations), len(findings), time.monotonic() - begun
    _LOG.debug("%r: %d relations checked, %d findings in %.2f s", document.source, *counts)
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


def frame(reports: Report | Iterable[Report]) -> "DataFrame":
    """The claims of one report or of several as a pandas frame, a row each (extra `hedui[frames]`).

    Columns are the fields of `Claim`, with `item_…` for those of the item, and before them `source`, `publisher` and
    `fiscal_year` of the document. `amount`, `low` and `high` are Decimals, so that sums are exact; years are integers
    that may be missing. Raises ImportError without pandas.

    >>> claims = frame(extract(text="2023年度公务接待费支出2.50万元，会议费支出0.30万元。"))
    >>> claims[["metric", "year", "amount"]]
          metric  year amount
    0  reception  2023  25000
    1    meeting  2023   3000
    >>> claims.amount.sum()
    Decimal('28000')
    """
    from hedui.report.frame import as_frame

    return as_frame([reports] if isinstance(reports, Report) else reports)


def _claims(document: Document, deadline: Deadline) -> Extraction:
    from hedui import claims  # brings spaCy and jieba: a second of loading that `read` does without

    begun = time.monotonic()
    found = claims.extract(document, deadline=deadline)
    counts = len(found.claims), len(found.others), time.monotonic() - begun
    _LOG.debug("%r: %d claims, %d other figures in %.2f s", document.source, *counts)
    return found


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
