"""What a printed number can mean: the closed interval of true values behind it, in exact arithmetic.

A printed 8.56 stands for every true value from 8.555 to 8.565. Money is measured in 元, whatever unit was
printed; everything else in its own unit. No float enters here, so that ends can be compared exactly.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from hedui.exact import NOTHING, Fraction, fraction
from hedui.values import dataclass

# How many 元 one unit of money is. 万 and 亿 without 元 are money too: a figure of persons prints 万人.
YUAN = {
    "元": 1,
    "千元": 1_000,
    "万元": 10_000,
    "万": 10_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿元": 100_000_000,
    "亿": 100_000_000,
}

# Units of quantities that are rounded like money; whatever else has a unit is counted, and a count is exact.
ROUNDED = frozenset(["", "%", "％", "‰", "百分点", "个百分点", "分", "倍", "平方米", "公里"])

EVIDENCE = 5  # so many figures with the prevailing decimals make a habit


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of exact numbers, `low <= high`."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"the interval's low end {self.low} lies above its high end {self.high}")

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __mul__(self, other: "Interval") -> "Interval":
        if self.low >= 0 and other.low >= 0:  # as nearly always
            return Interval(self.low * other.low, self.high * other.high)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        """The quotients; ZeroDivisionError where the divisor can be 0."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor can be zero")
        return self * Interval(1 / other.high, 1 / other.low)

    def unsigned(self) -> "Interval":
        """Without a minus sign: of numbers below zero how large they are, anything else as it is."""
        return -self if self.high < 0 else self

    def intersects(self, other: "Interval") -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def touches(self, other: "Interval") -> bool:
        """Whether the two, neither being a single point, meet in nothing but an end point."""
        if self.low == self.high or other.low == other.high:
            return False
        return self.high == other.low or other.high == self.low

    def contains(self, value: Fraction | int) -> bool:
        """Whether the value lies inside, ends included."""
        return self.low <= value <= self.high

    @property
    def middle(self) -> Fraction:
        """The value half way between the ends."""
        return (self.low + self.high) / 2


ZERO = Interval(NOTHING, NOTHING)


def summed(parts: Iterable[Interval]) -> Interval:
    """The sum of intervals; ZERO where there are none."""
    low = high = NOTHING
    for part in parts:
        low, high = low + part.low, high + part.high
    return Interval(low, high)


_LARGE = 10**4000
_PLAIN = {ord(c): None for c in ",， \u00a0"} | {ord("－"): "-", ord("．"): "."}


def bare(value: str) -> str:
    """The printed number without thousands separators, in half-width characters."""
    return value.translate(_PLAIN)


@lru_cache(maxsize=20_000)
def plain(value: str) -> Decimal:
    """The printed number as one; decimal.InvalidOperation for anything that is none."""
    return Decimal(bare(value))


def decimals(value: str) -> int:
    """How many digits stand after the decimal point."""
    return max(0, -int(plain(value).as_tuple().exponent))


def is_money(unit: str) -> bool:
    """Whether the unit is one of money."""
    return unit in YUAN


@lru_cache(maxsize=20_000)
def printed(value: str, unit: str, places: int | None = None) -> Interval:
    """The true values that round, half up, to the printed number: in 元 for money, else in the printed unit.

    `places` replaces the printed number of decimals where the document's habit is to drop zeros. A money
    figure of plain 0 says that there was nothing; 0.00 may hide up to half a unit, and no amount is negative.
    Things counted in whole numbers are exact.
    """
    exact, scale = fraction(plain(value)), YUAN.get(unit, 1)
    digits = decimals(value)
    counted = unit not in YUAN and unit not in ROUNDED
    if digits == 0 and (counted or (exact == 0 and unit in YUAN)):
        return Interval(exact, exact)
    half = Fraction(1, 2 * 10 ** (digits if places is None else max(places, digits)))
    low, high = (exact - half) * scale, (exact + half) * scale
    return Interval(Fraction(0), high) if exact == 0 and unit in YUAN else Interval(low, high)


def truncated(value: str, unit: str) -> Interval:
    """The true values whose further digits were cut off: one unit of the last digit, away from zero."""
    exact, scale = fraction(plain(value)), YUAN.get(unit, 1)
    step = Fraction(1, 10 ** decimals(value))
    low, high = (exact - step, exact) if exact < 0 else (exact, exact + step)
    return Interval(low * scale, high * scale)


@lru_cache(maxsize=20_000)
def amount_in_yuan(value: str, unit: str) -> str | None:
    """The printed amount in 元 as an exact decimal string; None where the unit is none of money."""
    if unit not in YUAN:
        return None
    return decimal_text(fraction(plain(value)) * YUAN[unit])


def habit(values: Iterable[str]) -> int | None:
    """The decimals that a document's money figures have by habit, where it drops trailing zeros; else None.

    A document that prints 4838.27 beside 14206 and never 4838.20 has two decimals and drops zeros. One
    trailing zero disproves it, and a handful of figures prove nothing; where every tenth figure or so has
    fewer decimals, as zeros are dropped, the habit is credible; where more than every third has, it is not.
    """
    numbers = {value for value in values if plain(value) != 0}
    places = {value: decimals(value) for value in numbers}
    if any(count and value.rstrip().endswith("0") for value, count in places.items()):
        return None
    most = max(places.values(), default=None)
    full = sum(count == most for count in places.values())
    fewer = len(numbers) - full
    if fewer == 0 or full < EVIDENCE or 2 * fewer > full:
        return None
    return most


def text(interval: Interval, unit: str, apart: Interval | None = None) -> str:
    """The interval as people read it, in the given unit: `7.96–7.98`, a single value where there is only one.

    Two decimals where there is a fraction, more where the width asks for them, and as many as keep the text
    clear of `apart`, the interval that it is contrasted with, where the two do not meet.
    """
    scale = YUAN.get(unit, 1)
    low, high = interval.low / scale, interval.high / scale
    digits = 2
    while digits < 4 and low != high and (high - low) * 10**digits < 1:
        digits += 1
    if apart is not None and not interval.intersects(apart):
        edge = (apart.low / scale, apart.high / scale)
        while digits < 8 and round(low, digits) <= edge[1] and edge[0] <= round(high, digits):
            digits += 1
    first, last = round(low * 10**digits), round(high * 10**digits)
    while digits and first % 10 == 0 == last % 10:
        first, last, digits = first // 10, last // 10, digits - 1
    shown = _point(first, digits)
    return shown if first == last else f"{shown}–{_point(last, digits)}"


def _point(number: int, digits: int) -> str:
    """A whole number with so many of its digits behind the decimal point."""
    whole = abs(int(number))
    # By its digits: Decimal would round it to 28 of them. Python writes no number of thousands; Decimal does.
    shown = (f"{whole}" if whole < _LARGE else f"{Decimal(whole):f}").rjust(digits + 1, "0")
    return ("-" if number < 0 else "") + (f"{shown[:-digits]}.{shown[-digits:]}" if digits else shown)


@lru_cache(maxsize=20_000)
def decimal_text(value: Fraction) -> str:
    """A fraction as plain digits without trailing zeros, to twelve decimals where its expansion does not end."""
    digits = next((n for n in range(100) if 10**n % value.denominator == 0), 12)
    return _point(round(value * 10**digits), digits)
