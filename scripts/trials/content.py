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
        for table, columns in TABLES.items():
            if table == "runs":
                continue
            kept = [c for c in columns if c not in _OF_THE_RUN and (table, c) not in _GIVEN_IN_ORDER]
            named = ", ".join(f'"{column}"' for column in kept)
            held[table] = sorted(connection.execute(f"SELECT {named} FROM {table}"), key=repr)
        # The search finds each sentence, once: what it has indexed is as many rows as there are sentences.
        for index in ("sentences_fts", "sentences_pairs"):
            (indexed,) = connection.execute(f"SELECT count(*) FROM {index}_docsize").fetchone()
            assert indexed == len(held["sentences"]), index
    return held


def sound(path: Path) -> int:
    """How many sources a database knows. Raises AssertionError where the file is damaged."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (count,) = connection.execute("SELECT count(*) FROM sources").fetchone()
    return int(count)
