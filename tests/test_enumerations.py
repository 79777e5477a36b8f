"""Numbers against the names that are listed behind them. All made up."""

import pytest

import hedui

HEAD = "松江省云岭县财政局2023年度部门决算\n一、机构设置\n"
BODIES = ("云岭县财政局本级", "云岭县财政信息中心", "云岭县会计培训中心", "云岭县国库支付中心")


def found(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.certainty) for f in hedui.check(text=HEAD + text).findings]


@pytest.mark.parametrize(
    ("opening", "wrong"),
    [
        ("纳入部门决算编制范围的单位共{}个，包括：", True),
        ("纳入部门决算编报的单位{}个，分别是", True),
        ("下属单位{}个（", True),
        ("下属单位{}个，其中：", False),
    ],
)
def test_names_in_a_sentence(opening: str, wrong: bool) -> None:
    close = "）。" if opening.endswith("（") else "。"
    listed = "、".join(BODIES) + close
    assert found(opening.format(4) + listed) == []
    assert found(opening.format(3) + listed) == ([("CNT004", "certain")] if wrong else [])


def test_names_in_numbered_lines() -> None:
    lines = "\n".join(f"{n}.{name}" for n, name in enumerate(BODIES, 1))
    page = lines.replace("\n3.", "\n- 2 -\n3.")
    for text in (lines, page):
        assert found(f"编制范围的单位共4个，包括：\n{text}\n二、人员情况\n5.其他") == []
        assert found(f"编制范围的单位共5个，包括：\n{text}\n二、人员情况\n") == [("CNT004", "certain")]


@pytest.mark.parametrize(("number", "expected"), [(5, []), (2, [("CNT004", "certain")])])
def test_a_list_that_goes_on(number: int, expected: list[tuple[str, str]]) -> None:
    assert found(f"下属单位{number}个，包括：{'、'.join(BODIES)}等。") == expected


def test_the_last_two_names_may_be_joined() -> None:
    assert found("下属单位3个，分别是云岭县财政局本级、信息中心和培训中心。") == []
    assert found("下属单位2个，分别是云岭县规划和自然资源局、信息中心。") == []


@pytest.mark.parametrize("listed", ["财务、人事、后勤", "行政编制3人、事业编制4人"])
def test_what_may_be_no_names_is_left_alone(listed: str) -> None:
    assert found(f"下属单位7个，包括：{listed}。") == []
