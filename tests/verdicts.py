"""Claims, relations and observations that are made up, and what a check makes of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from hedui import checking
from hedui.checking import check
from hedui.checking.slips import Slip
from hedui.intervals import printed
from hedui.model import Claim, Document, Extraction, Finding, Relation
from hedui.relations import Candidate, Ledger, Observation, Value

SPACE = "某" * 200  # no figures, no lines


def document_of(text: str, **more: Any) -> Document:
    return Document("d", "d.txt", text, fiscal_year=2023, **more)


def figures(text: str, *shown: str, **more: Any) -> list[Value]:
    """The money figures of a text by their print, in one sentence; `more` is for the claims."""
    claims = []
    for number, value in enumerate(shown):
        start = text.index(value + "万元")
        interval = printed(value, "万元")
        fields: dict[str, Any] = {"origin": "narrative", "document": "d", "subject": "经费"} | more
        claims.append(
            Claim(
                id=f"c{number}",
                start=start,
                end=start + len(value + "万元"),
                value=value,
                unit="万元",
                low=str(interval.low),
                high=str(interval.high),
                metric="income_this_year",
                measure="amount",
                basis="final",
                **fields,
            )
        )
    found = Ledger(document_of(text), Extraction(tuple(claims), (), ())).values
    return sorted(found, key=lambda value: value.claim.id)


def repeat(first: Value, again: Value, rule: str = "REP001", **more: Any) -> Candidate:
    """That two figures are one and the same."""
    return Candidate(
        rule,
        (("first", first), ("again", again)),
        again,
        lambda read: read(again),
        lambda read: read(first),
        "万元",
        **more,
    )


def checked(
    monkeypatch: pytest.MonkeyPatch,
    document: Document,
    candidates: Sequence[Candidate] = (),
    observations: Sequence[Observation] = (),
    slips: Sequence[Slip] = (),
) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """What a check makes of relations and observations that are made up."""
    monkeypatch.setattr(checking, "candidates", lambda ledger: candidates)
    monkeypatch.setattr(checking, "observations", lambda ledger: observations)
    monkeypatch.setattr(checking, "unit_slips", lambda ledger, verdicts: slips)
    return check(document, Extraction((), (), ()))


def seen(rule: str, start: int, end: int, values: Sequence[Value] = (), **more: Any) -> Observation:
    fields = (
        {"residue_word": "instruction"} if rule == "TPL001" else {"figure": "x", "unit": "x", "usual": "x"}
    )
    return Observation(rule, start, end, tuple(values), fields, **more)


def replace_focus(candidate: Candidate, focus: Value) -> Candidate:
    return replace(candidate, focus=focus)
