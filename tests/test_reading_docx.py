"""Word → Document: tables, text boxes, notes, charts, tracked changes, and what is refused."""

import io
import sys
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.formats.docx import disclosure
from corpus.formats.docx_parts import cell, docx, paragraph, run, table, zipped
from hedui.reading import package, read
from hedui.reading.errors import UnreadableInput
from hedui.reading.word import reader
from readers import damaged, paragraphs, refusal, said

PROSE = "本年支出合计2946.25万元，比上年增加136.40万元，增长4.85%。"


def lines_of(body: str, **parts: str) -> list[str]:
    return [line for line in read(docx(body, **parts), "").text.splitlines() if line]


@pytest.mark.parametrize("levels", [False, True])
def test_a_disclosure_says_the_same_as_text_and_as_word(samples: list[Path], levels: bool) -> None:
    for path in samples:
        text = paragraphs(path.read_text("utf8"))
        plain, word = hedui.extract(text=text), hedui.extract(disclosure(text, levels))
        assert Counter(map(said, word.claims)) == Counter(map(said, plain.claims)), path.name
        assert word.document.title == plain.document.title


def test_layout() -> None:
    body = (
        paragraph("一、支出", "情况")
        + paragraph("")
        + paragraph(PROSE)
        + table([["项目", "决算数"], ["支出", "5"]])
    )
    assert read(docx(body), "").text == f"一、支出情况\n\n{PROSE}\n项目\t决算数\n支出\t5\n"


def test_tables_with_merged_and_nested_cells() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = table([["国内", "3.5"], ["国外", "0"]])
    rows = [
        [cell("项目", down), cell("决算数", '<w:gridSpan w:val="2"/>')],
        [cell("", on), "合计", "其中"],
        ["接待费", "3.5", cell(paragraph("细目：") + inner)],
        ["数量", cell(paragraph("12") + paragraph("34")), "次"],
    ]
    assert lines_of(table(rows)) == [
        *["项目\t决算数\t", "\t合计\t其中", "接待费\t3.5\t细目：国内 3.5 国外 0", "数量\t12 34\t次"],
    ]
    assert lines_of(table([[cell(paragraph(PROSE) + paragraph("完。"))], [""]])) == [PROSE, "完。"]
    deleted = "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell("旧") + cell("旧") + "</w:tr></w:tbl>"
    assert lines_of(deleted + paragraph("新")) == ["新"]


def test_text_boxes_come_once_and_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框中')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert lines_of(paragraph("段", both, "落")) == ["段落", "框中"]


def test_notes_come_after_their_paragraph() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", "口径为全年预算数。")}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = paragraph("支出1万元", mark, "。") + paragraph("后", '<w:r><w:footnoteReference w:id="9"/></w:r>')
    assert lines_of(body, footnotes=notes) == ["支出1万元。", "口径为全年预算数。", "后"]


def test_tracked_changes_are_accepted() -> None:
    body = paragraph(
        "支出",
        f"<w:del>{run('9.99').replace('w:t', 'w:delText')}</w:del><w:moveFrom>{run('旧')}</w:moveFrom>",
        f"<w:ins>{run('12')}</w:ins><w:moveTo>{run('.5')}</w:moveTo>",
        "万元",
        properties="<w:rPr><w:del/></w:rPr>",
    )
    assert lines_of(body + paragraph("，下降。") + paragraph("完。")) == ["支出12.5万元，下降。", "完。"]


def test_hidden_text_and_instructions_are_left_out() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = paragraph(
        *["1", run("9", "<w:vanish/>"), run("2", '<w:vanish w:val="0"/>'), run("8", '<w:rStyle w:val="B"/>')],
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SEQ 图</w:instrText></w:r>',
        *[
            "3",
            "<w:object><w:r><w:t>OLE</w:t></w:r></w:object>",
            "<m:oMath><m:r><m:t>4</m:t></m:r></m:oMath>",
        ],
        '<w:r><w:noBreakHyphen/><w:br w:type="page"/><w:t>5</w:t><w:br/><w:t>6</w:t></w:r>',
    )
    assert lines_of(body, styles=styles) == ["1234-", "5", "6"]


def test_codes_of_fields_are_left_out_and_their_results_read() -> None:
    begin, separate, close = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText>IF</w:instrText></w:r>"
    inner = begin + code + separate + run("9") + close
    body = paragraph("支出", begin, code, inner, separate, "5.20", close, "万元", begin, code)
    assert lines_of(body + paragraph("完。")) == ["支出5.20万元", "完。"]
    assert lines_of(paragraph("见", f"<w:fldSimple w:instr='REF a'>{run('表1')}</w:fldSimple>")) == ["见表1"]


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        *[("Wingdings", "F081", "①"), ("Wingdings", "F0FE", "☑"), ("Wingdings 2", "F06A", "①")],
        *[("Symbol", "F025", "%"), ("Symbol", "F0B3", "≥"), ("Symbol", "F0B7", ""), ("宋体", "2460", "①")],
        *[("Wingdings", "F04A", ""), ("Wingdings", "x", ""), ("", "", ""), ("", "D800", "")],
    ],
)
def test_symbols(font: str, code: str, expected: str) -> None:
    sign = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert lines_of(paragraph("增长", sign, "完")) == [f"增长{expected}完"]


def test_soft_hyphens_and_reading_aids_are_no_text() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('jué')}</w:rt><w:rubyBase>{run('决')}</w:rubyBase></w:ruby></w:r>"
    body = paragraph(ruby, "<w:r><w:t>算1,2</w:t><w:softHyphen/><w:t>34</w:t></w:r>")
    assert lines_of(body + paragraph(f'<w:bdo w:val="ltr">{run("完")}</w:bdo>')) == ["决算1,234", "完"]


