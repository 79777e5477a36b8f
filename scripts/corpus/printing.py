"""How one document prints its numbers, and which true values a printed number stands for."""

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SCALES = {"元": 1, "万元": 10_000, "万": 10_000, "亿元": 100_000_000}
PERCENTS = ("%", "％")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it stands on the page, with its unit."""

    value: str
    unit: str

    @property
    def interval(self) -> tuple[Fraction, Fraction]:
        """The true values that round to this number: money in 元, rates as fractions, counts exact."""
        number = Fraction(self.value.replace(",", ""))
        decimals = len(self.value.partition(".")[2])
        half = Fraction(1, 2 * 10**decimals)
        if self.unit in PERCENTS:
            return (number - half) / 100, (number + half) / 100
        if self.unit in SCALES:
            scale = SCALES[self.unit]
            return (number - half) * scale, (number + half) * scale
        return number, number

    @property
    def cut_interval(self) -> tuple[Fraction, Fraction]:
        """The same, where the number may also have been cut off instead of rounded."""
        low, high = self.interval
        return low, high + (high - low) / 2


@dataclass(frozen=True, slots=True)
class Habits:
    """The precision and typing habits of one document; no places: dropped zeros."""

    unit: str
    places: int | None
    rate_places: int | None
    separators: bool
    blank: str
    percent: str

    def money(self, amount: Fraction, unit: str | None = None) -> Printed:
        """An amount in 元, printed in the document's unit or the one named."""
        unit = unit or self.unit
        places = 2 if unit == "元" and self.places is not None else self.places
        value = rounded(amount / SCALES[unit], places)
        if self.separators:
            whole, point, rest = value.partition(".")
            value = f"{int(whole):,}{point}{rest}"
        return Printed(value, unit)

    def rate(self, rate: Fraction) -> Printed:
        """A fraction, printed as a percentage."""
        return Printed(rounded(rate * 100, self.rate_places), self.percent)


def rounded(number: Fraction, places: int | None, bare: bool = False) -> str:
    """Half away from zero, as spreadsheets do; `None` keeps two decimals and drops the zeros at the end.

    Unless `bare`, something is never printed as nothing: a number that would round to zero gets more decimals.
    """
    step = Decimal(1).scaleb(-(2 if places is None else places))
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    text = str(exact.quantize(step, ROUND_HALF_UP))
    if number and not Decimal(text) and places != 4 and not bare:
        return rounded(number, 4 if places == 2 or places is None else 2)
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def draw_habits(rng: random.Random, unit: str | None = None) -> Habits:
    """The habits of one document; the unit may be given by its template."""
    unit = unit or rng.choices(["万元", "元"], [5, 1])[0]
    places = rng.choices([2, None, 1, 0], [12, 6, 1, 1])[0] if unit == "万元" else rng.choice([2, 2, None])
    return Habits(
        unit=unit,
        places=places,
        rate_places=rng.choices([2, None, 1, 0], [10, 5, 5, 1])[0],
        separators=rng.random() < (0.7 if unit == "元" else 0.2),
        blank=rng.choices(["", " "], [9, 1])[0],
        percent=rng.choices(PERCENTS, [4, 1])[0],
    )


def rounded_to_cents(rng: random.Random, ten_thousands: float) -> Fraction:
    """A true value to the cent near so many 万元; nothing stays nothing."""
    cents = int(ten_thousands * 1_000_000)
    if not cents:
        return Fraction(0)
    return Fraction(max(cents // 2, cents + rng.randint(-4999, 4999)), 100)
