"""Documents in the browser: their pages as pictures while the file is what was read; parts where one is too large."""

import re
import time
from pathlib import Path

import pytest

from hedui.inputs import Input
from hedui.store import Store

pytest.importorskip("datasette", reason="needs datasette (the extra web)")
pytest.importorskip("pypdfium2", reason="needs pypdfium2 (the extra pictures)")

import hedui
from hedui.report.view import view
from hedui.web import documents, parts
from hedui.web.app import application
from hedui.web.remembered import Shelf
from hedui.web.workers import Workers
from visitors import Visitor

GONE, CHANGED, UNKNOWN = "已不在读取时的位置", "在读取之后改动过", "没有记下原文件的指纹"


def stored(db: Path, file: Path, fingerprint: str | None = "") -> str:
    """Write the report of a file; the id of its document."""
    if fingerprint == "":
        fingerprint = Input(str(file), file.read_bytes()).fingerprint()
    report = hedui.check(file)
    with Store(db) as store:
        store.add(report, fingerprint)
    return report.document.id


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory, samples: list[Path], face: str) -> Path:
    """A sample with contradictions, set as a PDF."""
    from corpus.formats.pdf import typeset

    sample = next(path for path in samples if path.stem == "shanghai-2024")
    file = tmp_path_factory.mktemp("hidden-folder") / "a.pdf"
    file.write_bytes(typeset(sample.read_text("utf8"), titled=True, face=face))
    return file


def anchors(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_pages_as_pictures(tmp_path: Path, pdf: Path) -> None:
    db = tmp_path / "claims.db"
    name = stored(db, pdf)
    visitor = Visitor(application(db, "zh"))
    assert "show=pages" in visitor.ask(f"/document/{name}").text
    shown = visitor.ask(f"/document/{name}?show=pages").text
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= anchors(shown)
    assert {"d-f1", "d-f1-text"} <= anchors(shown)
    assert shown.count('class="passage') >= 5
    assert pdf.parent.name not in shown
    pictures = re.findall(r'<img src="([^"]+)" width="(\d+)" height="(\d+)" loading="lazy"', shown)
    assert len(pictures) == len(hedui.read(pdf).pages)
    picture = visitor.ask(pictures[0][0])
    assert picture.status_code == 200
    assert picture.headers["content-type"] == "image/webp"
    assert 5_000 < len(picture.content) < 500_000
    assert "private" in picture.headers["cache-control"]
    again = visitor.ask(pictures[0][0], headers={"if-none-match": picture.headers["etag"]})
    assert again.status_code == 304
    assert visitor.ask(f"/document/{name}/page/999.webp").status_code == 404
    assert visitor.ask("/document/nothing/page/1.webp").status_code == 404


def test_without_the_file_as_it_was_there_is_the_text_and_why(tmp_path: Path, pdf: Path) -> None:
    file = tmp_path / "b.pdf"
    file.write_bytes(pdf.read_bytes())
    db = tmp_path / "claims.db"
    name = stored(db, file)
    visitor = Visitor(application(db, "zh"))

    def told(words: str) -> None:
        shown = visitor.ask(f"/document/{name}?show=pages").text
        assert words in shown
        assert "<img" not in shown
        assert 'class="text"' in shown

    file.write_bytes(file.read_bytes() + b"\n")
    told(CHANGED)
    assert visitor.ask(f"/document/{name}/page/1.webp").status_code == 422
    file.unlink()
    told(GONE)
    assert visitor.ask(f"/document/{name}/page/1.webp").status_code == 404
    file.write_bytes(pdf.read_bytes())
    stored(db, file, None)
    told(UNKNOWN)


def test_work_that_never_ends_is_ended_and_the_next_is_done() -> None:
    workers = Workers(1, 500)
    with pytest.raises(TimeoutError):
        workers.begin(time.sleep, [600]).result()
    assert workers.begin(len, ["ab"]).result(60) == 2


def test_what_has_no_pages_has_no_pictures(tmp_path: Path, samples: list[Path]) -> None:
    db = tmp_path / "claims.db"
    name = stored(db, samples[0])
    visitor = Visitor(application(db, "zh"))
    assert 'class="ways"' not in visitor.ask(f"/document/{name}?show=pages").text
    assert visitor.ask(f"/document/{name}/page/1.webp").status_code == 404


def test_a_large_document_comes_in_parts_that_lose_nothing(
    tmp_path: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "claims.db"
    name = stored(db, pdf)
    monkeypatch.setattr(documents, "_pages", Shelf(0, len))
    monkeypatch.setattr(documents, "_found", Shelf(0, lambda _: 1))
    visitor = Visitor(application(db, "zh"))
    for show in ("", "show=pages&"):
        monkeypatch.setattr(parts, "ROOM", 10**9)
        whole = anchors(visitor.ask(f"/document/{name}?{show}").text)
        monkeypatch.setattr(parts, "ROOM", 60_000)
        first = visitor.ask(f"/document/{name}?{show}").text
        addresses = set(re.findall(rf'href="(\?{show.replace("&", "&amp;")}at=\d+)#text"', first))
        assert len(addresses) > 3
        pages = {at: visitor.ask(f"/document/{name}{at.replace('&amp;', '&')}").text for at in addresses}
        held = [anchors(page) for page in pages.values()]
        assert set.union(*held) == whole
        for anchor in (anchor for anchor in whole if re.fullmatch(r"d-[ft]\d+(-text)?", anchor)):
            assert sum(anchor in one for one in held) == 1, anchor
        for page in pages.values():
            for at, anchor in re.findall(r'href="((?:\?[^"#]*)?)#(d-[^"]+)"', page):
                there = visitor.ask(f"/document/{name}{at.replace('&amp;', '&')}").text if at else page
                assert anchor in anchors(there)


def test_parts_cut_what_is_too_large_by_itself() -> None:
    line = "2024年度支出合计100.00万元，比上年增加20.00万元。"
    table = "项目\t决算数\n" + "\n".join(f"办公费\t{n}.00" for n in range(1, 400))
    report = hedui.check(text=f"某局2024年度部门决算\n\n{line * 40}\n{'长' * 120_000}\n\n{table}\n")
    seen = view(report, "zh", "d")
    before, parts.ROOM = parts.ROOM, 10_000
    try:
        cut = parts.parts(seen)
    finally:
        parts.ROOM = before
    text = "".join(run.text for part in cut for block in part.blocks for run in parts.runs(block))
    assert text == "".join(run.text for block in seen.blocks for run in parts.runs(block))
    assert len(cut) > 10
