"""The passage that a finding quotes, and where it stands."""

from dataclasses import replace

import pytest

import hedui
from hedui.checking.findings import finding_of
from hedui.model import Page, Strip
from hedui.relations import Candidate
from hedui.relations.judging import judge
from verdicts import SPACE, checked, document_of, figures, repeat, replace_focus, seen


def quoted(text: str, *shown: str) -> str:
    """The quote of a finding about the figures of a sentence, the first above all."""
    values = figures(text, *shown or ("5.00",))
    candidate = Candidate(
        "REP001",
        (("first", values[0]), ("again", values[0]), *((f"n{n}", v) for n, v in enumerate(values))),
        values[0],
        lambda read: read(values[0]),
        lambda read: read(values[0]),
        "万元",
    )
    finding = finding_of(document_of(text), judge(candidate), "R1")
    assert text[finding.start : finding.end] == finding.quote
    return finding.quote


def test_a_quote_begins_thirty_characters_before_the_figure() -> None:
    assert quoted(f"{SPACE}5.00万元。") == "某" * 30 + "5.00万元"
    assert quoted(f"{SPACE[:30]}5.00万元。") == "某" * 30 + "5.00万元"
    assert quoted(f"{SPACE[:3]}5.00万元。") == "某" * 3 + "5.00万元"
    assert quoted("5.00万元。") == "5.00万元"


def test_a_quote_begins_on_the_line_of_the_figure() -> None:
    assert quoted(f"{SPACE}\n{SPACE[:29]}5.00万元。") == "某" * 29 + "5.00万元"
    assert quoted(f"{SPACE}\n{SPACE[:30]}5.00万元。") == "某" * 30 + "5.00万元"
    assert quoted(f"{SPACE}\n上\n下5.00万元。") == "下5.00万元"
    assert quoted(f"{SPACE}\n5.00万元。") == "5.00万元"


def test_a_quote_begins_with_no_part_of_a_figure() -> None:
    assert quoted(f"{SPACE}1234.56万元{SPACE[:24]}5.00万元。") == "某" * 24 + "5.00万元"
    assert quoted(f"{SPACE}1234.56万元{SPACE[:21]}5.00万元。") == "1234.56万元" + "某" * 21 + "5.00万元"


def test_other_figures_are_quoted_as_far_as_there_is_room() -> None:
    def between(far: int) -> str:
        return quoted(f"5.00万元{SPACE[:far]}7.00万元", "5.00", "7.00").strip("某")

    # ninety characters from the first figure's beginning to the last one's end
    assert between(90 - 12) == f"5.00万元{SPACE[:78]}7.00万元"
    assert between(90 - 11) == "5.00万元"
    assert quoted(f"7.00万元{SPACE[:78]}5.00万元", "5.00", "7.00") == f"7.00万元{SPACE[:78]}5.00万元"
    assert quoted(f"7.00万元{SPACE[:79]}5.00万元", "5.00", "7.00") == "某" * 30 + "5.00万元"


def test_the_nearest_figures_are_quoted_first() -> None:
    before_is_near = f"6.00万元{SPACE[:40]}5.00万元{SPACE[:60]}7.00万元"
    assert quoted(before_is_near, "5.00", "6.00", "7.00") == f"6.00万元{SPACE[:40]}5.00万元"
    assert quoted(before_is_near, "5.00", "7.00", "6.00") == f"6.00万元{SPACE[:40]}5.00万元"
    behind_is_near = f"6.00万元{SPACE[:60]}5.00万元{SPACE[:40]}7.00万元"
    for order in (("6.00", "7.00"), ("7.00", "6.00")):
        assert quoted(behind_is_near, "5.00", *order) == "某" * 30 + f"5.00万元{SPACE[:40]}7.00万元"


