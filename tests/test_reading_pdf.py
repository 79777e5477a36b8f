"""PDF → Document: what the text is, where its pages are, and what is said of files that cannot be read."""

import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.formats.pdf import typeset
from corpus.formats.pdf_pages import PageMaker, pdf
from hedui.model import Document
from hedui.reading import ocr, read
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import character
from hedui.reading.pdf import reader
from hedui.reading.pdf.reader import unreadable_pages
from readers import damaged, paragraphs, refusal, said

PROSE = "本年支出合计2946.25万元，比上年增加136.40万元，增长4.85%，主要原因是人员经费与项目支出有所增加。"


def text_of(*pages: PageMaker) -> str:
    return read(pdf(pages), "").text


def page_of(document: Document, words: str) -> int:
    at = document.text.index(words)
    return next(page.number for page in document.pages if page.start <= at < page.end)


def test_a_paragraph_is_one_line() -> None:
    text = read(typeset("一、支出情况\n" + PROSE * 3 + "\n" + PROSE), "").text
    assert text.split("\n\n") == ["一、支出情况", PROSE * 3, PROSE + "\n"]


def test_letter_spaced_and_justified_lines() -> None:
    spaced = read(typeset(PROSE * 3, spacing=4), "").text
    assert spaced.strip() == PROSE * 3
    assert read(typeset(PROSE * 3, justify=True), "").text.strip() == PROSE * 3


