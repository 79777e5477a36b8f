"""Totals told by the list behind them, by the difference to a budget, by their parts alone. All made up."""

import pytest

import hedui
from claimbook import Book


def test_the_budget_behind_a_difference() -> None:
    def completed(difference: str) -> list[tuple[str, str]]:
        book = Book().put("gpb_expenditure", "4890.33")
        book.put("gpb_expenditure", "108.7", "%", "completion_rate", versus="initial_budget")
        return book.put(
            "gpb_expenditure", difference, measure="change", versus="initial_budget", direction="up"
        ).found

    assert completed("390.33") == []
    assert completed("309.33") == [("CMP001", "certain")]


def test_kinds_in_the_sentence_behind_their_total() -> None:
    def cars(other: str, *between: str) -> list[tuple[str, str]]:
        book = Book().put("vehicles_owned", "12", "辆", "count")
        book.put("vehicles_owned", "2", "辆", "change", versus="prior_year", direction="down").say()
        for metric in between:
            book.put(metric, "3", "台", "count").say()
        for part, value in (("a", "6"), ("b", "5"), ("c", other)):
            book.put("vehicles_owned_kind", value, "辆", "count", part=part)
        return book.found

    assert cars("1") == []
    assert cars("2") == [("CNT002", "certain")]
    assert cars("2", "equipment_1m") == []


def test_basic_expenditure_and_assets_by_their_parts() -> None:
    def basic(personnel: str) -> list[tuple[str, str]]:
        book = Book().put("basic_expenditure", "100.00").say()
        return book.put("personnel", personnel).put("public_operating", "20.00").found

    assert basic("80.00") == []
    assert basic("88.00") == [("SUM001", "certain")]
    book = Book().put("assets_total", "90.00", basis="other")
    book.put("liabilities_total", "30.00", basis="other").put("net_assets", "50.00", basis="other")
    assert book.found == [("SUM001", "certain")]


def test_shares_of_a_total_that_only_its_parts_tell() -> None:
    def shares(vehicles: str) -> list[tuple[str, str]]:
        book = Book()
        for metric, amount, share in (
            ("abroad", "12.60", "30.00"),
            ("vehicle_total", "18.90", vehicles),
            ("reception", "10.50", "25.00"),
        ):
            book.put(metric, amount).put(metric, share, "%", "share", versus="sangong_total")
        return book.found

    assert shares("45.00") == []
    assert shares("54.00") == [("SHR001", "certain")]


def test_persons_are_no_fewer_than_their_groups() -> None:
    def received(groups: str, persons: str, kind: str = "reception") -> list[tuple[str, str]]:
        book = Book().put("abroad_groups" if kind == "abroad" else f"{kind}_batches", groups, "批次", "count")
        return book.put(f"{kind}_persons", persons, "人次", "count").found

    assert received("21", "163") == []
    assert received("21", "13") == [("CNT003", "certain")]
    assert received("5", "0") == [("CNT003", "certain")]
    assert received("0", "8") == [("CNT003", "certain")]
    assert received("0", "0") == []
    assert received("3", "2", "abroad") == [("CNT003", "likely")]


def test_shares_without_amounts_are_all_of_their_whole_together() -> None:
    def shares(*percent: str) -> list[tuple[str, str]]:
        book = Book()
        for metric, share in zip(
            ("procurement_goods", "procurement_works", "procurement_services"), percent, strict=False
        ):
            book.put(metric, share, "%", "share", versus="procurement_total")
        return book.found

    assert shares("60.00", "30.00", "10.00") == []
    assert shares("60.00", "30.00", "20.00") == [("SHR002", "certain")]
    assert shares("60.00", "30.00", "5.00") == [("SHR002", "certain")]
    assert shares("60.00", "30.00") == []  # something else may be bought
    assert shares("60.00", "50.00") == [("SHR002", "certain")]
    assert shares("0.00", "0.00", "0.00") == []


def test_ratios_behind_all_their_amounts() -> None:
    def shares(vehicles: str) -> list[tuple[str, str]]:
        book = Book().put("sangong_total", "35.98").say()
        for metric, amount in (("abroad", "0"), ("vehicle_total", "31.88"), ("reception", "4.10")):
            book.put(metric, amount)
        for metric, share in (("abroad", "0.00"), ("vehicle_total", vehicles), ("reception", "11.40")):
            book.put(metric, share, "%", "share", versus="sangong_total")
        return book.found

    assert shares("88.60") == []
    assert shares("22.90") == [("SHR001", "certain")]


def test_balances_income_and_expenditure() -> None:
    def balance(left: str) -> list[tuple[str, str]]:
        book = Book().put("carryover_begin", "1.00").put("fund_income", "10.00")
        return book.put("fund_expenditure", "9.00").put("carryover_end", left).found

    assert balance("2.00") == []
    assert balance("3.00") == [("SUM007", "certain")]
    book = Book().put("carryover_begin", "1.00").put("income_this_year", "10.00")
    book.put("expenditure_this_year", "9.00").put("carryover_end", "3.00")
    assert book.found == [("SUM007", "likely")]  # money from earlier balances may have been used
    assert "前提" in book.check()[1][0].message


def test_the_accounts_of_all_levels_are_not_those_of_one() -> None:
    text = (
        "石岭市2022年“三公”经费决算情况说明\n"
        "全市“三公”经费支出合计120万元，其中：公务接待费40万元，公务用车购置及运行维护费80万元。国内公务接待0.5万人次，人均80元。\n"
        "市本级“三公”经费支出50万元，其中：公务接待费20万元，公务用车购置及运行维护费30万元。\n"
    )
    assert [f.rule for f in hedui.check(text=text).findings] == []


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("年末在职人员55人，离退休人员12人，合计67人。", "held"),
        ("年末在职人员55人，离退休人员12人，合计77人。", "failed"),
        (
            "编制60人，年末在职人员55人，离退休人员12人，合计67人。",
            "held",
        ),  # where the list begins, the sum tells
        ("年末在职人员55人，车辆3辆，离退休人员12人，合计67人。", "held"),  # other things are not counted in
        ("年末在职人员55人，合计67人。", None),  # one alone makes no sum
    ],
)
def test_counts_told_together_are_added_up(told: str, status: str | None) -> None:
    report = hedui.check(text=f"某局2023年度部门决算\n{told}")
    assert [r.status for r in report.relations if r.rule == "SUM001"] == ([status] if status else [])
    assert [(f.rule, f.certainty) for f in report.findings] == (
        [("SUM001", "likely")] if status == "failed" else []
    )
