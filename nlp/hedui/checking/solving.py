"""Which numbers its relations ask for in the place of a figure.

Each relation is monotone in each of its figures, so the numbers that fit it are consecutive; and the ends of both its
sides are quotients of linear functions, so that three samples tell where to look for the first and the last.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from sys import maxsize

from hedui.exact import Fraction
from hedui.intervals import YUAN, Interval, decimals, plain, printed
from hedui.relations import Candidate, Reading, Value
from hedui.relations.judging import side, with_one
from hedui.values import dataclass

PLACES = 2  # decimals that the right value may have where fewer are printed
BEYOND = 10_000  # so many times a figure the right one is at most: 元 for 万元


def solutions(value: Value, relations: Sequence[Candidate], base: Reading) -> Iterator[str]:
    """The middle of the numbers that fit all relations in the place of a figure.

    With as many decimals as are printed, or up to two; nothing where no relation asks for equality, so that
    any smaller number fits, or where none fits.
    """
    if all(candidate.order != "equal" for candidate in relations):
        return
    places = decimals(value.claim.value)
    counted = value.printed.low == value.printed.high
    for digits in range(places, 1 + (places if counted else max(places, PLACES))):
        numbers = _Numbers(value, digits)
        fits = numbers.counts
        for candidate in relations:
            low, high = numbers.fitting(candidate, base, fits)
            fits = fits[low:high]
            if not fits:
                break
        else:
            yield numbers.text(fits[(len(fits) - 1) // 2])


@dataclass(frozen=True, slots=True)
class Reach:
    """The sizes that may fit a relation in the place of a figure: as counts of its last digit, each worth `unit`."""

    least: int
    most: int | None
    unit: Fraction

    def meets(self, interval: Interval) -> bool:
        """Whether some true value of what may be right lies within."""
        size = interval.unsigned()
        return self.least * self.unit <= size.high and (
            self.most is None or size.low <= self.most * self.unit
        )

    def holds(self, text: str) -> bool:
        """Whether a number with as many decimals as the figure can lie within: a quick look before the exact one."""
        count = abs(int(text.replace(".", "")))
        return self.least <= count + 1 and (self.most is None or count - 1 <= self.most)


def reach(value: Value, candidate: Candidate, base: Reading) -> Reach:
    """The sizes that may fit a relation in the place of a figure."""
    numbers = _Numbers(value, decimals(value.claim.value))
    low, high = numbers.fitting(candidate, base, numbers.counts)
    if low == high and low in (0, len(numbers.counts)):
        return Reach(0, None, numbers.unit)  # all are too small, or all too large: which, does not show
    least = numbers.counts[low - 1] if low else 0
    return Reach(least, numbers.counts[high] if high < len(numbers.counts) else None, numbers.unit)


class _Numbers:
    """The numbers of so many decimals that may stand in the place of a figure, each by its count of last digits."""

    def __init__(self, value: Value, digits: int) -> None:
        number = plain(value.claim.value)
        self.value = value
        self.digits = digits
        self.minus = "-" if number < 0 else ""
        self.own = int(abs(number).scaleb(digits))
        self.counts = range(1, min(BEYOND * (1 + self.own), maxsize))  # longer ranges have no len()

    @property
    def unit(self) -> Fraction:
        """What one count stands for: in 元 for money, else in the printed unit."""
        return Fraction(YUAN.get(self.value.claim.unit, 1), 10**self.digits)

    def text(self, count: int) -> str:
        """A number as it would be printed, without separators of thousands."""
        return f"{self.minus}{Decimal(count).scaleb(-self.digits):f}"

    def fitting(self, candidate: Candidate, base: Reading, counts: range) -> tuple[int, int]:
        """Which counts fit a relation: the place of the first that does, and of the first behind that does not."""

        def read(count: int) -> Reading:
            return with_one(self.value, printed(self.text(count), self.value.claim.unit), base)

        def at(count: int) -> int:
            return side(candidate, read(count))

        first, last = at(counts[0]), at(counts[-1])
        if first == last:  # and so are all between: too small, fitting, too large
            return len(counts) if first < 0 else 0, 0 if first > 0 else len(counts)
        rising = 1 if first < last else -1
        near, far = (min(max(n - counts[0], 0), len(counts) - 1) for n in self._edges(candidate, read))
        low = _first(counts, lambda count: rising * at(count) >= 0, near)
        return low, _first(counts, lambda count: rising * at(count) > 0, max(low, far), low)

    def _edges(self, candidate: Candidate, read: Callable[[int], Reading]) -> tuple[int, int]:
        """About where the numbers that fit begin and end."""
        samples = [(1 + self.own) * n for n in (1, 2, 4)]
        try:
            sides = [(candidate.stated(read(n)), candidate.expected(read(n))) for n in samples]
            edges = [
                _root(samples, [stated.high - expected.low for stated, expected in sides]),
                _root(samples, [stated.low - expected.high for stated, expected in sides]),
            ]
        except ZeroDivisionError:
            return self.own, self.own
        return min(edges), max(edges)


def _root(x: Sequence[int], y: Sequence[Fraction]) -> int:
    """Where a quotient of linear functions through three points is nothing: by their cross-ratio, which it keeps.

    ZeroDivisionError where it is nowhere.
    """
    ratio = y[0] * (y[1] - y[2]) / (y[2] * (y[1] - y[0]))
    left, right = x[1] - x[2], ratio * (x[1] - x[0])
    return int((x[0] * left - x[2] * right) / (left - right))


def _first(counts: range, reached: Callable[[int], bool], near: int, least: int = 0) -> int:
    """The place, not before `least`, of the first count that has reached something: sought outward from `near`."""
    step = 1
    if near < len(counts) and not reached(counts[near]):
        low = high = near + 1
        while high < len(counts) and not reached(counts[high]):
            low, high, step = high + 1, high + step, 2 * step
    else:
        low, high = near - 1, near
        while low >= least and reached(counts[low]):
            low, high, step = low - step, low, 2 * step
        low = max(low + 1, least)
    return bisect_left(counts, True, low, min(high, len(counts)), key=reached)
