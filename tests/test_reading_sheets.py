"""Spreadsheets → Document: every amount of the standard tables, what is shown of numbers, what is hidden or refused."""

import io
import random
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

import hedui
import standard_tables
from hedui.reading import package, read
from hedui.reading.errors import UnreadableInput
from hedui.reading.workbook import sheets, xls
from readers import damaged, refusal
from workbooks import WRITERS, Number, Plan
from workbooks import xlsx as write_xlsx

Write = Callable[..., bytes]
every_format = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def lines(data: bytes) -> list[str]:
    """The lines of the text after the sheet's name, without those that are empty."""
    return [line for line in read(data, "").text.split("\n") if line.strip("\f")][1:]


@every_format
def test_every_amount_of_the_standard_tables_is_the_right_claim(write: Write) -> None:
    report = hedui.check(write(*standard_tables.plans()))
    claims = [claim for claim in report.claims if claim.origin == "table"]
    told = [(c.metric, c.item and c.item.code, c.scope, c.value, c.basis) for c in claims]
    assert told == standard_tables.told()
    assert all(report.document.text[c.start : c.end] == c.value for c in claims)
    assert {c.year for c in claims} == {standard_tables.YEAR}
    assert not report.findings
    document = report.document
    assert (document.fiscal_year, document.publisher) == (standard_tables.YEAR, standard_tables.BODY)
    assert [page.name for page in document.pages] == [plan.name for plan in standard_tables.plans()]
    assert [document.page_at(claims[n].start) for n in (0, -1)] == [1, len(document.pages)]


@every_format
def test_cells(write: Write) -> None:
    rows = [
        ["项目", "数\n值", "说明"],
        ["文本数字", "0123.50", None],
        ["日期", Number(date(2024, 3, 5), 'yyyy"年"m"月"d"日"', "2024年3月5日"), None],
        ["比率", Number(0.12345, "0.00%", "12.35%"), "续"],
        ["金额", Number(1234567.895, "#,##0.00", "1,234,567.90"), None],
        ["零", Number(0, "0.00", "0.00"), None],
        ["无格式", Number(783.14, "General", "783.14"), None],
    ]
    assert lines(write(Plan("甲", rows))) == [
        *("项目\t数值\t说明", "文本数字\t0123.50\t", "日期\t2024年3月5日\t", "比率\t12.35%\t续"),
        *("金额\t1,234,567.90\t", "零\t0.00\t", "无格式\t783.14\t"),
    ]


@every_format
def test_hidden_and_empty_sheets_rows_and_columns_are_left_out(write: Write) -> None:
    rows = [["题", None, None], ["甲", "密", "1.00"], ["乙", "密", "2.00"], ["丙", "密", "3.00"]]
    data = write(
        Plan("空表", []),
        Plan("明", rows, merged=[(0, 0, 0, 2)], hidden_rows=[2], hidden_columns=[1]),
        Plan("暗", [["密"]], hidden=True),
        Plan("末", [["丁"]]),
    )
    document = read(data, "")
    assert document.text == "明\n\n题\n甲\t1.00\n丙\t3.00\n\f末\n\n丁\n"
    assert [(page.number, page.name) for page in document.pages] == [(1, "空表"), (2, "明"), (3, "末")]
    assert [document.sheet_at(document.text.index(word)) for word in "甲丁"] == ["明", "末"]
    assert document.warnings == ("hidden_sheets:暗", "hidden_cells:明")
    assert hedui.check(document).warnings[:2] == document.warnings


@every_format
def test_a_merged_title_stays_though_its_first_column_is_hidden(write: Write) -> None:
    rows = [["题", None, None], ["甲", "乙", "丙"]]
    data = write(Plan("表", rows, merged=[(0, 0, 0, 2)], hidden_columns=[0]))
    assert lines(data) == ["题", "乙\t丙"]


@every_format
def test_what_stands_above_a_table_and_what_belongs_to_it(write: Write) -> None:
    rows = [
        *(["题", None, None], [None, None, "单位：万元"], [None, None, None], ["项目", "预算", "决算"]),
        *([None, None, None], ["收入", None, None], ["甲", "1.00", None], ["小计", None, None]),
        *(["注：含上年结转。", None, None], ["乙", None, "2.00"]),
    ]
    merged = [(3, 4, 0, 0), (3, 4, 1, 1), (3, 4, 2, 2)]  # the empty row is the lower half of the heads
    shown = [
        "题",
        "单位：万元",
        "项目\t预算\t决算",
        "收入\t\t",
        "甲\t1.00\t",
        "小计\t\t",
        "注：含上年结转。",
        "乙\t\t2.00",
    ]
    assert lines(write(Plan("表", rows, merged=merged))) == shown


