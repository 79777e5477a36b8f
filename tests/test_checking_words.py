"""What words contradict: reasons, the order of outturn and budget, years. Every document here is made up."""

from claimbook import Book

T = "sangong_total"


def completed(rate: str, **more: str) -> Book:
    return Book().put(T, "60.00").put(T, rate, "%", "completion_rate", versus=more.get("versus", "budget"))


def test_a_reason_against_the_order_of_outturn_and_budget() -> None:
    def reason(rate: str, order: str, direction: str) -> list[tuple[str, str]]:
        book = completed(rate).say().remark("budget_order", order, metric=T)
        return book.remark("reason", direction, metric=T, versus="budget").found

    assert reason("95.00", "down", "up") == [("RSN003", "certain")]
    assert reason("95.00", "down", "down") == []
    # the words about the budget are wrong themselves: that is told, and nothing of the reason
    assert reason("95.00", "up", "down") == [("BUD001", "certain")]


def test_order_words_some_clauses_behind_the_rate() -> None:
    def order(direction: str, versus: str | None = None) -> list[tuple[str, str]]:
        book = completed("91.84").change(T, "10.00", "20.00")
        return book.say().remark("budget_order", direction, metric=T, versus=versus).found

    assert order("down") == []
    assert order("up") == [("BUD001", "certain")]
    assert order("up", "initial_budget") == []  # of another budget than the rate
    assert order("open") == []


def test_order_words_behind_a_list_may_mean_its_whole() -> None:
    def order(direction: str) -> list[tuple[str, str]]:
        book = completed("90.00").say()
        book.put("vehicle_total", "40.00").put(
            "vehicle_total", "95.00", "%", "completion_rate", versus="budget"
        )
        book.put("reception", "20.00").put("reception", "100.00", "%", "completion_rate", versus="budget")
        return [
            f for f in book.say().remark("budget_order", direction, metric="reception").found if "BUD" in f[0]
        ]

    assert order("down") == []
    assert order("flat") == []
    assert order("up") == []  # 100.00 may be a little more
    book = completed("90.00").say()
    book.put("vehicle_total", "40.00").put("vehicle_total", "95.00", "%", "completion_rate", versus="budget")
    book.put("reception", "20.00").put("reception", "93.00", "%", "completion_rate", versus="budget")
    assert ("BUD001", "certain") in book.say().remark("budget_order", "flat", metric="reception").found


def years(odd: int, others: int) -> list[tuple[str, str]]:
    book = Book()
    for number in range(odd + others):
        book.put(f"m{number}", "60.00")
        year = 2023 if number < odd else 2022
        book.change(f"m{number}", "10.00", "20.00", versus_year=year).say()
    return book.found


def test_a_comparison_with_its_own_year_is_certain_where_it_is_the_exception() -> None:
    assert years(1, 5) == [("YER001", "certain")]
    assert years(0, 6) == []


def test_a_year_that_was_misread_is_doubted_once() -> None:
    assert years(5, 1) == [("YER001", "likely")]


def test_an_amount_under_the_wrong_year_is_no_repeat_of_its_own() -> None:
    book = Book()
    for number in range(5):
        book.put(f"m{number}", "60.00").change(f"m{number}", "10.00", "20.00", versus_year=2022).say()
    book.put(T, "60.00").say().put(T, "50.00").change(T, "10.00", "20.00", versus_year=2023)
    assert book.found == [("YER001", "certain")]


def test_counts_at_one_date_are_one_finding() -> None:
    book = Book().put("state_vehicles", "3", "辆", "count", year=2022)
    assert book.put("equipment_1m", "1", "台", "count", year=2022).found == [("YER002", "likely")]


def flows(*years: int) -> list[tuple[str, str]]:
    """Total income told once of each of these years, beside five flows of the account's own year."""
    book = Book()
    for number in range(5):
        book.put(f"m{number}", "60.00").change(f"m{number}", "10.00", "20.00", versus_year=2022).say()
    for year in years:
        amount, change = ("60.00", "10.00") if year == 2023 else ("50.00", "8.33")
        book.put("total_income", amount, year=year)
        book.change("total_income", change, "20.00", year=year, versus_year=year - 1).say()
    return book.found


def test_a_flow_told_of_another_year_alone_is_doubted() -> None:
    assert flows(2022) == [("YER003", "likely")]
    assert flows(2024) == [("YER003", "likely")]


def test_a_look_back_beside_the_year_itself_is_none() -> None:
    assert flows(2022, 2023) == []
    assert flows(2023) == []


def test_where_most_is_of_another_year_the_documents_own_is_in_doubt() -> None:
    assert flows(2022, 2022, 2021, 2021, 2020) == []
