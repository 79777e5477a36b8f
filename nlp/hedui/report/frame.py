"""Claims as a pandas frame: what the CSV has, with exact amounts and years as numbers."""

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from hedui.model import Report
from hedui.report.csv import COLUMNS, flat

_EXACT = ("amount", "low", "high")
_YEARS = ("fiscal_year", "year", "versus_year", "page")


def as_frame(reports: Iterable[Report]) -> pd.DataFrame:
    """A row a claim, in the order of the reports; the same columns and types where there are none."""
    rows = []
    for report in reports:
        document = report.document
        place = {name: getattr(document, name) for name in ("source", "publisher", "fiscal_year")}
        for claim in report.claims:
            row = place | flat(claim)
            rows.append(row | {name: _exact(row[name]) for name in _EXACT})
    columns = ["source", "publisher", "fiscal_year", *COLUMNS[1:]]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(_YEARS, "Int64"))


def _exact(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
