"""Reviews as gold annotations, in the format of corpora/README.md: confirmed findings, and places that only look wrong.

The figures beside them are what hedui read; a person may mend them, or they say nothing but that it reads them again.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from hedui.model import Claim, Finding, OtherFigure, Report
from hedui.report.output import whole
from hedui.store import reading

LEFT, QUOTE = 24, 40  # characters
_FIELDS = ("metric", "subject", "measure", "basis", "year", "versus", "direction")
_ITEMS = ("function_item", "economic_item")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person said last of a finding, comments apart."""

    verdict: str
    comment: str
    reviewer: str
    created: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The files of one document: its name, and their lines by kind."""

    name: str
    rows: dict[str, list[Row]]

    def write(self, folder: Path) -> None:
        """NAME.figures.jsonl, NAME.findings.jsonl and NAME.clean.jsonl. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        for kind, rows in self.rows.items():
            with whole(folder / f"{self.name}.{kind}.jsonl") as file:
                file.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A document of which `left` certain or likely findings have no verdict: it would call them false."""

    source: str
    left: int


def annotations(connection: sqlite3.Connection) -> Iterator[Gold | Unfinished]:
    """The documents with verdicts, in the order of their sources."""
    names: set[str] = set()
    found = connection.execute(
        """
        SELECT id, source FROM documents
        WHERE id IN (SELECT document FROM reviews WHERE verdict != 'comment') ORDER BY source, id
        """
    )
    for document, source in found.fetchall():
        report = reading.report(connection, document)
        if report is None:
            continue
        judged = _judged(connection, document)
        verdicts = {f.id: judged.get((f.rule, f.start, f.end)) for f in report.findings}
        left = sum(verdicts[f.id] is None for f in report.findings if f.certainty != "note")
        if left:
            yield Unfinished(source, left)
            continue
        name = PurePath(source.rpartition("!")[2]).stem or document
        name = f"{name}-{document}" if name in names else name
        names.add(name)
        yield Gold(name, _rows(report, verdicts))


def _judged(connection: sqlite3.Connection, document: str) -> dict[tuple[str, int, int], Judged]:
    found = connection.execute(
        """
        SELECT rule, start, end, verdict, comment, reviewer, created FROM reviews
        WHERE document = ? AND verdict != 'comment' ORDER BY id
        """,
        (document,),
    )
    return {(rule, start, end): Judged(*said) for rule, start, end, *said in found}


def _rows(report: Report, verdicts: dict[str, Judged | None]) -> dict[str, list[Row]]:
    parts: list[Claim | OtherFigure] = [claim for claim in report.claims if claim.origin == "narrative"]
    parts = sorted([*parts, *report.others], key=lambda part: part.start)
    numbers = {part.id: number for number, part in enumerate(parts) if isinstance(part, Claim)}
    rows: dict[str, list[Row]] = {
        "figures": [_figure(report.document.text, number, part) for number, part in enumerate(parts)],
        "findings": [],
        "clean": [],
    }
    for finding in report.findings:
        judged = verdicts[finding.id]
        if judged is not None:
            confirmed = judged.verdict == "confirmed"
            row = _finding(finding, len(rows["findings"]) + 1, numbers) if confirmed else {}
            said = {
                "quote": finding.quote[-QUOTE:],
                "why": judged.comment or finding.message,
                "reviewer": judged.reviewer,
                "reviewed": judged.created,
            }
            rows["findings" if confirmed else "clean"].append(row | said)
    return rows


def _figure(text: str, number: int, part: Claim | OtherFigure) -> Row:
    left = "".join(text[max(0, part.start - 4 * LEFT) : part.start].split())[-LEFT:]
    row = {"i": number, "value": part.value, "unit": part.unit.replace("％", "%"), "left": left}
    if isinstance(part, OtherFigure):
        return row | {"kind": part.kind}
    item = part.item.printed if part.item and part.metric in _ITEMS else None
    return row | {"kind": "claim"} | {name: getattr(part, name) for name in _FIELDS} | {"item": item}


def _finding(finding: Finding, number: int, numbers: dict[str, int]) -> Row:
    return {
        "id": f"F{number}",
        "certainty": finding.certainty,
        "family": finding.family,
        "figures": sorted(numbers[claim] for claim in finding.claims if claim in numbers),
        "reach": "core",
    }
