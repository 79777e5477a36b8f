"""The data dictionary as Markdown, as JSON, and as the metadata that Datasette shows."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from hedui.messages import Language, say
from hedui.store.dictionary import Column, Table, dictionary, questions
from hedui.store.migrations import VERSION


def as_markdown(lang: Language) -> Iterator[str]:
    """The whole dictionary, and the questions that people ask first."""
    yield f"# {say('schema.title', lang)}\n\n"
    yield say("schema.about", lang, version=VERSION) + "\n\n"
    yield from tables_as_markdown(dictionary().values(), lang)
    yield f"## {say('schema.questions', lang)}\n\n"
    for question in questions():
        yield f"**{question.title.in_language(lang)}** (`{question.name}`)\n\n```sql\n{question.sql}\n```\n\n"


def tables_as_markdown(tables: Iterable[Table], lang: Language) -> Iterator[str]:
    """A section for each table, its columns as the rows of a table."""
    head = [say(f"schema.{name}", lang) for name in ("column", "type", "meaning")]
    for table in tables:
        kind = f" ({say('schema.view', lang)})" if table.is_view else ""
        yield f"## {table.name}{kind}\n\n{table.words.in_language(lang)}\n\n"
        yield _row(head) + _row(["---"] * len(head))
        for column in table.columns:
            yield _row([f"`{column.name}`", _type(column), column.words.in_language(lang)])
        yield "\n"


def as_json(lang: Language) -> Iterator[str]:
    """The dictionary as one JSON object."""
    tables = [
        {
            "name": table.name,
            "view": table.is_view,
            "description": table.words.in_language(lang),
            "columns": [_column(column, lang) for column in table.columns],
        }
        for table in dictionary().values()
    ]
    asked = [
        {"name": q.name, "title": q.title.in_language(lang), "sql": q.sql, "parameters": dict(q.parameters)}
        for q in questions()
    ]
    yield _pretty({"version": VERSION, "tables": tables, "questions": asked})


def as_datasette(lang: Language, database: str = "claims") -> Iterator[str]:
    """The metadata file of a Datasette that serves the database under this name."""
    yield _pretty({"databases": {database: datasette_database(lang)}})


def datasette_database(lang: Language) -> dict[str, Any]:
    """What Datasette's metadata says of one claims database: descriptions, and the questions as its queries."""
    return {
        "tables": {
            table.name: {
                "description": table.words.in_language(lang),
                "columns": {column.name: column.words.in_language(lang) for column in table.columns},
            }
            for table in dictionary().values()
        },
        "queries": {
            question.name: {
                "title": question.title.in_language(lang),
                "sql": question.sql,
                "params": list(question.parameters),
            }
            for question in questions()
        },
    }


def _column(column: Column, lang: Language) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "json": column.json,
        "decimal": column.decimal,
        "refers": column.refers,
        "description": column.words.in_language(lang),
    }


def _type(column: Column) -> str:
    kind = f"{column.type} (JSON)" if column.json else "decimal" if column.decimal else column.type
    return f"{kind} → {column.refers}" if column.refers else kind


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
