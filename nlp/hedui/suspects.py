"""Who is to blame: figures whose change alone mends every failure they take part in and breaks nothing that holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hedui.exact import Fraction
from hedui.intervals import YUAN, Interval, decimals, is_money, plain, printed
from hedui.model import Suspect
from hedui.relations import Ledger, Value
from hedui.relations.changes import PERCENT
from hedui.relations.judging import Verdict, as_printed, as_usual, holds, with_one
from hedui.rules import word
from hedui.slips import SUMS, mended

MOST = 3  # suspects of a finding
ROLES = 12  # a relation of more figures than this accuses nobody: too many could be wrong
WAYS = {
    "unit": 0,
    "repeat": 0,
    "base": 0,
    "last_year": 1,
    "neighbour": 1,
    "swapped": 2,
    "digit": 2,
    "point": 3,
    "computed": 4,
}
"""How a slip comes about, the most telling first: what is attested in print, then the smallest slip."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Another value in the place of a figure's, as it would be printed, and how the slip came about."""

    value: str
    unit: str
    how: str

    @property
    def interval(self) -> Interval:
        """The true values that this would stand for."""
        return printed(self.value, self.unit)


class Blame:
    """Which relations each figure takes part in, and who may be to blame for those that failed."""

    def __init__(self, ledger: Ledger, verdicts: Sequence[Verdict]) -> None:
        self.ledger = ledger
        self.failed: dict[Value, list[Verdict]] = {}
        self.held: dict[Value, list[Verdict]] = {}
        for verdict in verdicts:
            home = {"failed": self.failed, "held": self.held}.get(verdict.status)
            if home is not None:
                for _, value in verdict.candidate.roles:
                    known = home.setdefault(value, [])
                    if verdict not in known[-1:]:
                        known.append(verdict)

    def suspects(self, verdict: Verdict) -> tuple[Suspect, ...]:
        """At most three suspects of a failed relation, the one that mends most first."""
        figures = list(dict.fromkeys(value for _, value in verdict.candidate.roles if not value.zero))
        if len(figures) > ROLES:
            return ()
        found = [(value, guess) for value in figures if (guess := self._fitting(value, verdict)) is not None]
        focus = verdict.candidate.focus
        found.sort(key=lambda x: (-len(self.failed[x[0]]), WAYS[x[1].how], x[0] is not focus))
        return tuple(
            Suspect(
                value.claim.id,
                _like(guess.value, value.claim.value) + guess.unit,
                word("how", guess.how, "zh").format(unit=guess.unit),
            )
            for value, guess in found[:MOST]
        )

    def _fitting(self, value: Value, verdict: Verdict) -> Guess | None:
        """The likeliest other value of one figure that mends all and breaks nothing."""
        # a failure that only the document's habit tells is mended at that precision
        base = as_usual if holds(verdict.candidate, as_printed) else as_printed
        for guess in self._guesses(value, verdict):
            if guess.interval == value.printed:
                continue
            reading = with_one(value, guess.interval, base)
            if all(holds(v.candidate, reading) for v in self.failed[value]) and all(
                holds(v.candidate, reading) for v in self.held.get(value, ())
            ):
                return guess
        return None

    def _guesses(self, value: Value, verdict: Verdict) -> Iterator[Guess]:
        """Every way in which the figure may have come about, the likeliest first."""
        claim = value.claim
        text, unit = claim.value.replace(",", ""), claim.unit
        usual = self.ledger.unit
        if usual and is_money(unit) and YUAN[usual] != YUAN[unit]:
            yield Guess(text, usual, "unit")
        yield from self._repeated(value)
        if _of_wrong_base(value, verdict):
            yield from self._computed(value, _solved(value, verdict), "base")
        yield from self._nearby(value)
        yield from (Guess(t, unit, "swapped") for t in swapped(text))
        yield from (Guess(t, unit, "digit") for t in one_digit(text))
        if value.printed.low < value.printed.high:  # what is counted has no point
            yield from (Guess(t, unit, "point") for t in shifted(text))
        yield from self._computed(value, _solved(value, verdict), "computed")

    def _repeated(self, value: Value) -> Iterator[Guess]:
        """What is printed elsewhere for the same quantity."""
        same = {(v.claim.value, v.claim.unit) for v in self.ledger.of(value.quantity) if v is not value}
        alike = sorted(same, key=lambda figure: (figure[1] != value.claim.unit, figure))
        yield from (Guess(text, unit, "repeat") for text, unit in alike)

    def _computed(self, value: Value, right: Interval | None, how: str) -> Iterator[Guess]:
        """The middle of what fits, with as many decimals as are printed, or up to two more."""
        if right is None or right.low < 0:
            return
        unit, places = value.claim.unit, decimals(value.claim.value)
        for digits in range(places, places + 3):
            count = round(right.middle / Fraction(YUAN.get(unit, 1), 10**digits))
            yield Guess(f"{Decimal(int(count)).scaleb(-digits):f}", unit, how)

    def _nearby(self, value: Value) -> Iterator[Guess]:
        """A figure copied from its neighbour or left from last year: only the copy shows, its value is solved."""
        claim = value.claim
        solved = [v for v in self.failed[value] if v.candidate.focus is value]
        right = _solved(value, solved[0]) if solved else None
        for other in self.ledger.values:
            if other is value or (other.claim.value, other.claim.unit) != (claim.value, claim.unit):
                continue
            year, own = other.quantity.year, value.quantity.year
            if year and own and year < own and other.quantity._replace(year=own) == value.quantity:
                yield from self._computed(value, right, "last_year")
            elif other.claim.sentence_start == claim.sentence_start and other.quantity != value.quantity:
                yield from self._computed(value, right, "neighbour")


