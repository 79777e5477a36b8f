"""Verdicts of a sheet → reviews of the database, where the rows are still those that were judged."""

import sqlite3

from hedui.messages import Language, say
from hedui.sample.drawing import shown
from hedui.sample.filled import BadSheet, Filled, Judged
from hedui.store import Store
from hedui.store.database import Verdict

_REVIEWS: dict[str, Verdict] = {"right": "confirmed", "wrong": "rejected", "unsure": "comment"}


def stale(connection: sqlite3.Connection, filled: Filled) -> list[Judged]:
    """The rows that the database no longer says the same of as the sheet."""
    told = "rule" if filled.of == "findings" else "value"
    out = []
    for row in filled.rows:
        now = shown(connection, filled.of, row.id)
        if now is None or any(
            str(now[name]) != row.cells.get(name, "").removesuffix(".0").removeprefix("'")
            for name in ("start", told)
        ):
            out.append(row)
    return out


def record(store: Store, filled: Filled, reviewer: str, lang: Language) -> int:
    """Write the verdicts on findings as reviews, each once; gives how many are new.

    Raises BadSheet for a sheet of claims, and for rows that the database no longer holds as they were judged.
    """
    if filled.of != "findings":
        raise BadSheet([say("sample.only_findings", lang)])
    connection: sqlite3.Connection = store.connection
    if old := stale(connection, filled):
        gone = say("sample.stale", lang)
        raise BadSheet([say("sample.row", lang, row=row.number, reason=gone) for row in old])
    new = 0
    for row in filled.rows:
        if row.verdict is None:
            continue
        wanted = (_REVIEWS[row.verdict], row.comment, reviewer)
        last = connection.execute(
            "SELECT verdict, comment, reviewer FROM findings_reviewed WHERE id = ?", (row.id,)
        ).fetchone()
        if last != wanted:
            store.review(row.id, wanted[0], reviewer, row.comment)
            new += 1
    return new
