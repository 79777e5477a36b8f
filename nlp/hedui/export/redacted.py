"""Rows without what tells of persons. Figures of claims stay as they are, and so do all lengths and offsets."""

import json
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from hedui.export.tables import Extract, Row
from hedui.messages import Language, say
from hedui.redaction import MASK, Hidden, Span, kinds, personal, without

# Columns of quoted text, and the column that tells where in the document's text it begins.
_QUOTED = {"sentence": "sentence_start", "quote": "start", "text": "start"}
_WORDS = ("title", "publisher", "section", "subject", "item_printed", "message", "message_en", "comment")

_LONG = 10_000  # characters of a text that is not kept to be found again


class Redaction:
    """Leaves out personal names, numbers and addresses of the rows of one database; counts what it left out."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reviewers: dict[str, str] = {}
        self.found: Counter[str] = Counter()
        self.characters = 0
        self.hidden = 0
        # rows of one sentence and one document follow one another
        self._personal = lru_cache(maxsize=256)(personal)
        self._figures = lru_cache(maxsize=16)(self._figures_of)

    def __call__(self, extract: Extract) -> Extract:
        """The same rows, redacted as they are consumed."""
        return replace(extract, rows=self._rows(extract))

    def summary(self, lang: Language) -> str:
        """What was left out so far, and which share of the text it is."""
        told = [
            say("export.hidden_kind", lang, kind=words.in_language(lang), count=self.found[kind])
            for kind, words in kinds().items()
        ]
        share = f"{100 * self.hidden / self.characters:.4f}" if self.characters else "0"
        return say(
            "export.redacted", lang, kinds=say("export.comma", lang).join(told), share=share, mask=MASK
        )

    def _rows(self, extract: Extract) -> Iterator[Row]:
        names = [column.name for column in extract.columns]
        texts = [name for name in names if name in _QUOTED or name in _WORDS]
        for row in extract.rows:
            values = dict(zip(names, row, strict=True))
            before = dict(values)
            for name in texts:
                if before[name]:
                    values[name] = self._text(extract.name, name, before, values)
            if values.get("elsewhere"):
                values["elsewhere"] = self._elsewhere(values["elsewhere"])
            if values.get("reviewer"):
                values["reviewer"] = self._reviewer(values["reviewer"])
            yield tuple(values.values())

    def _elsewhere(self, told: str) -> str:
        """Passages of other documents, each with the place of its figure."""
        places = json.loads(told)
        for place in places:
            hidden = self._hidden(place["quote"], place["document"], place["start"] - place["at"])
            place["quote"] = without(place["quote"], hidden)
        return json.dumps(places, ensure_ascii=False)

    def _text(self, table: str, name: str, row: dict[str, Any], changed: dict[str, Any]) -> str:
        text: str = row[name]
        start = self._start(table, name, row)
        hidden = self._hidden(text, row["id"] if table == "documents" else row.get("document"), start)
        if table == "others" and start is not None:
            at = row["start"] - start, row["end"] - start
            if any(span.start < at[1] and at[0] < span.end for span in hidden):
                changed["value"] = without(row["value"], [Hidden(0, len(row["value"]), "telephone")])
        return without(text, hidden)

    def _hidden(self, text: str, document: str | None, start: int | None) -> list[Hidden]:
        """What to leave out of a text that begins there in a document; None where that cannot be told."""
        figures: tuple[Span, ...] = ()
        if document is not None and start is not None:
            spans = self._figures(document)
            inside = spans[bisect_left(spans, (start,)) : bisect_left(spans, (start + len(text),))]
            figures = tuple((first - start, last - start) for first, last in inside)
        hidden = self._personal(text, figures) if len(text) < _LONG else personal(text, figures)
        self.characters += len(text)
        for span in hidden:
            self.found[span.kind] += 1
            self.hidden += span.end - span.start
        return hidden

    def _start(self, table: str, name: str, row: dict[str, Any]) -> int | None:
        """Where in the document's text a column's text begins; None where that cannot be told."""
        if (table, name) == ("documents", "text"):
            return 0
        if (table, name) != ("others", "sentence"):
            start: int | None = row.get(_QUOTED.get(name, ""))
            return start
        found = self._connection.execute(
            "SELECT max(start) FROM sentences WHERE document = ? AND start <= ? AND text = ?",
            (row["document"], row["start"], row["sentence"]),
        ).fetchone()
        return None if found is None else found[0]

    def _figures_of(self, document: str) -> list[Span]:
        return self._connection.execute(
            "SELECT start, end FROM claims WHERE document = ? ORDER BY start, end", (document,)
        ).fetchall()

    def _reviewer(self, name: str) -> str:
        """The same stand-in for the same reviewer, so that agreement can still be told."""
        return self._reviewers.setdefault(name, f"R{len(self._reviewers) + 1}")