def test_figures_of_other_sentences_and_documents_are_not_quoted() -> None:
    text = "甲1.00万元，乙2.00万元。"
    a, b = figures(text, "1.00", "2.00")
    document = document_of(text)
    assert finding_of(document, judge(repeat(a, b)), "R1").quote == "甲1.00万元，乙2.00万元"
    for elsewhere in ({"sentence_start": 3}, {"sentence_start": -3}, {"document": "c"}, {"document": "e"}):
        other = replace(a, claim=replace(a.claim, **elsewhere))
        finding = finding_of(document, judge(repeat(other, b)), "R1")
        assert finding.quote == "甲1.00万元，乙2.00万元"[finding.start :]
        assert (finding.start, finding.claims) == (0, ("c0", "c1"))
        other = replace(b, claim=replace(b.claim, **elsewhere))
        assert finding_of(document, judge(replace_focus(repeat(other, a), a)), "R1").quote == "甲1.00万元"


def test_an_observation_is_quoted_whole_unless_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def quote(text: str, start: int, end: int, *shown: str) -> str:
        told = [seen("TPL001", start, end, figures(text, *shown))]
        (finding,) = checked(monkeypatch, document_of(text), observations=told)[1]
        return finding.quote

    assert quote(SPACE, 10, 15) == SPACE[:5]
    assert quote(SPACE, 10, 130) == SPACE[:120]
    assert quote(SPACE, 10, 131) == SPACE[:120]
    assert quote(f"{SPACE[:127]}1234.56万元{SPACE}", 10, 180) == SPACE[:117]  # not through a figure
    lead = "某" * 30
    assert quote(f"{SPACE[:40]}5.00万元{SPACE}", 40, 50, "5.00") == f"{lead}5.00万元{SPACE[:4]}"
    assert quote(f"{SPACE[:40]}5.00万元{SPACE}", 40, 190, "5.00") == f"{lead}5.00万元{SPACE[:84]}"


def test_an_observation_stands_where_its_first_figure_does_or_its_words_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "甲1.00万元，乙2.00万元，余下没有数。"
    pages = (Page(7, 0, 8), Page(8, 8, len(text)))
    strips = (Strip(0, len(text), 10.0, 20.0, tuple(float(n) for n in range(len(text) + 1))),)
    document = document_of(text, pages=pages, strips=strips)
    first, second = figures(text, "1.00", "2.00", page=3, box=(1.0, 2.0, 3.0, 4.0))
    second = replace(second, claim=replace(second.claim, page=4, box=None))
    told = [seen("TPL001", 0, 7, (first, second)), seen("TPL001", 17, 19)]
    findings = checked(monkeypatch, document, observations=told)[1]
    assert [(f.page, f.box, f.claims) for f in findings] == [
        (3, (1.0, 2.0, 3.0, 4.0), ("c0", "c1")),
        (8, (17.0, 10.0, 19.0, 20.0), ()),
    ]
    alone = checked(monkeypatch, document, observations=[seen("TPL001", 0, 7, (second,))])[1]
    assert [(f.page, f.box) for f in alone] == [(4, None)]


ROWS = """某某局2023年度部门决算

支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
合计\t\t10.00\t6.00\t4.00
201\t一般公共服务支出\t10.00\t6.00\t4.00
20101\t人大事务\t10.00\t6.00\t4.00
2010101\t行政运行\t6.00\t6.00\t0.00
2010102\t一般行政管理事务\t5.00\t0.00\t4.00
"""


def test_a_finding_in_a_table_stands_at_the_cell_that_alone_explains_it() -> None:
    report = hedui.check(text=ROWS)
    assert [(f.rule, f.certainty) for f in report.findings] == [("TAB002", "certain")] * 2
    for finding in report.findings:
        assert "一般行政管理事务\t5.00" in finding.quote
        assert [s.value for s in finding.suspects] == ["4.00万元"]
    assert "人大事务" in report.findings[0].message
    assert "基本支出、项目支出之和0.00＋4.00" in report.findings[1].message  # the columns, not the row twice
