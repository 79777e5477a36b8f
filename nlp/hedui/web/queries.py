"""What our pages ask of the database. CROSS JOIN makes SQLite begin with the few rows that an index finds; a + before a
column keeps it from another index."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = dict[str, Any]

_NEWEST = 12  # bodies, findings: what a start page can show of each


@dataclass(frozen=True, slots=True)
class Summary:
    """What the start page says of the whole database."""

    documents: int
    failures: int
    claims: int
    sentences: int
    relations: dict[str, int]
    findings: dict[str, int]
    years: list[Row]
    publishers: list[Row]
    rules: list[Row]
    gravest: list[Row]


def summary(connection: sqlite3.Connection) -> Summary:
    """Counts of everything; documents by year and body; findings by rule; the last certain ones."""
    status = dict(_pairs(connection, "SELECT status, count(*) FROM documents GROUP BY status"))
    judged = _rows(
        connection, "SELECT rule, status, count(*) AS relations FROM relations GROUP BY rule, status"
    )
    return Summary(
        documents=status.get("ok", 0),
        failures=status.get("failed", 0),
        claims=_one(connection, "SELECT count(*) FROM claims"),
        sentences=_one(connection, "SELECT count(*) FROM sentences"),
        relations=_counted(judged, "status"),
        findings=dict(_pairs(connection, "SELECT certainty, count(*) FROM findings GROUP BY certainty")),
        years=_rows(
            connection,
            """
            SELECT documents.fiscal_year AS year, count(*) AS documents,
                   sum(counted.certain) AS certain, sum(counted.likely) AS likely,
                   sum(counted.certain > 0) AS with_certain
            FROM documents LEFT JOIN (
                SELECT document, sum(certainty = 'certain') AS certain, sum(certainty = 'likely') AS likely
                FROM findings GROUP BY document
            ) AS counted ON counted.document = documents.id
            WHERE documents.status = 'ok' GROUP BY documents.fiscal_year ORDER BY year DESC
            """,
        ),
        publishers=_rows(
            connection,
            """
            SELECT documents.publisher, count(DISTINCT documents.id) AS documents,
                   count(findings.id) AS certain
            FROM findings JOIN documents ON documents.id = findings.document
            WHERE findings.certainty = 'certain' AND documents.publisher IS NOT NULL
            GROUP BY documents.publisher ORDER BY certain DESC, documents.publisher LIMIT ?
            """,
            _NEWEST,
        ),
        rules=_rates(judged),
        gravest=_rows(
            connection,
            """
            SELECT findings.id, findings.document, findings.rule, findings.message, findings.message_en,
                   findings.start, documents.title, documents.fiscal_year
            FROM findings JOIN documents ON documents.id = findings.document
            WHERE findings.certainty = 'certain' ORDER BY findings.rowid DESC LIMIT ?
            """,
            _NEWEST,
        ),
    )


def _counted(judged: list[Row], by: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in judged:
        counted[row[by]] += row["relations"]
    return counted


def _rates(judged: list[Row]) -> list[Row]:
    """How often each rule fails of the times it could be decided, those first that fail most."""
    failed = _counted([row for row in judged if row["status"] == "failed"], "rule")
    decided = _counted([row for row in judged if row["status"] != "undecidable"], "rule")
    rates = [{"rule": rule, "failed": failed[rule], "decided": count} for rule, count in decided.items()]
    return sorted(rates, key=lambda row: (-row["failed"], row["rule"]))


def reviews_of(connection: sqlite3.Connection, document: str) -> dict[str, list[Row]]:
    """The reviews of a document's findings by the ids of these, in the order in which they were written."""
    rows = _rows(
        connection,
        """
        SELECT findings.id AS finding, reviews.verdict, reviews.comment, reviews.reviewer, reviews.created
        FROM reviews JOIN findings ON findings.document = reviews.document AND findings.rule = reviews.rule
            AND findings.start = reviews.start AND findings.end = reviews.end
        WHERE reviews.document = ? ORDER BY reviews.id
        """,
        document,
    )
    out: dict[str, list[Row]] = {}
    for row in rows:
        out.setdefault(row["finding"], []).append(row)
    return out


