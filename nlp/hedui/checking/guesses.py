"""What may be right in the place of a printed figure: slips of the pen undone."""

from collections.abc import Iterator
from itertools import pairwise

from hedui.intervals import Interval, plain, printed
from hedui.values import dataclass


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
