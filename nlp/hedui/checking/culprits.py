"""The smallest sets of figures whose change repairs failures that hang together, and breaks nothing that holds.

Every failed relation has something wrong in it: a set worth a try has one of each (a hitting set). A SAT solver that
counts proposes such sets, the smallest first; whether one can really be repaired is decided exactly, and what cannot
is a clause more for the solver.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from hedui.checking.guesses import Guess
from hedui.relations import Value
from hedui.relations.judging import Verdict

LARGEST = 4  # what a set holds: with more, anything can be explained
ROUNDS = 60  # sets that are tried
WORDS = ("BUD001", "DIR001")  # rules of words against figures: the words can be wrong as well

Wrong = Value | Verdict
"""What can be wrong: a figure, or the words of a failed relation."""
Relations = Callable[[Value], Sequence[Verdict]]
"""The relations that a figure takes part in, failed or held."""
Repair = Callable[[Value, Sequence[Verdict], Mapping[Value, Guess]], Guess | None]
"""What stands rightly in a figure's place by some relations, given others that are replaced; None if nothing fits."""


def together(failed: Sequence[Verdict]) -> list[list[Verdict]]:
    """The failures that hang together by shared figures."""
    home: dict[Value, list[Verdict]] = {}
    for verdict in failed:
        joined = {id(home[value]): home[value] for value in verdict.figures if value in home}
        group = [*(member for several in joined.values() for member in several), verdict]
        home.update((value, group) for member in group for value in member.figures)
    return list({id(group): group for group in home.values()}.values())


def culprits(failed: Sequence[Verdict], relations: Relations, repair: Repair) -> list[dict[Value, Guess]]:
    """Every smallest set that repairs all these failures, each figure with what fits in its place."""
    search = _Search([_suspicious(verdict) for verdict in failed])
    rounds = 0
    for size in range(1, LARGEST + 1):
        found: list[dict[Value, Guess]] = []
        for chosen in search.sets(size):
            rounds += 1
            if rounds > ROUNDS:
                return found
            repaired = _repaired(chosen, relations, repair)
            if repaired is not None:
                found.append(repaired)
                search.close(chosen)
                continue
            wrong = [v for v in chosen if isinstance(v, Value)]
            hopeless = [v for v in wrong if _hopeless(v, _without(v, chosen, relations), repair)]
            for value in hopeless:
                search.only_with(value, _without(value, chosen, relations))
            if not hopeless:
                search.close(chosen)
        if found:
            return found
    return []


def _suspicious(verdict: Verdict) -> list[Wrong]:
    """What can be wrong about a relation: its figures, and the words of a failed one that rests on words."""
    of_words = verdict.status == "failed" and verdict.candidate.rule in WORDS
    return [*verdict.figures, *([verdict] if of_words else [])]


def _without(value: Value, others: Iterable[Wrong], relations: Relations) -> list[Verdict]:
    """The relations of a figure in which nothing else that is wrong takes part."""
    apart = {other for other in others if other is not value}
    return [r for r in relations(value) if apart.isdisjoint([r, *(x for _, x in r.candidate.roles)])]


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


class _Search:
    """The sets that have one of each cover and keep to what was learned of others."""

    def __init__(self, covers: Sequence[Sequence[Wrong]]) -> None:
        self._covers = covers
        self._numbers: dict[Wrong, int] = {}
        self._clauses = [self._signed(1, cover) for cover in covers]

    def sets(self, size: int) -> Iterator[tuple[Wrong, ...]]:
        """Those of `size` that keep to all that is known when they come up; smaller ones have to be closed before."""
        if size == 1:  # most slips need no solver
            for one in self._covers[0]:
                if all(one in cover for cover in self._covers[1:]):
                    yield (one,)
            return
        from pysat.solvers import Minicard

        with Minicard(bootstrap_with=self._clauses) as solver:
            solver.add_atmost([*self._numbers.values()], size)
            while solver.solve():
                clauses, figures = len(self._clauses), len(self._numbers)
                told = set(solver.get_model())
                yield tuple(one for one, number in self._numbers.items() if number in told)
                if len(self._numbers) > figures:  # what no failure has, and must be counted
                    yield from self.sets(size)
                    return
                solver.append_formula(self._clauses[clauses:])

    def close(self, chosen: Sequence[Wrong]) -> None:
        """From now on: not all of these are wrong."""
        self._clauses.append(self._signed(-1, chosen))

    def only_with(self, value: Value, relations: Iterable[Verdict]) -> None:
        """From now on: the figure is wrong only if something else in these relations is."""
        others = [x for relation in relations for x in _suspicious(relation) if x is not value]
        self._clauses.append([*self._signed(-1, [value]), *self._signed(1, others)])

    def _signed(self, sign: int, wrong: Sequence[Wrong]) -> list[int]:
        return [sign * self._numbers.setdefault(one, len(self._numbers) + 1) for one in wrong]
