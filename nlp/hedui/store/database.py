"""The claims database: SQLite, one row a document, claim, relation and finding, columns as in the contract.

Several processes may write at once: each report is one transaction, all of it or nothing. What stands there does not
depend on the order in which they come.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from hedui.model import Failure, Report
from hedui.store import reading, search
from hedui.store.insertion import Insertion, insertions
from hedui.store.migrations import prepare
from hedui.store.rows import Row, Rows, failed_id, failure_rows, rows, rows_across
from hedui.version import __version__

if TYPE_CHECKING:
    from sqlite_utils import Database

    from hedui.across import Crossed

Verdict = Literal["confirmed", "rejected", "comment"]

_PATIENCE = 120  # seconds to wait for other writers

_NO_FILE = ("", "-")  # text that came from no file has no source that it shares


@dataclass(frozen=True, slots=True)
class Seen:
    """What the database knows of a source: the bytes that were read there, by which version, with which outcome (and
    error), in which run."""

    fingerprint: str | None
    version: str
    status: Literal["ok", "failed"]
    error: str | None = None
    run: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A row of `sources`, that of its run apart: what was read at a source, by which version, as which document."""

    source: str
    fingerprint: str | None
    version: str
    status: Literal["ok", "failed"]
    document: str


class Store:
    """An open claims database. As a context manager it records the run and closes the file.

    with Store("claims.db") as store:
        store.add(hedui.check("决算.txt"))
    """

    def __init__(self, path: str | Path, run: int | None = None) -> None:
        """Open or create. `run` is that of another process, which has made the database and records the run itself.

        Raises sqlite3.Error where the file cannot be opened or is no database, NewerSchema (one of them) where a
        later version made it.
        """
        # Transactions are begun and ended by `_transaction` alone, hence no implicit ones.
        self.connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        self._joins = run is not None
        self.run = run
        try:
            self.connection.execute("PRAGMA foreign_keys = ON")
            if not self._joins:
                self.connection.execute("PRAGMA journal_mode = WAL")
                with self._transaction():
                    prepare(self.connection)
            self.connection.execute("PRAGMA synchronous = NORMAL")  # in WAL mode nothing breaks by it
        except sqlite3.Error:
            self.close()
            raise

    @cached_property
    def db(self) -> "Database":
        """The same connection as sqlite-utils has it, for whoever likes to ask it so."""
        from sqlite_utils import Database

        return Database(self.connection)

    def __enter__(self) -> Self:
        if not self._joins:
            with self._transaction():
                row = self.connection.execute(
                    "INSERT INTO runs (started, version, documents, failures) VALUES (?, ?, 0, 0)",
                    (_now(), __version__),
                )
            self.run = row.lastrowid
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._joins:
            with self._transaction():
                self.connection.execute(
                    """
                    UPDATE runs SET finished = ?,
                        documents = (SELECT count(*) FROM documents WHERE run = runs.id AND status = 'ok'),
                        failures = (SELECT count(*) FROM documents WHERE run = runs.id AND status = 'failed')
                    WHERE id = ?
                    """,
                    (_now(), self.run),
                )
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def keep(self, reports: Iterable[Report], failures: list[Failure]) -> Generator[Report]:
        """Hand the reports on, each written first. `failures` may grow meanwhile; all of them are written."""
        try:
            for report in reports:
                self.add(report)
                yield report
        finally:
            for failure in failures:
                self.add_failure(failure)

    def seen(self, source: str) -> Seen | None:
        """What is known of a source, be it read or failed; None where it is new."""
        row = self.connection.execute(
            """
            SELECT sources.fingerprint, sources.version, sources.status, documents.error, sources.run
            FROM sources LEFT JOIN documents ON documents.id = sources.document WHERE sources.source = ?
            """,
            (source,),
        ).fetchone()
        return Seen(*row) if row else None

    def add(self, report: Report, fingerprint: str | None = None) -> None:
        """Write one report, all of it or nothing, in place of what was read at its source before.

        The same text at several sources is one document: its rows are told from the least of them, the others are
        rows of `sources` alone. `fingerprint` is that of the bytes it was read from.
        """
        document = report.document
        self.put(rows(report), Source(document.source, fingerprint, __version__, "ok", document.id))

    def add_failure(self, failure: Failure, fingerprint: str | None = None) -> None:
        """Write an input that could not be read: a row of `documents` with its error, in place of the file's."""
        name = failed_id(failure.source)
        self.put(failure_rows(failure), Source(failure.source, fingerprint, __version__, "failed", name))

    def put(self, made: Rows, source: Source) -> None:
        """Write the rows of one document, as `rows` and `failure_rows` make them, that were read at a source."""
        prepared = list(insertions(made, {"version": source.version, "run": self.run}))
        with self._transaction():
            self._leave(source.source, source.document)
            if not self._is_told_by_another(source):
                self._delete(source.document)
                self._insert(prepared)
            self._note(source)

    def note(self, source: Source) -> None:
        """Write that a document which stands here was found at another source, too."""
        with self._transaction():
            self._leave(source.source, source.document)
            self._note(source)

    def crosscheck(self) -> "Iterator[Crossed]":
        """Compare the documents of each body with one another, and mark duplicates: one body at a time, each written
        whole before it is handed on, in place of what earlier comparisons found. Of the relations of a report only
        those are there.
        """
        from hedui.across import Crossed, between, crossed
        from hedui.store import across

        with self._transaction():
            across.forget(self.connection)
        for documents in across.bodies(self.connection):
            if len(documents) > across.CROWD:
                yield Crossed([], {}, len(documents))
                continue
            read = (reading.report(self.connection, name, relations=False) for name in documents)
            reports = [report for report in read if report]
            found = crossed(reports)
            prepared = [each for one in found.reports for each in insertions(rows_across(between(one)), {})]
            with self._transaction():
                self._insert(prepared)
                across.mark_duplicates(self.connection, found.duplicates)
            yield found
        strays = across.strays(self.connection)
        with self._transaction():
            across.mark_duplicates(self.connection, strays)
        yield Crossed([], strays)

    def report(self, document: str) -> Report | None:
        """The report of a document by its id, as far as the database keeps it; None where there is none."""
        return reading.report(self.connection, document)

    def search(self, words: str) -> Iterator[Row]:
        """The sentences (`document`, `start`, `text`) that hold all words, those between blanks, of any length."""
        for name in search.found(self.connection, words):
            found = self.connection.execute(
                "SELECT document, start, text FROM sentences WHERE id = ?", (name,)
            ).fetchone()
            yield dict(zip(("document", "start", "text"), found, strict=True))

    def review(self, finding: str, verdict: Verdict, reviewer: str, comment: str = "") -> None:
        """Keep what a person says of a finding, by its id; it stays when the document is read again.

        Raises KeyError where there is no such finding.
        """
        with self._transaction():
            done = self.connection.execute(
                """
                INSERT INTO reviews (document, rule, start, end, quote, verdict, comment, reviewer, created)
                SELECT document, rule, start, end, quote, ?, ?, ?, ? FROM findings WHERE id = ?
                """,
                (verdict, comment, reviewer, _now(), finding),
            )
            if not done.rowcount:
                raise KeyError(finding)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing: rows are written by plain SQL inside."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(
            "PRAGMA defer_foreign_keys = ON"
        )  # a document may be replaced under its sources
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def _leave(self, source: str, document: str) -> None:
        """Forget what was read or failed at a source before, unless it was this document, or others tell it too."""
        if source in _NO_FILE:
            return
        old = self.connection.execute("SELECT document FROM sources WHERE source = ?", (source,)).fetchone()
        if old is None or old[0] == document:
            return
        self.connection.execute("DELETE FROM sources WHERE source = ?", (source,))
        heir = self._least_source(old[0])
        if heir is None:
            self._delete(old[0])
        else:
            self.connection.execute("UPDATE documents SET source = ? WHERE id = ?", (heir, old[0]))

    def _is_told_by_another(self, source: Source) -> bool:
        """Whether this version has read the document at a source before this one in the order of their names."""
        least = self.connection.execute(
            "SELECT min(source) FROM sources WHERE document = ? AND version = ? AND source != ?",
            (source.document, source.version, source.source),
        ).fetchone()[0]
        return least is not None and least < source.source

    def _least_source(self, document: str) -> str | None:
        row = self.connection.execute("SELECT min(source) FROM sources WHERE document = ?", (document,))
        least: str | None = row.fetchone()[0]
        return least

    def _note(self, source: Source) -> None:
        if source.source in _NO_FILE:
            return
        self.connection.execute(
            """
            INSERT OR REPLACE INTO sources (source, fingerprint, version, status, document, run)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            (*astuple(source), self.run),
        )

    def _delete(self, document: str) -> None:
        """The rows of one document, and the relations of others with its claims. Its reviews and sources stay."""
        execute = self.connection.execute
        search.unindex(self.connection, document)
        across = (
            "SELECT relation FROM relation_claims WHERE claim IN (SELECT id FROM claims WHERE document = ?)"
        )
        relations = execute(
            f"{across} UNION SELECT id FROM relations WHERE document = ?", (document, document)
        ).fetchall()
        for table, column in (("findings", "relation"), ("relation_claims", "relation"), ("relations", "id")):
            self.connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", relations)
        for table in ("findings", "claims", "sentences", "others"):
            execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        execute("UPDATE documents SET duplicate_of = NULL WHERE duplicate_of = ?", (document,))
        execute("DELETE FROM documents WHERE id = ?", (document,))

    def _insert(self, prepared: Iterable[Insertion]) -> None:
        for insertion in prepared:
            self.connection.executemany(insertion.sql, insertion.values)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
