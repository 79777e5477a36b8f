"""A report → the rows of the claims database, table by table. The database and the cluster's files share them.

Exact values are text (SQLite has no decimals and turns them into binary fractions); `…_fen` columns hold the
same money as whole 分, for sorting and sums. `low_fen` and `high_fen` are rounded outwards.
Ids of claims, relations and findings are unique across documents: the document's id stands before them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, InvalidOperation
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from hedui.intervals import amount_in_yuan
from hedui.model import Box, Claim, Document, Failure, Finding, Item, Relation, Report
from hedui.store.schema import TABLES

_SQLITE_MAX = 2**63 - 1

SECTIONS = " / "  # between the headings of a path

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows(report: Report) -> Rows:
    """The rows of one report by table, in an order in which each finds what it refers to.

    A column that a row does not name is null. Rows of `items` may stand there already, from other documents.
    """
    document = report.document
    own = [*(claim.id for claim in report.claims), *(relation.id for relation in report.relations)]
    names = {name: _qualified(document.id, name) for name in own}
    return {
        "documents": [_document(document) | {"status": "ok", "warnings": _json(report.warnings)}],
        "metrics": [{"id": metric} for metric in dict.fromkeys(claim.metric for claim in report.claims)],
        "items": list(_items(report)),
        "claims": [_claim(claim, document.id, names) for claim in report.claims],
        "sentences": list(_sentences(report)),
        "others": list(_others(report)),
        "relations": [_relation(relation, document.id, names) for relation in report.relations],
        "relation_claims": list(_roles(report, names)),
        "findings": [_finding(finding, document, names) for finding in report.findings],
    }


def rows_across(report: Report) -> Rows:
    """The rows of the relations and findings of one report alone; its claims stand there already."""
    document = report.document.id
    names = {claim.id.removeprefix(f"{document}:"): _qualified(document, claim.id) for claim in report.claims}
    names |= {relation.id: _qualified(document, relation.id) for relation in report.relations}
    return {
        "relations": [_relation(relation, document, names) for relation in report.relations],
        "relation_claims": list(_roles(report, names)),
        "findings": [_finding(finding, report.document, names) for finding in report.findings],
    }


def failure_rows(failure: Failure) -> Rows:
    """The rows of an input that could not be read: one of `documents`, with the reason."""
    name = failed_id(failure.source)
    return {
        "documents": [{"id": name, "source": failure.source, "status": "failed", "error": failure.reason}]
    }


def failed_id(source: str) -> str:
    """The id of the row of `documents` that stands for an input that could not be read.

    It tells nothing of the place, as pages name documents by their ids.
    """
    return f"failed:{sha256(source.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def fen(yuan: str | None, rounding: str = ROUND_HALF_EVEN) -> int | None:
    """元, as a decimal string, to whole 分; None for no number, or more than SQLite's integers hold."""
    if yuan is None:
        return None
    try:
        value = int((Decimal(yuan) * 100).to_integral_value(rounding))
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return value if abs(value) <= _SQLITE_MAX else None


def gap_fen(gap: str) -> int | None:
    """The gap of a relation, as it is shown, in whole 分; None where it is none of money."""
    unit = gap.lstrip("-.0123456789")
    return fen(amount_in_yuan(gap.removesuffix(unit), unit))


def _qualified(document: str, name: str) -> str:
    return name if name.startswith(document) else f"{document}:{name}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(entry: object, names: Iterable[str]) -> Row:
    return {name: getattr(entry, name) for name in names if hasattr(entry, name)}


def _document(document: Document) -> Row:
    row = _plain(document, TABLES["documents"])
    shown = document.to_dict()
    shown["files"] = shown.get("files", [])
    for name in ("origins", "attachments", "files"):
        shown[name] = _json(shown[name])
    shown["layout"] = _json([asdict(page) for page in document.pages])
    names = ("published", "retrieved", "origins", "attachments", "files", "pages", "layout", "characters")
    return row | {name: shown[name] for name in names}


def _items(report: Report) -> Iterable[Row]:
    items = [claim.item for claim in report.claims if claim.item]
    return {
        _item_id(i): {"id": _item_id(i), "code": i.code, "name": i.name, "path": i.path} for i in items
    }.values()


def _item_id(item: Item) -> str:
    """Code and name together, as codes change their names; what is in no catalogue goes by its words."""
    return f"{item.code} {item.path or item.name}" if item.code else item.printed


def _claim(claim: Claim, document: str, names: Mapping[str, str]) -> Row:
    money = claim.amount is not None
    item = claim.item
    return _plain(claim, TABLES["claims"]) | {
        "id": names[claim.id],
        "document": document,
        "box": _json(claim.box) if claim.box else None,
        "section": SECTIONS.join(claim.section),
        "item": _item_id(item) if item else None,
        "item_printed": item.printed if item else None,
        "item_match": item.match if item else None,
        "item_score": item.score if item else None,
        "amount_fen": fen(claim.amount),
        "low_fen": fen(claim.low, ROUND_FLOOR) if money else None,
        "high_fen": fen(claim.high, ROUND_CEILING) if money else None,
    }


def _relation(relation: Relation, document: str, names: Mapping[str, str]) -> Row:
    return _plain(relation, TABLES["relations"]) | {
        "id": names[relation.id],
        "document": document,
        "gap_fen": gap_fen(relation.gap),
    }


def _roles(report: Report, names: Mapping[str, str]) -> Iterator[Row]:
    for relation in report.relations:
        for role in relation.claims:
            yield {
                "relation": names[relation.id],
                "claim": names.get(role.claim, role.claim),
                "role": role.role,
            }


def _finding(finding: Finding, document: Document, names: Mapping[str, str]) -> Row:
    suspects = [
        asdict(suspect) | {"claim": names.get(suspect.claim, suspect.claim)} for suspect in finding.suspects
    ]
    return _plain(finding, TABLES["findings"]) | {
        "id": _qualified(document.id, finding.id),
        "document": document.id,
        "box": _json(finding.box) if finding.box else None,
        "boxes": _json(_boxes(finding, document)),
        "claims": _json([names.get(claim, claim) for claim in finding.claims]),
        "relation": names.get(finding.relation) if finding.relation else None,
        "suspects": _json(suspects),
        "elsewhere": _json(
            [asdict(other) | {"source": PurePath(other.source).name} for other in finding.elsewhere]
        ),
    }


def _boxes(finding: Finding, document: Document) -> list[tuple[int | None, Box]]:
    """The lines of a finding's passage: page and box of each; the place of a cell, which stands alone, is its own."""
    lines = [(document.page_at(at), box) for at, box in document.boxes_of(finding.start, finding.end)]
    return lines or ([(finding.page, finding.box)] if finding.box else [])


def _others(report: Report) -> Iterator[Row]:
    for number, other in enumerate(report.others):
        yield _plain(other, TABLES["others"]) | {
            "id": f"{report.document.id}:o{number}",
            "document": report.document.id,
        }


def _sentences(report: Report) -> Iterator[Row]:
    """The sentences that hold a figure, each once."""
    document = report.document
    found = {claim.sentence_start: claim.sentence for claim in report.claims}
    for other in report.others:
        # the figure stands in its sentence, so the sentence begins at the last place that is not behind it
        start = document.text.rfind(other.sentence, 0, other.start + len(other.sentence))
        found.setdefault(start, other.sentence)
    for start, text in sorted(found.items()):
        yield {"document": document.id, "start": start, "text": text}
