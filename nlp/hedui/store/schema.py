"""The tables, indexes, views and full-text indexes of the claims database.

Sentences are indexed twice: by trigrams, which find any three characters in a row, and by pairs of characters for
words of two, which trigrams cannot find.
"""

import sqlite3
import tomllib
from typing import TYPE_CHECKING

from hedui.resources import resource

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES: dict[str, dict[str, type]] = {
    "runs": {
        "id": int,
        "started": str,
        "finished": str,
        "version": str,
        "documents": int,
        "failures": int,
    },
    "documents": {
        "id": str,
        "source": str,
        "url": str,
        "title": str,
        "publisher": str,
        "fiscal_year": int,
        "kind": str,
        "published": str,
        "retrieved": str,
        "origins": str,
        "attachments": str,
        "files": str,
        "pages": int,
        "layout": str,
        "characters": int,
        "reader": str,
        "warnings": str,
        "version": str,
        "status": str,
        "error": str,
        "run": int,
        "text": str,
        "duplicate_of": str,
    },
    "sources": {
        "source": str,
        "fingerprint": str,
        "version": str,
        "status": str,
        "document": str,
        "run": int,
    },
    "metrics": {"id": str, "name": str, "name_en": str, "kind": str},
    "items": {"id": str, "code": str, "name": str, "path": str},
    "claims": {
        "id": str,
        "document": str,
        "origin": str,
        "page": int,
        "box": str,
        "start": int,
        "end": int,
        "section": str,
        "sentence": str,
        "sentence_start": int,
        "value": str,
        "unit": str,
        "amount": str,
        "amount_fen": int,
        "low": str,
        "low_fen": int,
        "high": str,
        "high_fen": int,
        "metric": str,
        "part": str,
        "subject": str,
        "item": str,
        "item_printed": str,
        "item_match": str,
        "item_score": float,
        "measure": str,
        "basis": str,
        "year": int,
        "period": str,
        "versus": str,
        "versus_year": int,
        "versus_basis": str,
        "scope": str,
        "direction": str,
        "approximate": int,
        "confidence": float,
        "pattern": str,
    },
    "sentences": {"id": int, "document": str, "start": int, "text": str},
    "others": {
        "id": str,
        "document": str,
        "start": int,
        "end": int,
        "value": str,
        "unit": str,
        "kind": str,
        "sentence": str,
    },
    "relations": {
        "id": str,
        "document": str,
        "rule": str,
        "status": str,
        "stated": str,
        "expected": str,
        "gap": str,
        "gap_fen": int,
        "reason": str,
    },
    "relation_claims": {"relation": str, "claim": str, "role": str},
    "findings": {
        "id": str,
        "document": str,
        "rule": str,
        "family": str,
        "certainty": str,
        "message": str,
        "message_en": str,
        "page": int,
        "box": str,
        "boxes": str,
        "start": int,
        "end": int,
        "quote": str,
        "claims": str,
        "relation": str,
        "stated": str,
        "expected": str,
        "suspects": str,
        "elsewhere": str,
    },
    "reviews": {
        "id": int,
        "document": str,
        "rule": str,
        "start": int,
        "end": int,
        "quote": str,
        "verdict": str,
        "comment": str,
        "reviewer": str,
        "created": str,
    },
}
"""Columns of all tables. A review names its finding by document, rule and place, so that it outlives a new reading."""

_KEYS = {"sources": "source", "relation_claims": None}  # of all other tables it is `id`

_FOREIGN_KEYS = {
    "sources": [("document", "documents", "id"), ("run", "runs", "id")],
    "documents": [("run", "runs", "id")],
    "claims": [("document", "documents", "id"), ("metric", "metrics", "id"), ("item", "items", "id")],
    "sentences": [("document", "documents", "id")],
    "others": [("document", "documents", "id")],
    "relations": [("document", "documents", "id")],
    "relation_claims": [("relation", "relations", "id"), ("claim", "claims", "id")],
    "findings": [("document", "documents", "id"), ("relation", "relations", "id")],
}

_INDEXES = {
    "sources": [["document"]],
    "documents": [["publisher", "fiscal_year"], ["fiscal_year"], ["source"], ["status"], ["duplicate_of"]],
    "items": [["code"]],
    "claims": [["document", "sentence_start"], ["metric", "year"], ["item", "year"], ["amount_fen"]],
    "sentences": [["document", "start"]],
    "others": [["document"]],
    # both hold all that error rates need: those of one body, and those of everything
    "relations": [["document", "rule", "status"], ["rule", "status", "document"]],
    "relation_claims": [["relation"], ["claim"]],
    "findings": [["document"], ["rule", "certainty"], ["relation"]],
    "reviews": [["document", "rule", "start"]],
}

# Few relations fail by an amount of money, so the others are no part of this index.
_GAPS = "CREATE INDEX IF NOT EXISTS relations_gaps ON relations (gap_fen) WHERE gap_fen IS NOT NULL"

