"""A relation that ought to hold, before anybody has checked whether it does."""

from collections.abc import Callable
from dataclasses import field

from hedui.exact import Fraction
from hedui.intervals import Interval
from hedui.relations.ledger import Value
from hedui.values import dataclass

Reading = Callable[[Value], Interval]
"""How printed figures are read: at the printed precision, at the document's habit, in another unit …"""

HUNDRED = Interval(Fraction(100), Fraction(100))


def nothing(reading: Reading) -> dict[str, str]:
    """No further fields for the message."""
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """What one rule expects of some claims.

    `stated` and `expected` give the two sides under a reading; a ZeroDivisionError makes the relation
    undecidable. `order` is `equal`, or `at_most`/`at_least` for the stated side. `roles` names the claims,
    `focus` is the one that the finding points at. `assumes`: what the relation takes for granted, a key of the
    assumptions in patterns/rules/words.toml; empty where all is arithmetic. `note`: never more
    than a note. `bare`: words contradict, and the two sides are no figures to show. `reason` says why a relation is
    not decided at all. `more` makes further message fields.
    """

    rule: str
    roles: tuple[tuple[str, Value], ...]
    focus: Value
    stated: Callable[[Reading], Interval]
    expected: Callable[[Reading], Interval]
    unit: str
    order: str = "equal"
    assumes: str = ""
    note: bool = False
    bare: bool = False
    reason: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    more: Callable[[Reading], dict[str, str]] = nothing
