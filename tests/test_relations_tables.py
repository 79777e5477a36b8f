"""What tables state is held against the narrative, against one another and against their own sums."""

from pathlib import Path
from typing import Any

import hedui
from claimbook import Book
from hedui.model import Report

GPB = "gpb_expenditure"
T05: dict[str, Any] = {"origin": "table", "pattern": "table:general_budget"}
T04: dict[str, Any] = {"origin": "table", "pattern": "table:fiscal"}


def items(book: Book, *rows: tuple[str, str], **where: Any) -> Book:
    """Rows of a table of items of the general budget."""
    for code, value in rows:
        book.say().put("function_item", value, item=code, scope=GPB, **(where or T05))
    return book


def narrative(book: Book, *rows: tuple[str, str]) -> Book:
    """A list of items below the account that they make up."""
    book.put(GPB, "100.00")
    for code, value in rows:
        book.say().put("function_item", value, item=code)
    return book


def test_items_of_one_account_agree() -> None:
    def found(told: str, tabled: str) -> list[tuple[str, str]]:
        return items(narrative(Book(), ("208", told)).section("表"), ("208", tabled)).found

    assert found("12.35", "12.35") == []
    assert found("12.35", "12.34") == [("TAB001", "likely")]
    assert found("12.35", "13.35") == [("TAB001", "certain")]


def test_precision_of_another_unit() -> None:
    def found(tabled: str) -> list[tuple[str, str]]:
        return Book().put(GPB, "12.35").section("表").put(GPB, tabled, "元", **T05).found

    assert found("123,456.78") == []
    assert found("123,556.78") == [("TAB001", "certain")]


def test_accounts_are_kept_apart() -> None:
    book = Book().put("expenditure_this_year", "100.00").say().put("basic_expenditure", "60.00")
    book.section("表").put("gpb_basic", "50.00", **T05)
    assert book.put("basic_expenditure", "40.00", scope="fund_expenditure", **T04).found == []
    assert book.put("meeting", "0.19", **T04).section("二").put("meeting", "11.48").found == []


def test_a_value_of_another_account_is_no_contradiction() -> None:
    book = items(narrative(Book(), ("208", "15.00")).section("表"), ("208", "12.00"))
    where = {"origin": "table", "pattern": "table:account"}
    book.section("另表").put("function_item", "15.00", item="208", scope="expenditure_this_year", **where)
    assert book.found == []


def test_tables_of_another_account_are_not_judged() -> None:
    rows = [("201", "10.00"), ("205", "20.00"), ("208", "30.00"), ("210", "40.00")]
    book = items(narrative(Book(), *rows).section("表"), *((code, "77.00") for code, _ in rows))
    assert book.found == []
    assert {r.status for r in book.check()[0] if r.rule == "TAB001"} == {"undecidable"}


def test_two_tables() -> None:
    def found(summary: str) -> list[tuple[str, str]]:
        book = items(Book().section("总表"), ("208", summary), **T04)
        return items(book.section("明细"), ("208", "326.72"), **T05).found

    assert found("326.72") == []
    assert found("326.71") == [("TAB001", "likely")]
    assert found("306.72") == [("TAB001", "certain")]


def test_one_slip_in_accounts_that_coincide_is_told_once() -> None:
    book = Book()
    for kind, value in (("account", "326.71"), ("expenditure", "326.72")):
        where = {"origin": "table", "pattern": f"table:{kind}", "scope": "expenditure_this_year"}
        book.section(kind).put("function_item", value, item="208", **where)
    for kind, value in (("fiscal", "326.71"), ("general_budget", "326.72")):
        where = {"origin": "table", "pattern": f"table:{kind}", "scope": GPB}
        book.section(kind).put("function_item", value, item="208", **where)
    assert book.found == [("TAB001", "likely")]


def tree(book: Book, total: str, *rows: tuple[str, str], **where: Any) -> list[tuple[str, str]]:
    items(book.section("表"), *rows, **(where or T05))
    return book.say().put(GPB, total, **(where or T05)).found


def test_items_add_up_level_by_level() -> None:
    rows = [("208", "12.00"), ("20805", "12.00"), ("2080505", "8.00"), ("2080506", "4.00"), ("210", "3.00")]
    assert tree(Book(), "15.00", *rows) == []
    assert tree(Book(), "16.00", *rows) == [("TAB002", "certain")]
    assert tree(Book(), "15.01", *rows) == []
    assert tree(Book(), "15.00", *rows[:3], ("2080506", "5.00"), rows[4]) == [("TAB002", "certain")]
    assert tree(Book(), "16.00", *rows, origin="table", pattern="table:general_budget:partial") == []
    assert tree(Book(), "16.00", *rows, ("208", "12.00")) == []  # an item twice: of two bodies