# The gaps of what failed, as printed, are few, too: a plot reads them all.
_FAILED = (
    "CREATE INDEX IF NOT EXISTS relations_failed ON relations (gap) WHERE status = 'failed' AND gap != ''"
)

VIEWS = {
    "claims_with_names": """
        SELECT claims.*, documents.title, documents.publisher, documents.fiscal_year, documents.source,
               metrics.name AS metric_name, items.code AS item_code, items.name AS item_name
        FROM claims
        JOIN documents ON documents.id = claims.document
        LEFT JOIN metrics ON metrics.id = claims.metric
        LEFT JOIN items ON items.id = claims.item
    """,
    "findings_by_rule": """
        SELECT findings.rule, findings.certainty, documents.publisher, documents.fiscal_year,
               count(*) AS findings, count(DISTINCT findings.document) AS documents
        FROM findings JOIN documents ON documents.id = findings.document
        WHERE documents.duplicate_of IS NULL
        GROUP BY findings.rule, findings.certainty, documents.publisher, documents.fiscal_year
    """,
    # One disclosure that was published twice counts once. What could not be decided says nothing about errors, so it
    # is no part of the denominator.
    "error_rate": """
        SELECT relations.rule, documents.publisher, documents.fiscal_year,
               sum(relations.status = 'failed') AS failed,
               sum(relations.status IN ('held', 'failed')) AS decided,
               sum(relations.status = 'undecidable') AS undecidable,
               CAST(sum(relations.status = 'failed') AS REAL)
                   / nullif(sum(relations.status IN ('held', 'failed')), 0) AS error_rate
        FROM relations JOIN documents ON documents.id = relations.document
        WHERE documents.duplicate_of IS NULL
        GROUP BY relations.rule, documents.publisher, documents.fiscal_year
    """,
    # CROSS JOIN makes SQLite begin with the few relations that fail by money, the largest first.
    "contradictions": """
        SELECT findings.id, findings.document, findings.rule, findings.certainty,
               relations.gap, relations.gap_fen, relations.gap_fen / 100.0 AS gap_yuan,
               findings.quote, findings.message, findings.message_en, findings.page,
               documents.title, documents.publisher, documents.fiscal_year, documents.source
        FROM relations
        CROSS JOIN findings ON findings.relation = relations.id
        JOIN documents ON documents.id = findings.document
        WHERE relations.gap_fen IS NOT NULL AND documents.duplicate_of IS NULL
    """,
    # Of several reviews of one finding the last one holds.
    "findings_reviewed": """
        SELECT findings.*, documents.title, documents.publisher, documents.fiscal_year, documents.source,
               reviews.verdict, reviews.comment, reviews.reviewer, reviews.created AS reviewed
        FROM findings
        JOIN documents ON documents.id = findings.document
        LEFT JOIN reviews ON reviews.id = (
            SELECT max(id) FROM reviews
            WHERE reviews.document = findings.document AND reviews.rule = findings.rule
                AND reviews.start = findings.start AND reviews.end = findings.end
        )
    """,
}


def create(connection: sqlite3.Connection) -> None:
    """Make whatever is not there yet, be it a column; the rows of an earlier run are left as they are."""
    from sqlite_utils import Database  # half a second where pandas is installed, which it loads, too

    db = Database(connection)
    existing = set(db.table_names())
    for name, columns in TABLES.items():
        table = db.table(name)
        if name in existing:
            for column in columns.keys() - table.columns_dict.keys():
                table.add_column(column, columns[column])
        else:
            db.create_table(name, columns, pk=_KEYS.get(name, "id"), foreign_keys=_FOREIGN_KEYS.get(name, ()))
        for index in _INDEXES.get(name, ()):
            table.create_index(index, if_not_exists=True)
    db.execute(_GAPS)
    db.execute(_FAILED)
    for name, sql in VIEWS.items():
        db.create_view(name, sql, replace=True)
    if "sentences_fts" not in existing:
        _full_text(db)


def metrics() -> list[dict[str, str]]:
    """The rows of all metrics that this version knows."""
    found = tomllib.loads(resource("patterns", "lexicon", "metrics.toml").read_text(encoding="utf-8"))
    return [
        {"id": name, "name": metric["zh"], "name_en": metric["en"], "kind": metric["kind"]}
        for name, metric in found.items()
    ]


def name_metrics(connection: sqlite3.Connection) -> None:
    """Write the names of all metrics, anew each time: a later version may know more or better ones."""
    connection.executemany(
        """
        INSERT INTO metrics (id, name, name_en, kind) VALUES (:id, :name, :name_en, :kind)
        ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, name_en = excluded.name_en, kind = excluded.kind
        """,
        metrics(),
    )


def _full_text(db: "Database") -> None:
    db.table("sentences").enable_fts(["text"], tokenize="trigram", create_triggers=True)
    db.execute("CREATE VIRTUAL TABLE sentences_pairs USING fts5(pairs, content='', detail='none')")
