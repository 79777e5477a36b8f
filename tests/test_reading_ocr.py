"""Scans and images → Document: pages recognised as the text layer would tell them, and what is said where not."""

import io
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

pytest.importorskip("rapidocr", reason="needs the extra hedui[ocr]")

import numpy as np
import pypdfium2
from PIL import ExifTags, Image

import hedui
from corpus.formats.fonts import FACES
from corpus.formats.pdf import typeset
from corpus.formats.pdf_pages import PageMaker, pdf
from corpus.formats.scan import scanned
from hedui.checking import check
from hedui.claims import extract
from hedui.inputs import Input
from hedui.model import Page
from hedui.reading import image, ocr, read
from hedui.reading.ocr_picture import straight, without_rulings
from hedui.web.drawing import draw
from modules import load
from readers import refusal

accuracy = load(Path(__file__).parents[1] / "scripts" / "ocr_accuracy.py", "ocr_accuracy")

PROSE = "本年支出合计2,946.25万元，比上年增加136.40万元，增长4.85%。"
TABLE = (
    "项目\t年初预算数\t决算数\n基本支出\t1,503.52\t1,498.07\n项目支出\t72.15\t68.90\n合计\t1,575.67\t1,566.97"
)


@pytest.fixture(scope="session")
def page(face: str) -> Image.Image:
    """A short page in grey, at 150 dots to the inch."""
    maker = PageMaker(420, 298)
    maker.text(40, 60, "一、支出决算情况")
    maker.text(64, 90, PROSE[:27])
    maker.text(40, 112, PROSE[27:])
    maker.table([40, 160, 270, 380], 140, [row.split("\t") for row in TABLE.split("\n")])
    drawn = pypdfium2.PdfDocument(pdf([maker], face=face))[0].render(scale=150 / 72, grayscale=True)
    return drawn.to_pil().convert("L")


