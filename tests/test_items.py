"""Lists of classification items and the account that they make up. All made up."""

import pytest

from claimbook import Book

LIST = (("201", "98.01"), ("208", "28.93"), ("210", "53.51"), ("221", "19.55"))
TOTAL = "gpb_expenditure"


def listed(total: str, *, restated: bool, without: str = "") -> list[tuple[str, str]]:
    """A list of items, each with its share; last year's total and a larger account are told before it."""
    book = Book().put(TOTAL, total).put("expenditure_this_year", "400.00")
    book.put(TOTAL, "50.00", "%", "share", versus="expenditure_this_year").say()
    book.put(TOTAL, "190.00", year=2022).say()
    for item, amount in LIST:
        if item != without:
            book.put("function_item", amount, item=item)
            if restated:
                book.put(TOTAL, total)
            share = f"{50 * float(amount) / float(total) * 2:.2f}"
            book.put("function_item", share, "%", "share", item=item, versus=TOTAL).say()
    return book.found


@pytest.mark.parametrize("restated", [True, False])
def test_each_item_is_of_the_account_of_its_list(restated: bool) -> None:
    assert listed("200.00", restated=restated) == []
    assert ("SUM005", "certain") in listed("199.00", restated=restated)
    assert "SUM005" not in {rule for rule, _ in listed("200.00", restated=restated, without="208")}
