"""Who is to blame: figures whose change mends every failure they take part in and breaks nothing that holds.

Alone where that is enough, else in the smallest sets that are.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property

from hedui.checking.culprits import Repair, culprits, together
from hedui.checking.guesses import Guess, one_digit, shifted, swapped
from hedui.checking.solving import Reach, reach, solutions
from hedui.exact import Fraction
from hedui.intervals import YUAN, Interval, bare, is_money, plain
from hedui.model import Suspect
from hedui.relations import Ledger, Reading, Value
from hedui.relations.judging import Verdict, as_printed, as_usual, holds, with_one
from hedui.relations.tables import table_of
from hedui.rules import Language, word

FEW = 3  # suspects of a finding, but for those of equally small explanations, which are all told
UNITS = ("万元", "元", "亿元")  # which are mistaken for one another
PRINTED = 40  # characters: no slip of the pen is looked for in longer numbers, which nobody printed
ROLES = 12  # where more figures could be wrong, only what explains the slip is telling
WAYS = {
    "unit": 0,
    "repeat": 0,
    "base": 0,
    "last_year": 1,
    "swapped": 1,
    "digit": 2,
    "neighbour": 3,
    "point": 3,
    "computed": 4,
}
"""How a slip comes about, the most telling first: what is attested in print, then the smallest slip."""


class Blame:
    """Which relations each figure takes part in, and who may be to blame for those that failed."""

    def __init__(self, ledger: Ledger, verdicts: Sequence[Verdict]) -> None:
        self.ledger = ledger
        self.broken = [verdict for verdict in verdicts if verdict.status == "failed"]
        self.failed = _by_figure(self.broken)
        self._verdicts = verdicts
        self._repaired: dict[Hashable, Guess | None] = {}

    @cached_property
    def held(self) -> dict[Value, list[Verdict]]:
        """The relations that hold, by figure: asked for only where something failed."""
        return _by_figure([verdict for verdict in self._verdicts if verdict.status == "held"])

    def suspects(self, verdict: Verdict) -> tuple[Suspect, ...]:
        """The suspects of a failed relation: all of the smallest explanations, else a few of what mends it alone."""
        own = verdict.figures
        sets = self._explanations.get(id(verdict), [])
        among = {value: sum(value in repaired for repaired in sets) for value in own}
        found: list[dict[Value, Guess]] = []  # the suspect first, what has to be mended with it behind
        for value in own:
            repaired = min((s for s in sets if value in s), key=_unlikely, default={})
            guess = repaired.get(value) or self._repair(_base([verdict]))(value, self._relations(value), {})
            if guess and (len(own) <= ROLES or guess.how != "computed" or len(self.failed[value]) > 1):
                found.append({value: guess} | repaired)
        focus = verdict.candidate.focus

        def rank(repaired: dict[Value, Guess]) -> tuple[int, int, int, bool]:
            value, guess = next(iter(repaired.items()))
            return -among[value], -len(self.failed[value]), WAYS[guess.how], value is not focus

        explaining = sum(among[next(iter(repaired))] > 0 for repaired in found)
        ranked = sorted(found, key=rank)  # those that explain come first
        return tuple(suspect(*repaired.items()) for repaired in ranked[: max(FEW, explaining)])

    def place(self, verdict: Verdict) -> Value:
        """Where to look: in a table at the cell that alone explains the failure, if just one does; else at the focus.

        The words of a sentence name what they are about, a cell of a table is found by its place alone.
        """
        focus = verdict.candidate.focus
        sets = self._explanations.get(id(verdict), [])
        alone = next(iter(sets[0])) if len(sets) == 1 and len(sets[0]) == 1 else focus
        tabled = focus.claim.origin == alone.claim.origin == "table"
        return alone if tabled and alone in verdict.figures else focus

    @cached_property
    def _explanations(self) -> dict[int, list[dict[Value, Guess]]]:
        """The smallest explanations of each failure, by its identity (`id`), with those that hang together with it."""
        found: dict[int, list[dict[Value, Guess]]] = {}
        for group in together(self.broken):
            sets = culprits(group, self._relations, self._repair(_base(group)))
            found |= {id(verdict): sets for verdict in group}
        return found

    def _relations(self, value: Value) -> list[Verdict]:
        return [*self.failed.get(value, ()), *self.held.get(value, ())]

    def _repair(self, base: Reading) -> Repair:
        """The likeliest other value of one figure that mends all and breaks nothing."""

        def repair(value: Value, verdicts: Sequence[Verdict], others: Mapping[Value, Guess]) -> Guess | None:
            question = (value, tuple(verdicts), tuple(others.items()), base)
            if question not in self._repaired:  # a figure is tried alone, and again for sets that hold it
                self._repaired[question] = self._mended(value, verdicts, others, base)
            return self._repaired[question]

        return repair

    def _mended(
        self, value: Value, verdicts: Sequence[Verdict], others: Mapping[Value, Guess], base: Reading
    ) -> Guess | None:
        known = {other: guess.interval for other, guess in others.items()}

        def read(v: Value) -> Interval:
            return known[v] if v in known else base(v)

        relations = [verdict.candidate for verdict in verdicts]
        failed = next((candidate for candidate in relations if not holds(candidate, read)), None)
        if failed is None:
            return None  # nothing to mend, nothing to tell by
        within = reach(value, failed, read)
        for guess in self._guesses(value, verdicts, read, within):
            interval = guess.interval
            if within.meets(interval) and interval != value.printed:
                reading = with_one(value, interval, read)
                if all(holds(candidate, reading) for candidate in relations):
                    return guess
        return None

    def _guesses(
        self, value: Value, verdicts: Sequence[Verdict], base: Reading, within: Reach
    ) -> Iterator[Guess]:
        """Every way in which the figure may have come about, the likeliest first, as far as it lies within reach."""
        claim = value.claim
        text, unit = bare(claim.value), claim.unit
        if is_money(unit):
            others = [u for u in dict.fromkeys((self.ledger.unit, *UNITS)) if u and YUAN[u] != YUAN[unit]]
            yield from (Guess(text, other, "unit") for other in others)
        yield from self._repeated(value)
        copied = "base" if any(_of_wrong_base(value, v) for v in verdicts) else self._copied(value)
        right = solutions(
            value, [v.candidate for v in verdicts], base
        )  # the costliest: not before it is asked for
        solved = (Guess(t, unit, copied or "computed") for t in right)
        if copied in ("base", "last_year"):  # only the copy shows, the right value is solved
            yield from solved
        slips = text if len(text) <= PRINTED else ""
        yield from (Guess(t, unit, "swapped") for t in swapped(slips) if within.holds(t))
        yield from (Guess(t, unit, "digit") for t in one_digit(slips) if within.holds(t))
        if value.printed.low < value.printed.high:  # what is counted has no point
            yield from (Guess(t, unit, "point") for t in shifted(text))
        yield from solved

    def _repeated(self, value: Value) -> Iterator[Guess]:
        """What is printed elsewhere for the same quantity."""
        same = {(v.claim.value, v.claim.unit) for v in self.ledger.of(value.quantity) if v is not value}
        alike = sorted(same, key=lambda figure: (figure[1] != value.claim.unit, figure))
        yield from (Guess(text, unit, "repeat") for text, unit in alike)

    @cached_property
    def _alike(self) -> dict[tuple[str, str, str], list[Value]]:
        """The figures that are printed alike, in reading order: those of the narrative, those of tables."""
        found = defaultdict(list)
        for value in (*self.ledger.values, *self.ledger.tables):
            found[value.claim.origin, value.claim.value, value.claim.unit].append(value)
        return found

    def _copied(self, value: Value) -> str:
        """How a figure may have been copied: from its neighbour, or left from last year; empty if from neither."""
        claim = value.claim
        told = claim.origin == "narrative"
        for other in self._alike[claim.origin, claim.value, claim.unit]:
            if other is value:
                continue
            year, own = other.quantity.year, value.quantity.year
            if year and own and year < own and other.quantity._replace(year=own) == value.quantity:
                return "last_year"
            beside = told and other.claim.sentence_start == claim.sentence_start
            below = not told and table_of(other) == table_of(value)
            if (beside or below) and other.quantity != value.quantity:
                return "neighbour"
        return ""


def _by_figure(verdicts: Sequence[Verdict]) -> dict[Value, list[Verdict]]:
    """The relations of each figure, each once."""
    found: dict[Value, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for value in dict.fromkeys(value for _, value in verdict.candidate.roles):
            found[value].append(verdict)
    return dict(found)


def _unlikely(repaired: Mapping[Value, Guess]) -> int:
    """How far-fetched the slips of a set are, all in all."""
    return sum(WAYS[guess.how] for guess in repaired.values())


def _base(verdicts: Sequence[Verdict]) -> Reading:
    """The precision at which failures are mended: the habitual one if any shows only there."""
    return as_usual if any(holds(v.candidate, as_printed) for v in verdicts) else as_printed


def suspect(wrong: tuple[Value, Guess], *others: tuple[Value, Guess]) -> Suspect:
    """The first figure as a suspect: what would fit as it would be printed, how the slip came about, and with which."""
    value, guess = wrong
    languages: tuple[Language, ...] = ("zh", "en")
    said = [word("how", guess.how, language).format(unit=guess.unit) for language in languages]
    if others:
        more = ", ".join(f"{other.shown} → {_instead(other, right)}" for other, right in others)
        said = [
            how + word("how", "together", language).format(figures=more)
            for how, language in zip(said, languages, strict=True)
        ]
    return Suspect(value.claim.id, _instead(value, guess), *said)


def _instead(value: Value, guess: Guess) -> str:
    return _like(guess.value, value.claim.value) + guess.unit


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