def encoded(page: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    page.save(out, form, dpi=(150, 150), **options)
    return out.getvalue()


EXPECTED = f"一、支出决算情况\n\n{PROSE}\n{TABLE}\n"


def test_a_scanned_page_is_read_as_its_text_layer_is(face: str) -> None:
    text = "某某局2024年度部门决算\n" + "\n".join([PROSE] * 8) + "\n收入支出决算总表\n" + TABLE
    data = typeset(text, titled=True, face=face)
    outcome = accuracy.Outcome()
    accuracy.compare(data, scanned(data, random.Random(3)), None, outcome)
    assert outcome.pages == 1
    assert outcome.share >= 0.99, outcome.mistakes


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_images_are_turned_upright(page: Image.Image, turns: int) -> None:
    document = read(encoded(page.rotate(90 * turns, expand=True), "PNG"), "")
    assert document.text == EXPECTED
    assert document.pages[0].turned == turns
    width, height = document.pages[0].width, document.pages[0].height
    assert (width, height) == pytest.approx((420, 298), abs=1)
    left, top, right, bottom = document.box_of(*_span(document.text, "2,946.25")) or (0, 0, 0, 0)
    assert (left, right) == pytest.approx((136, 184), abs=4)
    assert top < 90 < bottom + 3
    assert document.confidence_of(*_span(document.text, "136.40")) in (0.97, 0.98, 0.99)


def _span(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_damage_in_what_a_camera_tells_is_nobodys_concern(page: Image.Image, tmp_path: Path) -> None:
    told = Image.Exif()
    told[ExifTags.Base.ImageDescription] = "x" * 40
    broken = bytearray(encoded(page, "JPEG", exif=told))
    broken[broken.index(b"MM\0*") + 14] = 255  # so long is the description now
    with pytest.warns(UserWarning, match="larger than file"):
        Image.open(io.BytesIO(broken)).getexif()
    assert "2,946.25" in read(bytes(broken), "").text
    path = tmp_path / "page.jpg"
    path.write_bytes(broken)
    given = Input(str(path), bytes(broken))
    assert draw(given.source, given.fingerprint(), given.known, Page(1, 0, 1))


def test_image_files_may_have_several_pages(page: Image.Image) -> None:
    document = read(encoded(page, "TIFF", save_all=True, append_images=[page.crop((0, 0, 875, 250))]), "")
    assert len(document.pages) == 2
    assert document.text.startswith(EXPECTED.removesuffix("\n"))
    assert ocr.reader() in document.reader


def test_images_are_refused_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    blank = Image.new("L", (600, 800), 255)
    whole = encoded(blank, "PNG")
    assert refusal(whole) == "nothing_recognised"
    assert refusal(whole[:40]) == "image_broken"
    assert refusal(encoded(blank, "JPEG")[:200]) == "image_broken"
    monkeypatch.setattr(image, "MAX_PIXELS", 1000)
    assert refusal(whole) == "too_many_pixels"
    monkeypatch.setattr(image, "MAX_BYTES", 10)
    assert refusal(whole) == "too_large"
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert refusal(whole) == "image"


def test_a_text_layer_is_not_recognised_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "marks", never)
    maker = PageMaker()
    maker.text(80, 100, PROSE)
    assert read(pdf([maker]), "").text == PROSE + "\n"
    # A head beside a picture is kept where the picture tells nothing.
    maker = PageMaker()
    maker.picture()
    maker.text(80, 100, PROSE[:20])
    assert read(pdf([maker]), "").text == PROSE[:20] + "\n"


def never(*_: object) -> None:
    raise AssertionError


def test_rulings_are_found_and_taken_out_but_no_strokes() -> None:
    picture = np.full((400, 600), 255, np.uint8)
    for y in (50, 100, 150):
        picture[y : y + 2, 40:560] = 0
    for x in (40, 300, 558):
        picture[50:152, x : x + 2] = 0
    picture[103:136, 420:423] = 0  # the stroke of a character
    clean, rulings = without_rulings(picture, 2.0)
    found = sorted((r.level, r.at, r.low, r.high) for r in rulings)
    expected = [(False, x, 25, 76) for x in (20.5, 150.5, 279.5)] + [
        (True, y, 20, 280) for y in (25.5, 50.5, 75.5)
    ]
    assert np.array(found) == pytest.approx(np.array(expected), abs=1)
    assert (clean < 128).sum() == 33 * 3


@pytest.mark.parametrize("angle", [-1.5, 0.4])
def test_pages_that_lie_askew_are_set_straight(page: Image.Image, angle: float) -> None:
    askew = np.array(page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255), np.uint8)
    _, rulings = without_rulings(straight(askew), 150 / 72)
    levels = [r for r in rulings if r.level]
    assert len(levels) == 5
    assert all(r.high - r.low == pytest.approx(340, abs=4) for r in levels)


def test_figures_hardly_recognised_make_nothing_certain() -> None:
    document = hedui.read(
        text="一、支出情况\n\n2024年支出合计100.00万元，比上年增加20.00万元，增长30.00%。\n"
    )
    found = extract(document)
    assert {f.certainty for f in check(document, found)[1]} == {"certain"}
    for confidence, certainty in ((0.99, "certain"), (0.9, "likely")):
        claims = tuple(replace(claim, confidence=confidence) for claim in found.claims)
        findings = check(document, replace(found, claims=claims))[1]
        assert {f.certainty for f in findings} == {certainty}


@pytest.mark.parametrize("face_name", sorted(FACES))
def test_an_embedded_font_changes_no_text(face: str, face_name: str) -> None:
    text = f"某某局2024年度部门决算\n{PROSE}\n{TABLE}"
    assert read(typeset(text, face=face_name), "").text == read(typeset(text), "").text


def test_strips_are_no_lines_and_pictures_no_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine enlarges both until their shorter side is long enough, and takes gigabytes for it."""
    seen = []

    class Engine:
        boxes = np.array(
            [[[0, y], [2000, y], [2000, y + high], [0, y + high]] for y, high in ((0, 5), (30, 40))]
        )

        def __call__(self, picture: np.ndarray, **_: object) -> "Engine":
            seen.append(picture.shape)
            return self

    monkeypatch.setattr(ocr, "_engine", Engine)
    for shape in ((40, 1), (3, 2600), (2000, 1500)):
        assert ocr._places(np.full(shape, 255, np.uint8)) == [(0, 30, 2000, 70)]
    assert seen == [(40, 10), (650, 2600), (2000, 1500)]