def test_a_page_break_parts_lines() -> None:
    body = paragraph("目录", '<w:r><w:br w:type="page"/></w:r>', "一、支出")
    assert lines_of(body) == ["目录", "一、支出"]


def _cache(kind: str, *points: str, code: str = "General") -> str:
    found = "".join(f'<c:pt idx="{n}"><c:v>{point}</c:v></c:pt>' for n, point in enumerate(points) if point)
    form = f"<c:formatCode>{code}</c:formatCode>" if kind == "num" else ""
    return f"<c:{kind}Ref><c:f>Sheet1!A1</c:f><c:{kind}Cache>{form}{found}</c:{kind}Cache></c:{kind}Ref>"


def test_charts_are_read_as_tables_of_their_numbers() -> None:
    series = "".join(
        f"<c:ser><c:tx>{_cache('str', name)}</c:tx><c:cat>{_cache('str', '基本支出', '项目支出')}</c:cat>"
        f"<c:val>{_cache('num', *numbers, code=code)}</c:val></c:ser>"
        for name, numbers, code in (
            ("决算数", ("1503.5200000000002", "", "7"), "#,##0.00"),
            ("占比", ("0.95120000000000005", "0.0488"), "0.00%"),
        )
    )
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>支出结构</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    inner = f"<c:chart>{title}<c:plotArea><c:barChart>{series}</c:barChart></c:plotArea></c:chart>"

    def drawn(number: int) -> str:
        return f'<w:r><w:drawing><a:graphicData><c:chart r:id="chart{number}"/></a:graphicData></w:drawing></w:r>'

    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='c14'>{drawn(0)}</mc:Choice><mc:Fallback/>"
        "</mc:AlternateContent></w:r>"
    )
    body = paragraph("图：", both) + paragraph(drawn(1), drawn(9), "完。")
    assert read(docx(body, charts=(inner, "<c:chart/>")), "").text == (
        "图：\n支出结构\t\t\n\t决算数\t占比\n基本支出\t1503.52\t95.12%\n项目支出\t\t4.88%\n\t7.00\t\n\n完。\n"
    )


def test_headers_and_footers_and_comments_are_left_out() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr>'
    body = paragraph(PROSE, '<w:r><w:commentReference w:id="1"/></w:r>') + section
    assert lines_of(body, header=paragraph("页眉"), comments=paragraph("批注")) == [PROSE]


def test_tabs() -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = paragraph("一、部门职责", tab, "4") + paragraph(tab, "本年", tab, "支出减少。")
    body += paragraph("一、", tab, "收入") + paragraph("项目", tab, "预算数", tab, "决算数")
    assert lines_of(body) == ["一、部门职责\t4", "本年 支出减少。", "一、 收入", "项目\t预算数\t决算数"]


def test_content_controls_and_links() -> None:
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>" + paragraph(
        f"<w:hyperlink>{run('链')}</w:hyperlink><w:smartTag>{run('接')}</w:smartTag>"
    )
    assert lines_of(body) == ["控件", "链接"]


def test_the_strict_form_of_the_format() -> None:
    buffer = docx(paragraph(PROSE))
    with zipfile.ZipFile(io.BytesIO(buffer)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    files = {
        name: text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, text in files.items()
    }
    assert read(zipped(files), "").text == PROSE + "\n"


def test_other_archives_and_broken_files() -> None:
    assert refusal(zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"})) == "archive"
    assert refusal(zipped({"word/document.xml": "<html/>"})) == "archive"
    assert refusal(zipped({"word/document.xml": "<w:document"})) == "docx_broken"
    assert refusal(b"PK\x03\x04" + bytes(100)) == "docx_broken"
    assert refusal(docx("")) == "empty"
    whole = disclosure(PROSE)
    for cut in range(4, len(whole), len(whole) // 30):
        assert refusal(whole[:cut]) == "docx_broken"
    assert lines_of(paragraph("甲", number=(1, 0)), numbering="<broken") == ["甲"]


def test_damaged_bytes_are_read_or_refused() -> None:
    whole = disclosure(PROSE * 3 + "\n一、收入\n项目\t决算数\n支出\t10.50")
    for data in damaged(whole, seed=5, copies=150, first=4, counts=(1, 4, 30)):
        with suppress(UnreadableInput):
            read(data, "")


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    prolog = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY b "嘭"><!ENTITY c "&b;&b;">]>'
    body = "<w:p><w:r><w:t>支出&x;&c;</w:t></w:r></w:p>"
    assert read(docx(body, prolog), "").text == "支出\n"


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<w:ins>" * 400 + "</w:ins>" * 400
    assert refusal(docx(paragraph(deep))) == "docx_broken"
    nested = PROSE
    for _ in range(40):
        nested = table([[cell(paragraph(nested) if nested == PROSE else nested)]])
    assert lines_of(nested) == [PROSE]
    bomb = docx(paragraph("0" * 12_000_000))
    assert refusal(bomb) == "too_large_unpacked"
    monkeypatch.setattr(reader, "MAX_SECONDS", -1)
    assert refusal(docx(paragraph(PROSE))) == "too_slow"
    monkeypatch.setattr(package, "MAX_ENTRIES", 2)
    assert refusal(docx(paragraph(PROSE))) == "too_many_entries"
    monkeypatch.setattr(package, "MAX_BYTES", 10)
    assert refusal(docx(paragraph(PROSE))) == "too_large"
