"""What Datasette is told of the tables: titles, which to hide, which facets to begin with."""

from typing import Any

from hedui.messages import Language, say
from hedui.schemas.database import datasette_database
from hedui.web.site import DATABASE

_FACETS = {
    "documents": ["fiscal_year", "kind", "status"],
    "claims": ["metric", "measure", "basis", "year"],
    "findings": ["rule", "certainty"],
    "findings_reviewed": ["rule", "certainty", "fiscal_year", "verdict"],
    "others": ["kind"],
    "relations": ["rule", "status"],
}
_HIDDEN = ("sources", "runs", "relation_claims")
_LABELS = {"documents": "title", "metrics": "name", "items": "name"}


def metadata(lang: Language) -> dict[str, Any]:
    """Datasette's metadata of a claims database: the dictionary of its columns, and where to begin."""
    described = datasette_database(lang)
    tables: dict[str, dict[str, Any]] = described["tables"]
    for name, facets in _FACETS.items():
        tables.setdefault(name, {})["facets"] = facets
    for name in _HIDDEN:
        tables.setdefault(name, {})["hidden"] = True
    for name, column in _LABELS.items():
        tables.setdefault(name, {})["label_column"] = column
    tables.setdefault("sentences", {}).update(fts_table="sentences_fts", fts_pk="id")
    return {"title": say("web.title", lang), "databases": {DATABASE: described}}
