"""What is reported, how certainly, and what is left alone. Every document here is made up."""

from dataclasses import replace

import pytest

import hedui
from claimbook import Book

T = "sangong_total"


@pytest.mark.parametrize(
    ("amount", "change", "rate", "direction", "expected"),
    [
        ("8.56", "0.59", "7.35", "up", []),
        ("8.56", "0.59", "7.48", "up", [("CHG001", "certain")]),
        ("2.24", "0.11", "4.77", "down", []),
        ("1050.28", "92.05", "8.76", "up", [("CHG001", "certain")]),
        ("100.00", "100.00", "100", "up", [("CHG005", "note")]),
        ("5.00", "0", "0", "up", []),
    ],
)
def test_change_and_rate(
    amount: str, change: str, rate: str, direction: str, expected: list[tuple[str, str]]
) -> None:
    assert Book().put(T, amount).change(T, change, rate, direction).found == expected


def test_the_message_tells_the_arithmetic_in_both_languages() -> None:
    (finding,) = Book().put(T, "1050.28").change(T, "92.05", "8.76").check()[1]
    assert "958.22–958.24万元" in finding.message
    assert "9.606–9.607%" in finding.message
    assert "8.76%" in finding.message_en
    assert finding.claims == ("0", "1", "2")
    assert finding.suspects[0].claim == "2"
    assert len(finding.quote) <= 120


def test_opposite_words_are_certain_and_zero_is_harmless() -> None:
    def pair(change: str, rate: str) -> Book:
        book = Book().put(T, "10.00")
        book.put(T, change, measure="change", versus="prior_year", direction="down")
        return book.put(T, rate, "%", "change_rate", versus="prior_year", direction="up")

    assert pair("1.00", "9.09").found == [("DIR001", "certain")]
    assert pair("0", "0").found == []


def test_change_against_a_printed_prior_year() -> None:
    book = Book().put(T, "120.00").put(T, "100.00", year=2022).change(T, "30.00", "20.00")
    assert ("CHG002", "certain") in book.found


def test_share_and_truncation() -> None:
    def share(value: str) -> list[tuple[str, str]]:
        book = Book().put("expenditure_this_year", "9759.38").put("gpb_expenditure", "9746.50")
        return book.put("gpb_expenditure", value, "%", "share", versus="expenditure_this_year").found

    assert share("99.87") == []
    assert share("99.86") == [("SHR001", "likely")]
    assert share("98.86") == [("SHR001", "certain")]


def test_the_amount_of_another_statement_is_not_taken_for_a_share() -> None:
    book = Book().put("procurement_total", "100.00").put("procurement_sme", "80.00")
    book.put("procurement_sme", "80.00", "%", "share", versus="procurement_total")
    book.put("procurement_sme", "60.00", "%", "share", versus="procurement_goods")
    assert book.put("procurement_goods", "50.00").found == []


def test_zero_of_zero_and_nothing_completed() -> None:
    book = Book().put("procurement_total", "0").put("procurement_sme", "0")
    book.put("procurement_sme", "0", "%", "share", versus="procurement_total")
    assert book.found == []
    assert Book().put("abroad", "0").put("abroad", "0", "%", "completion_rate", versus="budget").found == []
    full = Book().put("abroad", "0").put("abroad", "100", "%", "completion_rate", versus="budget")
    assert full.found == [("CMP003", "note")]


def test_parts_divided_by_the_whole_budget() -> None:
    book = Book()
    for metric, amount, rate in (
        (T, "8.56", "53.53"),
        ("abroad", "6.19", "38.69"),
        ("vehicle_total", "2.24", "14.03"),
    ):
        book.say().put(metric, amount).put(metric, rate, "%", "completion_rate", versus="budget")
    assert book.found == [("CMP002", "certain")]


