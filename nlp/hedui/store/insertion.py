"""Rows → the statements that write them, with their values: all that can be worked out before the database is locked.

Writers wait for one another only as long as SQLite itself takes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from hedui.store.rows import Row, Rows
from hedui.store.schema import TABLES
from hedui.store.search import pairs

_KNOWN = {"items", "metrics"}  # rows of other documents, that may stand there already
_PAIRS = """
    INSERT INTO sentences_pairs (rowid, pairs)
    SELECT id, ? FROM sentences WHERE document = ? AND start = ?
"""


@dataclass(frozen=True, slots=True)
class Insertion:
    """A statement and the values of each of its executions."""

    sql: str
    values: list[tuple[Any, ...]]


def insertions(made: Rows, shared: Row) -> Iterator[Insertion]:
    """What writes rows, by table, and indexes their sentences; a column that a row does not name is null.

    `shared` are columns of every row of `documents`.
    """
    for table, rows in made.items():
        columns = _columns(table)
        empty = dict.fromkeys(columns) | (shared if table == "documents" else {})
        values = itemgetter(*columns)
        yield Insertion(_statement(table), [values(empty | row) for row in rows])
    sentences = made.get("sentences", ())
    yield Insertion(_PAIRS, [(pairs(row["text"]), row["document"], row["start"]) for row in sentences])


@cache
def _statement(table: str) -> str:
    columns = _columns(table)
    conflict = "IGNORE" if table in _KNOWN else "ABORT"
    slots = ", ".join("?" * len(columns))
    return f"INSERT OR {conflict} INTO {table} ({', '.join(columns)}) VALUES ({slots})"


def _columns(table: str) -> list[str]:
    """The columns that rows have; sentences are numbered by the database."""
    return [name for name in TABLES[table] if (table, name) != ("sentences", "id")]
