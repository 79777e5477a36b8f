"""Claims as a table: one a row, nested values flattened."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any

from hedui.model import Claim, Item, Report

_ITEM = [field.name for field in fields(Item)]
COLUMNS = [
    "source",
    *(field.name for field in fields(Claim) if field.name not in ("item", "box")),
    *(f"item_{name}" for name in _ITEM),
]


def as_csv(reports: Iterable[Report]) -> Iterator[str]:
    """A heading, then one line a claim; `section` is joined by ` / `, `item` spread over `item_…`."""
    yield _line(COLUMNS)
    for report in reports:
        for claim in report.claims:
            row = flat(claim) | {"source": report.document.source}
            yield _line([row[name] for name in COLUMNS])


def flat(claim: Claim) -> dict[str, Any]:
    """A claim without nesting; absent values are None."""
    row = asdict(claim)
    item = row.pop("item") or dict.fromkeys(_ITEM)
    row["section"] = " / ".join(claim.section)
    return row | {f"item_{name}": item[name] for name in _ITEM}


def _line(values: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(values)
    return buffer.getvalue()
