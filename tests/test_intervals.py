"""Interval arithmetic holds for every choice of true values, and gives no wider interval than that takes."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.intervals import ZERO, Interval, summed

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
numbers = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


def between(low: Fraction | int, high: Fraction | int) -> Interval:
    """An interval by its ends."""
    return Interval(Fraction(low), Fraction(high))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval and a value inside it."""
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Interval(low, high), value


def test_an_interval_has_its_ends_in_order() -> None:
    with pytest.raises(ValueError, match="lies above"):
        Interval(Fraction(2), Fraction(1))
    assert between(2, 2) == Interval(Fraction(2), Fraction(2))


def test_exact_ends() -> None:
    assert between(1, 2) + between(10, 30) == between(11, 32)
    assert between(1, 2) - between(10, 30) == between(-29, -8)
    assert -between(-1, 2) == between(-2, 1)
    assert summed([between(1, 2), between(10, 30), between(-5, 0)]) == between(6, 32)
    assert summed([]) == ZERO == between(0, 0)
    assert between(1, 4).middle == Fraction(5, 2)
    assert {between(1, 2), between(1, 2)} == {between(1, 2)}


@pytest.mark.parametrize(
    ("x", "y", "product"),
    [
        (between(2, 3), between(5, 7), between(10, 21)),
        (between(0, 3), between(0, 7), between(0, 21)),
        (between(-2, 3), between(5, 7), between(-14, 21)),
        (between(2, 3), between(-5, 7), between(-15, 21)),
        (between(-2, 3), between(-5, 7), between(-15, 21)),
        (between(-3, -2), between(-7, -5), between(10, 21)),
        (between(Fraction(-1, 2), 1), between(2, 3), between(Fraction(-3, 2), 3)),
    ],
)
def test_exact_ends_of_products(x: Interval, y: Interval, product: Interval) -> None:
    assert x * y == y * x == product


def test_exact_ends_of_quotients() -> None:
    assert between(10, 21) / between(5, 7) == between(Fraction(10, 7), Fraction(21, 5))
    assert between(10, 21) / between(-7, -5) == between(Fraction(-21, 5), Fraction(-10, 7))
    assert between(1, 1) / between(Fraction(1, 2), 1) == between(1, 2)


@pytest.mark.parametrize("divisor", [between(0, 1), between(-1, 0), between(-1, 1), ZERO])
def test_nothing_is_divided_by_what_can_be_nothing(divisor: Interval) -> None:
    with pytest.raises(ZeroDivisionError, match="the divisor can be zero"):
        between(1, 2) / divisor


def test_only_what_lies_below_zero_altogether_loses_its_sign() -> None:
    assert between(-3, -1).unsigned() == between(1, 3)
    assert between(-3, 0).unsigned() == between(-3, 0)
    assert between(-1, Fraction(1, 2)).unsigned() == between(-1, Fraction(1, 2))
    assert between(-1, Fraction(-1, 2)).unsigned() == between(Fraction(1, 2), 1)


def test_ends_belong_to_an_interval() -> None:
    interval = between(1, 3)
    assert interval.contains(1)
    assert interval.contains(2)
    assert interval.contains(3)
    assert not interval.contains(Fraction(99, 100))
    assert not interval.contains(Fraction(301, 100))


@pytest.mark.parametrize(
    ("x", "y", "meet", "touch"),
    [
        (between(1, 2), between(2, 3), True, True),
        (between(1, 2), between(Fraction(3, 2), 3), True, False),
        (between(1, 2), between(1, 2), True, False),
        (between(1, 4), between(2, 3), True, False),
        (between(1, 2), between(3, 4), False, False),
        (between(1, 2), between(2, 2), True, False),  # a single point lies in the interval or does not
        (between(2, 2), between(2, 2), True, False),
        (between(2, 2), between(3, 3), False, False),
    ],
)
def test_meeting_and_touching(x: Interval, y: Interval, meet: bool, touch: bool) -> None:
    assert x.intersects(y) is y.intersects(x) is meet
    assert x.touches(y) is y.touches(x) is touch


@UNTIMED
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


@UNTIMED
@given(spans(), spans())
def test_meeting_is_symmetric_and_touching_is_meeting(
    a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]
) -> None:
    x, y = a[0], b[0]
    assert x.intersects(y) == y.intersects(x)
    assert x.touches(y) == y.touches(x)
    assert not x.touches(y) or x.intersects(y)


@UNTIMED
@given(st.lists(spans(), max_size=5))
def test_a_sum_encloses_the_sum_of_true_values(parts: list[tuple[Interval, Fraction]]) -> None:
    whole = summed(interval for interval, _ in parts)
    assert whole.contains(sum((value for _, value in parts), Fraction(0)))
    assert whole == sum((interval for interval, _ in parts), ZERO)


@UNTIMED
@given(spans())
def test_without_its_sign_nothing_lies_below_zero_alone(span: tuple[Interval, Fraction]) -> None:
    interval, value = span
    unsigned = interval.unsigned()
    assert unsigned in (interval, -interval)
    assert unsigned.high >= 0
    assert unsigned.contains(-value if interval.high < 0 else value)
