"""Who is blamed for a contradiction, and with which value it would hold."""

import pytest

from claimbook import Book
from hedui.guesses import one_digit, shifted, swapped

T = "sangong_total"


def blamed(book: Book) -> list[tuple[str, str]]:
    """The suspects of the only finding: figure as printed, and what it ought to be."""
    (finding,) = book.check()[1]
    printed = {c.id: c.value + c.unit for c in book.claims}
    return [(printed[s.claim], s.value) for s in finding.suspects]


def parts(abroad: str, vehicles: str, reception: str) -> Book:
    book = Book().put(T, "60.00").put("abroad", abroad)
    return book.put("vehicle_total", vehicles).put("reception", reception)


def test_swapped_digits_of_a_part() -> None:
    assert ("21.00万元", "12.00万元") in blamed(parts("21.00", "34.50", "13.50"))


def test_a_figure_that_others_confirm_is_no_suspect() -> None:
    book = parts("21.00", "34.50", "13.50")
    book.say().put("abroad", "21.00").put("abroad", "35.00", "%", "share", versus=T)
    assert "21.00万元" not in [figure for figure, _ in blamed(book)]


def test_a_rate_taken_of_this_year() -> None:
    assert blamed(Book().put(T, "1050.28").change(T, "92.05", "8.76"))[0] == ("8.76%", "9.61%")


def test_what_is_printed_elsewhere_comes_first() -> None:
    book = Book().put(T, "60.00").say().put(T, "60.00").say().put(T, "66.00")
    assert blamed(book)[0] == ("66.00万元", "60.00万元")


def test_a_wrong_unit_names_the_unit() -> None:
    book = Book().put(T, "60.00").change(T, "10.00", "20.00").say()
    book.put("reception", "30.00").put(
        "reception", "5.00", "元", "change", versus="prior_year", direction="up"
    )
    book.put("reception", "20.00", "%", "change_rate", versus="prior_year", direction="up")
    assert blamed(book) == [("5.00元", "5.00万元")]


def test_separators_of_thousands_are_kept() -> None:
    book = Book().put(T, "6,000.00").put("abroad", "2,100.00").put("vehicle_total", "3,450.00")
    assert ("2,100.00万元", "1,200.00万元") in blamed(book.put("reception", "1,350.00"))


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (swapped("10.25"), {"12.05", "10.52"}),
        (shifted("1.5"), {"15", "0.15", "150", "0.015"}),
    ],
)
def test_slips_of_the_pen(ways: list[str], expected: set[str]) -> None:
    assert set(ways) == expected


def test_one_digit_keeps_the_length_of_the_number() -> None:
    found = set(one_digit("12"))
    assert {"22", "10", "19"} <= found
    assert "02" not in found
    assert len(found) == 8 + 9