@every_format
def test_a_table_below_another_is_not_taken_for_its_rows(write: Write) -> None:
    rows = [
        *(["支出决算表", None], ["单位：万元", None], ["项目", "合计"], ["合计", "5.00"]),
        *([None, None], ["办公用房明细表", None], ["项目", "合计"], ["合计", "7.00"]),
    ]
    claims = hedui.extract(write(Plan("表", rows))).claims
    assert [(claim.metric, claim.value) for claim in claims] == [("expenditure_this_year", "5.00")]


def test_wide_sheets() -> None:
    row = [f"{column}.00" for column in range(500)]
    assert lines(write_xlsx(Plan("宽", [["题"], row, row])))[1:] == ["\t".join(row)] * 2


def test_formulas_count_as_what_they_came_to() -> None:
    data = write_xlsx(Plan("表", [["甲", "乙"], ["1.00", None]], more={(1, 1): "=A2*2"}))
    assert (lines(data)[-1], read(data, "").warnings) == ("1.00\t", ("uncomputed:表",))
    computed = altered(data, "xl/worksheets/sheet1.xml", "<v></v>", "<v>2.004999999999</v>", "<v />", "<v/>")
    assert lines(computed)[-1] == "1.00\t2.005"
    assert not read(computed, "").warnings


def altered(data: bytes, part: str, new_after: str, new: str, *also: str) -> bytes:
    """The package with text put in place of the first of several that a part has."""
    parts = unzipped(data)
    old = next(text for text in (new_after, *also) if text in parts[part])
    return zipped(parts | {part: parts[part].replace(old, new)})


