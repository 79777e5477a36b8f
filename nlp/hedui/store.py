"""The claims database: SQLite, one row a document, claim, relation and finding, columns as in the contract.

Exact values are text (SQLite has no decimals and turns them into binary fractions); `…_fen` columns hold the
same money as whole 分, for sorting and sums. `low_fen` and `high_fen` are rounded outwards.
Ids of claims, relations and findings are unique across documents: the document's id stands before them.
"""

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, InvalidOperation
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from hedui import __version__
from hedui.model import Claim, Document, Finding, Item, Relation, Report
from hedui.report.failure import Failure
from hedui.store_schema import TABLES, create

_SQLITE_MAX = 2**63 - 1

_NO_FILE = ("", "-")


class Store:
    """An open claims database. As a context manager it records the run and closes the file.

    with Store("claims.db") as store:
        store.add(hedui.check("决算.txt"))
    """

    def __init__(self, path: str | Path) -> None:
        """Open or create; raises sqlite3.Error where the file cannot be opened or is no database."""
        # Transactions are begun and ended by `_transaction` alone, hence no implicit ones.
        self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        self.db = Database(self._connection)
        try:
            self._connection.execute("PRAGMA foreign_keys = ON")
            create(self.db)
        except sqlite3.Error:
            self.close()
            raise
        self._run: int | None = None
        self._documents = 0
        self._failures = 0

    def __enter__(self) -> Self:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction():
            row = self._connection.execute(
                "INSERT INTO runs (started, version, documents, failures) VALUES (?, ?, 0, 0)",
                (now, __version__),
            )
            self._run = row.lastrowid
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction():
            self._connection.execute(
                "UPDATE runs SET finished = ?, documents = ?, failures = ? WHERE id = ?",
                (now, self._documents, self._failures, self._run),
            )
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def keep(self, reports: Iterable[Report], failures: list[Failure]) -> Generator[Report]:
        """Hand the reports on, each written first. `failures` may grow meanwhile; all of them are written."""
        try:
            for report in reports:
                self.add(report)
                yield report
        finally:
            for failure in failures:
                self.add_failure(failure)

    def add(self, report: Report) -> None:
        """Write one report, all of it or nothing, in place of what was there of the same document or file."""
        document = report.document
        own = [*(claim.id for claim in report.claims), *(relation.id for relation in report.relations)]
        names = {name: _qualified(document.id, name) for name in own}
        with self._transaction():
            self._forget(document.id, document.source)
            self._insert("documents", [_document(document) | {"status": "ok", "run": self._run}])
            self._insert("metrics", [{"id": claim.metric} for claim in report.claims], "IGNORE")
            items = [_item(claim.item) for claim in report.claims if claim.item]
            self._insert("items", items, "IGNORE")
            self._insert("claims", [_claim(claim, document.id, names) for claim in report.claims])
            self._insert("relations", [_relation(r, document.id, names) for r in report.relations])
            self._insert("relation_claims", _roles(report, names))
            self._insert("findings", [_finding(f, document.id, names) for f in report.findings])
            self._insert("others", _others(report))
        self._documents += 1

    def add_failure(self, failure: Failure) -> None:
        """Write an input that could not be read: a row of `documents` with its error, in place of the file's."""
        row = {"id": f"failed:{failure.source}", "source": failure.source, "status": "failed"}
        with self._transaction():
            self._forget(None, failure.source)
            self._insert("documents", [row | {"error": failure.reason, "run": self._run}])
        self._failures += 1

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, whatever sqlite-utils commits by itself: rows are written by plain SQL inside."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _forget(self, name: str | None, source: str) -> None:
        """Delete the rows of the document `name` and of whatever was read or failed at its source before.

        Text that came from no file (source empty) or by the standard input has no source that it shares.
        """
        select = self._connection.execute
        found = (
            select("SELECT id FROM documents WHERE source = ?", (source,)) if source not in _NO_FILE else ()
        )
        for (document,) in {(name,), (f"failed:{source}",), *found}:
            self._delete(document)

    def _delete(self, document: str | None) -> None:
        """The rows of one document, those that refer to others first."""
        execute = self._connection.execute
        execute(
            "DELETE FROM relation_claims WHERE relation IN (SELECT id FROM relations WHERE document = ?)",
            (document,),
        )
        for table in ("findings", "relations", "claims", "others"):
            execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        execute("DELETE FROM documents WHERE id = ?", (document,))

    def _insert(self, table: str, rows: Iterable[Mapping[str, object]], conflict: str = "ABORT") -> None:
        """Rows by column name; a column that a row does not name is null."""
        columns = [name for name in TABLES[table] if name != "rowid"]
        slots = ", ".join(f":{name}" for name in columns)
        self._connection.executemany(
            f"INSERT OR {conflict} INTO {table} ({', '.join(columns)}) VALUES ({slots})",
            ({name: row.get(name) for name in columns} for row in rows),
        )


