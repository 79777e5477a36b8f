"""The standard tables of a final account become claims, cell by cell."""

from pathlib import Path

import pytest

import hedui
from hedui import tables
from hedui.model import Claim
from hedui.segmentation import segment
from hedui.tables.wording import kind_of

HEAD = "某某市某某局2024年度部门决算\n\n"


def claims(text: str) -> list[Claim]:
    document = hedui.read(text=HEAD + text)
    return tables.claims(document, segment(document).tables)


def told(text: str) -> list[tuple[object, ...]]:
    """What the claims say: metric, code of the item, scope, value, basis."""
    return [(c.metric, c.item and c.item.code, c.scope, c.value, c.basis) for c in claims(text)]


def table(title: str, *rows: str, unit: str = "单位：万元") -> str:
    return "\n".join([title, unit, *(row.replace("|", "\t") for row in rows)]) + "\n"


ACCOUNT = table(
    "收入支出决算总表",
    "收入|||支出||",
    "项目|行次|金额|项目|行次|金额",
    "栏次||1|栏次||2",
    "一、一般公共预算财政拨款收入|1|90.00|一、一般公共服务支出|31|80.00",
    "二、政府性基金预算财政拨款收入|2||二、外交支出|32|",
    "八、其他收入|8|10.00|八、社会保障和就业支出|38|15.00",
    "本年收入合计|27|100.00|本年支出合计|57|95.00",
    "使用非财政拨款结余（含专用结余）|28||结余分配|58|",
    "年初结转和结余|29|5.00|年末结转和结余|59|10.00",
    "总计|30|105.00|总计|60|105.00",
)

ITEMS = table(
    "一般公共预算财政拨款支出决算表",
    "项目||||合计|基本支出|项目支出",
    "支出功能分类科目编码|||科目名称|||",
    "类|款|项|||||",
    "201|||一般公共服务支出|80.00|60.00|20.00",
    "201|03||政府办公厅（室）及相关机构事务|80.00|60.00|20.00",
    "201|03|01|行政运行|60.00|60.00|",
    "201|03|02|一般行政管理事务|20.00||20.00",
    "合计||||80.00|60.00|20.00",
)


def test_two_sides_with_line_numbers() -> None:
    assert told(ACCOUNT) == [
        ("gpb_income", None, None, "90.00", "final"),
        ("function_item", "201", "expenditure_this_year", "80.00", "final"),
        ("other_income", None, None, "10.00", "final"),
        ("function_item", "208", "expenditure_this_year", "15.00", "final"),
        ("income_this_year", None, None, "100.00", "final"),
        ("expenditure_this_year", None, None, "95.00", "final"),
        ("carryover_begin", None, None, "5.00", "final"),
        ("carryover_end", None, None, "10.00", "final"),
        ("total_income_expenditure", None, None, "105.00", "final"),
        ("total_income_expenditure", None, None, "105.00", "final"),
    ]


def test_codes_in_three_columns_and_parts_of_items() -> None:
    found = told(ITEMS)
    assert ("function_item", "2010302", "gpb_expenditure", "20.00", "final") in found
    assert ("basic_expenditure", "2010301", "gpb_expenditure", "60.00", "final") in found
    assert ("project_expenditure", "20103", "gpb_expenditure", "20.00", "final") in found
    assert found[-3:] == [
        ("gpb_expenditure", None, None, "80.00", "final"),
        ("gpb_basic", None, None, "60.00", "final"),
        ("gpb_project", None, None, "20.00", "final"),
    ]
    assert len(found) == 13


def test_codes_in_one_column_of_several() -> None:
    one = (
        ITEMS.replace("201\t03\t01", "2010301\t\t")
        .replace("201\t03\t02", "2010302\t\t")
        .replace("201\t03\t", "20103\t\t")
    )
    assert told(one) == told(ITEMS)


def test_claims_point_at_the_number() -> None:
    document = hedui.read(text=HEAD + ITEMS)
    for number, claim in enumerate(tables.claims(document, segment(document).tables, 7), 7):
        assert claim.id == f"c{number}"
        assert document.text[claim.start : claim.end] == claim.value
        assert document.text[claim.sentence_start :].startswith(claim.sentence)
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_start + len(claim.sentence)
        assert (claim.origin, claim.unit, claim.year) == ("table", "万元", 2024)
        assert claim.amount == str(int(float(claim.value) * 10_000))