def test_completion_of_an_adjusted_budget_is_left_alone() -> None:
    def completion(rate: str, versus: str) -> list[tuple[str, str]]:
        book = Book().put(T, "50.00", basis="initial_budget").put(T, "80.00")
        return book.put(T, rate, "%", "completion_rate", versus=versus).found

    assert completion("160.00", "initial_budget") == []
    assert completion("150.00", "initial_budget") == [("CMP001", "certain")]
    assert completion("100", "budget") == []
    assert completion("98.00", "budget") == []
    assert completion("170.00", "budget") == [("CMP001", "likely")]


def test_sums_need_all_parts_or_shares_that_say_so() -> None:
    total, basic, project = "expenditure_this_year", "basic_expenditure", "project_expenditure"
    assert Book().put(total, "10.00").put(basic, "6.00").put(project, "3.00").found == []
    assert Book().put(total, "10.00").put(basic, "6.00").put(project, "5.00").found == [("SUM001", "certain")]
    book = Book().put(total, "10.00")
    book.put(basic, "6.00").put(basic, "60.00", "%", "share", versus=total)
    book.put(project, "3.00").put(project, "40.00", "%", "share", versus=total)
    assert ("SUM001", "certain") in book.found
    assert Book().put("vehicle_total", "19.78").put("vehicle_purchase", "0").put(
        "vehicle_operation", "17.78"
    ).found == [("SUM001", "certain")]


def test_a_part_never_exceeds_its_whole() -> None:
    book = Book().put("fiscal_total", "0.3").section("二").put("gpb_expenditure", "2940.05")
    assert book.found == [("SUM002", "certain")]


def test_changes_of_the_parts_and_no_change() -> None:
    def book(total: str) -> Book:
        made = Book().put(T, "10.00", measure="change", versus="prior_year", direction="up")
        made.claims.clear()
        made.put(T, total, measure="change", versus="prior_year", direction="up").say()
        made.put("vehicle_total", "0.09", measure="change", versus="prior_year", direction="down").say()
        made.put("reception", "0.71", measure="change", versus="prior_year", direction="up").say()
        return made.remark("flat", metric="abroad", versus="prior_year")

    assert book("0.62").found == []
    assert book("6.65").found == [("SUM003", "certain")]


def test_repeats() -> None:
    def twice(first: str, second: str, **more: object) -> list[tuple[str, str]]:
        return Book().put("gpb_expenditure", first).section("二").put("gpb_expenditure", second, **more).found

    assert twice("326.72", "326.72") == []
    assert twice("1545", "1545.3") == []
    assert twice("326.72", "326.71") == [("REP001", "likely")]
    assert twice("1177.29", "917.93") == [("REP001", "certain")]
    assert twice("1177.29", "917.93", basis="initial_budget") == []
    assert twice("1177.29", "917.93", scope="project") == []
    assert twice("1177.29", "917.93", year=2022) == []
    assert twice("1177.29", "917.93", approximate=True) == []
    assert twice("1177.29", "917.93", origin="table") == [("TAB001", "certain")]


def test_several_bodies_are_not_repeats() -> None:
    book = Book()
    for value in ("10.00", "20.00", "30.00"):
        book.section(value).put("gpb_expenditure", value)
    assert book.found == []


def test_two_wholes_that_are_one() -> None:
    book = Book().put("expenditure_this_year", "1177.29").put("basic_expenditure", "844.64")
    book.section("二").put("gpb_expenditure", "1177.29")
    book.put("gpb_expenditure", "100", "%", "share", versus="expenditure_this_year")
    assert book.section("三").put("gpb_basic", "844.58").found == [("REP002", "certain")]


def test_a_wrong_unit_is_one_finding() -> None:
    book = Book().put("income_this_year", "5000.00").put("gpb_income", "5000.00").say()
    book.put("total_income_expenditure", "1186.95").section("二").put(T, "1186.95")
    book.put(T, "129.66", "元", "change", versus="prior_year", direction="down")
    book.put(T, "9.85", "%", "change_rate", versus="prior_year", direction="down")
    found = [f for f in book.check()[1] if f.rule == "UNT001"]
    assert [f.certainty for f in found] == ["certain"]
    assert "CHG001" not in [rule for rule, _ in book.found]


