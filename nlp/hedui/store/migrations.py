"""What becomes of the rows of databases that earlier versions of the schema made. Tables and columns that are new
are made by `schema.create`; here stands what their rows need.
"""

import sqlite3

from hedui.store.rows import gap_fen
from hedui.store.schema import create, name_metrics
from hedui.store.search import index

VERSION = 5  # of TABLES, their indexes and the views: whatever changes there makes the next one


class NewerSchema(sqlite3.DatabaseError):
    """The database was made by a later version of hedui."""


def prepare(connection: sqlite3.Connection) -> None:
    """Bring a database, be it empty, to the schema of this version; the caller holds a transaction.

    Raises NewerSchema for one that a later version made: its rows must not be read by rules that do not know them.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise NewerSchema(f"schema {found}")
    if found < VERSION:
        _upgrade(connection, found)
    name_metrics(connection)


def _upgrade(connection: sqlite3.Connection, found: int) -> None:
    old = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'documents'").fetchone()
    create(connection)
    if old and found < 2:
        _from_1(connection)
    if old and found < 3:
        _from_2(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _from_1(connection: sqlite3.Connection) -> None:
    """Since version 2 every source is a row, and each sentence stands, and is indexed, once."""
    connection.execute(
        """
        INSERT OR IGNORE INTO sources (source, version, status, document, run)
        SELECT source, '', status, id, run FROM documents WHERE source NOT IN ('', '-')
        """
    )
    connection.execute(
        """
        INSERT INTO sentences (document, start, text)
        SELECT DISTINCT document, sentence_start, sentence FROM claims
        """
    )
    index(connection)
    for trigger in ("claims_ai", "claims_ad", "claims_au"):
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    connection.execute("DROP TABLE IF EXISTS claims_fts")


def _from_2(connection: sqlite3.Connection) -> None:
    """Since version 3 the gap of a relation is whole 分 as well, and the indexes hold what error rates need."""
    connection.create_function("gap_fen", 1, gap_fen, deterministic=True)
    connection.execute("UPDATE relations SET gap_fen = gap_fen(gap) WHERE gap != ''")
    for index_name in ("idx_relations_rule_status", "idx_relations_document"):
        connection.execute(f"DROP INDEX IF EXISTS {index_name}")
