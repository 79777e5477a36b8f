"""What becomes of the rows of databases that earlier versions of the schema made. Tables and columns that are new
are made by `schema.create`; here stands what their rows need.
"""

import sqlite3

from sqlite_utils import Database

from hedui.store.rows import gap_fen
from hedui.store.schema import create
from hedui.store.search import index

VERSION = 3


class NewerSchema(sqlite3.DatabaseError):
    """The database was made by a later version of hedui."""


def prepare(db: Database) -> None:
    """Bring a database, be it empty, to the schema of this version; the caller holds a transaction.

    Raises NewerSchema for one that a later version made: its rows must not be read by rules that do not know them.
    """
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise NewerSchema(f"schema {found}")
    old = "documents" in db.table_names()
    create(db)
    if found == VERSION:
        return
    if old and found < 2:
        _from_1(db)
    if old and found < 3:
        _from_2(db)
    db.execute(f"PRAGMA user_version = {VERSION}")


def _from_1(db: Database) -> None:
    """Since version 2 every source is a row, and each sentence stands, and is indexed, once."""
    db.execute(
        """
        INSERT OR IGNORE INTO sources (source, version, status, document, run)
        SELECT source, '', status, id, run FROM documents WHERE source NOT IN ('', '-')
        """
    )
    db.execute(
        """
        INSERT INTO sentences (document, start, text)
        SELECT DISTINCT document, sentence_start, sentence FROM claims
        """
    )
    index(db.conn, "SELECT id, text FROM sentences")
    for trigger in ("claims_ai", "claims_ad", "claims_au"):
        db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    db.execute("DROP TABLE IF EXISTS claims_fts")


def _from_2(db: Database) -> None:
    """Since version 3 the gap of a relation is whole 分 as well, and the indexes hold what error rates need."""
    db.conn.create_function("gap_fen", 1, gap_fen, deterministic=True)
    db.execute("UPDATE relations SET gap_fen = gap_fen(gap) WHERE gap != ''")
    for index_name in ("idx_relations_rule_status", "idx_relations_document"):
        db.execute(f"DROP INDEX IF EXISTS {index_name}")