def test_items_against_class_and_account() -> None:
    def listed(last: str) -> list[tuple[str, str]]:
        book = Book().put("gpb_expenditure", "200.00")
        for code, value in (("201", "100.00"), ("208", "60.00"), ("210", "40.00")):
            book.put("function_item", value, item=code)
        book.section("二").put("gpb_expenditure", "200.00")
        items = (("2010301", "100.00"), ("2080505", "40.00"), ("2080506", "20.00"), ("2101101", last))
        for code, value in items:
            book.say().put("function_item", value, item=code)
        return book.found

    assert listed("40.00") == []
    assert sorted(listed("38.00")) == [("SUM004", "certain"), ("SUM005", "certain")]
    assert listed("5.00") == []


def test_counts_and_kinds() -> None:
    def cars(last: str) -> list[tuple[str, str]]:
        book = Book().put("vehicles_owned", "14", "辆", "count")
        for part, value in (("a", "6"), ("b", "7"), ("c", last)):
            book.put("vehicles_owned_kind", value, "辆", "count", part=part)
        return book.found

    assert cars("1") == []
    assert cars("2") == [("CNT002", "certain")]
    assert cars("0") == [("CNT002", "certain")]
    projects = Book().put("performance_projects", "11", "个", "count")
    assert projects.put("performance_projects", "113", "项", "count", part="x").found == [
        ("CNT001", "certain")
    ]


def test_average() -> None:
    def per_person(value: str) -> list[tuple[str, str]]:
        book = Book().put("reception", "10.53").put("reception_persons", "1335", "人", "count")
        return book.put("reception_per_person", value, "元", "average").found

    assert per_person("78.90") == []
    assert per_person("87.90") == [("AVG001", "certain")]


def test_budget_words() -> None:
    def words(rate: str, direction: str) -> list[tuple[str, str]]:
        book = Book().put(T, "28.17").put(T, rate, "%", "completion_rate", versus="budget")
        return book.remark("budget_order", direction, metric=T, versus="budget").found

    assert words("100", "flat") == []
    assert words("100.06", "flat") == [("BUD001", "certain")]
    assert words("53.00", "up") == [("BUD001", "certain")]
    assert words("53.00", "down") == []


def test_words_beside_two_budgets_are_left_alone() -> None:
    book = Book().put(T, "28.17").put(T, "120.00", "%", "completion_rate", versus="initial_budget")
    book.put(T, "97.00", "%", "completion_rate", versus="budget")
    assert book.remark("budget_order", "up", metric=T).found == []


def test_kinds_belong_to_the_nearest_total() -> None:
    book = Book().put("performance_projects", "30", "个", "count")
    book.put("performance_projects", "28", "个", "count")
    for part, value in (("a", "24"), ("b", "3"), ("c", "1"), ("d", "0")):
        book.put("performance_rated", value, "个", "count", part=part)
    assert book.found == []


def test_reasons() -> None:
    def reason(direction: str | None) -> list[tuple[str, str]]:
        book = Book().put(T, "1177.29").change(T, "126.14", "9.68", "down")
        return book.remark("reason", direction, metric=T, versus="prior_year").found

    assert reason("down") == []
    assert reason(None) == []
    assert reason("up") == [("RSN001", "certain")]


def test_notes_and_years() -> None:
    assert Book().put(T, "3.00", "万").found == [("UNT002", "note")]
    assert Book().remark("residue", note="x").remark("naming", note="y").found == [
        ("TPL001", "note"),
        ("CLS001", "note"),
    ]
    book = Book().put(T, "3.00", measure="change", versus="prior_year", versus_year=2023, direction="up")
    assert book.found == [("YER001", "likely")]
    assert Book().put("state_vehicles", "3", "辆", "count", year=2022).found == [("YER002", "likely")]


