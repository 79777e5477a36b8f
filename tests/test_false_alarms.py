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
        # the whole that the first share of a list names is that of the others
        "收入总计主要由：财政拨款收入92.00万元，占收入总计的92.00%；事业收入5.00万元，占5.00%；年初结转和结余3.00万元，占3.00%组成。\n"
        "本年收入合计97.00万元，其中：财政拨款收入92.00万元，占94.85%；事业收入5.00万元，占5.15%。",
        # what is sorted anew is the total, not the last part told
        "本年支出合计620.00万元，其中：基本支出440.00万元，占71.0%；项目支出180.00万元，占29.0%。\n"
        "按功能分类划分：教育支出577.00万元，占93.1%；住房保障支出43.00万元，占6.9%。\n"
        "按支出用途分，包括人员支出400.00万元，占64.5%；日常公用支出40.00万元，占6.5%。",
        # the total with the balances and the change of what it holds without them
        "财政拨款收入96.00万元。\n四、财政拨款收入支出决算总体情况说明\n2023年财政拨款收入总计101.00万元，支出总计101.00万元。"
        "与2022年相比，财政拨款收入增加10.60万元，增长12.4%。",
        # the items leave out a class that the list of classes holds
        "五、一般公共预算财政拨款支出决算情况说明\n一般公共预算财政拨款支出98.30万元，主要用于以下方面：教育支出80.10万元，占81.5%；"
        "社会保障和就业支出12.90万元，占13.1%；住房保障支出5.30万元，占5.4%。\n"
        "一般公共预算财政拨款支出年初预算为94.10万元，支出决算为98.30万元，完成年初预算的104.5%。其中：\n"
        "1.教育支出（类）进修及培训（款）干部教育（项）。年初预算为76.60万元，支出决算为80.10万元，完成年初预算的104.6%。\n"
        "2.社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）。年初预算为7.20万元，支出决算为7.20万元。\n"
        "3.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）。年初预算为5.70万元，支出决算为5.70万元。",
        # vehicles that were sealed, and those that were bought
        "公务用车运行维护费减少3.00万元，主要原因：公车改革封存车辆11辆。更新（购置）公务用车0辆。公务用车保有量25辆。\n车辆25辆。",
        # two changes told of two totals
        "1.收入合计803.20万元，增加46.30万元，增幅6.12%。\n2.支出合计811.66万元，增加63.22万元，增幅8.45%。\n"
        "收入、支出与上年相比，各增加46.30万元、63.22万元。",
        # each project has a budget of its own
        "十、绩效情况\n1.托养服务。年初预算1,260万元，执行数1,248.66万元，执行率99.10%。\n"
        "（1）道路改造工程\n年初预算1,200万元，执行数1,140.00万元，执行率95.00%。",
        # 支出决算数 behind an income is its spending
        "全县政府性基金收入决算数为45.10亿元，完成预算的90.2%，下降21.3%。支出决算数为52.60亿元，完成调整预算的94.8%，下降12.7%。",
        # the total of income holds what is left at the end
        "一、总体情况\n2018年总收入1286.35万元，总支出1242.10万元。年末结转和结余44.25万元。\n二、收入情况\n本年收入合计1250.35万元，其中：财政拨款收入1250.35万元，占100%。",
        # what one of the groups cost
        "因公出国（境）费支出决算为12.40万元。\n1.因公出国（境）费支出决算为12.40万元，团组2个，累计7人次，主要是赴德国培训团6人，费用10.00万元；赴日本交流团1人，费用2.40万元。",
        # income and spending of one account, told in rates
        "1.一般公共预算财政拨款本年收入完成年初预算103.1%，比年初预算增加50.00万元；支出完成年初预算101.2%，比年初预算增加20.00万元。",
        # the outturn of a budget that was told with its parts
        "绩效自评综述：养老服务项目全年预算数为300.00万元，其中：财政拨款280.00万元、其他资金20.00万元；执行数为285.00万元，完成预算的95.0%。",
        # what had been reported before the year was closed
        "全县一般公共预算支出决算数为62.35亿元，比年初执行数增加0.02亿元，完成调整预算的101.2%，增长6.4%。",
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
