"""The smallest sets of figures whose change repairs failures that hang together, and breaks nothing that holds.

Which sets are worth a try is a problem of covers, for the solver HiGHS: every failed relation has something wrong in
it. Whether a set can really be repaired is decided exactly; what cannot is told to the solver as a rule, so that it
comes up with other sets, until the smallest are known (Benders' decomposition, its logic-based kind).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

from hedui.exact import Fraction
from hedui.guesses import Guess
from hedui.intervals import Interval
from hedui.relations import Candidate, Value
from hedui.relations.judging import Verdict, as_printed, with_one

LARGEST = 4  # what a set holds: with more, anything can be explained
ROUNDS = 60  # sets that are tried
WORDS = ("BUD001", "DIR001")  # rules of words against figures: the words can be wrong as well
TWICE = Interval(Fraction(2), Fraction(2))

Wrong = Value | Verdict
"""What can be wrong: a figure, or the words of a failed relation."""
Relations = Mapping[Value, Sequence[Verdict]]
"""The relations that a figure takes part in, failed or held."""
Repair = Callable[[Value, Sequence[Verdict], Mapping[Value, Guess]], Guess | None]
"""What stands rightly in a figure's place by some relations, given others that are replaced; None if nothing fits."""


def figures(verdict: Verdict) -> list[Value]:
    """The figures that can be wrong: a nothing has no digits to be wrong, and some tell only what is spoken of."""
    named = dict.fromkeys(value for _, value in verdict.candidate.roles)
    return [value for value in named if not value.zero and _matters(verdict.candidate, value)]


def _matters(candidate: Candidate, value: Value) -> bool:
    """Whether another number in the place of a figure changes a side of the relation."""
    other = with_one(value, value.printed * TWICE)
    try:
        return any(part(as_printed) != part(other) for part in (candidate.stated, candidate.expected))
    except ZeroDivisionError:
        return True


def together(failed: Sequence[Verdict]) -> list[list[Verdict]]:
    """The failures that hang together by shared figures."""
    home: dict[Value, list[Verdict]] = {}
    for verdict in failed:
        joined = {id(home[value]): home[value] for value in figures(verdict) if value in home}
        group = [*(member for several in joined.values() for member in several), verdict]
        home.update((value, group) for member in group for value in figures(member))
    return list({id(group): group for group in home.values()}.values())


def culprits(failed: Sequence[Verdict], relations: Relations, repair: Repair) -> Iterator[dict[Value, Guess]]:
    """Every smallest set that repairs all these failures, each figure with what fits in its place."""
    covers = [_suspicious(verdict) for verdict in failed]
    alone = [one for one in covers[0] if all(one in cover for cover in covers)]
    sets = [s for one in alone if (s := _repaired([one], relations, repair)) is not None]
    # Nine times in ten one figure explains everything, and the solver need not be loaded.
    yield from sets or _several(_Master(covers), alone, relations, repair)


def _several(
    master: "_Master", alone: Sequence[Wrong], relations: Relations, repair: Repair
) -> Iterator[dict[Value, Guess]]:
    """Every smallest set where none of those that take part in all failures repairs them `alone`."""
    for one in alone:
        if isinstance(one, Value):  # words repair all that rests on them
            master.only_with(one, relations[one])
    size = LARGEST
    for _ in range(ROUNDS):
        chosen = master.solve()
        if not chosen or len(chosen) > size:
            return
        repaired = _repaired(chosen, relations, repair)
        if repaired is not None:
            size = len(chosen)
            yield repaired
            master.forbid(chosen)
            continue
        wrong = [v for v in chosen if isinstance(v, Value)]
        hopeless = [v for v in wrong if _hopeless(v, _without(v, chosen, relations), repair)]
        for value in hopeless:
            master.only_with(value, _without(value, chosen, relations))
        if not hopeless:
            master.forbid(chosen)


def _suspicious(verdict: Verdict) -> list[Wrong]:
    """What can be wrong about a relation: its figures, and the words of a failed one that rests on words."""
    of_words = verdict.status == "failed" and verdict.candidate.rule in WORDS
    return [*figures(verdict), *([verdict] if of_words else [])]


def _without(value: Value, others: Iterable[Wrong], relations: Relations) -> list[Verdict]:
    """The relations of a figure in which nothing else that is wrong takes part."""
    apart = {other for other in others if other is not value}
    return [r for r in relations[value] if apart.isdisjoint([r, *(x for _, x in r.candidate.roles)])]


def _hopeless(value: Value, relations: Sequence[Verdict], repair: Repair) -> bool:
    """Whether some of the relations fail and nothing fits in the place of this figure alone."""
    return any(r.status == "failed" for r in relations) and repair(value, relations, {}) is None


def _repaired(chosen: Sequence[Wrong], relations: Relations, repair: Repair) -> dict[Value, Guess] | None:
    """The figures one after another, each by what those before it determine; None where no order succeeds."""
    words = [x for x in chosen if isinstance(x, Verdict)]
    for order in permutations(x for x in chosen if isinstance(x, Value)):
        found: dict[Value, Guess] = {}
        for place, value in enumerate(order):
            right = repair(value, _without(value, [*order[place:], *words], relations), found)
            if right is None:
                break
            found[value] = right
        else:
            return found
    return None


class _Master:
    """The problem of covers: what is wrong, as little as possible."""

    def __init__(self, covers: Iterable[Sequence[Wrong]]) -> None:
        from highspy import Highs  # only where something failed

        self.solver: Any = Highs()  # type: ignore[no-untyped-call]
        self.solver.silent()
        self.wrong: defaultdict[Wrong, Any] = defaultdict(self.solver.addBinary)
        for cover in covers:
            self.solver.addConstr(self._count(cover) >= 1)

    def _count(self, several: Iterable[Wrong]) -> Any:
        return self.solver.qsum([self.wrong[one] for one in several])

    def solve(self) -> list[Wrong]:
        """A smallest set; empty where there is none."""
        from highspy import HighsModelStatus

        self.solver.minimize(self._count(list(self.wrong)))
        if self.solver.getModelStatus() != HighsModelStatus.kOptimal:
            return []
        return [one for one, variable in self.wrong.items() if self.solver.val(variable) > 0.5]

    def only_with(self, value: Value, relations: Iterable[Verdict]) -> None:
        """The figure is wrong only if something else in these relations is."""
        beside = {x for relation in relations for x in _suspicious(relation)} - {value}
        self.solver.addConstr(self.wrong[value] <= self._count(beside))

    def forbid(self, several: Sequence[Wrong]) -> None:
        """Not all of these are wrong."""
        self.solver.addConstr(self._count(several) <= len(several) - 1)
