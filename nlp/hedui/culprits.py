"""The smallest sets of figures whose change repairs failures that hang together, and breaks nothing that holds.

Every failed relation has something wrong in it: a set worth a try has one of each (a hitting set, found as in Reiter's
tree, the smallest first). Whether it can really be repaired is decided exactly; what cannot is kept as a rule for the
sets that come after.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from hedui.guesses import Guess
from hedui.relations import Value
from hedui.relations.judging import Verdict

LARGEST = 4  # what a set holds: with more, anything can be explained
ROUNDS = 60  # sets that are tried
WORDS = ("BUD001", "DIR001")  # rules of words against figures: the words can be wrong as well

Wrong = Value | Verdict
"""What can be wrong: a figure, or the words of a failed relation."""
Rule = dict[Wrong, None]
"""What there must be one of in a set, in order."""
Relations = Mapping[Value, Sequence[Verdict]]
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


def culprits(failed: Sequence[Verdict], relations: Relations, repair: Repair) -> Iterator[dict[Value, Guess]]:
    """Every smallest set that repairs all these failures, each figure with what fits in its place."""
    search = _Search([dict.fromkeys(_suspicious(verdict)) for verdict in failed])
    rounds = 0
    for size in range(1, LARGEST + 1):
        enough = False
        for chosen in search.sets((), size):
            rounds += 1
            if rounds > ROUNDS:
                return
            repaired = _repaired(chosen, relations, repair)
            if repaired is not None:
                enough = True
                yield repaired
                search.close(chosen)
                continue
            wrong = [v for v in chosen if isinstance(v, Value)]
            hopeless = [v for v in wrong if _hopeless(v, _without(v, chosen, relations), repair)]
            for value in hopeless:
                search.only_with(value, _without(value, chosen, relations))
            if not hopeless:
                search.close(chosen)
        if enough:
            return


def _suspicious(verdict: Verdict) -> list[Wrong]:
    """What can be wrong about a relation: its figures, and the words of a failed one that rests on words."""
    of_words = verdict.status == "failed" and verdict.candidate.rule in WORDS
    return [*verdict.figures, *([verdict] if of_words else [])]


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


class _Search:
    """The sets that are worth a try by rules, each of which names what there must be one of."""

    def __init__(self, covers: Sequence[Rule]) -> None:
        self.covers = covers
        self.beside: defaultdict[Wrong, list[Rule]] = defaultdict(list)
        self.closed: list[set[Wrong]] = []

    def sets(self, chosen: tuple[Wrong, ...], size: int) -> Iterator[tuple[Wrong, ...]]:
        """Those of at most `size` that hold what is chosen and meet all rules known when they come up."""
        rules = [*self.covers, *(rule for one in chosen for rule in self.beside[one])]
        unmet = sorted((rule for rule in rules if not any(one in rule for one in chosen)), key=len)
        if not unmet:
            if not any(known.issubset(chosen) for known in self.closed):
                yield chosen
        elif _apart(unmet) <= size - len(chosen):
            last = size - len(chosen) == 1  # what is chosen now has to meet them all
            for one in unmet[0]:
                if not last or all(one in rule for rule in unmet):
                    yield from self.sets((*chosen, one), size)

    def close(self, chosen: Iterable[Wrong]) -> None:
        """From now on: not all of these are wrong."""
        self.closed.append(set(chosen))

    def only_with(self, value: Value, relations: Iterable[Verdict]) -> None:
        """From now on: the figure is wrong only if something else in these relations is."""
        rule = dict.fromkeys(x for relation in relations for x in _suspicious(relation) if x is not value)
        self.beside[value].append(rule)


def _apart(rules: Sequence[Rule]) -> int:
    """How many of the rules have nothing in common: so many things are needed at the least."""
    apart: list[Rule] = []
    for rule in rules:
        if all(rule.keys().isdisjoint(other) for other in apart):
            apart.append(rule)
    return len(apart)