def unzipped(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def sheet_xml(rows: str, before: str = "", after: str = "", prolog: str = "") -> bytes:
    """A workbook of one sheet with the given XML around and in its rows."""
    whole = unzipped(write_xlsx(Plan("表", [["甲"]])))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'{prolog}<worksheet xmlns="{space}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return zipped(whole | {"xl/worksheets/sheet1.xml": text})


def test_what_programs_write_differently() -> None:
    rich = '<c t="inlineStr"><is><r><t>本_x000A_年</t></r><r><t>收入</t></r><rPh><t>x</t></rPh></is></c>'
    rows = (
        f'<row><c><v>1</v></c>{rich}<c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>'
        '<row><c t="s"><v>9</v></c></row>'
    )
    assert lines(sheet_xml(rows)) == ["1\t本年收入\tTRUE\t#REF!"]
    zeros = '<row><c r="A1"><v>0</v></c><c r="B1"><v>1</v></c><c r="C1"><v>5</v></c></row>'
    hide = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    assert lines(sheet_xml(zeros, hide)) == ["1\t5"]
    below = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="x"/></mergeCells>'
    assert lines(sheet_xml(zeros, after=below)) == ["0\t5"]


def test_the_strict_form_of_the_format() -> None:
    strict = {
        name: text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, text in unzipped(write_xlsx(Plan("表", [["甲", "1.00"]]))).items()
    }
    assert lines(zipped(strict)) == ["甲\t1.00"]


def test_ods_repeats_cells_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = unzipped(WRITERS["ods"](Plan("表", [["甲", "乙"]])))
    words = '<text:p>丙<text:s text:c="9"/>丁</text:p>'
    cell = f'<table:table-cell table:number-columns-repeated="2">{words}</table:table-cell>'
    far = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    rows = f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>{far}</table:table>'
    data = zipped(whole | {"content.xml": whole["content.xml"].replace("</table:table>", rows)})
    assert lines(data) == ["甲\t乙", "丙 丁\t丙 丁", "丙 丁\t丙 丁"]
    many = rows.replace('rows-repeated="2"', 'rows-repeated="1000000"')
    monkeypatch.setattr(sheets, "MAX_CELLS", 10_000)
    bomb = zipped(whole | {"content.xml": whole["content.xml"].replace("</table:table>", many)})
    assert refusal(bomb) == "too_many_cells"


def test_negative_numbers_of_ods_have_a_minus() -> None:
    assert lines(WRITERS["ods"](Plan("表", [["甲", Number(-5, "0.00", "(5.00)")]]))) == ["甲\t-5.00"]


@every_format
def test_broken_files(write: Write) -> None:
    assert refusal(write(Plan("表", []))) == "empty"
    whole = write(*standard_tables.plans()[:2])
    keys = {refusal(whole[:cut]) for cut in range(600, len(whole) - 600, len(whole) // 25)}
    assert keys <= {"sheet_broken", "empty", "office"}
    for data in damaged(whole, seed=3, copies=80, first=8, counts=(1, 4, 30)):
        with suppress(UnreadableInput):
            read(data, "")


@pytest.mark.parametrize("write", [WRITERS["xlsx"], WRITERS["ods"]], ids=["xlsx", "ods"])
def test_damage_inside_of_the_package(write: Write) -> None:
    """Parts that unpack well but say odd things."""
    whole = write(*standard_tables.plans()[:2])
    chance = random.Random(8)
    for _ in range(60):
        parts = unzipped(whole)
        name = chance.choice(sorted(parts))
        for _ in range(chance.choice((1, 5))):
            at = chance.randrange(len(parts[name]) or 1)
            text = chance.choice(('"', "9" * 30, "<", "-1", "", "A1:XFD1048576"))
            parts[name] = parts[name][:at] + text + parts[name][at + chance.randrange(12) :]
        with suppress(UnreadableInput):
            read(zipped(parts), "")


def test_what_is_no_workbook_or_cannot_be_read() -> None:
    parts = unzipped(write_xlsx(Plan("表", [["甲"]])))
    assert refusal(zipped({n: t for n, t in parts.items() if n != "xl/workbook.xml"})) == "sheet_broken"
    binary = {n: t.replace("xl/workbook.xml", "xl/workbook.bin") for n, t in parts.items()}
    assert refusal(zipped(binary)) == "sheet_binary"
    spreadsheet = "application/vnd.oasis.opendocument.spreadsheet"
    assert refusal(zipped({"mimetype": spreadsheet})) == "sheet_broken"
    locked = {"mimetype": spreadsheet, "META-INF/manifest.xml": "<m:encryption-data/>", "content.xml": "?"}
    assert refusal(zipped(locked)) == "sheet_encrypted"
    assert refusal(OLE + bytes(600) + "Workbook".encode("utf-16-le")) == "sheet_broken"
    assert refusal(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")) == "office"


def test_a_word_file_with_a_workbook_inside_is_a_word_file() -> None:
    workbook = WRITERS["xls"](Plan("表", [["甲"]]))
    assert xls.is_workbook(workbook)
    renamed = workbook.replace("Workbook".encode("utf-16-le"), "WorkbooX".encode("utf-16-le"))
    assert not xls.is_workbook(renamed + "Workbook".encode("utf-16-le"))
    assert package.kind(zipped({"word/document.xml": "", "word/embeddings/xl/workbook.xml": ""})) == "docx"


def test_nothing_is_fetched_and_no_entity_is_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    prolog = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY b "嘭"><!ENTITY c "&b;&b;">]>'
    data = sheet_xml('<row><c t="inlineStr"><is><t>支出&x;&c;</t></is></c></row>', prolog=prolog)
    assert lines(data) == ["支出"]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    far = "".join(f'<row r="{n}"><c r="{column(n)}{n}"><v>1</v></c></row>' for n in range(1, 9001))
    assert refusal(sheet_xml(far)) == "too_many_cells"
    assert refusal(sheet_xml(f"<row><c><v>{'0' * 12_000_000}</v></c></row>")) == "too_large_unpacked"
    assert refusal(sheet_xml('<row><c r="ZZZ1"><v>1</v></c></row>')) == "sheet_broken"
    wide = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert lines(sheet_xml('<row><c><v>1</v></c></row><row r="9"><c><v>2</v></c></row>', after=wide)) == ["1"]
    small = [write(Plan("甲", [["1", "2"]]), Plan("乙", [["3"]])) for write in WRITERS.values()]

    def keys() -> Iterable[str]:
        return {refusal(data) for data in small}

    with monkeypatch.context() as patch:
        patch.setattr(sheets, "MAX_SHEETS", 1)
        assert keys() == {"too_many_sheets"}
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "MAX_CELLS", 2)
        assert keys() == {"too_many_cells"}
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "MAX_CHARACTERS", 2)
        assert keys() == {"too_many_cells"}
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "MAX_SECONDS", -1)
        assert keys() == {"too_slow"}
    monkeypatch.setattr(package, "MAX_BYTES", 10)
    monkeypatch.setattr(xls, "MAX_BYTES", 10)
    assert keys() == {"too_large"}


def column(number: int) -> str:
    """1 is A, 27 AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
