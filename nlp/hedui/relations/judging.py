"""Whether one relation holds: both sides as intervals, at every precision that matters."""

from collections.abc import Callable
from functools import cached_property

from hedui.exact import NOTHING, Fraction
from hedui.intervals import Interval, truncated
from hedui.model import Certainty, Status
from hedui.relations.candidate import Candidate, Reading
from hedui.relations.ledger import Value
from hedui.values import dataclass

TWICE = Interval(Fraction(2), Fraction(2))
MISSING = "parts missing"  # why a sum is not decided


@dataclass(frozen=True, eq=False)
class Verdict:
    """What became of a candidate. The sides are None where it was not decided; `reason` then says why."""

    candidate: Candidate
    status: Status
    certainty: Certainty | None = None
    stated: Interval | None = None
    expected: Interval | None = None
    gap: Fraction = NOTHING
    reason: str = ""

    @cached_property
    def figures(self) -> list[Value]:
        """The figures that can be wrong: a nothing has no digits to be wrong, and some tell only what is spoken of."""
        named = dict.fromkeys(value for _, value in self.candidate.roles)
        return [value for value in named if not value.zero and _matters(self.candidate, value)]


def as_printed(value: Value) -> Interval:
    """The reading at the printed precision."""
    return value.printed


def as_usual(value: Value) -> Interval:
    """The reading at the document's habitual precision."""
    return value.usual


def with_one(target: Value, interval: Interval, reading: Reading = as_printed) -> Reading:
    """A reading that takes one figure for something else."""
    return lambda value: interval if value is target else reading(value)


def judge(candidate: Candidate) -> Verdict:
    """Held, failed with its certainty, or undecidable with the reason."""
    if candidate.reason:
        return Verdict(candidate, "undecidable", reason=candidate.reason)
    try:
        stated, expected = candidate.stated(as_printed), candidate.expected(as_printed)
        certainty = _certainty(candidate, stated, expected)
    except ZeroDivisionError:
        return Verdict(candidate, "undecidable", reason="zero base")
    if certainty is None:
        return Verdict(candidate, "held", None, stated, expected)
    if fits(candidate.order, stated, expected):
        # only a habit or an end point tells them apart: show the sides that do
        stated, expected = candidate.stated(as_usual), candidate.expected(as_usual)
    return Verdict(candidate, "failed", certainty, stated, expected, _gap(stated, expected))


def holds(candidate: Candidate, reading: Reading) -> bool:
    """Whether the relation holds under a reading; one that cannot be decided holds nothing."""
    try:
        stated, expected = candidate.stated(reading), candidate.expected(reading)
    except ZeroDivisionError:
        return False
    return fits(candidate.order, stated, expected) and not _touches(candidate.order, stated, expected)


def side(candidate: Candidate, reading: Reading) -> int:
    """-1 where the stated side is too small for the relation to hold, 1 where too large, 0 where it holds.

    A quotient by nothing is beyond all bounds.
    """
    try:
        stated = candidate.stated(reading)
    except ZeroDivisionError:
        return 1
    try:
        expected = candidate.expected(reading)
    except ZeroDivisionError:
        return -1
    if fits(candidate.order, stated, expected) and not _touches(candidate.order, stated, expected):
        return 0
    return -1 if stated.middle < expected.middle else 1


def fits(order: str, stated: Interval, expected: Interval) -> bool:
    """Whether some true values satisfy the relation."""
    if order == "at_most":
        return stated.low <= expected.high
    if order == "at_least":
        return stated.high >= expected.low
    return stated.intersects(expected)


def _touches(order: str, stated: Interval, expected: Interval) -> bool:
    return order == "equal" and stated.touches(expected)


def _matters(candidate: Candidate, value: Value) -> bool:
    """Whether another number in the place of a figure changes a side of the relation."""
    other = with_one(value, value.printed * TWICE)
    try:
        return any(part(as_printed) != part(other) for part in (candidate.stated, candidate.expected))
    except ZeroDivisionError:
        return True


def _certainty(candidate: Candidate, stated: Interval, expected: Interval) -> Certainty | None:
    """None where the relation holds at every precision."""
    fit = fits(candidate.order, stated, expected)
    if fit and not _touches(candidate.order, stated, expected):
        if not _narrowed(candidate) or holds(candidate, as_usual):
            return None
        return "note" if candidate.note else "likely"
    if candidate.note:
        return "note"
    doubtful = fit or bool(candidate.assumes) or not all(v.sure for _, v in candidate.roles)
    return "likely" if doubtful or _cut_off(candidate) else "certain"


def _narrowed(candidate: Candidate) -> bool:
    return any(v.usual is not v.printed for _, v in candidate.roles)


def _cut_off(candidate: Candidate) -> bool:
    """Whether the result fits if its last digits were cut off instead of rounded. Copies are not computed."""
    focus = candidate.focus
    counted = focus.printed.low == focus.printed.high
    if counted or "again" in dict(candidate.roles) or candidate.order != "equal":
        return False
    result: Callable[[Reading], Interval] = candidate.stated
    reading = with_one(focus, truncated(focus.claim.value, focus.claim.unit))
    stated, expected = result(reading), candidate.expected(reading)
    return stated.intersects(expected) and not stated.touches(expected)


def _gap(stated: Interval, expected: Interval) -> Fraction:
    """How far the two sides are from meeting, 0 where they meet."""
    return max(stated.low - expected.high, expected.low - stated.high, Fraction(0))
