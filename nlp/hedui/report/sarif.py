"""Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0, OASIS), for editors and code hosts.

Only of plain text do lines, columns and offsets mean the file itself; of other formats a finding names its page.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from hedui import rules
from hedui.messages import Language
from hedui.model import Document, Failure, Finding, Report
from hedui.reading.text import READER
from hedui.report.findings import message
from hedui.report.identity import identities
from hedui.report.left_open import place
from hedui.report.tally import tallies
from hedui.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {"certain": "error", "likely": "warning", "note": "note"}


def as_sarif(reports: Iterable[Report], failures: list[Failure], lang: Language) -> Iterator[str]:
    """One run with all documents. `failures` may grow while `reports` is consumed."""
    codes = list(rules.rules())
    results, artifacts = [], []
    for report in reports:
        checked = [tally.to_dict() for tally in tallies(report)]
        artifacts.append(
            {"location": {"uri": _uri(report.document.source)}, "properties": {"checked": checked}}
        )
        results += list(_results(report, codes, lang))
    notices = [
        {
            "level": "error",
            "message": {"text": failure.reason},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(failure.source)}}}],
        }
        for failure in failures
    ]
    run = {
        "tool": {
            "driver": {
                "name": "hedui",
                "version": __version__,
                "language": _language(lang),
                "rules": [_rule(code, lang) for code in codes],
            }
        },
        "language": _language(lang),
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
        "artifacts": artifacts,
        "results": results,
    }
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str, lang: Language) -> dict[str, Any]:
    rule = rules.rule(code)
    explanation = rule.explanation.in_language(lang)
    return {
        "id": code,
        "shortDescription": {"text": rule.title.in_language(lang)},
        "fullDescription": {"text": explanation.splitlines()[0]},
        "help": {"text": explanation},
        "properties": {"tags": [rule.family]},
    }


def _results(report: Report, codes: list[str], lang: Language) -> Iterator[dict[str, Any]]:
    names = identities(report)
    claims = {claim.id: claim for claim in report.claims}
    for finding in report.findings:
        figures = [claims[name] for name in dict.fromkeys(finding.claims) if name in claims]
        yield {
            "ruleId": finding.rule,
            "ruleIndex": codes.index(finding.rule),
            "level": _LEVEL[finding.certainty],
            "message": {"text": message(finding, lang)},
            "locations": [_location(report.document, finding.start, finding.end, lang)],
            "relatedLocations": [
                {"id": number, "message": {"text": claim.value + claim.unit}}
                | {
                    key: value
                    for key, value in _location(report.document, claim.start, claim.end, lang).items()
                    if key != "message"
                }
                for number, claim in enumerate(figures, 1)
            ],
            "partialFingerprints": {"hedui/v1": names[finding.id]},
            "properties": {"certainty": finding.certainty, "family": finding.family} | _on_page(finding),
        }


def _on_page(finding: Finding) -> dict[str, Any]:
    """The page, and the box on it in points from its top left, where they are known."""
    told = {"page": finding.page, "box": list(finding.box) if finding.box else None}
    return {name: value for name, value in told.items() if value is not None}


def _location(document: Document, start: int, end: int, lang: Language) -> dict[str, Any]:
    file = document.file_at(start)
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file.source if file else document.source)}}
    if document.reader == READER:
        physical["region"] = _region(document.text, start, end)
    return {"physicalLocation": physical, "message": {"text": place(document, None, start, lang)}}


def _region(text: str, start: int, end: int) -> dict[str, Any]:
    return {
        "startLine": text.count("\n", 0, start) + 1,
        "startColumn": start - text.rfind("\n", 0, start),
        "endLine": text.count("\n", 0, end) + 1,
        "endColumn": end - text.rfind("\n", 0, end),
        "charOffset": start,
        "charLength": end - start,
        "snippet": {"text": text[start:end]},
    }


def _uri(source: str) -> str:
    path = PurePath(source)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix() if source else "stdin")


def _language(lang: Language) -> str:
    return "zh-CN" if lang == "zh" else "en-US"
