"""A picture of a page → the marks on it, as the PDF engine would tell them: recognition by rapidocr.

Its models come with its wheel; nothing is ever fetched. The extra `hedui[ocr]` installs it.
"""

import math
import multiprocessing
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hedui.reading.ocr_picture import Picture

from hedui.reading.page.marks import Glyph, Marks

PACKAGE = "rapidocr"
DPI = 200  # at which pages are rendered
SIDE = 2600  # pixels: the longer side of a picture that is recognised
DETECTED = 1500  # pixels: the longer side at which lines of text are looked for
THREADS = 4
MAX_PICTURES = 300  # pages of one document
MAX_SECONDS = 30.0  # for each of them
SAMPLE = 6  # lines that tell whether a page stands on its head
UPSIDE_DOWN = 0.8  # a mean confidence that makes it worth looking
TOGETHER = 2  # lines recognised at once: memory goes by their number and the length of the longest
SLIM = 100  # times as wide as high: no line of text, and more memory than there is
NARROW = 4  # times as long as wide: a picture is made no narrower than that before lines are looked for
TALL = 1.5  # times as high as wide: a line that runs upwards
DIGIT, CHINESE = 0.7, 0.9  # of the font size: the height of the ink of a line
MIDDLE = 0.35  # of the font size: how far above its baseline the middle of a line's ink lies
SAME = 0.08  # sizes that differ less are one
NEAR = 0.5  # of the font size: characters nearer than that stand side by side
DARK, BLANK = 128, 0.005  # grey of ink, and its share of a page up to which nothing is on it
HALF = {"，": ",", "．": ".", "。": "."}
SURE = 0.99  # what is recognised in a picture is never quite sure

Place = tuple[int, int, int, int]
"""Left, top, right and bottom of a box, in pixels."""


def available() -> bool:
    """Whether the extra `hedui[ocr]` is installed."""
    return all(map(find_spec, (PACKAGE, "onnxruntime", "pypdfium2")))


def reader() -> str:
    """Its name and version, for `Document.reader`."""
    return f"{PACKAGE} {version(PACKAGE)}"


@cache
def _engine() -> Any:
    """The recogniser, made once a process. Worker processes share the processors, so each takes one.

    onnxruntime would write an identifier of the machine into the home, and send what it does to its makers.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read as it is imported
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    threads = 1 if multiprocessing.parent_process() else min(THREADS, os.cpu_count() or 1)
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Global.max_side_len": DETECTED,
            "Rec.rec_batch_num": TOGETHER,
            "Det.model_path": str(next(models.glob("*_det_*.onnx"))),
            "Rec.model_path": str(next(models.glob("*_rec_*.onnx"))),
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A recognised line (pixels): the edges of its ink, its characters, their middles, how sure each is."""

    left: float
    top: float
    right: float
    bottom: float
    chars: tuple[str, ...] = ()
    middles: tuple[float, ...] = ()
    sure: tuple[float, ...] = ()

    @property
    def chinese(self) -> bool:
        """Whether its height tells the size of its font: two Chinese characters are not both low ones."""
        return sum(char.isalpha() and not char.isascii() for char in self.chars) > 1

    @property
    def size(self) -> float:
        """The size of its font, from the height of its ink."""
        low = all(char.isascii() and char not in ",()" for char in self.chars)
        return (self.bottom - self.top) / (DIGIT if low else CHINESE)


def marks(picture: "Picture", scale: float) -> Marks:
    """What a picture of a page shows, turned upright; `scale` is its pixels to the point.

    The picture holds grey values from 0 (black) to 255, and at most SIDE of them along a side.
    """
    from hedui.reading.ocr_picture import quarter, straight, without_rulings

    picture = straight(picture)
    turned = 0
    clean, rulings = without_rulings(picture, scale)
    places = _places(clean)
    if sum(_is_tall(place) for place in places) > len(places) / 2:
        turned = 1
        clean, rulings = without_rulings(quarter(picture, 1), scale)
        places = _places(clean)
    sample = sorted(places, key=lambda p: p[0] - p[2])[:SAMPLE]
    if (seen := _texts(clean, sample)) and _mean(seen) < UPSIDE_DOWN:
        over = quarter(picture, turned + 2)
        over_clean, over_rulings = without_rulings(over, scale)
        over_places = _places(over_clean)
        longest = sorted(over_places, key=lambda p: p[0] - p[2])[:SAMPLE]
        if _mean(_texts(over_clean, longest)) > _mean(seen):
            turned, clean, rulings, places = turned + 2, over_clean, over_rulings, over_places
    texts = [text for text in _texts(clean, places) if text.chars]
    height, width = clean.shape
    glyphs = [
        glyph for text, size in zip(texts, _sizes(texts), strict=True) for glyph in _glyphs(text, size, scale)
    ]
    pictured = not glyphs and bool((clean < DARK).mean() > BLANK)
    page = (width / scale, height / scale)
    return Marks(*page, tuple(glyphs), rulings, pictured=pictured, turned=turned, recognised=True)


def _is_tall(place: Place) -> bool:
    return place[3] - place[1] > TALL * (place[2] - place[0])


