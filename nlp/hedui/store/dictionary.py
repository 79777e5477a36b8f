"""The data dictionary: what the tables, views and columns are, with the words of `patterns/database.toml`."""

import sqlite3
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hedui.resources import resource
from hedui.rules import Text
from hedui.store import schema

_TYPES = {"INTEGER": "integer", "FLOAT": "real", "REAL": "real", "TEXT": "text"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` is `text`, `integer` or `real`; `refers` is `table.column`.

    `json` marks text that holds JSON, `decimal` text that holds an exact number.
    """

    name: str
    type: str
    words: Text
    json: bool = False
    decimal: bool = False
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table or a view, with its columns in their order."""

    name: str
    is_view: bool
    words: Text
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What people ask first: one query, with examples of its parameters."""

    name: str
    title: Text
    sql: str
    parameters: Mapping[str, str]


@cache
def dictionary() -> dict[str, Table]:
    """All tables, then all views, by name. Raises KeyError for one without words."""
    with sqlite3.connect(":memory:") as connection:
        schema.create(connection)
        tables = {name: _table(connection, name) for name in schema.TABLES}
        views = {name: _view(connection, name, tables) for name in schema.VIEWS}
    connection.close()
    return tables | views


@cache
def questions() -> tuple[Question, ...]:
    """The questions that `patterns/database.toml` answers."""
    return tuple(
        Question(name, _words(entry), entry["sql"].strip(), entry.get("parameters", {}))
        for name, entry in _data()["questions"].items()
    )


def _table(connection: sqlite3.Connection, name: str) -> Table:
    told = _data()["tables"][name]
    known = _data()["columns"] | told["columns"]
    keys = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    refers = {column: f"{other}.{key}" for _, _, other, column, key, *_ in keys}
    columns = tuple(
        Column(
            column,
            kind,
            _words(known[column]),
            json=known[column].get("json", False),
            decimal=known[column].get("decimal", False),
            refers=refers.get(column),
        )
        for column, kind in _columns(connection, name)
    )
    return Table(name, False, _words(told), columns)


def _view(connection: sqlite3.Connection, name: str, tables: Mapping[str, Table]) -> Table:
    told = _data()["views"][name]
    known = {column.name: column for table in reversed(told["of"]) for column in tables[table].columns}
    for column, entry in told["columns"].items():
        known[column] = Column(column, entry.get("type", "text"), _words(entry))
    return Table(name, True, _words(told), tuple(known[column] for column, _ in _columns(connection, name)))


def _columns(connection: sqlite3.Connection, name: str) -> Iterable[tuple[str, str]]:
    for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({name})"):
        yield column, _TYPES.get(kind, "text")


def _words(entry: Mapping[str, Any]) -> Text:
    return Text(entry["zh"], entry["en"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("patterns", "database.toml").read_text(encoding="utf-8"))
