"""What may be right in the place of a printed figure: slips of the pen undone, and what its relations ask for."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hedui.intervals import Interval, decimals, plain, printed
from hedui.relations import Candidate, Reading, Value
from hedui.relations.judging import side, with_one
from hedui.values import dataclass

PLACES = 2  # decimals that the right value may have where fewer are printed
BEYOND = 10_000  # so many times a figure the right one is at most: 元 for 万元


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
