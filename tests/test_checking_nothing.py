"""What there is none of: growth from nothing, budgets of nothing, differences that are said not to be. All made up."""

import pytest

import hedui

HEAD = "松江省云岭县财政局2023年度部门决算\n一、“三公”经费情况\n"


def found(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.certainty) for f in hedui.check(text=HEAD + text).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务接待费支出5.00万元，比上年增加5.00万元，增长25.00%。", [("CHG005", "certain")]),
        ("公务接待费支出5.00万元，比上年增加5.00万元，增长100.00%。", [("CHG005", "note")]),
        ("公务接待费支出5.00万元，比上年增加4.99万元，增长49900.00%。", []),
        ("公务接待费2023年支出5.00万元，2022年支出0万元，增长30.00%。", [("CHG005", "certain")]),
        ("公务接待费年初预算为0万元，支出决算为5.00万元，完成年初预算的80.00%。", [("CMP005", "certain")]),
        ("公务接待费年初预算为0万元，支出决算为5.00万元，完成年初预算的100.00%。", [("CMP005", "note")]),
        ("公务接待费年初预算为0万元，支出决算为0万元，完成年初预算的0%。", []),
    ],
)
def test_rates_of_nothing(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("last", "words", "expected"),
    [
        ("上年支出决算为4.00万元", "与上年持平", [("DIR003", "certain")]),
        ("上年支出决算为5.00万元", "与上年持平", []),
        ("上年支出决算为4.98万元", "与上年基本持平", []),
        ("年初预算为4.00万元", "与年初预算持平", [("DIR003", "certain")]),
        ("年初预算为5.00万元", "与年初预算持平", []),
    ],
)
def test_amounts_that_are_said_to_be_the_same(last: str, words: str, expected: list[tuple[str, str]]) -> None:
    assert found(f"公务接待费支出决算为5.00万元，{last}，{words}。") == expected
