"""What journalists would have been told wrongly: sentences of templates met for the first time that are all right."""

import pytest

import hedui

TITLE = "某某局2023年度部门决算\n"


@pytest.mark.parametrize(
    "text",
    [
        # what a sentence below 其中 goes on about is the whole again
        "2023年度财政拨款收、支总计各为177.50万元。其中年初财政拨款结转和结余12.45万元。较上年决算数减少13.86万元，降幅7.2%。",
        # an average is not the amount
        "公务用车运行维护费10.22万元。年末公务用车保有量3辆，每辆车平均运行维护费3.41万元。",
        # the budget's total holds what is left of last year
        "2023年部门收入总预算106.90万元。其中：本年收入105.10万元，上年结转1.80万元。",
        # an enumerator and a code are no amount
        "一般公共预算财政拨款支出548.80万元。\n1.201一般公共服务支出398.80万元。\n2.206科学技术支出150万元。",
        # the spending of the year behind its income
        "1.收入情况：本年收入302.10万元（其中财政拨款302.10万元），合计302.10万元。\n2.支出情况：2023年支出299.80万元。",
        # a bare share may be of the larger part that holds it
        "政府采购支出总额120.96万元。授予中小企业合同金额101.38万元，占政府采购支出总额的83.81%，"
        "其中授予小微企业合同金额69.40万元，占68.46%。",
        # one thing without an id is not another
        "发放器具3680件，完成年度目标的102.22%。救助资金支出81.25万元，低于预算3.75万元。",
        # below a heading that names nothing the budget is of what stands above it
        "五、一般公共预算财政拨款支出决算情况说明\n（一）总体情况\n一般公共预算财政拨款支出175.50万元，占本年支出合计的97.8%。\n"
        "（二）具体情况\n年初预算为169.00万元，支出决算为175.50万元，完成年初预算的103.8%。",
    ],
)
def test_nothing_is_found_where_all_is_right(text: str) -> None:
    report = hedui.check(text=TITLE + text)
    assert len(report.claims) > 1
    assert [(f.rule, f.message) for f in report.findings if f.certainty != "note"] == []


def test_a_share_of_neither_whole_is_found_still() -> None:
    text = (
        "政府采购支出总额120.96万元。授予中小企业合同金额101.38万元，占政府采购支出总额的83.81%，"
        "其中授予小微企业合同金额69.40万元，占61.46%。"
    )
    assert [f.rule for f in hedui.check(text=TITLE + text).findings] == ["SHR001"]


def test_a_budget_order_below_the_budget_is_checked() -> None:
    text = "2023年“三公”经费年初预算6.00万元，实际支出6.87万元，控制在年初预算以内。"
    found = hedui.check(text=TITLE + text).findings
    assert [(f.rule, f.certainty) for f in found] == [("BUD001", "certain")]
