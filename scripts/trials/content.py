"""What a database holds, without what tells one run from another: which run wrote a row, and numbers given in order."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hedui.store.schema import TABLES

_OF_THE_RUN = {"run"}
_GIVEN_IN_ORDER = {("sentences", "id")}

Content = dict[str, list[tuple[object, ...]]]


def content(path: Path) -> Content:
    """The rows of all tables but `runs`, sorted. Raises AssertionError where the file is damaged or its indexes do
    not fit the rows."""
    sound(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("BEGIN")  # one moment of it: a worker of a killed parent may still be writing
        held = {}
        for table in TABLES.keys() - {"runs"}:
            held[table] = sorted(connection.execute(f"SELECT {_kept(table)} FROM {table}"), key=repr)
        # The search finds each sentence, once: what it has indexed is as many rows as there are sentences.
        for index in ("sentences_fts", "sentences_pairs"):
            (indexed,) = connection.execute(f"SELECT count(*) FROM {index}_docsize").fetchone()
            assert indexed == len(held["sentences"]), index
    return held


def differing(part: Path, whole: Path) -> list[str]:
    """The documents of one database whose rows in another, of more documents, are not the same."""
    with closing(sqlite3.connect(part)) as one, closing(sqlite3.connect(whole)) as other:
        names = [name for (name,) in one.execute("SELECT id FROM documents ORDER BY id")]
        return [name for name in names if _rows(one, name) != _rows(other, name)]


def _rows(connection: sqlite3.Connection, document: str) -> list[object]:
    """All rows of one document, sorted."""
    out: list[object] = []
    for table, columns in TABLES.items():
        if table == "relation_claims":
            where = "relation IN (SELECT id FROM relations WHERE document = ?)"
        elif table == "documents" or "document" in columns:
            where = f"{'id' if table == 'documents' else 'document'} = ?"
        else:
            continue
        select = f"SELECT {_kept(table)} FROM {table} WHERE {where}"
        out += sorted(connection.execute(select, (document,)), key=repr)
    return out


def _kept(table: str) -> str:
    """The columns of a table that are the same whatever the run."""
    kept = [c for c in TABLES[table] if c not in _OF_THE_RUN and (table, c) not in _GIVEN_IN_ORDER]
    return ", ".join(f'"{column}"' for column in kept)


def sound(path: Path) -> int:
    """How many sources a database knows. Raises AssertionError where the file is damaged."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (count,) = connection.execute("SELECT count(*) FROM sources").fetchone()
    return int(count)
