"""Where characters stand on pages: boxes of claims and findings, and the picture that shows them."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.formats.pdf import typeset
from corpus.formats.pdf_pages import SIZE, PageMaker, pdf
from hedui.cli import cli
from hedui.model import Document, Page, Strip
from hedui.reading import read
from hedui.reading.page.marks import Marks
from hedui.reading.pdf.reader import ENGINES

PROSE = "本年支出合计2946.25万元，比上年减少136.40万元，增长4.85%。"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_figure_has_the_box_it_was_drawn_in(engine: str) -> None:
    page = PageMaker()
    left = page.text(80, 200, "本年支出合计")
    right = page.text(left, 200, "2946.25万元")
    page.text(right, 200, "。")
    (claim,) = hedui.extract(read(pdf([page]), "", engine)).claims
    assert claim.box is not None
    x0, top, x1, bottom = claim.box
    assert (x0, x1) == pytest.approx((left, right), abs=0.5)
    assert 200 - SIZE < top < 200 - 0.6 * SIZE
    assert 200 < bottom < 200 + 0.4 * SIZE


def test_cells_of_a_table_have_boxes_inside_their_cells(engine: str) -> None:
    page = PageMaker()
    rows = [["项目", "决算数"], ["一、一般公共预算财政拨款收入", "783.14"], ["本年收入合计", "783.14"]]
    page.text(80, 80, "收入决算表（单位：万元）")
    page.table([80, 300, 500], 100, rows)
    document = read(pdf([page]), "", engine)
    at = document.text.index("783.14")
    box = document.box_of(at, at + 6)
    assert box is not None
    assert 300 < box[0] < box[2] < 500
    assert 120 < box[1] < box[3] < 142


def test_what_is_cut_off_the_page_moves_no_place(engine: str) -> None:
    page = PageMaker()
    page.text(80, 200, PROSE)
    whole = pdf([page])
    cut = whole.replace(b"/Rotate 0", b"/CropBox [30 0 595 800] /Rotate 0")
    boxes = [hedui.extract(read(data, "", engine)).claims[0].box for data in (whole, cut)]
    assert boxes[0] is not None
    assert boxes[1] == pytest.approx((boxes[0][0] - 30, boxes[0][1] - 42, boxes[0][2] - 30, boxes[0][3] - 42))


def test_sideways_text_is_placed_on_the_page_made_level(engine: str) -> None:
    page = PageMaker(turned=True)
    page.text(100, 200, PROSE)
    document = read(pdf([page]), "", engine)
    assert (document.pages[0].turned, document.pages[0].width) == (1, 842.0)
    assert document.box_of(0, 4) == pytest.approx((100, 200 - 0.88 * SIZE, 148, 200 + 0.14 * SIZE), abs=0.5)


def test_every_printed_character_of_a_pdf_has_a_place() -> None:
    document = read(typeset((PROSE * 30 + "\n") * 4, head="某某局2024年度部门决算", justify=True), "")
    bare = [
        character
        for at, character in enumerate(document.text)
        if not character.isspace() and document.box_of(at, at + 1) is None
    ]
    assert len(document.pages) > 2
    assert bare == []
    for strip in document.strips:
        assert list(strip.edges) == sorted(strip.edges)
        assert len(strip.edges) == strip.end - strip.start + 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_engines_tell_the_same(rotate: int) -> None:
    page = PageMaker(rotate=rotate)
    page.text(80, 60, "收入决算表（单位：万元）")
    rows = [["项目", "决算数"], ["一、一般公共预算财政拨款收入", "783.14"], ["本年收入合计", "783.14"]]
    page.table([80, 300, 500], 100, rows)
    page.text(80, 200, PROSE)
    first, second = (read(pdf([page]), "", engine) for engine in ENGINES)
    _assert_same(first, second)


def test_the_engines_tell_the_same_of_real_files(shared: Path) -> None:
    for path in (shared / "corpus").glob("*.pdf"):
        _assert_same(*(hedui.read(path, pdf_engine=engine) for engine in ENGINES))


def _assert_same(first: Document, second: Document) -> None:
    assert first.text == second.text
    assert [(p.start, p.end, p.turned) for p in first.pages] == [
        (p.start, p.end, p.turned) for p in second.pages
    ]
    for one, other in zip(first.strips, second.strips, strict=True):
        assert (one.start, one.end) == (other.start, other.end)
        assert (one.top, *one.edges) == pytest.approx((other.top, *other.edges), abs=0.5)


def test_the_other_engine_reads_what_one_cannot(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    words = (
        "2946.25 136.40",
        "783.14 59.10",
    )  # digits: whether PDFium knows Han depends on the fonts installed
    pages = [PageMaker(), PageMaker()]
    for page, text in zip(pages, words, strict=True):
        page.text(104, 200, text)
    kind = import_module(f"hedui.reading.pdf.by_{engine}").Pages
    whole = kind.marks
    unread = Marks(595, 842, pictured=True)
    monkeypatch.setattr(kind, "marks", lambda self, place: whole(self, 0) if place == 0 else unread)
    document = read(pdf(pages), "", engine)
    assert tuple(document.text[page.start : page.end].strip() for page in document.pages) == words
    assert "pdfminer.six" in document.reader
    assert "pypdfium2" in document.reader


def test_text_without_pages_has_no_boxes() -> None:
    report = hedui.check(text=PROSE)
    assert {claim.box for claim in report.claims} == {None}
    assert {finding.box for finding in report.findings} == {None}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.data())
def test_page_and_box_of_any_range(lengths: list[int], data: st.DataObject) -> None:
    strips, pages, at = [], [], 0
    for number, length in enumerate(lengths, 1):
        edges = tuple(float(10 * n) for n in range(length + 1))
        strips.append(Strip(at, at + length, 20.0 * number, 20.0 * number + 12, edges, 1 - number / 100))
        pages.append(Page(number, at, at + length + 1))
        at += length + 1
    document = Document("", "", "x" * at, pages=tuple(pages), strips=tuple(strips))
    start = data.draw(st.integers(0, at - 1))
    end = data.draw(st.integers(start + 1, at))
    number = next(page.number for page in pages if page.start <= start < page.end)
    assert document.page_at(start) == number
    assert document.page_at(at) is None
    touched = [strip for strip in strips if strip.start < end and strip.end > start]
    assert document.confidence_of(start, end) == min((s.confidence for s in touched), default=1.0)
    box = document.box_of(start, end)
    if touched:  # its first line; a line break alone stands nowhere
        first = touched[0]
        low, high = max(start, first.start) - first.start, min(end, first.end) - first.start
        assert box == (10.0 * low, first.top, 10.0 * high, first.bottom)
    else:
        assert box is None


def test_the_picture_of_a_page_marks_a_finding(tmp_path: Path) -> None:
    source, out = tmp_path / "a.pdf", tmp_path / "a.png"
    page = PageMaker()
    page.text(80, 200, PROSE)
    source.write_bytes(pdf([page]))
    run = CliRunner().invoke(cli, ["debug", "page", str(source), "1", "--out", str(out), "--lang", "en"])
    assert run.exit_code == 0, run.output
    with Image.open(out) as picture:
        assert picture.size == (1190, 1684)
        colours = {colour for _, colour in picture.getcolors(100_000)}
    assert {(0xD1, 0x24, 0x2F), (0x1F, 0x6F, 0xEB)} <= colours
    assert "findings" in run.output


@pytest.mark.parametrize(("number", "words"), [("2", "no page 2"), ("0", "0")])
def test_a_page_that_is_not_there(tmp_path: Path, number: str, words: str) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(typeset(PROSE))
    out = tmp_path / "a.png"
    run = CliRunner().invoke(cli, ["debug", "page", str(source), number, "--out", str(out), "--lang", "en"])
    assert run.exit_code == 2
    assert words in run.output
    assert not out.exists()
