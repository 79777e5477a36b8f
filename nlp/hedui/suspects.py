"""Who is to blame: figures whose change alone mends every failure they take part in and breaks nothing that holds."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hedui.exact import Fraction
from hedui.intervals import YUAN, Interval, decimals, is_money, plain, printed
from hedui.model import Suspect
from hedui.relations import Candidate, Ledger, Reading, Value
from hedui.relations.judging import Verdict, as_printed, as_usual, holds, side, with_one
from hedui.relations.tables import table_of
from hedui.rules import word

MOST = 3  # suspects of a finding
UNITS = ("万元", "元", "亿元")  # which are mistaken for one another
PLACES = 2  # decimals that the right value may have where fewer are printed
BEYOND = 10_000  # so many times a figure the right one is at most: 元 for 万元
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
            suspect(value, _like(guess.value, value.claim.value) + guess.unit, guess.how, guess.unit)
            for value, guess in found[:MOST]
        )

    def _fitting(self, value: Value, verdict: Verdict) -> Guess | None:
        """The likeliest other value of one figure that mends all and breaks nothing."""
        # a failure that only the document's habit tells is mended at that precision
        base = as_usual if holds(verdict.candidate, as_printed) else as_printed
        relations = [v.candidate for v in (*self.failed[value], *self.held.get(value, ()))]
        for guess in self._guesses(value, verdict, relations, base):
            if guess.interval != value.printed:
                reading = with_one(value, guess.interval, base)
                if all(holds(candidate, reading) for candidate in relations):
                    return guess
        return None

    def _guesses(
        self, value: Value, verdict: Verdict, relations: Sequence[Candidate], base: Reading
    ) -> Iterator[Guess]:
        """Every way in which the figure may have come about, the likeliest first."""
        claim = value.claim
        text, unit = claim.value.replace(",", ""), claim.unit
        if is_money(unit):
            others = [u for u in dict.fromkeys((self.ledger.unit, *UNITS)) if u and YUAN[u] != YUAN[unit]]
            yield from (Guess(text, other, "unit") for other in others)
        yield from self._repeated(value)
        right = list(solutions(value, relations, base))
        copied = "base" if _of_wrong_base(value, verdict) else self._copied(value)
        if copied:  # only the copy shows, the right value is solved
            yield from (Guess(t, unit, copied) for t in right)
        yield from (Guess(t, unit, "swapped") for t in swapped(text))
        yield from (Guess(t, unit, "digit") for t in one_digit(text))
        if value.printed.low < value.printed.high:  # what is counted has no point
            yield from (Guess(t, unit, "point") for t in shifted(text))
        yield from (Guess(t, unit, "computed") for t in right)

    def _repeated(self, value: Value) -> Iterator[Guess]:
        """What is printed elsewhere for the same quantity."""
        same = {(v.claim.value, v.claim.unit) for v in self.ledger.of(value.quantity) if v is not value}
        alike = sorted(same, key=lambda figure: (figure[1] != value.claim.unit, figure))
        yield from (Guess(text, unit, "repeat") for text, unit in alike)

    def _copied(self, value: Value) -> str:
        """How a figure may have been copied: from its neighbour, or left from last year; empty if from neither."""
        claim = value.claim
        told = claim.origin == "narrative"
        for other in self.ledger.values if told else self.ledger.tables:
            if other is value or (other.claim.value, other.claim.unit) != (claim.value, claim.unit):
                continue
            year, own = other.quantity.year, value.quantity.year
            if year and own and year < own and other.quantity._replace(year=own) == value.quantity:
                return "last_year"
            beside = told and other.claim.sentence_start == claim.sentence_start
            below = not told and table_of(other) == table_of(value)
            if (beside or below) and other.quantity != value.quantity:
                return "neighbour"
        return ""


def suspect(value: Value, right: str, how: str, unit: str) -> Suspect:
    """The figure as a suspect: what would fit as it would be printed, and how the slip came about."""
    said = [word("how", how, language).format(unit=unit) for language in ("zh", "en")]
    return Suspect(value.claim.id, right, *said)


def solutions(value: Value, relations: Sequence[Candidate], base: Reading) -> Iterator[str]:
    """The middle of the numbers that fit all relations in the place of a figure.

    With as many decimals as are printed, or up to two; nothing where no relation asks for equality, so that
    any smaller number fits, or where none fits. Each relation is monotone in each of its figures: the numbers that
    fit it are consecutive, and are found by bisection.
    """
    if all(candidate.order != "equal" for candidate in relations):
        return
    text = value.claim.value.replace(",", "")
    minus, places = "-" if plain(text) < 0 else "", decimals(text)
    counted = value.printed.low == value.printed.high
    for digits in range(places, 1 + (places if counted else max(places, PLACES))):

        def number(count: int, digits: int = digits) -> str:
            return f"{minus}{Decimal(count).scaleb(-digits):f}"

        most = BEYOND * (1 + int(abs(plain(text)).scaleb(digits)))
        fits = range(1, most)
        for candidate in relations:
            low, high = _fits(candidate, value, base, fits, number)
            fits = fits[low:high]
            if not fits:
                break
        else:
            yield number(fits[(len(fits) - 1) // 2])


def _fits(
    candidate: Candidate, value: Value, base: Reading, counts: range, number: Callable[[int], str]
) -> tuple[int, int]:
    """Which of the counts fit a relation, as the places of the first that does and the first behind that does not."""

    def at(count: int) -> int:
        return side(candidate, with_one(value, printed(number(count), value.claim.unit), base))

    first, last = at(counts[0]), at(counts[-1])
    rising = 1 if first <= last else -1
    low = bisect_left(counts, 0, key=lambda count: rising * at(count))
    return low, bisect_right(counts, 0, lo=low, key=lambda count: rising * at(count))


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
