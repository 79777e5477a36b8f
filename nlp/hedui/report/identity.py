"""What makes a finding the same finding in another run, on a text that has changed elsewhere.

It is the rule, the words that are quoted without their white space, and the figures that take part: not where they
stand, nor their numbers, which any correction before them moves. Two findings may be alike in all of it, template
words left in twice say; then it counts how many there are.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from hedui.model import Document, Finding, Report

LENGTH = 20  # hexadecimal digits


class NoBaseline(ValueError):
    """A file is not the JSON of an earlier run."""


def identity(rule: str, quote: str, figures: Iterable[str]) -> str:
    """A short text that is the same for the same finding; `figures` are those that take part, with their units."""
    words = [rule, "".join(quote.split()), *sorted(figures)]
    return sha256("\n".join(words).encode("utf-8", "replace")).hexdigest()[:LENGTH]


def identities(report: Report) -> dict[str, str]:
    """The identities of a report's findings, by their ids."""
    printed = {claim.id: claim.value + claim.unit for claim in report.claims}
    return {
        found.id: identity(found.rule, found.quote, [printed[c] for c in found.claims if c in printed])
        for found in report.findings
    }


class Baseline:
    """The findings of an earlier run, by document.

    A document is the same where its source is; else where its text is; else where title, publisher and year are.
    """

    def __init__(self, path: Path) -> None:
        """Read the JSON or JSONL of `hedui check`. Raises NoBaseline where it is none, OSError as `open` does."""
        self._known: dict[tuple[str, ...], Counter[str]] = {}
        try:
            for entry in _documents(path.read_text("utf-8-sig")):
                known = Counter(_identities(entry))
                for key in _keys(entry["document"]):
                    self._known[key] = self._known.get(key, Counter()) | known
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoBaseline(str(path)) from error

    def without_known(self, report: Report) -> Report:
        """The report without the findings that were there before; of several that are alike, so many as there were."""
        keys = _keys(_told(report.document))
        known = Counter(next((self._known[key] for key in keys if key in self._known), Counter()))
        names = identities(report)
        kept: list[Finding] = []
        for finding in report.findings:
            if known[names[finding.id]] > 0:
                known[names[finding.id]] -= 1
            else:
                kept.append(finding)
        return replace(report, findings=tuple(kept))


def _documents(text: str) -> list[Any]:
    """The entries of documents in the JSON of a run, be it one object or one a line."""
    try:
        whole = json.loads(text)
        found = whole.get("documents", [whole])
    except json.JSONDecodeError:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [entry for entry in found if "document" in entry or "failures" not in entry]


def _identities(entry: Mapping[str, Any]) -> Iterable[str]:
    printed = {claim["id"]: claim["value"] + claim["unit"] for claim in entry["claims"]}
    for found in entry["findings"]:
        yield identity(found["rule"], found["quote"], [printed[c] for c in found["claims"] if c in printed])


def _told(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in ("source", "id", "title", "publisher", "fiscal_year")}


def _keys(document: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """By what a document is known again, the surest first."""
    source, title = document.get("source"), document.get("title")
    keys: list[tuple[str, ...]] = [("source", source)] if source and source != "-" else []
    keys.append(("text", document["id"]))
    if title:
        keys.append(("name", title, str(document.get("publisher")), str(document.get("fiscal_year"))))
    return keys