def found(connection: sqlite3.Connection, sentences: list[int]) -> list[Row]:
    """Sentences by their ids, with the titles of their documents."""
    marks = ", ".join("?" * len(sentences))
    return _rows(
        connection,
        f"""
        SELECT sentences.document, sentences.start, sentences.text,
               (
                   SELECT min(start) FROM claims
                   WHERE claims.document = sentences.document AND claims.sentence_start = sentences.start
               ) AS figure,
               documents.title, documents.publisher, documents.fiscal_year
        FROM sentences JOIN documents ON documents.id = sentences.document
        WHERE sentences.id IN ({marks}) ORDER BY sentences.id
        """,
        *sentences,
    )


def documents_of(connection: sqlite3.Connection, publisher: str) -> list[Row]:
    """The documents of a body, by year, with their findings."""
    return _rows(
        connection,
        """
        SELECT documents.id, documents.title, documents.fiscal_year, documents.kind,
               sum(findings.certainty = 'certain') AS certain, sum(findings.certainty = 'likely') AS likely
        FROM documents LEFT JOIN findings ON findings.document = documents.id
        WHERE documents.publisher = ? AND documents.status = 'ok'
        GROUP BY documents.id ORDER BY documents.fiscal_year, documents.title
        """,
        publisher,
    )


def metrics_of(connection: sqlite3.Connection, publisher: str) -> list[Row]:
    """The metrics that a body states as money for the most years, with their names."""
    return _rows(
        connection,
        """
        SELECT claims.metric, metrics.name, metrics.name_en, count(DISTINCT claims.year) AS years
        FROM documents CROSS JOIN claims ON claims.document = documents.id
        JOIN metrics ON metrics.id = claims.metric
        WHERE documents.publisher = ? AND claims.measure = 'amount' AND claims.basis = 'final'
            AND +claims.item IS NULL AND claims.part IS NULL AND claims.amount IS NOT NULL
            AND claims.metric != 'other'
        GROUP BY claims.metric ORDER BY years DESC, count(*) DESC LIMIT 40
        """,
        publisher,
    )


def series(connection: sqlite3.Connection, publisher: str, metric: str) -> list[Row]:
    """What a body's documents say of one metric: final amounts in 元 by year and the document that says so."""
    rows = _rows(
        connection,
        """
        SELECT claims.year, claims.amount, claims.document, min(claims.start) AS start,
               documents.fiscal_year, documents.title
        FROM documents CROSS JOIN claims ON claims.document = documents.id
        WHERE documents.publisher = ? AND +claims.metric = ? AND claims.measure = 'amount'
            AND claims.basis = 'final' AND +claims.item IS NULL AND claims.part IS NULL
            AND claims.amount IS NOT NULL AND claims.year IS NOT NULL
        GROUP BY claims.year, claims.amount, claims.document ORDER BY claims.year, claims.document
        """,
        publisher,
        metric,
    )
    return [row | {"amount": Decimal(row["amount"])} for row in rows]


def gaps(connection: sqlite3.Connection) -> list[str]:
    """By how much the failed relations fail, as printed."""
    return [
        gap
        for (gap,) in connection.execute("SELECT gap FROM relations WHERE status = 'failed' AND gap != ''")
    ]


def findings_by_rule_and_year(connection: sqlite3.Connection) -> list[Row]:
    """How many findings each rule has in each year."""
    return _rows(
        connection,
        """
        SELECT findings.rule, documents.fiscal_year AS year, count(*) AS findings
        FROM findings JOIN documents ON documents.id = findings.document
        WHERE findings.certainty != 'note' AND documents.fiscal_year IS NOT NULL
        GROUP BY findings.rule, year ORDER BY findings.rule, year
        """,
    )


def _rows(connection: sqlite3.Connection, sql: str, *parameters: object) -> list[Row]:
    cursor = connection.execute(sql, parameters)
    names = [column for column, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _pairs(connection: sqlite3.Connection, sql: str) -> list[tuple[str, int]]:
    return [(key, count) for key, count in connection.execute(sql)]


def _one(connection: sqlite3.Connection, sql: str) -> int:
    (count,) = connection.execute(sql).fetchone()
    return int(count)
