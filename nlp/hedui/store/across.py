"""Comparisons across documents in the database: whose documents belong together, and the rows of what was found.

Only names are held for all documents, in a temporary table; of claims and text those of one body at a time.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from hedui.across.accounts import Account
from hedui.across.bodies import Body, body_of, homes
from hedui.across.crossing import PREFIX
from hedui.across.duplicates import ENOUGH, alike, differences, rare, values
from hedui.model import Document, Report
from hedui.store import reading
from hedui.store.rows import fen

HEAD = 3000  # characters of a text that may tell the region of its body
CROWD = 500  # documents of one name: more are of several bodies that their names do not tell apart, and are left out
BATCH = 1000


def forget(connection: sqlite3.Connection) -> None:
    """Take out whatever earlier comparisons found."""
    like = f"{PREFIX}*"  # GLOB can use the index of rules, LIKE cannot
    relations = "SELECT id FROM relations WHERE rule GLOB ?"
    connection.execute("DELETE FROM findings WHERE rule GLOB ?", (like,))
    connection.execute(f"DELETE FROM relation_claims WHERE relation IN ({relations})", (like,))
    connection.execute("DELETE FROM relations WHERE rule GLOB ?", (like,))
    connection.execute("UPDATE documents SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL")


def bodies(connection: sqlite3.Connection) -> Iterator[list[str]]:
    """The documents of each body that has several, by their ids."""
    _name(connection)
    for (rest,) in connection.execute("SELECT DISTINCT rest FROM temp.bodies ORDER BY rest").fetchall():
        select = "SELECT DISTINCT codes, place FROM temp.bodies WHERE rest = ? ORDER BY codes"
        known = [
            Body("", frozenset(filter(None, codes.split())), rest, bool(place))
            for codes, place in connection.execute(select, (rest,))
        ]
        groups: dict[Body, list[Body]] = defaultdict(list)
        for one, home in homes(known).items():
            groups[home].append(one)
        for home in sorted(groups, key=_codes):
            found = [name for one in groups[home] for name in _documents(connection, one)]
            if len(found) > 1:
                yield sorted(found)


def mark_duplicates(connection: sqlite3.Connection, duplicates: dict[str, str]) -> None:
    """Mark documents as duplicates of others, by their ids."""
    connection.executemany(
        "UPDATE documents SET duplicate_of = ? WHERE id = ?",
        ((first, again) for again, first in duplicates.items()),
    )


def strays(connection: sqlite3.Connection) -> dict[str, str]:
    """The documents that name no body and repeat another one, by the amounts that few documents share."""
    found: dict[str, str] = {}
    select = "SELECT id FROM documents WHERE status = 'ok' AND publisher IS NULL ORDER BY id"
    for (name,) in connection.execute(select).fetchall():
        stray = reading.report(connection, name, relations=False)
        for other in _sharing(connection, stray) if stray else ():
            if other not in found and stray and (known := reading.report(connection, other, relations=False)):
                if (known.document.publisher or other < name) and _repeats(stray, known):
                    found[name] = other
                    break
    return found


def _name(connection: sqlite3.Connection) -> None:
    """Write the body of every document that names one into a temporary table."""
    connection.execute("DROP TABLE IF EXISTS temp.bodies")
    connection.execute("CREATE TEMP TABLE bodies (document TEXT, rest TEXT, codes TEXT, place INTEGER)")
    renamed: list[tuple[str, str, str]] = []
    select = f"""
        SELECT id, publisher, title, substr(text, 1, {HEAD}) FROM documents
        WHERE status = 'ok' AND publisher IS NOT NULL
    """
    asked = connection.execute(select)
    while some := asked.fetchmany(BATCH):
        rows = []
        for name, publisher, title, head in some:
            one = body_of(Document(name, "", head or "", title=title, publisher=publisher))
            if one is not None:
                rows.append((name, one.rest, _codes(one), one.place))
                renamed += [(one.rest, former, _codes(one)) for former in one.former]
        connection.executemany("INSERT INTO temp.bodies VALUES (?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX temp.bodies_by_name ON bodies (rest, codes)")
    connection.executemany("UPDATE temp.bodies SET rest = ? WHERE rest = ? AND codes = ?", sorted(renamed))


def _codes(body: Body) -> str:
    return " ".join(sorted(body.codes))


def _documents(connection: sqlite3.Connection, body: Body) -> list[str]:
    select = "SELECT document FROM temp.bodies WHERE rest = ? AND codes = ? AND place = ?"
    return [name for (name,) in connection.execute(select, (body.rest, _codes(body), body.place))]


def _sharing(connection: sqlite3.Connection, report: Report) -> list[str]:
    """The documents that share enough rare amounts with one."""
    amounts = sorted(rare(report.claims), key=lambda amount: (-len(amount), amount))[: 4 * ENOUGH]
    marks = ", ".join("?" * len(amounts))
    select = f"""
        SELECT document FROM claims WHERE amount_fen IN ({marks}) AND document != ?
        GROUP BY document HAVING count(DISTINCT amount_fen) >= {ENOUGH} ORDER BY document
    """
    whole = [fen(amount) for amount in amounts]
    return [name for (name,) in connection.execute(select, (*whole, report.document.id))]


def _repeats(stray: Report, known: Report) -> bool:
    """Whether one of the two prints nearly the same as the other, and nothing else of any quantity."""
    years = {stray.document.fiscal_year, known.document.fiscal_year} - {None}
    if len(years) > 1 or not alike(values(stray.claims), values(known.claims)):
        return False
    return not differences(Account(stray, None), Account(known, None))
