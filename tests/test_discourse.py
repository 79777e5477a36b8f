"""What figures are about by what was told before them: drafts, accounts, cells, lists in lines. All made up."""

from dataclasses import replace

import hedui
from hedui.model import Report
from hedui.reading.text import READER, document


def checked(*lines: str, kind: str = "department_final", year: int = 2023) -> Report:
    """A document of these lines, checked."""
    made = document("\n".join(lines), "", READER)
    return hedui.check(replace(made, fiscal_year=year, kind=kind))


def told(report: Report, *fields: str) -> list[tuple[object, ...]]:
    """The value of each claim and the fields asked for, in reading order."""
    return [(c.value, *(getattr(c, name) for name in fields)) for c in report.claims]


def rules(report: Report) -> list[tuple[str, str]]:
    return [(f.rule, f.certainty) for f in report.findings]


def test_a_draft_holds_its_year_below_headings_without_one() -> None:
    report = checked(
        "一、2023年预算执行情况",
        "（一）一般公共预算执行情况",
        "全县一般公共预算支出40.00亿元，增长3.1%。",
        "二、2024年预算草案",
        "（一）一般公共预算草案",
        "全县一般公共预算支出拟安排42.00亿元，较2023年执行数增长5.0%。",
        kind="government_report",
    )
    assert told(report, "year", "basis") == [
        ("40.00", 2023, "final"),
        ("3.1", 2023, None),
        ("42.00", 2024, "budget"),
        ("5.0", 2024, None),
    ]
    assert rules(report) == []


def test_spending_under_a_bare_name_goes_with_the_income_before_it() -> None:
    report = checked(
        "四、财政拨款收入支出决算情况",
        "1.一般公共预算财政拨款本年收入90.00万元，比上年增加5.00万元；本年支出92.00万元，比上年增加6.00万元。",
        "2.政府性基金预算财政拨款本年收入0.00万元，与上年持平；本年支出0.00万元，与上年持平。",
        "五、支出决算情况",
        "本年支出合计92.00万元，其中：基本支出60.00万元，项目支出32.00万元。",
    )
    assert [metric for value, metric in told(report, "metric") if value in ("92.00", "0.00")] == [
        "gpb_expenditure",
        "fund_income",
        "fund_expenditure",
        "expenditure_this_year",
    ]
    assert rules(report) == []


def test_parts_in_numbered_lines_behind_their_total() -> None:
    def total(printed: str) -> list[tuple[str, str]]:
        return rules(
            checked(
                "一、收入支出决算总体情况",
                f"（一）收入决算总计{printed}万元。包括：",
                "1．本年收入决算合计90.00万元。与上年相比，减少10.00万元，减少10%。",
                "2．使用非财政拨款结余0.00万元。与上年决算数相同。",
                "3．年初结转和结余5.00万元。",
            )
        )

    assert total("95.00") == []
    assert total("98.00") == [("SUM001", "certain")]


def test_a_bracket_between_an_amount_and_its_completion() -> None:
    def rate(printed: str) -> list[tuple[str, str]]:
        return rules(
            checked(
                "会议费支出预算3.00万元（其中：一般公共预算支出3.00万元），支出决算2.40万元"
                f"（其中：一般公共预算支出2.40万元；政府性基金预算支出0.00万元），完成预算的{printed}%。"
            )
        )

    assert rate("80.00") == []
    assert rate("88.00") == [("CMP001", "certain")]


def test_one_sum_for_income_and_spending_holds_the_balances() -> None:
    report = checked(
        "一、收支总体情况",
        "2023年度总收入120.00万元，总支出120.00万元，与上年相比各增加10.00万元。",
        "二、收入决算情况",
        "本年收入合计115.00万元，其中：财政拨款收入115.00万元，占100.00%。",
        "三、支出决算情况",
        "本年支出合计110.00万元，其中：基本支出60.00万元，项目支出50.00万元。",
    )
    assert told(report, "metric")[:2] == [("120.00", "total_income"), ("120.00", "total_expenditure")]
    assert rules(report) == []


def test_cells_tell_of_what_their_table_is_about() -> None:
    def account(rate: str) -> Report:
        return checked(
            "二、“三公”经费情况",
            "公务接待费支出2.00万元。",
            "项目支出绩效自评表",
            "项目名称\t水库除险加固\t主管部门\t某县水利局",
            f"完成情况\t2023年公务接待费0.20万元，较上年减少0.05万元，下降{rate}%，水库除险加固完成3座。",
            "二、其他情况",
            "完成预算的80.00%。",
        )

    report = account("20.00")
    assert told(report, "metric", "scope")[:2] == [
        ("2.00", "reception", None),
        ("0.20", "reception", "table-1"),
    ]
    assert rules(report) == []
    assert rules(account("2.00")) == [("CHG001", "certain")]
    assert report.claims[-1].scope is None


def test_what_is_left_of_a_template_is_told_once_a_sentence() -> None:
    report = checked(
        "公务接待费支出2.00万元（请根据实际情况填写，没有的请删除，100字以内）。",
        "培训费支出××万元。",
    )
    assert [f.rule for f in report.findings] == ["TPL001", "TPL001"]


def test_a_reason_on_the_next_line() -> None:
    report = checked(
        "公务接待费支出2.00万元，比上年增加0.50万元，增长33.33%，主要原因是：", "接待费支出减少。"
    )
    assert rules(report) == [("RSN001", "certain")]


def test_counts_told_together() -> None:
    def staff(total: str) -> list[tuple[str, str]]:
        return rules(checked(f"人员编制70人，实有在职人员55人，离退休人员12人，合计{total}人。"))

    assert staff("67") == []
    assert staff("68") == [("SUM001", "likely")]
