"""Rows as Parquet, group by group, so that memory does not grow with the table.

Exact numbers are decimals here, to be calculated with. The files that a cluster writes have them as text, since a
database is to be made of them (`hedui.store.arrow`).
"""

from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from hedui.export.tables import Extract
from hedui.store.dictionary import Column
from hedui.version import __version__

_ROWS = 25_000  # of a group
_LONG_ROWS = 250  # of a group whose rows hold whole texts
_DECIMAL = pa.decimal128(38, 12)  # hedui works out no more than twelve decimals
_TYPES = {"integer": pa.int64(), "real": pa.float64(), "text": pa.string()}


def write_parquet(extract: Extract, file: IO[bytes]) -> int:
    """Write all rows; gives how many exact numbers no decimal of 38 digits holds, which are null in the file."""
    schema = pa.schema(
        [_field(column) for column in extract.columns], metadata={"hedui": __version__, "table": extract.name}
    )
    size = _LONG_ROWS if any(column.name == "text" for column in extract.columns) else _ROWS
    lost = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while rows := list(islice(extract.rows, size)):
            arrays = []
            for column, values in zip(extract.columns, zip(*rows, strict=True), strict=True):
                array, missing = _decimals(values) if column.decimal else (_plain(column, values), 0)
                arrays.append(array)
                lost += missing
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return lost


def _field(column: Column) -> pa.Field:
    kind = _DECIMAL if column.decimal else _TYPES[column.type]
    return pa.field(column.name, kind, metadata={"zh": column.words.zh, "en": column.words.en})


def _plain(column: Column, values: tuple[Any, ...]) -> pa.Array:
    return pa.array(values, _TYPES[column.type])


def _decimals(values: tuple[Any, ...]) -> tuple[pa.Array, int]:
    """Exact numbers, and how many there is no room for."""
    numbers = [None if value is None else _decimal(value) for value in values]
    lost = sum(number is None and value is not None for number, value in zip(numbers, values, strict=True))
    return pa.array(numbers, _DECIMAL), lost


def _decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    digits = number.as_tuple().exponent
    fits = isinstance(digits, int) and digits >= -_DECIMAL.scale  # neither infinite nor too fine
    return number if fits and number.adjusted() < _DECIMAL.precision - _DECIMAL.scale else None
