"""The year before, as the changes tell it. All made up."""

import pytest

from claimbook import Book

PARTS = ("gpb_expenditure", "fund_expenditure", "soe_expenditure")


def grown(metric: str, amount: str, rate: str, direction: str) -> Book:
    book = Book().put(metric, amount)
    return book.put(metric, rate, "%", "change_rate", versus="prior_year", direction=direction)


@pytest.mark.parametrize(("direction", "expected"), [("up", []), ("down", [("SUM006", "certain")])])
def test_a_part_was_no_larger_than_its_whole(direction: str, expected: list[tuple[str, str]]) -> None:
    book = grown("fiscal_expenditure", "255.36", "7.20", "up").say().put("gpb_expenditure", "255.36")
    book.put("gpb_expenditure", "7.20", "%", "change_rate", versus="prior_year", direction=direction)
    assert book.found == expected


@pytest.mark.parametrize(("change", "expected"), [("10.00", []), ("40.00", [("SUM006", "certain")])])
def test_parts_together(change: str, expected: list[tuple[str, str]]) -> None:
    book = Book().put("fiscal_expenditure", "100.00")
    book.put("fiscal_expenditure", "30.00", measure="change", versus="prior_year", direction="down").say()
    for metric, amount, fell in zip(
        PARTS, ("70.00", "20.00", "10.00"), ("10.00", change, "5.00"), strict=True
    ):
        book.put(metric, amount)
        book.put(metric, fell, measure="change", versus="prior_year", direction="down")
    assert book.found == expected


def test_what_does_not_agree_with_itself_tells_nothing_of_the_year_before() -> None:
    book = Book().put("fiscal_expenditure", "100.00").change("fiscal_expenditure", "10.00", "11.11").say()
    book.put("gpb_expenditure", "95.00").change("gpb_expenditure", "20.00", "3.00", "down")
    assert book.found == [("CHG001", "certain")]
