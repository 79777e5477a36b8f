"""Segmentation: headings of every numbering, sentences torn by layout, tables, and what is no narrative."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.reading.text import READER, document
from hedui.segmentation import Segmentation, segment
from hedui.segmentation.tokens import boundaries, tokens
from hedui.segmentation.view import view
from strategies import LAYOUT, texts


def parted(text: str) -> Segmentation:
    return segment(document(text, "", READER))


def tree(text: str) -> list[tuple[int, str]]:
    """Level and title of each section, the title without blanks."""
    return [(section.level, section.title) for section in parted(text).sections]


def read(text: str) -> list[str]:
    """The sentences as the patterns see them."""
    return [sentence.view.text for sentence in parted(text).sentences]


def kinds(text: str) -> dict[str, str]:
    """The kind of section that each sentence stands in."""
    return {sentence.view.text: sentence.kind for sentence in parted(text).sentences}


# -- headings


def test_all_numberings_nest() -> None:
    text = """第一部分 部门概况
一、主要职责
（一）水务管理
1.河道
（1）清淤
①机械
②人工
（2）绿化
2.水库
（二）供水
二、机构设置
第二部分 情况说明
一、收入决算
"""
    assert tree(text) == [
        (1, "第一部分部门概况"),
        (2, "一、主要职责"),
        (3, "（一）水务管理"),
        (4, "1.河道"),
        (5, "（1）清淤"),
        (6, "①机械"),
        (6, "②人工"),
        (5, "（2）绿化"),
        (4, "2.水库"),
        (3, "（二）供水"),
        (2, "二、机构设置"),
        (1, "第二部分情况说明"),
        (2, "一、收入决算"),
    ]


def test_paths_hold_the_headings_above() -> None:
    (sentence,) = parted("第二部分 情况说明\n三、支出\n（一）项目支出\n项目支出5.00万元。\n").sentences
    assert sentence.section == ("第二部分情况说明", "三、支出", "（一）项目支出")


@pytest.mark.parametrize(
    "heading",
    [
        "二、支出决算情况说明",
        "二.支出决算情况说明",
        "二、 支出决算情况说明",
        "　　二、支出决算情况说明",
        "## 二、支出决算情况说明",
        "**二、支出决算情况说明**",
        "### **二、支出决算情况说明**",
        "[bookmark: _Toc11][bookmark: _Toc2_WPSOffice_Level1]二、支出决算情况说明",
        "二、 [bookmark: _Toc11]支出决算情况说明",
        "（二）支出决算情况说明",
        "(二)支出决算情况说明",
        "2、支出决算情况说明",
        "2. 支出决算情况说明",
        "（2）支出决算情况说明",
        "第二部分 支出决算情况说明",
        "第2部分　支出决算情况说明",
    ],
)
def test_a_heading_in_many_dresses(heading: str) -> None:
    text = f"某某局2023年度部门决算\n{heading}\n本年支出合计5.00万元。\n"
    structure = parted(text)
    (section,) = structure.sections
    assert section.title.endswith("支出决算情况说明")
    assert "bookmark" not in section.title
    assert "*" not in section.title
    assert section.title in structure.sentences[-1].section


@pytest.mark.parametrize(
    "line",
    [
        "一、基本支出5.00万元，项目支出3.00万元。",
        "（一）负责全区供水；",
        "1.2023年公务接待费支出5.00万元。",
        "2023年度支出",
        "3.5万元",
    ],
)
def test_items_of_a_list_and_figures_are_no_headings(line: str) -> None:
    assert tree(f"某某局2023年度部门决算\n{line}\n") == []


def test_a_heading_that_runs_in() -> None:
    text = (
        "一、支出\n1. 公务接待费情况。全年支出5.00万元。比上年减少1.00万元。\n2. 培训费情况。支出2.00万元。\n"
    )
    paths = [sentence.section for sentence in parted(text).sentences]
    assert [(path[0], path[-1].removesuffix("。")[-5:]) for path in paths] == [
        ("一、支出", "接待费情况"),
        ("一、支出", "接待费情况"),
        ("一、支出", "培训费情况"),
    ]


def test_a_label_before_a_colon_is_no_heading() -> None:
    text = "一、支出\n1. 公务接待费：全年支出5.00万元。\n"
    assert tree(text) == [(1, "一、支出")]
    assert read(text) == ["公务接待费：全年支出5.00万元。"]


def test_contents_are_not_narrative() -> None:
    text = """目    录
第一部分  部门概况............................1
一、主要职责\t1
二、机构设置 …… 2
第二部分  情况说明······5
PAGEREF _Toc77 \\h 7

