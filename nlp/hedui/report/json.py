"""Reports as JSON, in the shape and with the field names of the project's contract."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from hedui.model import Claim, Document, Report
from hedui.report.failure import Failure


def report_to_dict(report: Report, with_text: bool = False) -> dict[str, Any]:
    """One document's report; `with_text` adds `text` to its `document`, which all offsets count in."""
    return {
        "document": _document(report.document, with_text),
        "claims": [claim_to_dict(claim) for claim in report.claims],
        "others": [asdict(other) for other in report.others],
        "relations": [asdict(relation) for relation in report.relations],
        "findings": [asdict(finding) for finding in report.findings],
    }


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """One claim, ready for JSON: nested values are dictionaries and lists."""
    return asdict(claim)


def _document(document: Document, with_text: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": document.id,
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "fiscal_year": document.fiscal_year,
        "kind": document.kind,
        "pages": len(document.pages) or None,
        "characters": len(document.text),
        "reader": document.reader,
    }
    if with_text:
        shown["text"] = document.text
    return shown


def dump(value: object) -> str:
    """One line of JSON, Chinese left readable."""
    return json.dumps(value, ensure_ascii=False)


def as_json(reports: Iterable[Report], failures: list[Failure], with_text: bool) -> Iterator[str]:
    """The JSON of several documents, piece by piece. `failures` may grow while `reports` is consumed."""
    yield '{"documents": ['
    for number, report in enumerate(reports):
        yield (",\n" if number else "\n") + dump(report_to_dict(report, with_text))
    yield '\n], "failures": ' + dump([failure.to_dict() for failure in failures]) + "}\n"


def as_jsonl(reports: Iterable[Report], failures: list[Failure], with_text: bool) -> Iterator[str]:
    """A document a line; what could not be read follows as one last line, `{"failures": […]}`."""
    for report in reports:
        yield dump(report_to_dict(report, with_text)) + "\n"
    if failures:
        yield dump({"failures": [failure.to_dict() for failure in failures]}) + "\n"
