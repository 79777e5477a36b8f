"""What is said to be unchanged cannot be smaller than a part of it was the year before."""

import pytest

import hedui

TEXT = """某某省某某厅2023年度部门决算

一、财政拨款收入支出决算总体情况说明

2023年度财政拨款收、支总计{total}万元。与2022年度相比，财政拨款收、支总计{words}。

二、一般公共预算财政拨款支出决算情况说明

2023年度一般公共预算财政拨款支出98.00万元。与2022年度相比，一般公共预算财政拨款支出{change}。
"""


def found(words: str = "持平", change: str = "减少10.00万元", total: str = "100.00") -> list[tuple[str, str]]:
    report = hedui.check(text=TEXT.format(words=words, change=change, total=total))
    return [(f.rule, f.certainty) for f in report.findings if f.rule.startswith("DIR")]


def test_a_part_was_larger_than_the_whole() -> None:
    assert found() == [("DIR002", "certain")]
    assert found("零增长") == [("DIR002", "certain")]


@pytest.mark.parametrize(
    ("words", "change", "total"),
    [
        ("持平", "减少2.00万元", "100.00"),
        ("持平", "增加10.00万元", "100.00"),
        ("持平", "减少10.00万元", "108.00"),
        ("基本持平", "减少10.00万元", "100.00"),
        ("总体持平", "减少10.00万元", "100.00"),
        ("相等", "减少10.00万元", "100.00"),
        ("减少8.00万元", "减少10.00万元", "100.00"),
    ],
)
def test_what_may_be(words: str, change: str, total: str) -> None:
    assert found(words, change, total) == []
