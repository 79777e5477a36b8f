"""The tables, indexes, views and full-text index of the claims database."""

import sqlite3
import tomllib

from sqlite_utils import Database

from hedui.resources import resource

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
        "pages": int,
        "characters": int,
        "reader": str,
        "status": str,
        "error": str,
        "run": int,
        "text": str,
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
        "start": int,
        "end": int,
        "quote": str,
        "claims": str,
        "relation": str,
        "stated": str,
        "expected": str,
        "suspects": str,
    },
}

_FOREIGN_KEYS = {
    "documents": [("run", "runs", "id")],
    "claims": [("document", "documents", "id"), ("metric", "metrics", "id"), ("item", "items", "id")],
    "others": [("document", "documents", "id")],
    "relations": [("document", "documents", "id")],
    "relation_claims": [("relation", "relations", "id"), ("claim", "claims", "id")],
    "findings": [("document", "documents", "id"), ("relation", "relations", "id")],
}

_INDEXES = {
    "documents": [["publisher"], ["fiscal_year"], ["source"]],
    "claims": [["document"], ["metric", "year"], ["item"], ["amount_fen"]],
    "others": [["document"]],
    "relations": [["document"], ["rule", "status"]],
    "relation_claims": [["relation"], ["claim"]],
    "findings": [["document"], ["rule"], ["relation"]],
}

_VIEWS = {
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
        GROUP BY findings.rule, findings.certainty, documents.publisher, documents.fiscal_year
    """,
    # What could not be decided says nothing about errors, so it is no part of the denominator.
    "error_rate": """
        SELECT relations.rule, documents.publisher, documents.fiscal_year,
               sum(relations.status = 'failed') AS failed,
               sum(relations.status IN ('held', 'failed')) AS decided,
               sum(relations.status = 'undecidable') AS undecidable,
               CAST(sum(relations.status = 'failed') AS REAL)
                   / nullif(sum(relations.status IN ('held', 'failed')), 0) AS error_rate
        FROM relations JOIN documents ON documents.id = relations.document
        GROUP BY relations.rule, documents.publisher, documents.fiscal_year
    """,
}


def create(db: Database) -> None:
    """Make whatever is not there yet, be it a column; the rows of an earlier run are left as they are."""
    existing = set(db.table_names())
    for name, columns in TABLES.items():
        if name in existing:
            for column in columns.keys() - db.table(name).columns_dict.keys():
                db.table(name).add_column(column, columns[column])
            continue
        pk = None if name == "relation_claims" else "id"
        table = db.create_table(name, columns, pk=pk, foreign_keys=_FOREIGN_KEYS.get(name, ()))
        for index in _INDEXES.get(name, ()):
            table.create_index(index)
    for name, sql in _VIEWS.items():
        if name not in db.view_names():
            db.create_view(name, sql)
    if "claims_fts" not in existing:
        _full_text(db)
    _name_metrics(db)


def _name_metrics(db: Database) -> None:
    """Write the names of all metrics, anew each time: a later version may know more or better ones."""
    metrics = tomllib.loads(resource("patterns", "lexicon", "metrics.toml").read_text(encoding="utf-8"))
    for name, metric in metrics.items():
        db.execute(
            """
            INSERT INTO metrics (id, name, name_en, kind) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE
                SET name = excluded.name, name_en = excluded.name_en, kind = excluded.kind
            """,
            (name, metric["zh"], metric["en"], metric["kind"]),
        )


def _full_text(db: Database) -> None:
    """Search in the sentences of claims. Trigrams find any three characters in a row, which Chinese needs."""
    claims = db.table("claims")
    try:
        claims.enable_fts(["sentence", "subject"], tokenize="trigram", create_triggers=True)
    except sqlite3.OperationalError:  # SQLite before 3.34 knows no trigrams
        claims.enable_fts(["sentence", "subject"], create_triggers=True)