def test_habit_makes_likely() -> None:
    book = Book()
    for value in ("1.23", "4.56", "7.89", "3.21", "6.54", "9.87"):
        book.section(value).put("other", value)
    book.section("末").put("income_this_year", "1165.69").put("other_income", "8")
    book.put("other_income", "0.67", "%", "share", versus="income_this_year")
    assert book.found == [("SHR001", "likely")]


def test_checking_is_deterministic_and_empty_documents_are_fine() -> None:
    assert Book().check() == ((), ())
    book = Book().put(T, "1050.28").change(T, "92.05", "8.76")
    assert book.check() == book.check()


def test_what_was_not_decided_is_told() -> None:
    book = Book().put(T, "1.49", measure="change", versus="prior_year", direction="up")
    book.put(T, "15.80", "%", "change_rate", versus="prior_year", direction="up")
    (relation,) = book.check()[0]
    assert (relation.status, relation.reason) == ("undecidable", "no amount")


def test_a_list_that_ends_with_a_rest_is_complete() -> None:
    def cars(*kinds: tuple[str, str], total: str = "9") -> list[tuple[str, str]]:
        book = Book().put("state_vehicles", total, "辆", "count")
        for name, number in kinds:
            book.put("state_vehicles_kind", number, "辆", "count", part=name)
        return book.found

    rest = ("其他用车", "1")
    listed = (("机要通信用车", "4"), ("应急保障用车", "1"))
    assert cars(*listed) == []
    assert cars(*listed, rest) == [("CNT002", "certain")]
    assert cars(*listed, rest, total="6") == []
    # a beginning of the list that makes up the total is chance, where the kinds stand side by side
    assert cars(*listed, rest, total="5") == [("CNT002", "certain")]


def test_an_increase_larger_than_what_it_led_to() -> None:
    def grown(amount: str, unit: str) -> list[tuple[str, str]]:
        book = Book().put(T, "10.00").say().section("二").put("fiscal_income", amount, unit)
        return book.change("fiscal_income", "2.39", "0.83").found

    assert grown("291.47", "万元") == []
    assert grown("291.47", "元") == [("UNT001", "certain")]


def test_carried_over_money_beside_its_total() -> None:
    def income(*parts: tuple[str, str]) -> list[tuple[str, str]]:
        book = Book().put("total_income", "480.90")
        for metric, value in parts:
            book.put(metric, value)
        return book.found

    assert income(("income_this_year", "460.90"), ("carryover_begin", "20.00")) == []
    assert income(("income_this_year", "460.90"), ("carryover_begin", "30.00")) == [("SUM001", "certain")]
    # something not printed may be missing
    assert income(("income_this_year", "460.90"), ("carryover_begin", "10.00")) == []


def test_another_budget_behind_the_outturn_it_is_compared_with() -> None:
    def found(again: str) -> list[tuple[str, str]]:
        text = f"“三公”经费年初预算为100.00万元，支出决算为95.00万元，占年初预算{again}万元的95.00%。"
        return [(f.rule, f.certainty) for f in hedui.check(text=text).findings]

    assert found("100.00") == []
    assert ("REP001", "certain") in found("110.00")


def test_a_bare_name_leaves_a_list_of_classes_open_and_counts_in_the_total() -> None:
    def items(bare: str) -> list[tuple[str, str]]:
        book = Book().put("gpb_expenditure", "100.00")
        book.put("function_item", "60.00", item="201").put("function_item", "40.00", item="202").say()
        book.section("一").put("gpb_expenditure", "100.00")
        book.put("function_item", "30.00", item="2010101").put("function_item", "40.00", item="2020101")
        book.put("function_item", "25.00", item="2010102").put("function_item", bare, item="运行")
        last = book.claims[-1]
        assert last.item is not None
        book.claims[-1] = replace(last, item=replace(last.item, code=None, match="none"))
        return book.found

    assert items("5.00") == []
    assert ("SUM005", "certain") in items("6.00")
