"""Reports as JSON, in the shape and with the field names of the project's contract."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from hedui.model import Failure, Report
from hedui.report.tally import tallies


def dump(value: object) -> str:
    """One line of JSON, Chinese left readable."""
    return json.dumps(value, ensure_ascii=False)


def as_json(reports: Iterable[Report], failures: list[Failure], with_text: bool) -> Iterator[str]:
    """The JSON of several documents, piece by piece. `failures` may grow while `reports` is consumed."""
    yield '{"documents": ['
    for number, report in enumerate(reports):
        yield (",\n" if number else "\n") + dump(_document(report, with_text))
    yield '\n], "failures": ' + dump([failure.to_dict() for failure in failures]) + "}\n"


def as_jsonl(reports: Iterable[Report], failures: list[Failure], with_text: bool) -> Iterator[str]:
    """A document a line; what could not be read follows as one last line, `{"failures": […]}`."""
    for report in reports:
        yield dump(_document(report, with_text)) + "\n"
    if failures:
        yield dump({"failures": [failure.to_dict() for failure in failures]}) + "\n"


def _document(report: Report, with_text: bool) -> dict[str, Any]:
    """A report, and how much was checked of each family of rules."""
    return report.to_dict(with_text) | {"checked": [tally.to_dict() for tally in tallies(report)]}
