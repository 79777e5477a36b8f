"""The tables of the claims database as Arrow: the columns of the Parquet files that a cluster writes.

Exact values stay the text that the database holds, and are no decimal128: the very database can then be made of the
files, while a decimal column has one scale, which would lengthen or round what is printed (199950.005 beside 1000000).
Money to calculate with is in the `…_fen` columns, whole 分 as 64-bit integers, in the files as in the database; an
export of the database has decimals.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from hedui.store.schema import TABLES

_TYPES = {int: pa.int64(), float: pa.float64(), str: pa.string()}


def schema(table: str) -> pa.Schema:
    """The columns of a table of the database, in its order; all may be null."""
    return pa.schema([pa.field(name, _TYPES[kind]) for name, kind in TABLES[table].items()])


def as_table(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows, as `hedui.store.rows` or SQLite give them, of one table; a column that a row does not name is null."""
    rows = list(rows)
    columns = [pa.array([_plain(row.get(field.name)) for row in rows], field.type) for field in schema(table)]
    return pa.Table.from_arrays(columns, schema=schema(table))


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value  # the database knows no truth values