def test_heads_of_several_lines_and_columns_that_are_set_off() -> None:
    found = told(
        table(
            "一般公共预算财政拨款收入支出决算表",
            "科目代码|科目名称|年初结转和结余|||本年收入|||本年支出|||年末结转和结余|||",
            "||合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|项目支出|合计|基本支出结转|项目支出结转和结余|",
            "|||||||||||||项目支出结转|项目支出结余|",
            "类|款|项|1|2|3|4|5|6|7|8|9|10|11|12|13",
            "||合计|0.00|0.00|0.00|70.00|50.00|20.00|71.00|50.00|21.00|0.00|0.00|0.00|0.00",
            "201||一般公共服务支出|0.00|0.00|0.00|70.00|50.00|20.00|71.00|50.00|21.00|0.00|0.00|0.00|0.00",
            unit="单位：元",
        )
    )
    assert ("gpb_income", None, None, "70.00", "final") in found
    assert ("gpb_expenditure", None, None, "71.00", "final") in found
    assert ("gpb_basic", None, None, "50.00", "final") in found
    assert ("function_item", "201", "gpb_expenditure", "71.00", "final") in found
    assert ("project_expenditure", "201", "gpb_expenditure", "21.00", "final") in found


def test_a_label_that_returns_means_something_else() -> None:
    found = told(
        table(
            "财政拨款收入支出决算总表",
            "收入||支出||||",
            "项目|决算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款",
            "一、一般公共预算财政拨款|90.00|一、一般公共服务支出|92.00|92.00||",
            "二、政府性基金预算财政拨款|8.00|二、城乡社区支出|8.00||8.00|",
            "本年收入合计|98.00|本年支出合计|100.00|92.00|8.00|",
            "年初财政拨款结转和结余|2.00|年末财政拨款结转和结余||||",
            "一、一般公共预算财政拨款|2.00|||||",
            "总计|100.00|总计|100.00|92.00|8.00|",
        )
    )
    assert [f[3] for f in found if f[0] == "gpb_income"] == ["90.00"]
    assert ("function_item", "212", "fund_expenditure", "8.00", "final") in found
    assert ("fund_expenditure", None, None, "8.00", "final") in found
    assert ("carryover_begin", None, "fiscal_expenditure", "2.00", "final") in found
    assert ("carryover_begin", None, "gpb_expenditure", "2.00", "final") in found
    assert [f[2:4] for f in found if f[0] == "fiscal_total"] == [
        (None, "100.00"),
        (None, "100.00"),
        ("gpb_expenditure", "92.00"),
        ("fund_expenditure", "8.00"),
    ]


def test_details_of_basic_expenditure() -> None:
    found = told(
        table(
            "一般公共预算财政拨款基本支出决算明细表",
            "人员经费|||公用经费||",
            "科目代码|科目名称|决算数|科目代码|科目名称|决算数",
            "<b>301</b>|<b>工资福利支出</b>|40.00|302|商品和服务支出|12.00",
            "30101|基本工资|40.00|30215|会议费|12.00",
            "人员经费合计||40.00|公用经费合计||12.00",
        )
    )
    assert found == [
        ("economic_item", "301", "gpb_basic", "40.00", "final"),
        ("economic_item", "302", "gpb_basic", "12.00", "final"),
        ("economic_item", "30101", "gpb_basic", "40.00", "final"),
        ("economic_item", "30215", "gpb_basic", "12.00", "final"),
        ("personnel", None, None, "40.00", "final"),
        ("public_operating", None, None, "12.00", "final"),
    ]


SANGONG_ACROSS = table(
    "财政拨款“三公”经费支出决算表",
    "合计||因公出国（境）费||公务用车购置及运行费||||||公务接待费|",
    "||||小计||公务用车购置费||公务用车运行费|||",
    "预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数",
    "17.00|12.20|||12.00|9.84|||12.00|9.84|5.00|2.36",
)
SANGONG_DOWN = table(
    "“三公”经费支出决算表",
    "项目|预算数|决算数",
    "合计|17.00|12.20",
    "1、因公出国（境）费||",
    "2、公务用车购置及运行费|12.00|9.84",
    "其中：公务用车购置费||",
    "公务用车运行维护费|12.00|9.84",
    "3、公务接待费|5.00|2.36",
)


@pytest.mark.parametrize("text", [SANGONG_ACROSS, SANGONG_DOWN])
def test_budget_and_outturn_of_the_three_expenses(text: str) -> None:
    found = told(text)
    assert len(found) == 8
    assert ("sangong_total", None, None, "17.00", "budget") in found
    assert ("sangong_total", None, None, "12.20", "final") in found
    assert ("vehicle_total", None, None, "9.84", "final") in found
    assert ("vehicle_operation", None, None, "9.84", "final") in found
    assert ("reception", None, None, "2.36", "final") in found


def test_counts_have_units_of_their_own() -> None:
    found = claims(
        table(
            "机构运行信息表",
            "项 目|行次|决算数|项 目|行次|决算数",
            "（一）支出合计|2|12.20|五、机关运行经费|25|30.00",
            "4. 公务用车保有量（辆）|15|9|（一）车辆数合计（辆）|29|9",
            "6. 国内公务接待人次（人）|18|1,335|2. 主要领导干部用车|31|—",
        )
    )
    assert [(c.metric, c.measure, c.value, c.unit, c.basis) for c in found] == [
        ("sangong_total", "amount", "12.20", "万元", "final"),
        ("agency_operating", "amount", "30.00", "万元", "final"),
        ("vehicles_owned", "count", "9", "辆", None),
        ("state_vehicles", "count", "9", "辆", None),
        ("reception_persons", "count", "1,335", "人", None),
    ]


