"""Claims and findings as tables: one a row, nested values flattened."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any

from hedui.messages import Language
from hedui.model import Claim, Finding, Item, Report
from hedui.report.findings import suspicion
from hedui.report.tally import tallies

_ITEM = [field.name for field in fields(Item)]
COLUMNS = [
    "source",
    *(field.name for field in fields(Claim) if field.name not in ("item", "box")),
    *(f"item_{name}" for name in _ITEM),
]
_ABOUT = ("source", "title", "publisher", "fiscal_year")  # of the document
FINDING_COLUMNS = (
    *_ABOUT,
    *("rule", "family", "certainty", "page", "line", "quote", "message", "message_en"),
    *("figures", "stated", "expected", "suspects", "start", "end"),
    *("held", "failed", "undecidable", "missing"),
)
_WORDS = ("source", "section", "sentence", "subject", "part", "item_printed", "item_name", "item_path")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(reports: Iterable[Report]) -> Iterator[str]:
    """A heading, then one line a claim; `section` is joined by ` / `, `item` spread over `item_…`.

    An apostrophe stands before words that a spreadsheet would take for a formula; numbers are as printed.
    """
    yield _line(COLUMNS)
    for report in reports:
        for claim in report.claims:
            row = flat(claim) | {"source": report.document.source}
            yield _line([_plain(row[name]) if name in _WORDS else row[name] for name in COLUMNS])


def findings_as_csv(reports: Iterable[Report], lang: Language) -> Iterator[str]:
    """A heading, then one line a finding; `figures` are those that take part, `suspects` a sentence each.

    After the findings of a document one line for each family of rules, without a rule: how many relations held, failed
    and could not be decided, and what was `missing` there.
    An apostrophe stands before words that a spreadsheet would take for a formula.
    """
    yield _line(FINDING_COLUMNS)
    for report in reports:
        for finding in report.findings:
            row = _finding(report, finding, lang)
            yield _line([_plain(row.get(name)) for name in FINDING_COLUMNS])
        for tally in tallies(report):
            row = _about(report) | tally.to_dict() | {"missing": tally.gaps(lang)}
            yield _line([_plain(row.get(name)) for name in FINDING_COLUMNS])


def flat(claim: Claim) -> dict[str, Any]:
    """A claim without nesting; absent values are None."""
    row = asdict(claim)
    item = row.pop("item") or dict.fromkeys(_ITEM)
    row["section"] = " / ".join(claim.section)
    return row | {f"item_{name}": item[name] for name in _ITEM}


def _finding(report: Report, finding: Finding, lang: Language) -> dict[str, Any]:
    document = report.document
    printed = {claim.id: claim.value + claim.unit for claim in report.claims}
    told = asdict(finding) | _about(report)
    return told | {
        "line": None if document.pages else document.line_at(finding.start),
        "figures": " ".join(printed[claim] for claim in finding.claims if claim in printed),
        "suspects": " ".join(suspicion(report, suspect, lang) for suspect in finding.suspects),
    }


def _about(report: Report) -> dict[str, Any]:
    return {name: getattr(report.document, name) for name in _ABOUT}


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _line(values: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(values)
    return buffer.getvalue()
