"""What a printed number means: the ends of its interval, its amount, the habit of a document, and how it is shown."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.intervals import (
    Interval,
    amount_in_yuan,
    decimal_text,
    decimals,
    habit,
    is_money,
    plain,
    printed,
    text,
    truncated,
)

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCALES = {
    "元": 1,
    "千元": 10**3,
    "万元": 10**4,
    "万": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
    "亿": 10**8,
}


def between(low: str | int, high: str | int) -> Interval:
    """An interval by its ends, decimals or quotients."""
    return Interval(Fraction(low), Fraction(high))


@pytest.mark.parametrize("unit", SCALES)
def test_money_is_measured_in_yuan(unit: str) -> None:
    assert is_money(unit)
    assert amount_in_yuan("1,234", unit) == str(1234 * SCALES[unit])
    assert printed("1,234", unit) == between(*(Fraction(n, 2) * SCALES[unit] for n in (2467, 2469)))
    assert truncated("1,234", unit) == between(1234 * SCALES[unit], 1235 * SCALES[unit])


def test_what_is_no_money_is_measured_in_its_own_unit() -> None:
    assert not is_money("人")
    assert amount_in_yuan("3", "人") is None
    assert printed("8.5", "%") == between("8.45", "8.55")
    assert truncated("8.5", "%") == between("8.5", "8.6")


@pytest.mark.parametrize("unit", ["", "%", "％", "‰", "百分点", "个百分点", "分", "倍", "平方米", "公里"])
def test_what_is_measured_is_rounded(unit: str) -> None:
    assert printed("12", unit) == between("11.5", "12.5")


@pytest.mark.parametrize("unit", ["人", "人次", "辆", "万人次"])
def test_what_is_counted_is_exact_unless_it_has_decimals(unit: str) -> None:
    assert printed("31", unit) == between(31, 31)
    assert printed("3.1", unit) == between("3.05", "3.15")


def test_separators_and_wide_signs() -> None:
    assert plain("14,206.50") == plain("14，206．50") == plain("14 206.50") == Decimal("14206.5")
    assert plain("－3.2") == Decimal("-3.2")


@pytest.mark.parametrize(
    ("value", "places"), [("14,206.50", 2), ("14,206", 0), ("0.0", 1), ("-3.125", 3), ("1E+3", 0)]
)
def test_decimals(value: str, places: int) -> None:
    assert decimals(value) == places


def test_what_zero_means() -> None:
    assert printed("0", "万元") == between(0, 0)
    assert printed("0.00", "万元") == between(0, 50)
    assert printed("0", "%") == between("-0.5", "0.5")
    assert printed("0.00", "%") == between("-0.005", "0.005")
    assert truncated("0.00", "%") == between(0, "0.01")


def test_money_below_zero_lies_on_both_sides_of_its_print() -> None:
    assert printed("-5", "万元") == between(-55_000, -45_000)
    assert printed("-0.05", "万元") == between(-550, -450)
    assert truncated("-5", "万元") == between(-60_000, -50_000)
    assert truncated("-0.5", "%") == between("-0.6", "-0.5")


def test_more_places_narrow_and_fewer_do_not_widen() -> None:
    assert printed("14,206", "万元") == between(142_055_000, 142_065_000)
    assert printed("14206", "万元", 2) == between(142_059_950, 142_060_050)
    assert printed("14206.50", "万元", 0) == printed("14206.50", "万元")


@UNTIMED
@given(st.decimals(min_value="0.01", max_value=10**6, places=4), st.integers(0, 3))
def test_a_rounded_number_lies_in_the_interval_of_its_print(true: Decimal, places: int) -> None:
    shown = str(true.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    if Decimal(shown) == 0:
        return
    assert printed(shown, "%").contains(Fraction(true))
    assert printed(shown, "万元").contains(Fraction(true) * 10_000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1000", "1000"), ("-12.50", "-12.5"), ("0", "0"), ("1/8", "0.125"), ("1/3", "0.333333333333")],
)
def test_plain_digits(value: str, expected: str) -> None:
    assert decimal_text(Fraction(value)) == expected  # type: ignore[arg-type]


FULL = ["1.23", "4.56", "7.89", "3.21", "6.54"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([*FULL, "14206"], 2),
        ([*FULL, "14206.5"], 2),
        ([*FULL, "-14206"], 2),
        (["-1.23", "-4.56", "7.89", "3.21", "6.54", "14206"], 2),
        ([*FULL[:4], "14206"], None),  # too few make no habit
        ([*FULL[:4], "1.23", "14206"], None),  # nor does one that is printed twice
        ([*FULL, "9.80", "14206"], None),  # a zero that is kept
        (["9.80 ", *FULL, "14206"], None),
        (FULL, None),  # nothing says that zeros are dropped
        ([*FULL, "0"], None),  # and nothing is nothing at any precision
        ([*FULL, "0.00", "14206"], 2),
        ([*FULL, "9.87", "11", "12", "13"], 2),
        ([*FULL, "9.87", "11", "12", "13", "14"], None),  # more than every third
        (["12", "13", "15", "16", "17", "18", "0"], None),
        ([], None),
    ],
)
def test_habit(values: list[str], expected: int | None) -> None:
    assert habit(values) == expected


@pytest.mark.parametrize(
    ("interval", "unit", "expected"),
    [
        (between(31, 31), "人", "31"),
        (between(100, 200), "%", "100–200"),
        (between(12345678901234567, 12345678901234567), "元", "12345678901234567"),  # no float can hold it
        (between("7.5", "8.25"), "%", "7.50–8.25"),
        (between("7.5", "8.5"), "%", "7.5–8.5"),
        (between(75_000, 82_500), "万元", "7.50–8.25"),
        (between("1/3", "1/3"), "%", "0.33"),
        (between("5.004", "5.014"), "%", "5.00–5.01"),  # as wide as the last digit
        (between("5.004", "5.013"), "%", "5.004–5.013"),  # narrower
        (between("5.0041", "5.0133"), "%", "5.004–5.013"),  # to no more decimals than that takes
        (between("5.0004", "5.0013"), "%", "5.0004–5.0013"),
        (between("5.00004", "5.00013"), "%", "5.0000–5.0001"),  # never more than four by the width alone
        (between("-0.5", "0.5"), "%", "-0.5–0.5"),
    ],
)
def test_text(interval: Interval, unit: str, expected: str) -> None:
    assert text(interval, unit) == expected


@pytest.mark.parametrize(
    ("interval", "apart", "expected"),
    [
        (between("5.004", "5.5"), between("4.5", "5.0"), "5.004–5.500"),
        (between("5.0041", "5.5"), between("4.5", "5.0"), "5.004–5.500"),
        (between("4.5", "4.996"), between("5.0", "5.5"), "4.500–4.996"),
        (between("5.604", "6.5"), between("4.5", "5.6"), "5.604–6.500"),
        (between("4.5", "5.59612"), between("5.6", "6.5"), "4.500–5.596"),
        (between("5.006", "5.5"), between("4.5", "5.0"), "5.01–5.50"),
        (between("5.00000004", "6"), between(4, 5), "5.00000004–6.00000000"),
        (between("5.000000004", "6"), between(4, 5), "5–6"),  # eight decimals are not enough
        (between("5.000", "5.5"), between("4.5", "5.0"), "5.0–5.5"),  # the two meet
    ],
)
def test_text_keeps_clear_of_what_it_is_contrasted_with(
    interval: Interval, apart: Interval, expected: str
) -> None:
    assert text(interval, "%", apart) == expected
    in_money = [between(i.low * 10_000, i.high * 10_000) for i in (interval, apart)]
    assert text(in_money[0], "万元", in_money[1]) == expected


def test_a_share_close_to_what_is_printed() -> None:
    last_year = printed("8.56", "万元") - printed("0.59", "万元")
    assert text(last_year, "万元") == "7.96–7.98"
    share = printed("9746.50", "万元") / printed("9759.38", "万元") * between(100, 100)
    assert text(share, "%") == "99.8679–99.8681"


def test_amounts_of_any_length_are_exact() -> None:
    assert amount_in_yuan("１" + "0" * 40 + "1.25", "万元") == "1" + "0" * 40 + "12500"
    assert amount_in_yuan("0." + "0" * 30 + "1", "元") == "0." + "0" * 30 + "1"
    assert amount_in_yuan("-0.05", "元") == "-0.05"