第一部分  部门概况
一、主要职责
负责供水。
"""
    assert read(text) == ["负责供水。"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("第四部分 名词解释", "glossary"),
        ("一、主要职责", "duties"),
        ("二、机构设置情况", "organisation"),
        ("十、预算绩效情况说明", "performance"),
        ("附件：其他材料", "attachment"),
        ("三、收入决算情况说明", "body"),
    ],
)
def test_what_a_section_speaks_of(heading: str, kind: str) -> None:
    assert kinds(f"{heading}\n共计5.00万元。\n") == {"共计5.00万元。": kind}


def test_a_kind_holds_for_what_is_below_and_no_further() -> None:
    text = "第三部分 名词解释\n一、财政拨款：指资金。\n二、其他\n指5万元。\n第四部分 附件\n支出5万元。\n"
    assert kinds(text)["指5万元。"] == "glossary"
    assert kinds(text)["支出5万元。"] == "attachment"


# -- sentences


TORN = [
    ("附属单位上缴收入 0\n\n\n\n万元，占 0%。", "附属单位上缴收入0万元，占0%。"),
    ("附属单位上缴收入0\n万元，占0%。", "附属单位上缴收入0万元，占0%。"),
    ("本年支出合计1,2\n34.50万元，占100%。", "本年支出合计1,234.50万元，占100%。"),
    ("本年支出合计234.50万\n元，占100%。", "本年支出合计234.50万元，占100%。"),
    ("本年支出合计234.50\n\n- 7 -\n\n万元，占100%。", "本年支出合计234.50万元，占100%。"),
    ("本年支出合计234.50万元，\n第 7 页 共 21 页\n占100%。", "本年支出合计234.50万元，占100%。"),
    ("本年支出合计234.50万元，占\n—7—\n100%。", "本年支出合计234.50万元，占100%。"),
    ("公务接待\n3\n批次，支出2万元。", "公务接待3批次，支出2万元。"),
    ("小学教育（\n7\n项）支出234.50万元。", "小学教育（项）支出234.50万元。"),
    ("本年支出合计234.50\n7\n万元，占100%。", "本年支出合计234.50万元，占100%。"),
    ("本年支出合计234.50万元，占100\n\n%。", "本年支出合计234.50万元，占100%。"),
    ("本年支出合计234.50万元\n，占100%。", "本年支出合计234.50万元，占100%。"),
    ("本年支出合计（含234.50万元\n的尾款）100万元。", "本年支出合计（含234.50万元的尾款）100万元。"),
]


@pytest.mark.parametrize(("text", "sentence"), TORN, ids=range(len(TORN)))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_torn_sentences_are_joined(text: str, sentence: str, end: str) -> None:
    assert read(f"二、支出决算\n{text}\n".replace("\n", end)) == [sentence]


SENTENCE = (
    "2023年度一般公共预算财政拨款支出决算总额为1234.50万元，"
    "比上年决算数增加100.25万元，增长8.84%，主要原因是项目支出增加。"
)


@pytest.mark.parametrize("width", [26, 30, 34, 38, 42])
@pytest.mark.parametrize("between", ["\n", "\r\n", "\n\n- 12 -\n\n", "\n    "])
def test_a_sentence_broken_at_any_width(width: int, between: str) -> None:
    broken = between.join(SENTENCE[i : i + width] for i in range(0, len(SENTENCE), width))
    assert "".join(read(f"某某局2023年度部门决算\n\n{broken}\n")[1:]) == SENTENCE


def test_finished_lines_are_not_joined() -> None:
    text = "二、支出决算\n本年支出合计5.00万元。\n其中：基本支出3.00万元；\n项目支出2.00万元。\n"
    assert read(text) == ["本年支出合计5.00万元。", "其中：基本支出3.00万元；", "项目支出2.00万元。"]


def test_a_stop_inside_brackets_ends_nothing() -> None:
    text = "会议费5.00万元（其中：水务会2.00万元。防汛会3.00万元。），培训费1.00万元。差旅费2.00万元。"
    assert len(read(text)) == 2


@pytest.mark.parametrize(
    "line", ["- 3 -", "— 12 —", "3", "第3页", "第 3 页 共 20 页", "第3页/共20页", "", "　", "-"]
)
def test_page_furniture_is_no_sentence(line: str) -> None:
    text = f"一、支出决算\n本年支出合计5.00万元。\n{line}\n项目支出2.00万元。\n"
    assert read(text) == ["本年支出合计5.00万元。", "项目支出2.00万元。"]


@pytest.mark.parametrize(
    "line", ["（图1：支出结构图）", "图 2：收入结构", "（图3：支出决算图）（饼状图）", "表1：收支表"]
)
def test_captions_are_no_sentences(line: str) -> None:
    assert read(f"一、支出\n{line}\n项目支出2.00万元。\n") == ["项目支出2.00万元。"]


def test_offsets_of_sentences_lead_back() -> None:
    text = "一、支出\n　本年 支出合计\r\n**５.00** 万元，“其中”：基本支出 3.00 万元。\n项目支出2.00万元。\n"
    for sentence in parted(text).sentences:
        assert text[sentence.start] == text[sentence.start : sentence.end][0]
        assert view(text, [(sentence.start, sentence.end)]).text == sentence.view.text


# -- tables


def test_rows_with_tabs_are_tables() -> None:
    rows = "科目\t合计\t基本支出\n教育支出\t\t5.00\n\t3.00\t2.00\n"
    text = f"三、附表\n支出决算表\n单位：万元\n{rows}本年支出合计5.00万元。\n"
    structure = parted(text)
    (table,) = structure.tables
    assert table.title in ("支出决算表", "三、附表")
    cells = [[cell.text for cell in row] for row in table.rows]
    assert cells[-3:] == [["科目", "合计", "基本支出"], ["教育支出", "", "5.00"], ["", "3.00", "2.00"]]
    assert all(text[cell.start : cell.end] == cell.text for row in table.rows for cell in row)
    assert [s.view.text for s in structure.sentences][-1] == "本年支出合计5.00万元。"


def test_tables_of_markdown() -> None:
    text = "一、支出\n| 科目 | 金额 |\n|---|---|\n| 教育支出 | 5.00 |\n\n本年支出合计5.00万元。\n"
    structure = parted(text)
    (table,) = structure.tables
    rows = [[cell.text for cell in row if cell.text] for row in table.rows]
    assert ["科目", "金额"] in rows
    assert ["教育支出", "5.00"] in rows
    assert [s.view.text for s in structure.sentences] == ["本年支出合计5.00万元。"]


# -- views and words


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("“三公”经费　１２．５０　万元", "三公经费12.50万元"),
        ("支出(含税)：5％;", "支出（含税）：5%；"),
        ("1,234.50万元,占5%", "1,234.50万元，占5%"),
        ("**基本支出** 5 万元", "基本支出5万元"),
        ("[bookmark: _Toc5]基本支出[bookmark: _Toc6]5万元", "基本支出5万元"),
        ("共 12 34 件", "共12 34件"),
        ("支\u200b出", "支出"),
    ],
)
def test_a_view_drops_what_carries_no_meaning(text: str, seen: str) -> None:
    shown = view(text, [(0, len(text))])
    assert shown.text == seen
    assert len(shown.origin) == len(shown.text)
    assert list(shown.origin) == sorted(set(shown.origin))


def test_words_are_those_of_the_lexicon() -> None:
    words = [token.text for token in tokens("一般公共预算财政拨款支出较上年决算数增加")]
    assert "上年" in words or "较上年" in words
    assert "增加" in words
    assert boundaries("增加支出") == {(0, 2), (2, 4)}


def test_an_empty_or_odd_document_has_no_sentences() -> None:
    for text in ("\n\n", "\t\n", "- 1 -\n", "****\n", "##\n"):
        assert read(text) == []


@settings(derandomize=True, deadline=None, max_examples=150)
@given(LAYOUT | texts())
def test_segmentation_never_fails_and_never_repeats_a_character(text: str) -> None:
    structure = parted(text)
    places = [i for sentence in structure.sentences for i in sentence.view.origin]
    assert places == sorted(set(places))
    assert all(0 <= section.start < section.end <= len(text) for section in structure.sections)
    for table in structure.tables:
        assert all(text[cell.start : cell.end] == cell.text for row in table.rows for cell in row)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_text_has_a_segmentation(text: str) -> None:
    parted(text)


def test_running_heads_do_not_break_sentences() -> None:
    head = "澄湖区水务局2023年度部门决算"
    pages = [
        "2023年度本年收入合计100.00万元，其中：财政拨款收入",
        "100.00万元，占100%。2023年度本年支出合计100.00万元，其中：基本支出",
        "60.00万元，占60%；项目支出40.00万元，占40%。公务接待费支出",
        "1.00万元。",
    ]
    text = "\n".join(f"{page}\n\n— {number} —\n\n{head}\n" for number, page in enumerate(pages, 1))
    said = [s.view.text for s in segment(document(text, "", "text")).sentences]
    assert said == [
        "2023年度本年收入合计100.00万元，其中：财政拨款收入100.00万元，占100%。",
        "2023年度本年支出合计100.00万元，其中：基本支出60.00万元，占60%；项目支出40.00万元，占40%。",
        "公务接待费支出1.00万元。",
    ]
