"""A chart of a Word document → the table of the numbers that it was drawn from, as the file keeps them."""

from decimal import Decimal, InvalidOperation

import regex

from hedui.reading.composing import Part, Span, cell, grid
from hedui.reading.package import Element

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
POINTS = 1000  # categories of a chart: more are no chart that people read
_PLACES = regex.compile(r"0(?:\.(0+))?(%)?")


def table(chart: Element) -> list[Part]:
    """The title, the names of the series, and a row for each category; nothing for a chart without numbers."""
    series = list(chart.iter(f"{_C}ser"))
    names = [_words(one.find(f"{_C}tx")) for one in series]
    values = [_points(one, "val", "yVal") for one in series]
    rows = sorted(set().union(*values))[:POINTS]
    if not rows:
        return []
    categories: dict[int, str] = {}
    for one in series:
        categories = _points(one, "cat", "xVal") | categories
    title = _words(chart.find(f".//{_C}chart/{_C}title"))
    written = [[title, *("" for _ in names)]] if title else []
    written += [["", *names]] if any(names) else []
    written += [[categories.get(row, ""), *(column.get(row, "") for column in values)] for row in rows]
    return grid([[Span(cell(text)) for text in row] for row in written])


def _words(element: Element | None) -> str:
    found = element.iter(f"{_C}v", f"{_A}t") if element is not None else ()
    return "".join(piece.text or "" for piece in found)


def _points(series: Element, *names: str) -> dict[int, str]:
    """The points of a series by their number; of categories in levels the innermost."""
    data = next((found for name in names if (found := series.find(f"{_C}{name}")) is not None), None)
    cache = next(data.iter(f"{_C}numCache", f"{_C}strCache", f"{_C}lvl"), None) if data is not None else None
    if cache is None:
        return {}
    code = cache.findtext(f"{_C}formatCode", "")
    out: dict[int, str] = {}
    for point in cache.findall(f"{_C}pt"):
        number, text = point.get("idx", ""), point.findtext(f"{_C}v", "").strip()
        if number.isdecimal() and len(number) < 8 and text:
            kept = point.get("formatCode", code)
            out[int(number)] = _shown(text, kept) if cache.tag == f"{_C}numCache" else text
    return out


def _shown(text: str, code: str) -> str:
    """A number as its format shows it: files keep binary fractions, 0.53210000000000002 for 53.21%."""
    places = _PLACES.search(code.split(";")[0])
    try:
        value = Decimal(text)
        if not places or len(text) > 40 or abs(value) > 10**18:
            return format(Decimal(repr(float(value))).normalize(), "f")
        value = value * 100 if places[2] else value
        return f"{value:.{len(places[1] or '')}f}{places[2] or ''}"
    except (InvalidOperation, OverflowError, ValueError):
        return text
