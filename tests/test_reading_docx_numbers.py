"""Word → Document: the numbers that Word gives to headings and items of lists are written out."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from corpus.formats.docx import disclosure
from corpus.formats.docx_parts import cell, docx, level, listing, paragraph, table, use
from hedui.reading import read
from hedui.reading.word.numbers import written


def lines_of(body: str, **parts: str) -> list[str]:
    return [line for line in read(docx(body, **parts), "").text.splitlines() if line]


def test_headings_are_levels_of_one_list() -> None:
    lines = [
        "第一部分 概况",
        "一、职责",
        "二、机构",
        "第二部分 说明",
        "一、收入",
        "（一）总体",
        "1.甲",
        "2.乙",
        "（二）具体",
        "1.丙",
        "4.丁",
    ]
    data = disclosure("\n".join(lines), levels=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        numbering = archive.read("word/numbering.xml").decode()
        levels = archive.read("word/document.xml").decode()
    assert numbering.count("<w:abstractNum ") == 1
    assert numbering.count("<w:lvl ") == 4
    assert numbering.count("<w:num ") == 2  # the list, and its new beginning at 4
    assert {f'<w:ilvl w:val="{n}"/>' in levels for n in range(4)} == {True}
    read_back = [line.replace(" ", "") for line in read(data, "").text.splitlines() if line]
    assert read_back == [line.replace(" ", "") for line in lines]


@pytest.mark.parametrize(
    ("number", "way", "expected"),
    [
        *[(1, "decimal", "1"), (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２")],
        *[
            (10, "chineseCounting", "十"),
            (12, "chineseCountingThousand", "十二"),
            (20, "chineseCounting", "二十"),
        ],
        *[(21, "chineseCountingThousand", "二十一"), (105, "chineseCountingThousand", "一百〇五")],
        *[(110, "chineseCountingThousand", "一百一十"), (1010, "chineseCountingThousand", "一千〇一十")],
        *[(10, "ideographDigital", "一〇"), (12, "chineseLegalSimplified", "壹拾贰")],
        *[(3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircleChinese", "㉑")],
        *[
            (99, "decimalEnclosedCircle", "99"),
            (2, "decimalEnclosedParen", "⑵"),
            (2, "ideographEnclosedCircle", "㊁"),
        ],
        *[(4, "ideographTraditional", "丁"), (4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix")],
        *[(2, "upperLetter", "B"), (28, "lowerLetter", "bb"), (5, "none", ""), (5, "bullet", "")],
        *[(3, "unheardOf", "3"), (10**9, "chineseCounting", "1000000000")],
    ],
)
def test_ways_of_writing_numbers(number: int, way: str, expected: str) -> None:
    assert written(number, way) == expected


LEVELS = (
    level(0, "%1、", "chineseCounting"),
    level(1, "（%2）", "chineseCounting"),
    level(2, "%3.", "decimal"),
    level(3, "%2.%3.%4", "decimal", more="<w:isLgl/>"),
)


def test_levels_begin_anew_below_a_higher_one() -> None:
    places = [
        (0, "甲"),
        (1, "乙"),
        (2, "丙"),
        (2, "2023年丁"),
        (3, "戊"),
        (1, "己"),
        (2, "庚"),
        (0, "辛"),
        (1, "壬"),
    ]
    body = "".join(paragraph(words, number=(1, place)) for place, words in places)
    assert lines_of(body, numbering=listing(0, *LEVELS) + use(1, 0)) == [
        *["一、甲", "（一）乙", "1.丙", "2. 2023年丁", "1.2.1 戊", "（二）己", "1.庚", "二、辛", "（一）壬"],
    ]


def test_levels_that_go_on_or_begin_anew_only_below_one_of_the_higher() -> None:
    levels = (
        level(0, "%1、"),
        level(1, "(%2)", more='<w:lvlRestart w:val="0"/>'),
        level(2, "%3)", more='<w:lvlRestart w:val="1"/>'),
    )
    body = "".join(paragraph("甲", number=(1, place)) for place in (0, 1, 2, 1, 2, 0, 1, 2))
    assert [line[:-1] for line in lines_of(body, numbering=listing(0, *levels) + use(1, 0))] == [
        *["1、", "(1)", "1)", "(2)", "2)", "2、", "(3)", "1)"],
    ]


def test_lists_share_a_count_unless_they_begin_anew() -> None:
    numbering = listing(0, *LEVELS) + use(1, 0) + use(2, 0) + use(3, 0, [(0, 5)])
    body = "".join(paragraph("甲", number=(used, 0)) for used in (1, 1, 2, 3, 3, 1))
    assert [line[0] for line in lines_of(body, numbering=numbering)] == list("一二三五六七")


def test_an_override_may_give_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条", "decimal", 3)}</w:lvlOverride>'
    assert lines_of(paragraph("甲", number=(1, 0)), numbering=listing(0, *LEVELS) + use(1, 0, more=own)) == [
        "第3条 甲"
    ]


def test_numbers_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="T"><w:basedOn w:val="T"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    linked = listing(
        1, level(0, "%1)"), level(1, "<%2>".replace("<", "[").replace(">", "]"), more='<w:pStyle w:val="L"/>')
    )

    def styled(style: str, words: str, more: str = "") -> str:
        return paragraph(words, properties=f'<w:pStyle w:val="{style}"/>{more}')

    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        styled("H1", "甲")
        + styled("H2", "乙")
        + styled("H2", "丙")
        + styled("T", "丁")
        + styled("H1", "戊", none)
    )
    body += styled("L", "己")
    numbering = listing(0, *LEVELS) + linked + use(1, 0) + use(2, 1)
    assert lines_of(body, numbering=numbering, styles=styles) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "丁",
        "戊",
        "[1]己",
    ]


def test_a_list_may_be_defined_by_a_style_of_numbers() -> None:
    defined = listing(0, *LEVELS, more='<w:styleLink w:val="S"/>')
    linked = listing(1, more='<w:numStyleLink w:val="S"/>')
    body = paragraph("甲", number=(1, 0)) + paragraph("乙", number=(7, 0)) + paragraph("丙", number=(1, 8))
    assert lines_of(body, numbering=defined + linked + use(1, 1)) == ["一、甲", "乙", "丙"]


def test_numbers_of_paragraphs_in_cells() -> None:
    rows = [[cell(paragraph("甲", number=(1, 0))), "1"], [cell(paragraph("乙", number=(1, 0))), "2"]]
    body = table(rows) + paragraph("丙", number=(1, 0))
    assert lines_of(body, numbering=listing(0, *LEVELS) + use(1, 0)) == ["一、甲\t1", "二、乙\t2", "三、丙"]