def test_numbers_side_by_side_stay_apart() -> None:
    page = PageMaker()
    page.text(80, 100, "2023 2024 12.5", spacing=1)
    assert text_of(page).split() == ["2023", "2024", "12.5"]
    numbered = PageMaker()
    for x in (100, 200, 300, 400):
        numbered.text(x, 100, str(x // 100))
    assert text_of(numbered).split() == ["1", "2", "3", "4"]


def test_bold_by_drawing_twice_is_read_once() -> None:
    page = PageMaker()
    page.text(80, 100, "部门决算11")
    page.text(80.4, 100, "部门决算11")
    assert text_of(page).strip() == "部门决算11"


def test_a_sentence_over_two_pages_is_one_and_heads_are_left_out() -> None:
    document = read(typeset(PROSE * 80, head="某某局2024年度部门决算"), "")
    assert len(document.pages) > 3
    assert document.text == PROSE * 80 + "\n"
    assert document.pages[0].start == 0
    assert document.pages[-1].end == len(document.text)
    assert all(a.end == b.start for a, b in zip(document.pages, document.pages[1:], strict=False))
    assert {(page.width, page.height) for page in document.pages} == {(595.0, 842.0)}


def test_pages_that_end_with_a_paragraph_are_parted() -> None:
    first, second = PageMaker(), PageMaker()
    first.text(104, 100, "一、收入情况")
    second.text(104, 100, "二、支出情况")
    document = read(pdf([first, second]), "")
    assert document.text == "一、收入情况\n\f二、支出情况\n"
    assert (page_of(document, "收入"), page_of(document, "支出")) == (1, 2)


def test_figures_know_their_pages(shared: Path) -> None:
    report = hedui.check(shared / "corpus" / "putuo-finance-2024-final.pdf")
    assert {c.page for c in report.claims if c.section and c.origin == "narrative"} == {21, 22, 23, 24}
    assert not unreadable_pages(report.document)
    assert len(report.document.pages) == 25


def test_ruled_tables_become_rows_with_merged_cells_once() -> None:
    page = PageMaker()
    page.text(250, 80, "收入决算表")
    xs = [80, 130, 330, 430, 515]
    page.table(
        xs,
        100,
        [
            ["科目编码", "科目\n名称", "本年收入", ""],
            ["201", "一般公共\n服务支出", "1,503.52", ""],
            ["", "合计", "1,503.52", "0"],
        ],
    )
    assert text_of(page).splitlines()[1:] == [
        "科目编码\t科目名称\t本年收入\t",
        "201\t一般公共服务支出\t1,503.52\t",
        "\t合计\t1,503.52\t0",
    ]
    merged = PageMaker()
    for y in (100, 140):
        merged.line(80, y, 480, y)
    merged.line(280, 120, 480, 120)
    for x in (80, 280, 480):
        merged.line(x, 100, x, 140)
    merged.line(380, 120, 380, 140)
    merged.text(100, 125, "项目")
    merged.text(350, 114, "本年支出")
    merged.text(290, 134, "基本支出")
    merged.text(390, 134, "项目支出")
    assert text_of(merged).splitlines() == ["项目\t本年支出\t", "\t基本支出\t项目支出"]


def test_rows_without_lines_between_them_are_told_by_their_numbers() -> None:
    page = PageMaker()
    for y in (100, 120, 180):
        page.line(80, y, 480, y)
    for x in (80, 280, 380, 480):
        page.line(x, 100, x, 180)
    for row, cells in enumerate(
        (["项目", "年初数", "决算数"], ["基本支出", "10.5", "11"], ["项目支出", "7", "8.25"])
    ):
        for x, cell in zip((85, 285, 385), cells, strict=True):
            page.text(x, 115 + row * 25, cell)
    assert text_of(page).splitlines() == ["项目\t年初数\t决算数", "基本支出\t10.5\t11", "项目支出\t7\t8.25"]


def test_columns_without_any_lines_are_cells() -> None:
    page = PageMaker()
    page.text(80, 100, "部门：某某局")
    page.text(430, 100, "单位：万元")
    assert text_of(page) == "部门：某某局\t单位：万元\n"


def test_a_box_around_text_is_no_table() -> None:
    page = PageMaker()
    for y in (70, 300):
        page.line(60, y, 540, y)
    for x in (60, 540):
        page.line(x, 70, x, 300)
    page.text(104, 100, "年末无结余。")
    assert text_of(page) == "年末无结余。\n"


def test_numbers_that_stick_out_of_their_cells_stay_whole() -> None:
    page = PageMaker()
    page.table([80, 180, 220, 320], 100, [["合计", "", ""]])
    page.text(150, 114, "12,345,678.90")
    assert text_of(page) == "合计\t12,345,678.90\t\n"


def test_tables_with_open_sides() -> None:
    page = PageMaker()
    for y in (100, 120, 140):
        page.line(80, y, 480, y)
    page.line(280, 100, 280, 140)
    for y, cells in ((114, ("项目", "决算数")), (134, ("基本支出", "10.50"))):
        page.text(90, y, cells[0])
        page.text(300, y, cells[1])
    assert text_of(page).splitlines() == ["项目\t决算数", "基本支出\t10.50"]


def test_tables_of_contents_keep_their_lines() -> None:
    page = PageMaker()
    page.text(270, 80, "目")
    page.text(320, 80, "录")
    titles = ["一、主要职能", "二、机构设置", "三、决算情况"]
    for number, title in enumerate(titles, 1):
        page.text(80, 100 + 30 * number, title + "." * (72 - 2 * len(title)) + str(number))
    assert [line.rstrip(".0123456789") for line in text_of(page).split("\n") if line] == ["目录", *titles]


def test_turned_pages_read_upright() -> None:
    rotated = PageMaker(rotate=90)
    rotated.text(80, 100, "收入决算表")
    assert text_of(rotated) == "收入决算表\n"
    turned = PageMaker(turned=True)
    turned.text(80, 100, "支出决算表")
    turned.text(80, 130, "单位：万元")
    document = read(pdf([turned]), "")
    assert document.text.split() == ["支出决算表", "单位：万元"]
    assert (document.pages[0].width, document.pages[0].height) == (842.0, 595.0)


def test_titles_of_covers_are_one_line() -> None:
    page = PageMaker()
    page.text(197.5, 300, "某某市水务局", 30)
    page.text(162.5, 350, "2024年度部门决算", 30)
    document = read(pdf([page]), "")
    assert document.title == "某某市水务局2024年度部门决算"


def test_radicals_are_the_characters_they_look_like() -> None:
    assert "".join(map(character, "部⻔⼀⻓金")) == "部门一长金"
    assert character("(cid:41)") == "\ufffd"


def test_pages_without_a_text_layer_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    good, scan, blank = PageMaker(), PageMaker(), PageMaker()
    good.text(104, 100, PROSE[:20])
    scan.picture()
    document = read(pdf([good, scan, blank]), "")
    assert unreadable_pages(document) == (2,)
    with pytest.raises(UnreadableInput) as caught:
        read(pdf([scan]), "")
    assert caught.value.key == "pdf_no_text"


def test_broken_files_end_in_a_clear_error() -> None:
    whole = typeset(PROSE)
    assert refusal(b"%PDF-1.7\n") == "pdf_broken"
    assert refusal(b"%PDF-" + bytes(range(256)) * 50) == "pdf_broken"
    assert refusal(pdf([])) == "pdf_broken"
    for cut in range(10, len(whole), len(whole) // 40):
        with suppress(UnreadableInput):
            read(whole[:cut], "")
    # A tree of pages that holds itself.
    assert refusal(pdf([]).replace(b"/Kids []", b"/Kids [2 0 R]")) == "pdf_broken"


def test_damaged_bytes_are_read_or_refused() -> None:
    whole = typeset(PROSE * 4 + "\n项目\t决算数\n基本支出\t10.50")
    for data in damaged(whole, seed=7, copies=40, first=20, counts=(1, 5, 40)):
        with suppress(UnreadableInput):
            read(data, "")


def test_an_unknown_password_is_a_clear_error() -> None:
    secret = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>"
    data = pdf([PageMaker()], f"{secret} /ID [<41> <41>]")
    assert refusal(data) == "pdf_encrypted"


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = typeset(PROSE * 80)
    with monkeypatch.context() as patched:
        patched.setattr(reader, "MAX_PAGES", 2)
        assert refusal(data) == "too_many_pages"
    monkeypatch.setattr(reader, "MAX_SECONDS", -1)
    assert refusal(data) == "too_slow"
    monkeypatch.setattr(reader, "MAX_BYTES", 100)
    assert refusal(data) == "too_large"


@pytest.mark.parametrize("spacing", [0.0, 3.0])
def test_a_disclosure_says_the_same_as_text_and_as_pdf(samples: list[Path], spacing: float) -> None:
    for path in samples[::3]:
        text = paragraphs(path.read_text("utf8"))
        plain = hedui.extract(text=text)
        printed = hedui.extract(typeset(text, spacing, head="部门决算公开", justify=not spacing))
        assert Counter(map(said, printed.claims)) == Counter(map(said, plain.claims)), path.name


def test_the_blank_template_contradicts_nothing(shared: Path) -> None:
    report = hedui.check(shared / "corpus" / "putuo-template-2024.pdf")
    assert not [finding for finding in report.findings if finding.certainty != "note"]
