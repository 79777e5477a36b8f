"""What is taken out of the database: tables, their columns, their rows in an order that is always the same."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hedui.store.dictionary import Column, Table, dictionary

DEFAULT = (
    *("documents", "claims", "relations", "relation_claims", "findings"),
    *("others", "items", "metrics", "reviews"),
)
_BULKY = ("documents", "text")  # the column of whole texts, which comes on request alone

# Reading order; tables not named here go by their key, or by all their columns.
_ORDER = {
    "documents": "source, id",
    "sources": "source",
    "claims": "document, sentence_start, start, id",
    "claims_with_names": "document, sentence_start, start, id",
    "sentences": "document, start, id",
    "others": "document, start, id",
    "relations": "document, id",
    "relation_claims": "relation, rowid",
    "findings": "document, start, id",
    "findings_reviewed": "document, start, id",
    "contradictions": "gap_fen DESC, id",
}

Row = tuple[Any, ...]
Change = Callable[[Row], Row]


@dataclass(frozen=True, slots=True)
class Extract:
    """The rows of one table or view, as they are written: `columns` tells what each holds."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterator[Row]


def known(names: tuple[str, ...]) -> list[Table]:
    """The tables and views of these names, the usual ones for none. Raises KeyError for a name that is none."""
    return [dictionary()[name] for name in dict.fromkeys(names or DEFAULT)]


def columns(table: Table, with_text: bool = False) -> tuple[Column, ...]:
    """The columns of a table that are written."""
    return tuple(c for c in table.columns if with_text or (table.name, c.name) != _BULKY)


def extract(connection: sqlite3.Connection, table: Table, with_text: bool = False) -> Extract:
    """The rows of a table, read as they are consumed."""
    chosen = columns(table, with_text)
    named = ", ".join(f'"{column.name}"' for column in chosen)
    everything = {column.name for column in table.columns}
    order = _ORDER.get(table.name) or ("id" if "id" in everything else named)
    # a cursor hands on row by row what an index gives in order
    return Extract(
        table.name, chosen, connection.execute(f'SELECT {named} FROM "{table.name}" ORDER BY {order}')
    )


def count(connection: sqlite3.Connection, table: Table) -> int:
    """How many rows a table has."""
    (found,) = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
    return int(found)
