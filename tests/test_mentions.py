"""Items of the classification named in running text: their names, codes and levels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.classification import find_items
from strategies import PRINTED_ITEMS

OFFICE = "政府办公厅（室）及相关机构事务"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"1.一般公共服务支出（类）{OFFICE}（款）行政运行（项）：支出决算为5万元。",
            [(("一般公共服务支出", OFFICE, "行政运行"), (None, None, None), (1, 2, 3))],
        ),
        (
            f"12.一般公共服务201（类）{OFFICE}03（款）行政运行01（项）：",
            [(("一般公共服务", OFFICE, "行政运行"), ("201", "03", "01"), (1, 2, 3))],
        ),
        (
            "（3）卫生健康支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）",
            [(("卫生健康支出", "行政事业单位医疗", "行政单位医疗"), ("210", "11", "01"), (1, 2, 3))],
        ),
        ("①20805行政事业单位养老支出（款）", [(("行政事业单位养老支出",), ("20805",), (2,))]),
        ("（一）一般公共服务支出（类）", [(("一般公共服务支出",), (None,), (1,))]),
        (f"其中：{OFFICE}（款）（项）", [((OFFICE,), (None,), (2,))]),
        (f"{OFFICE}（款）行政运行、事业运行（项）", [((OFFICE, "行政运行、事业运行"), (None, None), (2, 3))]),
        ("主要用于行政运行、事业运行（项）", [(("行政运行、事业运行",), (None,), (3,))]),
        ("2024年用于教育支出（类）5万元", [(("教育支出",), (None,), (1,))]),
        ("住房保障支出类科目80000元，占8.00%", [(("住房保障支出",), (None,), (1,))]),
        ("资本性支出（支出经济分类科目类级）：", [(("资本性支出",), (None,), (1,))]),
        (
            "教育支出（类）2.5万元，占5%；卫生健康支出（类）3万元",
            [(("教育支出",), (None,), (1,)), (("卫生健康支出",), (None,), (1,))],
        ),
        (
            "农林水支出（类）：农业农村（款）行政运行（项）和其他农业农村支出（项）",
            [
                (("农林水支出", "农业农村", "行政运行"), (None, None, None), (1, 2, 3)),
                (("其他农业农村支出",), (None,), (3,)),
            ],
        ),
        (
            "一般公共服务支出（201）财政事务（20106）行政运行（2010601）",
            [
                (
                    ("一般公共服务支出", "财政事务", "行政运行"),
                    ("201", "20106", "2010601"),
                    (1, 2, 3),
                )
            ],
        ),
        ("共有车辆（201）、教育支出（999）", []),
        ("教育支出（类）中的普通教育（款）", [(("教育支出", "普通教育"), (None, None), (1, 2))]),
        ("在乡复员、退伍军人生活补助（项）", [(("在乡复员、退伍军人生活补助",), (None,), (3,))]),
        ("各类科目、未单独设置项级科目的其他支出，因公出国（境）费", []),
        ("（类）（款）（项）", []),
        ("", []),
    ],
)
def test_find_items(
    text: str, found: list[tuple[tuple[str, ...], tuple[str | None, ...], tuple[int, ...]]]
) -> None:
    assert [(m.names, m.codes, m.levels) for m in find_items(text)] == found


def test_a_mention_spans_names_and_marks_without_the_list_number() -> None:
    text = "。1.教育支出（类）普通教育（款）小学教育（项）：5万元"
    (mention,) = find_items(text)
    assert text[mention.start : mention.end] == "教育支出（类）普通教育（款）小学教育（项）"


@settings(max_examples=150, deadline=None)
@given(PRINTED_ITEMS | st.text())
def test_mentions_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for mention in find_items(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.names
        assert len(mention.names) == len(mention.codes) == len(mention.levels)
        assert all(name in text[mention.start : mention.end] for name in mention.names)
        end = mention.end
