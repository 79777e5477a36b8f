"""The report as a page: all that it shows, links that lead somewhere, text as text, pictures of pages."""

import io
import re
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.formats.pdf_pages import PageMaker, pdf
from hedui.cli import cli
from hedui.messages import LANGUAGES, known, say
from hedui.model import Failure, File, Page, Report
from hedui.report import page_cutout
from hedui.report.html.page import TEMPLATES, as_html, policy
from hedui.report.marked_text import marked_text
from hedui.report.view import counts, view
from hostile import WORDS, hostile

PROSE = "2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。"


class Reader(HTMLParser):
    """The elements of a page, and its text without style, script and what appears on demand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.words += data


def page(
    *reports: Report,
    lang: str = "zh",
    failures: Iterable[Failure] = (),
    originals: Mapping[str, bytes] | None = None,
) -> str:
    return "".join(as_html(reports, list(failures), lang, originals or {}))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def checked(samples: list[Path]) -> list[Report]:
    """Two samples, the first with findings."""
    return [hedui.check(path) for path in samples[:2]]


def test_every_link_leads_somewhere_and_every_name_is_given_once(checked: list[Report]) -> None:
    for reports in (checked[:1], checked, []):
        for lang in LANGUAGES:
            elements = Reader(page(*reports, lang=lang)).elements
            names = Counter(attributes["id"] for _, attributes in elements if "id" in attributes)
            assert set(names.values()) <= {1}
            for tag, attributes in elements:
                if tag == "a" and attributes["href"].startswith("#"):
                    assert attributes["href"][1:] in names
                for name in ("aria-labelledby", "aria-describedby"):
                    assert name not in attributes or attributes[name] in names


def test_findings_and_passages_lead_to_one_another(checked: list[Report]) -> None:
    report = checked[0]
    elements = Reader(page(report)).elements
    links = [attributes["href"] for tag, attributes in elements if tag == "a"]
    assert report.findings
    for number, finding in enumerate(report.findings, 1):
        assert f"#d1-f{number}" in links
        assert f"#d1-f{number}-text" in links
        starts = [claim.start for claim in report.claims if claim.id in finding.claims]
        assert all(f"#d1-t{start}" in links for start in starts)


def test_a_page_needs_nothing_else_and_its_policy_allows_nothing_else(checked: list[Report]) -> None:
    shown = Reader(page(*checked))
    (rules,) = [a["content"] for _, a in shown.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert rules == policy(*((TEMPLATES / name).read_text("utf8") for name in ("style.css", "script.js")))
    assert "unsafe" not in rules
    for tag, attributes in shown.elements:
        assert not {"src", "style"} & set(attributes) or attributes.get("src", "").startswith("data:")
        assert not [name for name in attributes if name.startswith("on")]
        assert tag not in ("link", "iframe", "object", "base")


def test_text_of_documents_is_text(checked: list[Report]) -> None:
    for lang in LANGUAGES:
        bad = page(hostile(), failures=[Failure(WORDS[0], WORDS[1])], lang=lang)
        shown = Reader(bad)
        for words in WORDS:
            assert words in shown.words
        assert Counter(tag for tag, _ in shown.elements)["script"] == 1
        assert Counter(tag for tag, _ in shown.elements)["img"] == 0
        assert not [a for _, a in shown.elements if a.get("href", "").startswith("javascript")]
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0]", bad)
    both = page(hostile(), checked[0], lang="en")
    assert Counter(tag for tag, _ in Reader(both).elements)["script"] == 1


def test_the_whole_text_is_there(checked: list[Report]) -> None:
    for report in checked:
        blocks = marked_text(report, report.findings, "zh")
        runs = [
            run
            for b in blocks
            for run in (*b.runs, *(r for row in b.rows for cell in row for r in cell.runs))
        ]
        whole = "".join(run.text for run in runs)
        assert "".join(whole.split()) == "".join(report.document.text.split())
        begun = Counter((run.claim.start, run.text) for run in runs if run.claim and run.begins)
        text = report.document.text
        assert begun == Counter({(c.start, text[c.start : c.end]) for c in report.claims})
        assert [found for run in runs for found in run.opens] == sorted(
            report.findings, key=lambda f: f.start
        )


def test_words_among_figures_of_others_lead_to_their_finding(report: Report) -> None:
    wordy = replace(report.findings[0], id="f2", claims=(), relation=None)
    both = replace(report, findings=(*report.findings, wordy))
    runs = [run for block in marked_text(both, both.findings, "zh") for run in block.runs]
    assert [found.id for run in runs for found in run.closes] == ["f2"]
    assert [found.id for run in runs for found in run.opens] == ["f1", "f2"]
    links = [attributes["href"] for tag, attributes in Reader(page(both)).elements if tag == "a"]
    assert "#d1-f2" in links


def test_enumerators_tables_and_lone_lines_are_kept() -> None:
    text = "# 某某局\n\n| 项目 | 数 |\n|---|---|\n| 支出 | 1.00 |\n\n1. 收入10万元，\n增加2\n万元。\nAn English\nline\n"
    blocks = marked_text(hedui.check(text=text), (), "zh")
    shown = [(b.kind, "".join(run.text for run in b.runs)) for b in blocks]
    assert ("heading", "# 某某局") in shown
    (table,) = [block for block in blocks if block.rows]
    assert [["".join(r.text for r in cell.runs) for cell in row] for row in table.rows] == [
        ["项目", "数"],
        ["支出", "1.00"],
    ]
    assert [cell.number for cell in table.rows[1]] == [False, True]
    assert any("1. 收入10万元，增加2万元。" in words for _, words in shown)
    cells = Reader(page(hedui.check(text=text))).elements
    assert ("td", {"class": "n"}) in cells


def test_what_is_said_in_both_languages(checked: list[Report]) -> None:
    for lang, words in (
        ("zh", ("确定", "核对了什么", "相符")),
        ("en", ("certain", "What was checked", "hold")),
    ):
        shown = Reader(page(checked[0], lang=lang, failures=[Failure("a.pdf", "?")])).words
        assert all(word in shown for word in words)
        assert checked[0].findings[0].rule in shown
        assert "a.pdf" in shown
        assert not re.findall(r"(?:html|role|measure|versus|basis|claim|direction)\.[a-z_]+", shown)


def test_every_part_that_a_figure_plays_has_a_name(checked: list[Report]) -> None:
    roles = {role.role for report in checked for relation in report.relations for role in relation.claims}
    assert [role for role in roles if not known(f"role.{role}")] == []


def test_counts_and_bar(report: Report) -> None:
    told = counts(report)
    assert (told.figures, told.checked, told.held, told.failed, told.undecidable) == (4, 3, 1, 1, 1)
    assert (told + told).certain == 2
    assert sum(width for _, _, width in told.shares()) == pytest.approx(100, abs=0.1)
    many = replace(told, checked=1000, held=999, failed=1, undecidable=0)
    assert {name: width for name, _, width in many.shares()}["failed"] > 1
    assert replace(told, checked=0, held=0, failed=0, undecidable=0).shares() == []


def test_nothing_found_nothing_read_nothing_to_check(report: Report) -> None:
    clean = replace(report, findings=(), relations=report.relations[1:2])
    for shown, key in (
        (clean, "report.clean"),
        (replace(report, findings=()), "report.withheld"),
        (replace(clean, relations=()), "report.unchecked"),
    ):
        assert say(key, "zh") in Reader(page(shown)).words
    assert "a.pdf" in Reader(page(failures=[Failure("a.pdf", "?")])).words


def test_places_begin_where_pages_and_files_do(report: Report) -> None:
    text = report.document.text
    middle = text.index("一、")
    pages = (Page(1, 0, middle), Page(2, middle, len(text)))
    paged = replace(report, document=replace(report.document, pages=pages))
    assert [b.place for b in marked_text(paged, (), "en") if b.place] == ["page 1", "page 2"]
    files = (File("x/a.html", 0, middle), File("x/b.xls", middle, len(text)))
    filed = replace(report, document=replace(report.document, files=files))
    places = [b.place for b in marked_text(filed, (), "en") if b.place]
    assert places[0].startswith("a.html")
    assert any(place.startswith("b.xls") for place in places)


# ---- pictures of pages


def read_pdf() -> tuple[bytes, Report]:
    maker = PageMaker()
    maker.text(80, 100, PROSE[:20])
    maker.text(80, 120, PROSE[20:])
    data = pdf([maker])
    return data, replace(hedui.check(data), document=replace(hedui.read(data), source="a.pdf"))


def test_pictures_show_the_figures_in_boxes() -> None:
    image = pytest.importorskip("PIL.Image")
    data, report = read_pdf()
    (found,) = view(report, "zh", "d1", {"a.pdf": data}).findings
    (picture,) = found.pictures
    assert picture.page == 1
    assert len(picture.address) < 40_000
    shown = image.open(io.BytesIO(b64decode(picture.address.partition(",")[2]))).convert("RGB")
    assert shown.size == (picture.width, picture.height)
    red = [
        (x, y)
        for x in range(shown.width)
        for y in range(shown.height)
        if shown.getpixel((x, y))[0] > 150 > 40 + max(shown.getpixel((x, y))[1:])
    ]
    (place,) = page_cutout.places(report, report.findings[0])
    top = place.top - page_cutout.AROUND
    low, high = (page_cutout.SCALE * (side - top) for side in (place.top, place.bottom))
    assert low - 4 < min(y for _, y in red) < max(y for _, y in red) < high + 4
    assert 'src="data:image/webp' in page(report, originals={"a.pdf": data})


def test_the_command_line_makes_one_page_of_all_inputs(tmp_path: Path) -> None:
    data, _ = read_pdf()
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.txt").write_text(f"某某局2024年度部门决算\n{PROSE}\n", "utf8")
    out = tmp_path / "report.html"
    files = [str(tmp_path / name) for name in ("a.pdf", "b.txt", "missing.pdf")]
    done = CliRunner().invoke(cli, ["check", *files, "--format", "html", "--out", str(out)])
    assert done.exit_code == 1
    shown = Reader(out.read_text("utf8"))
    assert files[2] in shown.words
    first, _, second = out.read_text("utf8").partition('<section class="document" id="d2"')
    assert "data:image/webp" in first
    assert "data:image" not in second
    done = CliRunner().invoke(cli, ["check", *files[:2], "--together", "--format", "html"])
    assert done.exit_code == 1
    assert "data:image/webp" in done.stdout


def test_without_the_extra_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    data, report = read_pdf()
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    shown = Reader(page(report, originals={"a.pdf": data})).words
    assert say("html.no_pictures", "zh") in shown
    assert say("html.no_pictures", "zh") not in Reader(page(report)).words


def test_what_cannot_be_drawn_has_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    data, report = read_pdf()
    assert view(report, "zh", "d1", {"a.pdf": data[:100]}).findings[0].pictures == ()
    assert view(report, "zh", "d1", {"b.pdf": data}).findings[0].pictures == ()
    monkeypatch.setattr(page_cutout, "LARGEST", 1000)
    assert view(report, "zh", "d1", {"a.pdf": data}).findings[0].pictures == ()


def test_pictures_stop_where_their_room_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    data, report = read_pdf()
    monkeypatch.setattr(page_cutout, "ROOM", 100)
    assert view(report, "zh", "d1", {"a.pdf": data}).findings[0].pictures == ()


def test_a_normal_document_stays_small(shared: Path) -> None:
    path = shared / "corpus" / "putuo-planning-2024-final.pdf"
    shown = page(hedui.check(path), originals={str(path): path.read_bytes()})
    assert shown.count("data:image/webp") > 10
    assert len(shown.encode()) < 1_500_000
