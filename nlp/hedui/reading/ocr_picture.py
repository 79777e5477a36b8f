"""A page as a picture, made ready for recognition: set straight, its ruling lines found and taken out.

Pictures are arrays of grey values (0 black, 255 white), row by row; lengths are pixels unless told otherwise.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hedui.reading.page.marks import Ruling

Picture = NDArray[np.uint8]

STEEPEST = 4.0  # degrees: a page that lies more askew than this is not set straight
SLIGHT = 0.03  # degrees: not worth turning a picture
SHORT, LONG = (
    12.0,
    45.0,
)  # points: the shortest ruling line, and one that is longer than a character's strokes
MEETS = 1.0  # points: how near a short line comes to those that it runs between
THICK = 4.0  # points: a thicker line is a box

Lines = list[tuple[int, int, int, int]]
"""Left, top, width and height of lines, in pixels."""


def straight(picture: Picture) -> Picture:
    """The picture turned so that lines of text, and of tables, lie level."""
    small = _shrunk(picture, 900)
    coarse = _sharpest(small, np.arange(-STEEPEST, STEEPEST + 0.1, 0.5))
    fine = _sharpest(_shrunk(picture, 1600), coarse + np.arange(-0.5, 0.51, 0.1))
    return picture if abs(fine) < SLIGHT else _turned(picture, fine)


def quarter(picture: Picture, turns: int) -> Picture:
    """The picture turned clockwise by quarter turns."""
    return np.ascontiguousarray(np.rot90(picture, -turns))


def _shrunk(picture: Picture, side: int) -> Picture:
    """Ink (white on black) at a size at which turning it is cheap."""
    scale = min(1.0, side / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(255 - small, np.uint8)


def _sharpest(ink: Picture, angles: Any) -> float:
    """The angle at which rows, and columns, of ink differ most from their neighbours."""

    def contrast(angle: float) -> float:
        turned = _turned(ink, angle, around=0)
        return sum(float(np.square(np.diff(turned.sum(axis, dtype=np.int64))).sum()) for axis in (0, 1))

    return float(max(angles, key=contrast))


def _turned(picture: Picture, angle: float, around: int = 255) -> Picture:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        picture,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=around,
    )
    return np.asarray(turned, np.uint8)


def without_rulings(picture: Picture, scale: float) -> tuple[Picture, tuple[Ruling, ...]]:
    """The picture without ruling lines, and these (in points); `scale` is pixels to the point.

    A line that touches characters is read as one, or spoils them; so lines are painted over.
    """
    ink = np.asarray(
        cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 25),
        np.uint8,
    )
    found = {level: _lines(ink, level, scale) for level in (True, False)}
    long = {level: [x for x in lines if max(x[2:]) >= LONG * scale] for level, lines in found.items()}
    clean = picture.copy()
    rulings = []
    for level, lines in found.items():
        for line in lines:
            # A short line may be the stroke of a character, unless it runs from one ruling to another.
            if max(line[2:]) < LONG * scale and not _spans(line, long[not level], level, MEETS * scale):
                continue
            x, y, width, height = line
            clean[max(y - 1, 0) : y + height + 1, max(x - 1, 0) : x + width + 1] = 255
            if level:
                rulings.append(Ruling(True, (y + height / 2) / scale, x / scale, (x + width) / scale))
            else:
                rulings.append(Ruling(False, (x + width / 2) / scale, y / scale, (y + height) / scale))
    return clean, tuple(rulings)


def _lines(ink: Picture, level: bool, scale: float) -> Lines:
    """Straight runs of ink along an axis, small gaps closed, that are no thicker than a line."""
    gap, run = 3, round(SHORT * scale)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap) if level else (gap, 1), np.uint8))
    runs = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, run) if level else (run, 1), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(runs)
    lines = [(int(x), int(y), int(width), int(height)) for x, y, width, height, _ in boxes[1:]]
    return [line for line in lines if line[3 if level else 2] <= THICK * scale]


def _spans(line: tuple[int, int, int, int], across: Lines, level: bool, near: float) -> bool:
    """Whether a line runs from one of the lines across it to another."""
    x, y, width, height = line
    ends, at = ((x, x + width), y + height / 2) if level else ((y, y + height), x + width / 2)
    places = [
        (x + width / 2, y, y + height) if level else (y + height / 2, x, x + width)
        for x, y, width, height in across
    ]
    return all(
        any(abs(end - p) <= near and low - near <= at <= high + near for p, low, high in places)
        for end in ends
    )
