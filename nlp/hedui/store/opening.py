"""Opening a claims database to read from it: nothing there is written, made or brought up to date."""

import os
import sqlite3
from pathlib import Path

from hedui.store.migrations import VERSION, NewerSchema


class Unusable(sqlite3.DatabaseError):
    """The file is not there, no claims database, or one that an earlier version made: `key` says which."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def existing(path: Path) -> sqlite3.Connection:
    """A connection that can only read, and sees the database as it is now, whatever is written meanwhile.

    Raises Unusable (`database_missing`, `database_foreign`, `database_older`), NewerSchema where a later version made
    it, other sqlite3.Error where it cannot be read.
    """
    if not path.is_file():
        raise Unusable("database_missing")
    path = path.resolve()
    # Where nothing can be written, SQLite cannot make the file by which readers and writers know of each other; it is
    # told that there are no writers, unless one has left its log.
    fixed = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    address = f"{path.as_uri()}?mode=ro" + ("&immutable=1" if fixed else "")
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        connection.execute("BEGIN")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not {"documents", "claims", "relations", "findings"} <= tables:
            raise Unusable("database_foreign")
        if found > VERSION:
            raise NewerSchema(f"schema {found}")
        if found < VERSION:
            raise Unusable("database_older")
    except sqlite3.Error as error:
        connection.close()
        if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
            raise Unusable("database_foreign") from error
        raise
    return connection
