"""JSON, CSV, terminal text, wrapping, output files."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.messages import _messages, say
from hedui.model import Failure, Page, Report
from hedui.report.csv import as_csv
from hedui.report.json import as_json, as_jsonl
from hedui.report.output import write
from hedui.report.passage import passages
from hedui.report.terminal import Style, as_text
from hedui.report.wrap import columns, wrap

# The field names that the contract fixes, spelled out once more: a renamed field must not pass unnoticed.
FIELDS = {
    name: set(fields.split())
    for name, fields in {
        "document": """
            id source url title publisher fiscal_year kind published retrieved origins pages characters reader
            attachments""",
        "claim": """
            id document origin page box start end section sentence sentence_start value unit amount low high
            metric part subject item measure basis year period versus versus_year versus_basis scope direction
            approximate confidence pattern""",
        "item": "code name path printed match score",
        "other": "start end value unit kind sentence",
        "relation": "id rule status claims stated expected gap reason",
        "finding": """
            id rule family certainty message message_en page box start end quote claims relation stated
            expected suspects""",
        "suspect": "claim value how how_en",
    }.items()
}


def test_json_has_the_fields_of_the_contract(report: Report) -> None:
    shown = report.to_dict()
    assert set(shown) == {"document", "claims", "others", "relations", "findings"}
    assert set(shown["document"]) == FIELDS["document"]
    assert set(shown["claims"][0]) == FIELDS["claim"]
    assert set(shown["claims"][0]["item"]) == FIELDS["item"]
    assert set(shown["others"][0]) == FIELDS["other"]
    assert set(shown["relations"][0]) == FIELDS["relation"]
    assert set(shown["findings"][0]) == FIELDS["finding"]
    assert set(shown["findings"][0]["suspects"][0]) == FIELDS["suspect"]
    assert "text" not in shown["document"]


def test_offsets_lead_back_to_the_text(report: Report) -> None:
    shown = report.to_dict(with_text=True)
    text = shown["document"]["text"]
    for claim in shown["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["value"] + claim["unit"]


def test_json_of_several_documents_and_failures(report: Report) -> None:
    failures = [Failure("x.txt", "empty")]
    whole = json.loads("".join(as_json([report, report], failures, False)))
    assert [len(whole["documents"]), whole["failures"]] == [2, [{"source": "x.txt", "reason": "empty"}]]
    lines = "".join(as_jsonl([report, report], failures, False)).splitlines()
    assert [sorted(json.loads(line))[0] for line in lines] == ["checked", "checked", "failures"]
    assert json.loads("".join(as_json([], [], False))) == {"documents": [], "failures": []}


def test_csv_is_one_row_a_claim(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(as_csv([report])))))
    assert [row["value"] for row in rows] == ["100.00", "20.00", "30.00"]
    assert [row["item_code"] for row in rows] == ["20101", "", ""]
    assert rows[0]["section"] == "一、支出情况"


def text_of(report: Report, **style: object) -> str:
    return "".join(as_text([report], [], Style(**({"lang": "zh"} | style)), {"CHG001": "增减"}))  # type: ignore[arg-type]


def test_terminal_text_says_it_all(report: Report) -> None:
    shown = text_of(report, width=100)
    for part in (
        "CHG001",
        "第 5 行",
        "【100.00万元】",
        "【30.00%】",
        "增长率与增减额不符",
        "4 个数字",
        "hedui explain CHG001",
    ):
        assert part in shown
    assert "no whole" not in shown
    assert "no whole" in text_of(report, verbose=True)
    assert "【7】" in text_of(report, verbose=True)


def test_terminal_text_in_english(report: Report) -> None:
    shown = text_of(report, lang="en", verbose=True)
    assert "line 5" in shown
    assert "line 6: " in shown
    assert "：" not in shown
    assert "The rate does not fit" in shown
    assert "certain: 1 · likely: 0 · notes: 0" in shown


def test_terminal_text_without_findings(report: Report) -> None:
    held = tuple(relation for relation in report.relations if relation.status == "held")
    shown = text_of(replace(report, findings=(), relations=held))
    assert say("report.clean", "zh") in shown
    assert "hedui explain" not in shown


def test_what_fails_and_is_left_out_is_not_called_clean(report: Report) -> None:
    shown = text_of(replace(report, findings=()))
    assert say("report.clean", "zh") not in shown
    assert say("report.withheld", "zh") in shown


def test_where_nothing_was_decided_nothing_is_called_clean(report: Report) -> None:
    undecided = tuple(r for r in report.relations if r.status == "undecidable")
    for relations in ((), undecided):
        shown = text_of(replace(report, findings=(), relations=relations), width=100)
        assert say("report.clean", "zh") not in shown
        assert say("report.unchecked", "zh") in shown


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_too_wide(report: Report, width: int) -> None:
    for line in text_of(report, width=width, verbose=True).splitlines():
        assert columns(line) <= width


def test_a_page_goes_before_a_line(report: Report) -> None:
    finding = replace(report.findings[0], page=3)
    assert "第 3 页" in text_of(replace(report, findings=(finding,)))


def test_passage_of_words_alone_is_the_quote(report: Report) -> None:
    finding = replace(report.findings[0], claims=())
    [passage] = passages(report, finding)
    assert passage.marked(str.upper) == finding.quote


def test_what_is_left_open_has_a_place_and_labels(report: Report) -> None:
    shown = text_of(report, verbose=True, width=100)
    assert "SHR001 × 1 no whole\n      第 5 行：" in shown
    assert f"{report.claims[2].subject} 30.00%".strip() in shown
    document = replace(report.document, pages=(Page(1, 0, 5), Page(2, 5, len(report.document.text))))
    claims = tuple(replace(claim, page=2) for claim in report.claims)
    paged = text_of(replace(report, document=document, claims=claims), verbose=True, width=100)
    left = paged.partition(say("report.undecidable", "zh", count=1))[2]
    assert left.count("第 2 页：") == 2
    assert " 行：" not in paged


def test_words_of_a_finding_are_shown_wherever_its_figures_stand(report: Report) -> None:
    document, claim = report.document, report.claims[0]
    words = "说明" * 30 + "主要原因是人员减少"
    figures = replace(report.findings[0], claims=(claim.id,))

    def shown(text: str, at: int, sentence: str) -> list[str]:
        """The passages of a finding about the words at `at`; its figure keeps its place."""
        claims = (replace(claim, sentence=sentence),)
        other = replace(report, document=replace(document, text=text), claims=claims)
        found = replace(figures, start=at, end=at + len(words))
        return [passage.marked("<{}>".format) for passage in passages(other, found)]

    end = claim.sentence_start + len(claim.sentence)
    same = claim.sentence + words
    [text] = shown(document.text[:end] + words, end, same)
    assert "<100.00万元>" in text
    assert text.endswith(words)
    [text] = shown(document.text[:end] + words, end - 5, claim.sentence)
    assert "<100.00万元>" in text
    assert words[:-5] in text
    [text] = shown(document.text[:end] + words + "，另有离职\n二、", end - 5, claim.sentence)
    assert text.endswith("另有离职")
    first, second = shown(document.text + "\n" + words, len(document.text) + 1, claim.sentence)
    assert first == words
    assert "<100.00万元>" in second


def test_long_passages_are_cut_between_figures(report: Report) -> None:
    filler = "说明" * 100
    text = report.document.text.replace("，增长", f"，{filler}，增长")
    shift = len(filler) + 1
    last = report.claims[2]
    sentence = last.sentence.replace("，增长", f"，{filler}，增长")
    claims = tuple(
        replace(
            claim,
            sentence=sentence,
            start=claim.start + shift * (claim is last),
            end=claim.end + shift * (claim is last),
        )
        for claim in report.claims
    )
    long = replace(report, document=replace(report.document, text=text), claims=claims)
    [passage] = passages(long, report.findings[0])
    shown = passage.marked("<{}>".format)
    assert "<30.00%>" in shown
    assert "…" in shown
    assert len(shown) < 160


@given(st.text(alphabet="财政 拨款，。（）“”1234.5%abc", max_size=200), st.integers(8, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


def test_wrapping_keeps_numbers_and_marks_together() -> None:
    lines = wrap("支出合计12345.67万元，比上年增加。", 12)
    assert any("12345.67" in line for line in lines)
    assert not any(line.startswith("，") for line in lines)
    assert columns("万元 1") == 6
    assert columns("\x1b[1m万\x1b[0m") == 2


def test_output_file_is_whole_or_untouched(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")

    def broken():  # type: ignore[no-untyped-def]
        yield "half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(broken(), target)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]
    write(iter(["\x1b[1mwhole\x1b[0m"]), target)
    assert target.read_text() == "whole"


def test_every_message_has_both_languages_and_the_same_fields() -> None:
    import string

    for key, texts in _messages().items():
        fields = [
            sorted(name for _, name, _, _ in string.Formatter().parse(texts[lang]) if name)
            for lang in ("zh", "en")
        ]
        assert fields[0] == fields[1], key
    assert say("no.such.key", "zh", a=1) == "no.such.key a=1"


def test_line_breaks_inside_chinese_vanish_from_passages(report: Report) -> None:
    broken = "本年支\n  出合计\n100.00\n万元"
    document = replace(report.document, text=broken)
    finding = replace(report.findings[0], claims=(), start=0, end=len(broken))
    [passage] = passages(replace(report, document=document), finding)
    assert passage.marked(str) == "本年支出合计 100.00 万元"
