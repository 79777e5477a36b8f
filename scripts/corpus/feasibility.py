"""Whether true values exist that fit what is printed: exact linear programming over rationals.

The general simplex for systems of bounds (Dutertre and de Moura, “A Fast Linear-Arithmetic Solver for
DPLL(T)”, CAV 2006): every row gets a slack variable with bounds; a row that cannot be brought inside its
bounds yields a contradiction, which Farkas' lemma makes checkable and which is checked.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from corpus.accounts import Var

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Row:
    """`low` <= sum of coefficient times value <= `high`; None leaves a side open. `tag` tells its origin."""

    coefficients: Mapping[Var, Fraction]
    low: Fraction | None
    high: Fraction | None
    tag: Hashable = None


def contradiction(rows: Sequence[Row]) -> frozenset[Hashable] | None:
    """The tags of rows that no non-negative values satisfy together (one certificate); None if all fit."""
    return _Simplex(rows).solve()


class _Simplex:
    """The tableau: each basic variable as a combination of the others."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        names: dict[Var, int] = {}
        for row in rows:
            for var in row.coefficients:
                names.setdefault(var, len(names))
        count = len(names)
        self.low: list[Fraction | None] = [ZERO for _ in names]
        self.low += [row.low for row in rows]
        self.high: list[Fraction | None] = [None for _ in names]
        self.high += [row.high for row in rows]
        self.value = [ZERO] * (count + len(rows))
        self.tableau: dict[int, dict[int, Fraction]] = {
            count + i: {names[v]: c for v, c in row.coefficients.items() if c} for i, row in enumerate(rows)
        }
        self.count = count

    def solve(self) -> frozenset[Hashable] | None:
        """Bland's rule, smallest index first, so that it ends."""
        while True:
            wrong = min((b for b in self.tableau if self._outside(b)), default=None)
            if wrong is None:
                return None
            low, high, value = self.low[wrong], self.high[wrong], self.value[wrong]
            rising = low is not None and value < low
            target = low if rising else high
            assert target is not None
            row = self.tableau[wrong]
            free = [v for v, c in row.items() if self._can_move(v, (c > 0) == rising)]
            if not free:
                return self._certificate(wrong, rising)
            self._pivot(wrong, min(free), target)

    def _outside(self, v: int) -> bool:
        low, high = self.low[v], self.high[v]
        return (low is not None and self.value[v] < low) or (high is not None and self.value[v] > high)

    def _can_move(self, v: int, up: bool) -> bool:
        bound = self.high[v] if up else self.low[v]
        return bound is None or (self.value[v] < bound if up else self.value[v] > bound)

    def _pivot(self, leaving: int, entering: int, target: Fraction) -> None:
        row = self.tableau.pop(leaving)
        factor = row.pop(entering)
        step = (target - self.value[leaving]) / factor
        self.value[leaving] = target
        self.value[entering] += step
        solved = {v: -c / factor for v, c in row.items()}
        solved[leaving] = 1 / factor
        for basic, other in self.tableau.items():
            weight = other.pop(entering, None)
            if weight is None:
                continue
            self.value[basic] += weight * step
            for v, c in solved.items():
                total = other.get(v, ZERO) + weight * c
                if total:
                    other[v] = total
                else:
                    other.pop(v, None)
        self.tableau[entering] = solved

    def _certificate(self, wrong: int, rising: bool) -> frozenset[Hashable]:
        """The rows whose combination is contradictory, verified on the rows as they were given."""
        weights = {wrong: Fraction(1)} | {v: -c for v, c in self.tableau[wrong].items()}
        combined: dict[Var, Fraction] = {}
        bound, tags = ZERO, set()
        for v, weight in weights.items():
            if v < self.count:
                continue
            row = self.rows[v - self.count]
            upward = (weight > 0) == rising
            limit = row.low if upward else row.high
            assert limit is not None
            bound += weight * limit
            tags.add(row.tag)
            for var, c in row.coefficients.items():
                combined[var] = combined.get(var, ZERO) + weight * c
        # the combination is at least (rising) or at most `bound`; non-negative values keep it elsewhere
        if rising:
            assert bound > 0
            assert all(c <= 0 for c in combined.values())
        else:
            assert bound < 0
            assert all(c >= 0 for c in combined.values())
        return frozenset(tags)
