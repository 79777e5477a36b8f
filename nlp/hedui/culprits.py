"""The smallest sets of figures whose change repairs failures that hang together, and breaks nothing that holds.

Which sets are worth a try is a problem of covers, for the solver HiGHS: every failed relation needs a figure of its own
that is wrong. Whether a set can really be repaired is decided exactly; what cannot is told to the solver as a rule, so
that it comes up with other sets, until the smallest are known (Benders' decomposition, its logic-based kind).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from hedui.guesses import Guess
from hedui.relations import Value
from hedui.relations.judging import Verdict

LARGEST = 3  # figures of a set: with more, anything can be explained
ROUNDS = 60  # sets that are tried
TOGETHER = 12  # failures that hang together; where there are more, it is no slip of the pen

Repair = Callable[[Value, Sequence[Verdict], Mapping[Value, Guess]], Guess | None]
"""What stands rightly in a figure's place by some relations, given others that are replaced; None if nothing fits."""


def together(failed: Sequence[Verdict], held: Mapping[Value, Sequence[Verdict]]) -> list[list[Verdict]]:
    """The failures that share a figure, or whose figures meet in a relation that holds."""
    home: dict[object, list[Verdict]] = {}
    for verdict in failed:
        places: list[object] = [value for _, value in verdict.candidate.roles]
        places += [v for value in figures(verdict) for v in held.get(value, ())]
        joined = {id(home[place]): home[place] for place in places if place in home}
        group = [*(v for several in joined.values() for v in several), verdict]
        places += [place for place, several in home.items() if id(several) in joined]
        home.update(dict.fromkeys(places, group))
    return list({id(group): group for group in home.values()}.values())


def figures(verdict: Verdict) -> list[Value]:
    """The figures that can be wrong; a nothing has no digits to be wrong."""
    return [v for v in dict.fromkeys(value for _, value in verdict.candidate.roles) if not v.zero]


def culprits(
    failed: Sequence[Verdict], relations: Mapping[Value, Sequence[Verdict]], repair: Repair
) -> Iterator[dict[Value, Guess]]:
    """Every smallest set that repairs all these failures, each figure with the value that would fit.

    `relations` are those that a figure takes part in, failed or held.
    """
    master = _Master(figures(verdict) for verdict in failed)
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
        alone = [v for v in chosen if repair(v, _without(v, chosen, relations), {}) is None]
        for value in alone:
            beside = {x for r in _without(value, chosen, relations) for x in figures(r)}
            master.only_with(value, beside - {value})
        if not alone:
            master.forbid(chosen)


def _without(
    value: Value, others: Iterable[Value], relations: Mapping[Value, Sequence[Verdict]]
) -> list[Verdict]:
    """The relations of a figure that none of the others takes part in."""
    apart = {other for other in others if other is not value}
    return [r for r in relations[value] if apart.isdisjoint(x for _, x in r.candidate.roles)]


def _repaired(
    chosen: Sequence[Value], relations: Mapping[Value, Sequence[Verdict]], repair: Repair
) -> dict[Value, Guess] | None:
    """The figures one after another, each by what those before it leave determined; None where no order succeeds."""
    for order in permutations(chosen):
        found: dict[Value, Guess] = {}
        for place, value in enumerate(order):
            right = repair(value, _without(value, order[place:], relations), found)
            if right is None:
                break
            found[value] = right
        else:
            return found
    return None


class _Master:
    """The problem of covers: which figures are wrong, as few as possible."""

    def __init__(self, covers: Iterable[Sequence[Value]]) -> None:
        from highspy import Highs  # only where something failed

        self.solver = Highs()
        self.solver.silent()
        self.wrong = defaultdict(self.solver.addBinary)
        for cover in covers:
            self.solver.addConstr(self._count(cover) >= 1)

    def _count(self, values: Iterable[Value]):  # type: ignore[no-untyped-def]
        return self.solver.qsum(self.wrong[value] for value in values)

    def solve(self) -> list[Value]:
        """A smallest set; empty where there is none."""
        from highspy import HighsModelStatus

        variables = list(self.wrong.values())
        self.solver.minimize(self.solver.qsum(variables))
        if self.solver.getModelStatus() != HighsModelStatus.kOptimal:
            return []
        return [value for value, variable in self.wrong.items() if self.solver.val(variable) > 0.5]

    def only_with(self, value: Value, others: Iterable[Value]) -> None:
        """The figure is wrong only if one of the others is."""
        self.solver.addConstr(self.wrong[value] <= self._count(others))

    def forbid(self, values: Sequence[Value]) -> None:
        """Not all of these figures are wrong."""
        self.solver.addConstr(self._count(values) <= len(values) - 1)
