"""A folder of Parquet files, or some of its documents → a claims database, as `hedui build` would have made it."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import fields
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from hedui.cluster.folder import SHARED, TABLES, Folder, Mark, place
from hedui.store import Source, Store
from hedui.store.rows import Rows
from hedui.store.schema import TABLES as COLUMNS

AT_ONCE = 100  # documents whose rows are held as Python values


class BadCondition(ValueError):
    """A condition that SQLite does not understand."""


def load(folder: Folder, store: Store, where: str | None = None) -> Iterator[int]:
    """Write the documents into a database that has begun a run; how many were written, each time some were.

    `where` is a condition of SQL on the columns of `documents`, their text apart. Raises BadCondition for one that
    SQLite does not understand, before anything is written, and sqlite3.Error where the database cannot be written.
    """
    selected = {mark: _selected(folder, mark, where) for mark in folder.marks().values()}
    for mark, ids in selected.items():
        if ids:
            part = _Part(folder, mark)
            for start in range(0, len(ids), AT_ONCE):
                yield part.write(store, ids[start : start + AT_ONCE])
    # Last, as they refer to documents of any partition: the sources that do not tell what was read there.
    here = pa.array(chain.from_iterable(selected.values()), pa.string())
    for mark in selected:
        told = folder.read_table(*place("documents", mark), columns=["source"])["source"]
        sources = folder.read_table(*place("sources", mark))
        mute = pc.and_not(
            pc.is_in(sources["document"], here), pc.is_in(sources["source"], told.combine_chunks())
        )
        for row in sources.filter(mute).to_pylist():
            store.note(_source(row))


def _selected(folder: Folder, mark: Mark, where: str | None) -> list[str]:
    """The ids of the documents of a partition that a condition holds for."""
    names = [name for name in COLUMNS["documents"] if name != "text"] if where else ["id"]
    table = folder.read_table(*place("documents", mark), columns=names)
    if not where:
        return list(table["id"].to_pylist())
    with closing(sqlite3.connect(":memory:")) as connection:
        kinds = {int: "INTEGER", float: "REAL", str: "TEXT"}
        columns = ", ".join(f'"{name}" {kinds[COLUMNS["documents"][name]]}' for name in names)
        connection.execute(f"CREATE TABLE documents ({columns})")
        rows = zip(*(table[name].to_pylist() for name in names), strict=True)
        connection.executemany(f"INSERT INTO documents VALUES ({', '.join('?' * len(names))})", rows)
        try:
            found = connection.execute(f"SELECT id FROM documents WHERE ({where}\n)").fetchall()
        except sqlite3.Error as error:
            raise BadCondition(error) from error
    return [name for (name,) in found]


class _Part:
    """The files of one partition."""

    def __init__(self, folder: Folder, mark: Mark) -> None:
        self._tables = {name: folder.read_table(*place(name, mark)) for name in TABLES}
        documents = self._tables["documents"]
        self._tables["documents"] = documents.append_column("document", documents["id"])
        relations, roles = self._tables["relations"], self._tables["relation_claims"]
        of = pc.index_in(roles["relation"], relations["id"].combine_chunks())
        self._tables["relation_claims"] = roles.append_column("document", relations["document"].take(of))
        shared = {name: folder.read_table(*place(name, mark)).to_pylist() for name in SHARED}
        self._shared = {name: {row["id"]: row for row in rows} for name, rows in shared.items()}

    def write(self, store: Store, ids: list[str]) -> int:
        """Write some of its documents; how many."""
        made: dict[str, Rows] = {name: {table: [] for table in TABLES} for name in ids}
        for table, rows in self._tables.items():
            for row in rows.filter(pc.is_in(rows["document"], pa.array(ids, pa.string()))).to_pylist():
                made[row["document"]][table].append(row)
        for own in made.values():
            sources = {row["source"]: row for row in own.pop("sources")}
            store.put(self._referred(own) | own, _source(sources[own["documents"][0]["source"]]))
        return len(made)

    def _referred(self, own: Rows) -> Rows:
        """The rows of the tables shared by all documents that those of one refer to."""
        used = {
            "items": dict.fromkeys(row["item"] for row in own["claims"] if row["item"] is not None),
            "metrics": dict.fromkeys(row["metric"] for row in own["claims"]),
        }
        return {table: [self._shared[table][name] for name in names] for table, names in used.items()}


def _source(row: Mapping[str, Any]) -> Source:
    return Source(**{each.name: row[each.name] for each in fields(Source)})