def one_digit(text: str) -> Iterator[str]:
    """The number with one digit different: `12.3` gives `02.3` never, `22.3`, `13.3` …"""
    first = next((i for i, c in enumerate(text) if c.isdigit()), 0)
    for i, char in enumerate(text):
        if char.isdigit():
            for digit in "0123456789":
                if digit != char and not (digit == "0" and i == first and text[i + 1 : i + 2].isdigit()):
                    yield text[:i] + digit + text[i + 1 :]


def swapped(text: str) -> Iterator[str]:
    """The number with two neighbouring digits swapped, also across the point."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    for i, j in pairwise(places):
        if text[i] != text[j] and not (i == places[0] and text[j] == "0" and j == i + 1):
            yield text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]


def shifted(text: str) -> Iterator[str]:
    """The number with its point one or two places further left or right."""
    for places in (1, -1, 2, -2):
        yield f"{plain(text).scaleb(places):f}"


def _like(text: str, example: str) -> str:
    """The number with separators of thousands where the example has them."""
    return f"{plain(text):,}" if "," in example else text


def _of_wrong_base(value: Value, verdict: Verdict) -> bool:
    """Whether it is a rate of change that was taken of this year's amount."""
    roles = dict(verdict.candidate.roles)
    if verdict.candidate.rule != "CHG001" or roles["rate"] is not value or roles["amount"].printed.low <= 0:
        return False
    wrong = roles["change"].printed / roles["amount"].printed * Interval(Fraction(100), Fraction(100))
    return value.printed.intersects(wrong)


def _solved(value: Value, verdict: Verdict) -> Interval | None:
    """What the figure has to be by the other figures of one relation, where that is plain to see."""
    candidate = verdict.candidate
    if candidate.order != "equal":
        return None
    try:
        if candidate.rule in SUMS:
            return mended(candidate, value)
        if candidate.focus is not value:
            return _divided(value, verdict)
        stated, expected = candidate.stated(as_printed), candidate.expected(as_printed)
    except ZeroDivisionError:
        return None
    if stated == value.printed:
        return expected
    return -expected if stated == -value.printed else None


def _divided(value: Value, verdict: Verdict) -> Interval | None:
    """The part or the whole behind a percentage."""
    roles = dict(verdict.candidate.roles)
    rate = roles.get("share") or (roles.get("rate") if "budget" in roles else None)
    part = roles.get("part") or roles.get("amount")
    whole = roles.get("whole") or roles.get("budget")
    if rate is None or part is None or whole is None or rate.claim.unit not in PERCENT:
        return None
    fraction = rate.printed / Interval(Fraction(100), Fraction(100))
    if value is part:
        return whole.printed * fraction
    return part.printed / fraction if value is whole else None
