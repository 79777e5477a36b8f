"""The columns that Parquet files share with the database."""

from dataclasses import replace

import pytest

from hedui.model import Report
from hedui.store import rows
from hedui.store.schema import TABLES

arrow = pytest.importorskip("hedui.store.arrow", reason="needs the extra hedui[cluster]")


def test_files_have_the_columns_of_the_database_and_its_values(report: Report) -> None:
    long = replace(report.claims[0], amount="123456789012345.670", low="0.005", approximate=True)
    made = rows(replace(report, claims=(long, *report.claims[1:])))
    for name, columns in TABLES.items():
        table = arrow.as_table(name, made.get(name, []))
        assert table.column_names == list(columns)
        assert table.num_rows == len(made.get(name, []))
    claim = arrow.as_table("claims", made["claims"]).to_pylist()[0]
    assert (claim["amount"], claim["low"]) == ("123456789012345.670", "0.005")
    assert (claim["amount_fen"], claim["approximate"]) == (12345678901234567, 1)
    assert claim["item_score"] == 1.0
