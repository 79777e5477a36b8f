"""Rates of nothing: what was nothing before cannot have grown by a percentage, nor a budget of nothing be completed."""

from hedui.exact import Fraction
from hedui.intervals import Interval, text
from hedui.relations.candidate import Candidate
from hedui.relations.ledger import Value

PHRASES = (0, 100, -100)  # rates that are set phrases where there is nothing to take a part of
BEYOND = Fraction(10) ** 12


def of_nothing(
    rule: str,
    roles: tuple[tuple[str, Value], ...],
    rate: Value,
    part: Interval,
    base: Interval,
    assumes: str = "",
) -> Candidate:
    """The relation that a rate is at least what so much is of a base that is nothing, or next to it.

    `part` and `base` are printed intervals in one unit, `base` holding zero. A rate of 0 or 100 % is never more than a
    note.
    """
    least = 100 * max(part.low, -part.high) / base.high if base.high > 0 else BEYOND
    bound = Interval(least, least)
    focus = roles[0][1]
    return Candidate(
        rule,
        roles,
        rate,
        lambda read: read(rate).unsigned(),
        lambda read: bound,
        "%",
        order="at_least",
        assumes=assumes,
        note=any(rate.printed.contains(phrase) for phrase in PHRASES),
        reason="zero over zero" if least <= 0 else "",
        fields={"base": text(Interval(base.high, base.high), focus.claim.unit) + focus.claim.unit},
    )
