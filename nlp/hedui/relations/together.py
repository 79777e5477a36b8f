"""Counts told together: 在职55人，离退休12人，合计67人 is the sum of what was counted before it."""

from collections.abc import Iterator

from hedui.exact import NOTHING, Fraction
from hedui.lexicon import sum_words
from hedui.relations.candidate import Candidate
from hedui.relations.ledger import Ledger, Value
from hedui.relations.totals import added


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for every count behind a bare 合计: as many as the things counted before it in its sentence.

    Where it begins to count together is not told: those that come nearest to it are taken, the last two at least.
    """
    for values in ledger.sentences.values():
        for place, total in enumerate(values):
            if total.claim.measure != "count" or total.claim.subject not in sum_words():
                continue
            before = [v for v in values[:place] if _counted(v, total)]
            runs = [before[first:] for first in range(len(before) - 1)]
            if runs:
                run = min(runs, key=lambda r: abs(_together(r) - total.printed.middle))
                yield added("SUM001", total, run, assumes="complete list")


def _counted(value: Value, total: Value) -> bool:
    claim = value.claim
    return claim.measure == "count" and claim.unit == total.claim.unit and not claim.part


def _together(values: list[Value]) -> Fraction:
    return sum((v.printed.middle for v in values), NOTHING)
