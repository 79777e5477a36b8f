"""Interval arithmetic holds for every choice of true values, and printed numbers mean what they ought to."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui import intervals
from hedui.intervals import ZERO, Interval, amount_in_yuan, decimals, habit, printed, summed, text, truncated

numbers = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)
amounts = st.decimals(min_value=0, max_value=10**8, places=2).map(str)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval and a value inside it."""
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Interval(low, high), value


@given(spans(), spans())
def test_arithmetic_encloses_every_true_value(
    a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]
) -> None:
    (x, p), (y, q) = a, b
    assert (x + y).contains(p + q)
    assert (x - y).contains(p - q)
    assert (x * y).contains(p * q)
    if not y.contains(0):
        assert (x / y).contains(p / q)
    else:
        with pytest.raises(ZeroDivisionError):
            x / y


@given(spans(), spans())
def test_meeting_is_symmetric_and_touching_is_meeting(
    a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]
) -> None:
    x, y = a[0], b[0]
    assert x.intersects(y) == y.intersects(x)
    assert x.touches(y) == y.touches(x)
    assert not x.touches(y) or x.intersects(y)


@given(st.lists(spans(), max_size=5))
def test_a_sum_encloses_the_sum_of_true_values(parts: list[tuple[Interval, Fraction]]) -> None:
    whole = summed(interval for interval, _ in parts)
    assert whole.contains(sum((value for _, value in parts), Fraction(0)))
    assert whole == sum((interval for interval, _ in parts), ZERO)


@given(spans())
def test_without_its_sign_nothing_lies_below_zero_alone(span: tuple[Interval, Fraction]) -> None:
    interval, value = span
    unsigned = interval.unsigned()
    assert unsigned in (interval, -interval)
    assert unsigned.high >= 0
    assert unsigned.contains(-value if interval.high < 0 else value)


@given(st.decimals(min_value="0.01", max_value=10**6, places=4), st.integers(0, 3))
def test_a_rounded_number_lies_in_the_interval_of_its_print(true: Decimal, places: int) -> None:
    shown = str(true.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    if Decimal(shown) == 0:
        return
    assert printed(shown, "%").contains(Fraction(true))
    assert printed(shown, "万元").contains(Fraction(true) * 10_000)


@given(amounts)
def test_units_and_truncation(value: str) -> None:
    yuan = amount_in_yuan(value, "万元")
    assert yuan is not None
    assert Decimal(yuan) == Decimal(value) * 10_000
    assert truncated(value, "万元").low == Fraction(yuan)
    assert printed(value, "亿").intersects(printed(value, "亿元"))


def test_what_zero_means() -> None:
    assert printed("0", "万元") == Interval(Fraction(0), Fraction(0))
    assert printed("0.00", "万元") == Interval(Fraction(0), Fraction(50))
    assert printed("0.00", "%") == Interval(Fraction(-1, 200), Fraction(1, 200))


def test_counts_are_exact_and_places_narrow() -> None:
    assert printed("31", "人次") == Interval(Fraction(31), Fraction(31))
    assert printed("14,206", "万元") == Interval(Fraction(142055000), Fraction(142065000))
    assert printed("14206", "万元", 2) == Interval(Fraction(142059950), Fraction(142060050))
    assert decimals("14,206.50") == 2
    assert amount_in_yuan("3", "人") is None


def test_touching() -> None:
    assert printed("326.72", "万元").touches(printed("326.71", "万元"))
    assert not printed("326.72", "万元").touches(printed("326.72", "万元"))
    assert not printed("326.72", "万元").intersects(printed("326.74", "万元"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1.23", "4.56", "7.89", "3.21", "6.54", "9.87", "14206"], 2),
        (["1.23", "4.56", "7.89", "3.21", "6.54", "9.80", "14206"], None),
        (["1.23", "14206"], None),
        (["1.23", "4.56", "7.89", "3.21", "6.54"], None),
        (["12", "13", "0"], None),
        ([], None),
    ],
)
def test_habit(values: list[str], expected: int | None) -> None:
    assert habit(values) == expected


def test_text_is_short_and_distinct() -> None:
    last_year = printed("8.56", "万元") - printed("0.59", "万元")
    assert text(last_year, "万元") == "7.96–7.98"
    assert text(printed("31", "人"), "人") == "31"
    share = printed("9746.50", "万元") / printed("9759.38", "万元") * Interval(Fraction(100), Fraction(100))
    assert text(share, "%") == "99.8679–99.8681"
    close = text(Interval(Fraction(50051, 10000), Fraction(6)), "%", printed("5.00", "%"))
    assert close.startswith("5.01")


def test_an_interval_has_its_ends_in_order() -> None:
    with pytest.raises(ValueError, match="lies above"):
        Interval(Fraction(2), Fraction(1))
    assert intervals.is_money("万")