def _mean(texts: Sequence[_Text]) -> float:
    sure = [value for text in texts for value in text.sure]
    return sum(sure) / len(sure) if sure else 0.0


def _places(picture: "Picture") -> list[Place]:
    """The boxes around lines of text; a dash from one side of the page to the other is none."""
    boxes = _engine()(_broad(picture), use_rec=False, use_cls=False).boxes
    out = []
    for box in [] if boxes is None else boxes:
        (x0, y0), (x1, y1) = box.min(0), box.max(0)
        out.append((max(math.floor(x0), 0), max(math.floor(y0), 0), math.ceil(x1), math.ceil(y1)))
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in out if x1 - x0 <= SLIM * (y1 - y0)]


def _broad(picture: "Picture") -> "Picture":
    """The picture with paper to its right or below: the engine enlarges it until its shorter side is long enough."""
    import numpy as np

    least = math.ceil(max(picture.shape) / NARROW)
    missing = [(0, max(least - side, 0)) for side in picture.shape]
    return np.pad(picture, missing, constant_values=255) if any(more for _, more in missing) else picture


def _texts(picture: "Picture", places: Sequence[Place]) -> list[_Text]:
    """What stands in the boxes."""
    import cv2

    if not places:
        return []
    crops = [cv2.cvtColor(picture[y0:y1, x0:x1], cv2.COLOR_GRAY2BGR) for x0, y0, x1, y1 in places]
    found = _engine().recognize_txt(crops)
    return [_text(*line) for line in zip(places, crops, found.txts, found.word_results, strict=True)]


def _text(place: Place, crop: Any, words: str, info: Any) -> _Text:
    """One line. The recogniser tells in which of its columns a character stands, not how wide it is."""
    import cv2
    import numpy as np

    x0, y0, x1, _ = place
    limit, _ = cv2.threshold(crop[:, :, 0], 0, 255, cv2.THRESH_OTSU)
    ink = crop[:, :, 0] < limit
    columns, rows = np.flatnonzero(ink.sum(0)), _band(np.flatnonzero(ink.sum(1) > 1), len(ink))
    if not len(columns) or not len(rows) or not words.strip():
        return _Text(*place)
    # Blanks have no column, but a confidence.
    middles = [
        x0 + (column + 0.5) / info.line_txt_len * (x1 - x0) for word in info.word_cols for column in word
    ]
    shown = [(char, sure) for char, sure in zip(words, info.confs, strict=True) if not char.isspace()]
    return _Text(
        x0 + int(columns[0]),
        y0 + int(rows[0]),
        x0 + int(columns[-1]) + 1,
        y0 + int(rows[-1]) + 1,
        tuple(char for char, _ in shown),
        tuple(middles),
        tuple(sure for _, sure in shown),
    )


def _band(rows: Any, height: int) -> Any:
    """The rows of ink without those that the box cuts off lines above and below."""
    import numpy as np

    pieces = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    whole = [p for p in pieces if len(p) and p[0] > 0 and p[-1] < height - 1]
    return np.concatenate(whole) if whole else rows


def _sizes(texts: Sequence[_Text]) -> list[float]:
    """The font size of every line (pixels): near sizes are one; lines that do not tell it have that of most."""
    known = sorted(text.size for text in texts if text.chinese for _ in text.chars)
    usual = median(known) if known else median(text.size for text in texts) if texts else 0.0
    out = []
    for text in texts:
        near = text.size / usual
        told = text.chinese and not 1 - SAME < near < 1 + SAME
        out.append(text.size if told or near > 1.5 else usual)
    return out


def _glyphs(text: _Text, size: float, scale: float) -> list[Glyph]:
    """The characters of a line in points, those side by side without a gap: their edges are not known that well."""
    text = replace(text, chars=_narrow(text, size))
    y = (text.top + text.bottom) / 2 + MIDDLE * size
    half = [size * (0.25 if char.isascii() else 0.5) for char in text.chars]
    lefts = [middle - h for middle, h in zip(text.middles, half, strict=True)]
    rights = [middle + h for middle, h in zip(text.middles, half, strict=True)]
    lefts[0], rights[-1] = text.left, text.right
    for i, (right, left) in enumerate(pairwise(zip(rights, lefts, strict=True))):
        if left[1] - right[0] < NEAR * size:
            rights[i] = lefts[i + 1] = (right[0] + left[1]) / 2
    return [
        Glyph(char, left / scale, max(left, right) / scale, y / scale, size / scale, _confidence(sure))
        for char, left, right, sure in zip(text.chars, lefts, rights, text.sure, strict=True)
    ]


def _narrow(text: _Text, size: float) -> tuple[str, ...]:
    """The characters, marks between digits half as wide where there is no room for wide ones."""
    chars = list(text.chars)
    for i, char in enumerate(chars[1:-1], 1):
        if char in HALF and chars[i - 1].isdigit() and chars[i + 1].isdigit():
            if text.middles[i + 1] - text.middles[i - 1] < 1.25 * size:
                chars[i] = HALF[char]
    return tuple(chars)


def _confidence(sure: float) -> float:
    """In hundredths, rounded down: characters as sure as their neighbours make one strip."""
    return min(math.floor(sure * 100) / 100, SURE)
