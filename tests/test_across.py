"""Documents of one body against one another: last year's figures, budgets, units, restatements, editions."""

from itertools import permutations

import pytest

import hedui
from hedui.model import Finding, Report

BODY = "四川省乐山市金口河区水务局"


def account(year: int, *lines: str, kind: str = "部门决算", body: str = BODY) -> Report:
    """The checked account of a year: a title, a heading, some paragraphs, and what makes it a disclosure."""
    usual = ["一、部门概况", "负责辖区内水利工作。", "二、收入支出决算情况说明", *lines]
    usual += ["三、名词解释", "机关运行经费：指用于购买货物和服务的各项资金。财政拨款收入：指财政预算资金。"]
    return hedui.check(text="\n".join([f"{body}{year}年度{kind}", *usual]))


def found(*reports: Report) -> list[Finding]:
    """The findings between documents."""
    return [f for report in hedui.cross(reports) for f in report.findings if f.rule.startswith("XDC")]


def told(*reports: Report) -> list[tuple[str, str]]:
    return sorted((f.rule, f.certainty) for f in found(*reports))


def spent(year: int, amount: str, more: str = "") -> str:
    return f"{year}年度一般公共预算财政拨款支出{amount}万元{more}。"


LAST = account(2022, spent(2022, "100.00"))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("，比上年增加20.00万元，增长20.00%", []),
        ("，比上年增加15.00万元，增长14.29%", [("XDC002", "certain")]),
        ("，上年决算数为105.00万元", [("XDC001", "certain")]),
        ("，上年决算数为100.00万元", []),
        ("，比上年增长14.3%", [("XDC002", "certain")]),
        ("，比上年增长20%", []),  # 20 % as printed is anything from 19.5 to 20.5
        ("，因机构改革，上年数按调整后口径填列，比上年增加15.00万元，增长14.29%", [("XDC006", "note")]),
        ("，与年初预算持平", []),
    ],
)
def test_last_year_as_this_year_s_account_has_it(more: str, expected: list[tuple[str, str]]) -> None:
    assert told(account(2023, spent(2023, "120.00", more)), LAST) == expected


def test_a_finding_tells_where_the_other_figure_stands() -> None:
    this = account(2023, spent(2023, "120.00", "，比上年增加15.00万元，增长14.29%"))
    earlier, later = hedui.cross([LAST, this])
    assert not earlier.findings
    (finding,) = later.findings
    (other,) = finding.elsewhere
    assert other.claim == f"{LAST.document.id}:{finding.claims[-1].partition(':')[2]}"
    assert other.figure == "100.00万元"
    assert other.quote[other.at :].startswith(other.figure)
    assert LAST.document.text[other.start : other.end] == other.figure
    assert "104.99–105.01万元" in finding.message
    assert "100.00万元" in finding.message_en
    shown = later.to_dict()["findings"][0]["elsewhere"][0]
    assert (shown["document"], shown["line"]) == (LAST.document.id, 5)
    assert all("elsewhere" not in f for f in this.to_dict()["findings"])
    (relation,) = (r for r in later.relations if r.id == finding.relation)
    assert [role.role for role in relation.claims] == ["amount", "by", "disclosed"]


def test_the_order_of_documents_does_not_matter_and_again_is_the_same() -> None:
    this = account(2023, spent(2023, "120.00", "，比上年增加15.00万元，增长14.29%"))
    next_year = account(2024, spent(2024, "90.00", "，比上年减少30.00万元，下降25.00%"))
    outcomes = []
    for order in permutations([LAST, this, next_year]):
        once = hedui.cross(order)
        assert hedui.cross(once) == once
        outcomes.append(sorted((r.document.id, r.relations, r.findings) for r in once))
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_what_is_not_compared() -> None:
    change = "，比上年增加15.00万元，增长14.29%"
    this = account(2023, spent(2023, "120.00", change))
    assert told(this, account(2021, spent(2021, "100.00"))) == []  # two years before
    assert told(this, account(2022, spent(2022, "100.00"), body="四川省乐山市沙湾区水务局")) == []
    assert told(this, account(2022, spent(2022, "100.00"), kind="单位决算")) == []
    fiscal = "2022年度财政拨款支出100.00万元。"  # another scope
    assert told(this, account(2022, fiscal)) == []


