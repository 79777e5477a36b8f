"""Numbers with their units: what is one, what it is called, where it stands."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.figures import numeral, scan
from hedui.segmentation.view import view


def found(text: str) -> list[tuple[str, str, str]]:
    """Value, unit and kind of the figures of a text, as a view shows it."""
    return [(f.value, f.unit, f.kind) for f in scan(view(text, [(0, len(text))]).text)[0]]


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind"),
    [
        ("支出8.56万元", "8.56", "万元", "money"),
        ("支出8.56 亿元", "8.56", "亿元", "money"),
        ("支出1,234,567.80元", "1,234,567.80", "元", "money"),
        ("支出1，234.80万元", "1，234.80", "万元", "money"),
        ("支出１２．５０万元", "12.50", "万元", "money"),
        ("支出0元", "0", "元", "money"),
        ("支出-3.20万元", "-3.20", "万元", "money"),
        ("支出 3 千元", "3", "千元", "money"),
        ("支出3百万元", "3", "百万元", "money"),
        ("增长7.35%", "7.35", "%", "percent"),
        ("增长７．３５％", "7.35", "%", "percent"),
        ("增长-7.35%", "-7.35", "%", "percent"),
        ("提高1.2个百分点", "1.2", "个百分点", "points"),
        ("提高1.2百分点", "1.2", "百分点", "points"),
        ("接待12批次", "12", "批次", "batches"),
        ("接待12个批次", "12", "个批次", "batches"),
        ("接待120人次", "120", "人次", "persons"),
        ("年末在职5人。", "5", "人", "persons"),
        ("保有量5辆", "5", "辆", "vehicles"),
        ("设备2台（套）", "2", "台（套）", "sets"),
        ("设备2台(套)", "2", "台（套）", "sets"),
        ("得分95.5分", "95.5", "分", "score"),
        ("团组3个，", "3", "个", "count"),
        ("文件267件", "267", "件", "count"),
        ("支出二十万元", "20", "万元", "money"),
        ("购置两辆", "2", "辆", "vehicles"),
        ("增长百分之十五", "15", "%", "percent"),
        ("合计720.00，支出", "720.00", "", "bare"),
    ],
)
def test_figures(text: str, value: str, unit: str, kind: str) -> None:
    assert found(text) == [(value, unit, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年度决算",
        "截至2023年12月31日",
        "2023年1月至6月",
        "第一部分",
        "一是加强管理，两项工作",
        "部分人员",
        "公共服务平台V2.0版",
        "五四青年节",
        "",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("“三公”经费各5.00万元，分别", ["万元"]),
        ("甲5，乙6人民", []),
        ("共3.5分别占5%", ["", "%"]),
        ("共15人均2.00万元", ["万元"]),
        ("5个人", []),
    ],
)
def test_a_unit_that_begins_another_word_is_none(text: str, units: list[str]) -> None:
    assert [unit for _, unit, _ in found(text)] == units


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("约5万元", True),
        ("近5万元", True),
        ("5万元左右", True),
        ("5万余元", True),
        ("50余人", True),
        ("100万元以上", True),
        ("5万元", False),
    ],
)
def test_vague_figures(text: str, vague: bool) -> None:
    (figure,) = scan(text)[0]
    assert figure.approximate is vague


def test_moments() -> None:
    text = "2023年度，2022年12月31日，1—6月，2021年上半年，二〇二〇年"
    moments = [(m.kind, m.year, m.period) for m in scan(view(text, [(0, len(text))]).text)[1]]
    assert moments == [
        ("year", 2023, None),
        ("date", 2022, None),
        ("period", None, "H1"),
        ("period", 2021, "H1"),
        ("year", 2020, None),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二百零五", 205),
        ("三千零四十", 3040),
        ("一万", 10_000),
        ("十二万三千", 123_000),
        ("一亿二千万", 120_000_000),
    ],
)
def test_numerals(text: str, number: int) -> None:
    assert numeral(text) == number


FRAGMENTS = [
    "8.56万元",
    "７．３５％",
    "1,234.50元",
    "2023年度",
    "12批次",
    "台（套）",
    "“三公”",
    "第3次",
    "-",
    "占",
    " ",
]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=12).map("".join))
def test_offsets_select_what_was_found(text: str) -> None:
    shown = view(text, [(0, len(text))])
    figures, moments = scan(shown.text)
    for figure in figures:
        printed = shown.text[figure.start : figure.end]
        if printed[0] in "-0123456789":
            assert printed.startswith(figure.value)
            assert printed.endswith(figure.unit)
        start, end = shown.span(figure.start, figure.end)
        assert view(text, [(start, end)]).text.replace(" ", "") == printed.replace(" ", "")
    taken = sorted([(f.start, f.end) for f in figures] + [(m.start, m.end) for m in moments])
    assert all(first[1] <= second[0] for first, second in pairwise(taken))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.decimals(0, 10**9, places=2, allow_nan=False), st.sampled_from(["元", "万元", "%", "人次", "辆"]))
def test_every_printed_number_is_found_whole(number: object, unit: str) -> None:
    assert [(value, name) for value, name, _ in found(f"支出{number}{unit}。")] == [(str(number), unit)]
    assert [(value, name) for value, name, _ in found(f"支出{number:,} {unit}。")] == [(f"{number:,}", unit)]
