"""What is noted about the words around figures: reasons, years, units, names and template text."""

from collections.abc import Iterator

from hedui.claims.remarks import CONTEXT
from hedui.model import Certainty
from hedui.relations import reasons, years
from hedui.relations.ledger import Ledger
from hedui.relations.observation import Observation

NOTED: dict[str, tuple[str, Certainty | None]] = {
    "naming": ("CLS001", None),
    "outdated": ("CLS001", "likely"),
    "miscoded": ("CLS002", None),
    "misplaced": ("CLS003", None),
}  # kinds of remarks that are findings themselves, and how sure where that is not the rule's own
SENTENCE_ENDS = ("。", "！", "？", "\n")
RATES = ("change_rate", "completion_rate", "share")


def observe(ledger: Ledger) -> Iterator[Observation]:
    """Reasons against the change, impossible years, units and template text."""
    yield from reasons.observe(ledger)
    yield from _residues(ledger)
    for remark in ledger.remarks:
        if remark.kind in NOTED:
            fields = {"note": remark.note, "residue_word": remark.note}
            code, certainty = NOTED[remark.kind]
            yield Observation(code, remark.start, remark.end, (), fields, certainty)
    yield from years.observe(ledger)
    for value in ledger.values:
        claim = value.claim
        if claim.origin != "narrative":
            continue
        if claim.unit in ("万", "亿"):
            yield Observation("UNT002", claim.start, claim.end, (value,), {"figure": value.shown})
        if claim.measure in RATES and not claim.unit:
            yield Observation("UNT003", claim.start, claim.end, (value,), {"figure": claim.value})


def _residues(ledger: Ledger) -> Iterator[Observation]:
    """Template text left behind: one observation for a sentence, whatever of the template stands in it."""
    text = ledger.document.text
    found: list[tuple[int, int, str]] = []
    for remark in sorted((r for r in ledger.remarks if r.kind == "residue"), key=lambda r: r.start):
        start, end, note = found[-1] if found else (0, -1, "")
        between = text[end - CONTEXT : remark.start + CONTEXT]  # both are shown with their context
        if found and not any(mark in between for mark in SENTENCE_ENDS):
            found[-1] = (start, max(end, remark.end), note)
        else:
            found.append((remark.start, remark.end, remark.note))
    for start, end, note in found:
        yield Observation("TPL001", start, end, (), {"note": note, "residue_word": note})
