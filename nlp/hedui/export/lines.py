"""Rows as lines of text: CSV and JSON lines."""

import json
from collections.abc import Iterator

from hedui.export.tables import Extract

_SPECIAL = frozenset(',"\r\n')


def as_csv(extract: Extract) -> Iterator[str]:
    """A heading, then a line a row (RFC 4180, lines end in a line feed).

    Nothing at all between two commas is null; a text without characters is `""`.
    """
    yield ",".join(column.name for column in extract.columns) + "\n"
    for row in extract.rows:
        yield ",".join(map(_cell, row)) + "\n"


def as_jsonl(extract: Extract) -> Iterator[str]:
    """An object a row; what the database holds as JSON is nested, exact numbers stay text."""
    names = [column.name for column in extract.columns]
    nested = [at for at, column in enumerate(extract.columns) if column.json]
    for row in extract.rows:
        values = list(row)
        for at in nested:
            values[at] = json.loads(values[at]) if values[at] else None
        yield json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, str) and (not text or _SPECIAL.intersection(text)):
        return '"' + text.replace('"', '""') + '"'
    return text
