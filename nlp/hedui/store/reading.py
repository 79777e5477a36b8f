"""Rows of the claims database → the values that they were made of."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

from hedui.model import (
    Claim,
    Document,
    Elsewhere,
    File,
    Finding,
    Item,
    OtherFigure,
    Page,
    Relation,
    Report,
    Role,
    Suspect,
)
from hedui.store.rows import SECTIONS

_DOCUMENT = ("id", "source", "url", "title", "publisher", "fiscal_year", "kind")


def report(connection: sqlite3.Connection, document: str, relations: bool = True) -> Report | None:
    """The report of a document by its id, with its ids as they are in the database; None where there is none.

    What the database does not keep is empty: places of characters on pages, remarks; `relations`, too, where they are
    not wanted, which are the most part of what there is to read.
    """
    row = next(_select(connection, "SELECT * FROM documents WHERE id = ? AND status = 'ok'", document), None)
    if row is None:
        return None
    where = "WHERE document = ? ORDER BY rowid"
    others = _select(connection, f"SELECT * FROM others {where}", document)
    return Report(
        _document(row),
        tuple(claims(connection, document)),
        tuple(OtherFigure(**_plain(OtherFigure, other)) for other in others),
        relations=tuple(_relations(connection, document)) if relations else (),
        findings=tuple(findings(connection, document)),
        warnings=tuple(json.loads(row["warnings"] or "[]")),
    )


def bare(connection: sqlite3.Connection, document: str) -> Document | None:
    """A document by its id, without what was found in it; None where there is none."""
    row = next(_select(connection, "SELECT * FROM documents WHERE id = ? AND status = 'ok'", document), None)
    return _document(row) if row else None


def claims(connection: sqlite3.Connection, document: str) -> Iterator[Claim]:
    """The claims of a document, in the order of the report they were written from."""
    select = """
        SELECT claims.*, items.code AS item_code, items.name AS item_name, items.path AS item_path
        FROM claims LEFT JOIN items ON items.id = claims.item
        WHERE document = ? ORDER BY claims.rowid
    """
    for row in _select(connection, select, document):
        yield Claim(**_plain(Claim, row) | _restored(row))


def findings(connection: sqlite3.Connection, document: str) -> Iterator[Finding]:
    """The findings of a document, in the order of the report they were written from."""
    for row in _select(connection, "SELECT * FROM findings WHERE document = ? ORDER BY rowid", document):
        yield _finding(row)


def _restored(row: Mapping[str, Any]) -> dict[str, Any]:
    parts = ("code", "name", "path", "printed", "match", "score")
    return {
        "item": Item(**{part: row[f"item_{part}"] for part in parts}) if row["item"] else None,
        "section": tuple(row["section"].split(SECTIONS)) if row["section"] else (),
        "box": _box(row["box"]),
        "approximate": bool(row["approximate"]),
    }


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        **{name: row[name] for name in _DOCUMENT},
        text=row["text"] or "",
        reader=row["reader"] or "",
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        retrieved=datetime.fromisoformat(row["retrieved"]) if row["retrieved"] else None,
        origins=json.loads(row["origins"] or "{}"),
        pages=tuple(Page(**page) for page in json.loads(row["layout"] or "[]")),
        files=tuple(File(**file) for file in json.loads(row["files"] or "[]")),
        attachments=tuple(json.loads(row["attachments"] or "[]")),
    )


def _relations(connection: sqlite3.Connection, document: str) -> Iterator[Relation]:
    roles: dict[str, list[Role]] = {}
    select = """
        SELECT relation, claim, role FROM relation_claims
        WHERE relation IN (SELECT id FROM relations WHERE document = ?) ORDER BY rowid
    """
    for row in _select(connection, select, document):
        roles.setdefault(row["relation"], []).append(Role(row["claim"], row["role"]))
    for row in _select(connection, "SELECT * FROM relations WHERE document = ? ORDER BY rowid", document):
        yield Relation(**_plain(Relation, row) | {"claims": tuple(roles.get(row["id"], ()))})


def _finding(row: Mapping[str, Any]) -> Finding:
    return Finding(
        **_plain(Finding, row)
        | {
            "claims": tuple(json.loads(row["claims"])),
            "suspects": tuple(Suspect(**suspect) for suspect in json.loads(row["suspects"])),
            "elsewhere": tuple(Elsewhere(**other) for other in json.loads(row["elsewhere"] or "[]")),
            "box": _box(row["box"]),
        }
    )


def _box(text: str | None) -> Any:
    return tuple(json.loads(text)) if text else None


def _plain(kind: type, row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a value has under the same name."""
    return {name: row[name] for name in _fields(kind) if name in row}


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _select(connection: sqlite3.Connection, sql: str, *parameters: object) -> Iterator[dict[str, Any]]:
    found = connection.execute(sql, parameters)
    names = [column for column, *_ in found.description]
    rows: Iterable[tuple[Any, ...]] = found
    for row in rows:
        yield dict(zip(names, row, strict=True))