def fen(yuan: str | None, rounding: str = ROUND_HALF_EVEN) -> int | None:
    """元, as a decimal string, to whole 分; None for no number, or more than SQLite's integers hold."""
    if yuan is None:
        return None
    try:
        value = int((Decimal(yuan) * 100).to_integral_value(rounding))
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return value if abs(value) <= _SQLITE_MAX else None


def _qualified(document: str, name: str) -> str:
    return name if name.startswith(document) else f"{document}:{name}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(entry: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names if hasattr(entry, name)}


def _document(document: Document) -> dict[str, Any]:
    row = _plain(document, TABLES["documents"])
    shown = document.to_dict()
    for name in ("origins", "attachments"):
        shown[name] = _json(shown[name])
    names = ("published", "retrieved", "origins", "attachments", "pages", "characters")
    return row | {name: shown[name] for name in names}


def _item(item: Item) -> dict[str, Any]:
    return {"id": _item_id(item), "code": item.code, "name": item.name, "path": item.path}


def _item_id(item: Item) -> str:
    """Code and name together, as codes change their names; what is in no catalogue goes by its words."""
    return f"{item.code} {item.path or item.name}" if item.code else item.printed


def _claim(claim: Claim, document: str, names: Mapping[str, str]) -> dict[str, Any]:
    money = claim.amount is not None
    item = claim.item
    return _plain(claim, TABLES["claims"]) | {
        "id": names[claim.id],
        "document": document,
        "box": _json(claim.box) if claim.box else None,
        "section": " / ".join(claim.section),
        "item": _item_id(item) if item else None,
        "item_printed": item.printed if item else None,
        "item_match": item.match if item else None,
        "item_score": item.score if item else None,
        "amount_fen": fen(claim.amount),
        "low_fen": fen(claim.low, ROUND_FLOOR) if money else None,
        "high_fen": fen(claim.high, ROUND_CEILING) if money else None,
    }


def _relation(relation: Relation, document: str, names: Mapping[str, str]) -> dict[str, Any]:
    return _plain(relation, TABLES["relations"]) | {"id": names[relation.id], "document": document}


def _roles(report: Report, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for relation in report.relations:
        for role in relation.claims:
            yield {"relation": names[relation.id], "claim": names.get(role.claim), "role": role.role}


def _finding(finding: Finding, document: str, names: Mapping[str, str]) -> dict[str, Any]:
    suspects = [
        asdict(suspect) | {"claim": names.get(suspect.claim, suspect.claim)} for suspect in finding.suspects
    ]
    return _plain(finding, TABLES["findings"]) | {
        "id": _qualified(document, finding.id),
        "document": document,
        "box": _json(finding.box) if finding.box else None,
        "claims": _json([names.get(claim, claim) for claim in finding.claims]),
        "relation": names.get(finding.relation) if finding.relation else None,
        "suspects": _json(suspects),
    }


def _others(report: Report) -> Iterator[dict[str, Any]]:
    for number, other in enumerate(report.others):
        yield _plain(other, TABLES["others"]) | {
            "id": f"{report.document.id}:o{number}",
            "document": report.document.id,
        }