def test_columns_of_other_years_and_budgets() -> None:
    found = claims(
        table(
            "收入支出决算总表",
            "项目|年初预算数|2024年度决算数|上年决算数|增减额|项目|年初预算数|决算数",
            "本年收入合计|90.00|100.00|80.00|20.00|本年支出合计|90.00|95.00",
        )
    )
    assert [(c.metric, c.value, c.basis, c.year) for c in found] == [
        ("income_this_year", "90.00", "initial_budget", 2024),
        ("income_this_year", "100.00", "final", 2024),
        ("income_this_year", "80.00", "final", 2023),
        ("expenditure_this_year", "90.00", "initial_budget", 2024),
        ("expenditure_this_year", "95.00", "final", 2024),
    ]


def test_the_income_of_a_budget_by_where_it_comes_from() -> None:
    found = claims(
        table(
            "部门收入总表",
            "科目编码|科目名称|合计|上年结转|一般公共预算拨款收入|事业收入",
            "213|农林水支出|50.00|2.00|48.00|0.00",
            "合计||50.00|2.00|48.00|0.00",
        )
    )
    assert [(c.metric, c.value) for c in found if c.item is None] == [
        ("income_this_year", "50.00"),
        ("carryover_begin", "2.00"),
        ("gpb_income", "48.00"),
        ("business_income", "0.00"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        table("项目支出绩效自评表", "项目|决算数", "合计|9.00"),
        table("部门收入分布表", "部门名称|合计", "合计|9.00"),
        table("政府采购支出决算表", "科目编码|科目名称|合计", "|合计|9.00"),
        table("政府性基金预算财政拨款“三公”经费支出决算表", "项目|决算数", "合计|9.00"),
        table("收入支出决算总表", "项目|金额", "本年收入合计|9.00", unit="部门：某某局"),
        table("收入支出决算总表", "项目|增减额", "本年收入合计|9.00"),
        table(
            "收入支出决算总表\n以下为说明。\n再说一句。\n还有一句。\n最后一句。",
            "项目|金额",
            "本年收入合计|9.00",
        ),
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert claims(text) == []


def test_amounts_that_are_not_understood_are_marked() -> None:
    known, unknown = ACCOUNT, ACCOUNT.replace("八、其他收入", "八、未知的收入")
    assert {c.pattern for c in claims(known)} == {"table:account"}
    assert {c.pattern for c in claims(unknown)} == {"table:account:partial"}


def test_a_column_without_a_head_is_not_understood() -> None:
    found = claims(table("支出决算表", "科目编码|科目名称||合计", "201|一般公共服务支出|9.00|80.00"))
    assert [(c.value, c.pattern) for c in found] == [("80.00", "table:expenditure:partial")]


def test_planned_counts_claim_nothing() -> None:
    found = claims(table("机构运行信息表", "项目|预算数|决算数", "公务用车保有量（辆）|5|4"))
    assert [(c.value, c.unit) for c in found] == [("4", "辆")]


def test_the_unit_may_stand_in_a_row_and_tables_in_markdown() -> None:
    rows = [
        "| 公开01表 | | 单位：元 |",
        "|---|---|---|",
        "| 项目 | 行次 | 金额 |",
        "| 总计 | 30 | 1,234,567.89 |",
    ]
    text = "\n".join(["## 收入支出决算总表", "", *rows, ""])
    assert [(c.metric, c.value, c.unit) for c in claims(text)] == [
        ("total_income_expenditure", "1,234,567.89", "元")
    ]


def test_titles() -> None:
    def kind(line: str) -> str | None:
        found = kind_of(line)
        return found.id if found else None

    assert kind("附表3：某某局2023年度支出决算表（公开03表）") == "expenditure"
    assert kind("一般公共预算财政拨款支出决算表（续）") == "general_budget"
    assert kind("政府性基金预算财政拨款收入支出决算表") == "fund"
    assert kind("一般公共预算财政拨款项目支出决算表") is None
    assert kind("国有资本经营预算支出表") == "state_capital"
    assert kind("某某局2024年部门收支总表") == "account"
    assert kind("财政拨款收支总表") == "fiscal"
    assert kind("财政专户收支总表") is None
    assert kind("财政拨款支出决算明细表") is None


def test_real_tables(shared: Path) -> None:
    counts = {
        "tongnan-2024-final.txt": 440,
        "putuo-planning-2024-final.pdf": 307,
        "putuo-finance-2024-final.pdf": 192,
    }
    for name, least in counts.items():
        document = hedui.read(shared / "corpus" / name)
        found = tables.claims(document, segment(document).tables)
        assert len(found) >= least, name
        assert all(document.text[c.start : c.end] == c.value for c in found)