def test_parts_of_an_item_add_up() -> None:
    def found(basic: str) -> list[tuple[str, str]]:
        book = items(Book().section("表"), ("208", "12.00"))
        book.put("basic_expenditure", basic, item="208", scope=GPB, **T05)
        return book.put("project_expenditure", "2.00", item="208", scope=GPB, **T05).found

    assert found("10.00") == []
    assert found("11.00") == [("TAB002", "certain")]


def test_both_sides_balance() -> None:
    where = {"origin": "table", "pattern": "table:account"}

    def found(begin: str, end: str) -> list[tuple[str, str]]:
        book = Book().section("表").put("income_this_year", "100.00", **where)
        book.put("expenditure_this_year", "95.00", **where).say()
        book.put("carryover_begin", begin, **where).put("carryover_end", end, **where).say()
        return (
            book.put("total_income_expenditure", "105.00", **where)
            .put("total_income_expenditure", "105.00", **where)
            .found
        )

    assert found("5.00", "10.00") == []
    assert found("6.00", "10.00") == [("TAB002", "certain")]
    assert found("5.00", "11.00") == [("TAB002", "certain")]


def test_what_each_part_has_of_its_own_adds_up() -> None:
    def found(end: str, total: str) -> list[tuple[str, str]]:
        book = Book().section("表").put("fiscal_expenditure", "100.00", **T04).put(GPB, "92.00", **T04)
        book.put("fund_expenditure", "8.00", **T04).say()
        book.put("carryover_end", "3.00", scope="fiscal_expenditure", **T04)
        book.put("carryover_end", "2.00", scope=GPB, **T04)
        book.put("carryover_end", end, scope="fund_expenditure", **T04).say()
        book.put("fiscal_total", "103.00", **T04).put("fiscal_total", total, scope=GPB, **T04)
        return book.put("fiscal_total", "9.00", scope="fund_expenditure", **T04).found

    assert found("1.00", "94.00") == []
    assert found("2.00", "94.00") == [("TAB002", "certain"), ("TAB002", "certain")]
    assert found("1.00", "95.00") == [("TAB002", "certain"), ("TAB002", "certain")]


def test_an_account_and_its_details() -> None:
    where = {"origin": "table", "pattern": "table:general_basic"}

    def found(personnel: str) -> list[tuple[str, str]]:
        book = Book().section("表").put("gpb_basic", "60.00", **T05).section("明细")
        return book.put("personnel", personnel, **where).put("public_operating", "12.00", **where).found

    assert found("48.00") == []
    assert found("49.00") == [("TAB002", "certain")]


DOCUMENT = """某某市某某局2024年度部门决算

一、一般公共预算财政拨款支出决算情况说明
2024年度一般公共预算财政拨款支出{total}万元，其中：基本支出60.00万元，项目支出20.00万元。
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）{name}（项）。支出决算为60.00万元。
2.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）一般行政管理事务（项）。支出决算为20.00万元。

一般公共预算财政拨款支出决算表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t80.00\t60.00\t20.00
20103\t政府办公厅（室）及相关机构事务\t80.00\t60.00\t20.00
2010301\t行政运行\t60.00\t60.00\t
2010302\t一般行政管理事务\t20.00\t\t20.00
合计\t\t80.00\t60.00\t20.00
"""


def checked(**fields: str) -> Report:
    return hedui.check(text=DOCUMENT.format(**({"total": "80.00", "name": "行政运行"} | fields)))


def test_documents() -> None:
    assert [f.rule for f in checked().findings if f.certainty == "certain"] == []
    assert "TAB001" in [f.rule for f in checked(total="81.00").findings if f.certainty == "certain"]
    assert "TAB003" in [f.rule for f in checked(name="退休人员活动经费").findings if f.certainty == "certain"]


def test_real_documents(shared: Path) -> None:
    report = hedui.check(shared / "corpus" / "tongnan-2024-final.txt")
    relations = [r for r in report.relations if r.rule.startswith("TAB")]
    assert len(relations) > 250
    assert {r.status for r in relations} == {"held"}