def test_what_rests_on_an_uncertain_match_is_at_most_likely() -> None:
    this = account(2023, spent(2023, "120.00", "，比上年增加15.00万元，增长14.29%"), body="普陀区水务局")
    last = account(2022, spent(2022, "100.00"), body="上海市普陀区水务局")
    (finding,) = found(this, last)
    assert (finding.rule, finding.certainty) == ("XDC002", "likely")
    assert "同一单位" in finding.message


def test_a_figure_that_its_own_document_contradicts_is_left_to_it() -> None:
    this = account(2023, spent(2023, "120.00", "，比上年减少20.00万元，增长20.00%"))
    assert [f.family for f in this.findings] == ["direction"]
    assert told(this, LAST) == []
    (relation,) = (r for r in hedui.cross([LAST, this])[1].relations if r.rule.startswith("XDC"))
    assert (relation.status, relation.reason) == ("undecidable", "own contradiction")


def test_a_base_that_was_restated_as_a_whole_is_one_note() -> None:
    metrics = [
        "一般公共预算财政拨款支出",
        "财政拨款收入",
        "政府性基金预算财政拨款支出",
        "机关运行经费支出",
        "公务接待费支出",
    ]
    last = [f"2022年度{metric}{n}0.00万元。" for n, metric in enumerate(metrics, 2)]
    this = [f"2023年度{m}{n}0.00万元，比上年增加2.00万元。" for n, m in enumerate(metrics, 2)]
    (finding,) = found(account(2022, *last), account(2023, *this))
    assert (finding.rule, finding.certainty) == ("XDC007", "note")
    assert len(finding.claims) == 3 * len(metrics)


def test_the_budget_that_was_disclosed_against_the_one_cited() -> None:
    lines = ["2023年一般公共预算财政拨款支出预算为{}万元。", "2023年“三公”经费财政拨款预算数为5.00万元。"]
    budget = {
        n: account(2023, *(line.format(n) for line in lines), kind="部门预算") for n in ("110.00", "108.00")
    }
    cited = (
        "2023年度一般公共预算财政拨款支出年初预算为110.00万元，支出决算为120.00万元，完成年初预算的109.09%。"
    )
    assert told(budget["110.00"], account(2023, cited)) == []
    (finding,) = found(budget["108.00"], account(2023, cited))
    assert (finding.rule, finding.certainty) == ("XDC003", "certain")
    assert "108.00万元" in finding.message
    implied = "2023年度一般公共预算财政拨款支出120.00万元，完成年初预算的109.09%。"
    assert told(budget["110.00"], account(2023, implied)) == []
    assert told(budget["108.00"], account(2023, implied)) == [("XDC003", "certain")]
    adjusted = "2023年度一般公共预算财政拨款支出全年预算为115.00万元，支出决算为120.00万元。"
    assert told(budget["108.00"], account(2023, adjusted)) == []


@pytest.mark.parametrize(
    ("units", "own", "expected"),
    [
        ("", "80.00", []),
        ("", "120.00", []),
        ("", "130.00", [("XDC004", "certain")]),
        ("本部门没有下属单位。", "80.00", [("XDC005", "certain")]),
        ("纳入决算编制范围的单位共1个。", "80.00", [("XDC005", "certain")]),
        ("本部门没有下属单位。", "120.00", []),
    ],
)
def test_a_unit_and_its_department(units: str, own: str, expected: list[tuple[str, str]]) -> None:
    whole = account(2023, units or "负责相关工作。", spent(2023, "120.00"))
    assert told(whole, account(2023, spent(2023, own), kind="单位决算")) == expected
