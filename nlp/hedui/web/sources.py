"""Where a file lies on this machine is nobody's business: pages and queries see its name alone."""

import sqlite3
from pathlib import PurePath

_VIEW = "file_names"


def hide_sources(connection: sqlite3.Connection) -> None:
    """Make a read-only connection blind for sources but by the view `file_names` (`document`, `name`)."""
    connection.create_function("hedui_file_name", 1, file_name, deterministic=True)
    connection.execute(
        f"""
        CREATE TEMP VIEW IF NOT EXISTS {_VIEW} AS
        SELECT id AS document, hedui_file_name(source) AS name FROM main.documents
        """
    )
    connection.set_authorizer(_authorize)


def file_name(source: str | None) -> str:
    """The last part of a path; of a part of an archive or crawl, the archive's name and the part's."""
    if not source:
        return ""
    files = []
    for one in source.split(" + "):
        outer, mark, inner = one.partition("!")
        files.append(PurePath(outer).name + mark + inner)
    return " + ".join(files)


def _authorize(
    action: int, table: str | None, column: str | None, _database: str | None, view: str | None
) -> int:
    hidden = action == sqlite3.SQLITE_READ and column == "source" and table in ("documents", "sources")
    return sqlite3.SQLITE_IGNORE if hidden and view != _VIEW else sqlite3.SQLITE_OK
