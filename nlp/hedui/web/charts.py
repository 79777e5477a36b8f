"""Numbers → the places of bars and dots; the templates draw them as SVG, so that they need neither script nor style."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WIDTH, HEIGHT = 640, 240
_MARGIN = 48
_BINS = 14  # decades of gaps, half a decade each


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot or a bar: its place, its height (bars), what it stands for and where a click leads."""

    x: float
    y: float
    height: float
    label: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks with what stands below them and beside them, in a picture of WIDTH × HEIGHT."""

    marks: tuple[Mark, ...]
    below: tuple[tuple[float, str], ...]
    beside: tuple[tuple[float, str], ...]
    bar: float = 0.0


def series(values: Sequence[dict[str, Any]]) -> Chart | None:
    """Amounts of one metric over the years, a dot for each amount that a document states; None without any."""
    if not values:
        return None
    years = sorted({row["year"] for row in values})
    top = max(row["amount"] for row in values) or Decimal(1)
    step = (WIDTH - 2 * _MARGIN) / max(len(years) - 1, 1)
    at = {year: _MARGIN + step * number for number, year in enumerate(years)}
    marks = [
        Mark(
            at[row["year"]],
            _level(row["amount"], top),
            0,
            f"{row['year']}: {row['amount']:,} 元 ({row['fiscal_year'] or '?'})",
            f"/document/{row['document']}?at={row['start']}#d-t{row['start']}",
        )
        for row in values
    ]
    beside = [(_level(top * share / 4, top), f"{float(top * share / 4) / 1e4:,.6g}") for share in range(5)]
    return Chart(tuple(marks), tuple((x, str(year)) for year, x in at.items()), tuple(beside))


def _level(amount: Decimal, top: Decimal) -> float:
    return round(float((HEIGHT - _MARGIN) - (HEIGHT - 2 * _MARGIN) * amount / top), 1)


def histogram(gaps: Iterable[str]) -> dict[str, Chart]:
    """How often gaps of each size occur, by what they are counted in (元, %); sizes by half decades."""
    found: dict[str, Counter[int]] = {}
    for gap in gaps:
        size = _size(gap)
        if size:
            unit, value = size
            found.setdefault(unit, Counter())[math.floor(2 * math.log10(value))] += 1
    return {unit: _bars(counted) for unit, counted in sorted(found.items())}


_GAP = re.compile(r"(?P<number>[\d.,]+)(?P<scale>[亿万千]?)(?P<unit>元|%|个百分点)")
_SCALE = {"": 1, "千": 1e3, "万": 1e4, "亿": 1e8}


def _size(gap: str) -> tuple[str, float] | None:
    match = _GAP.fullmatch(gap)
    if not match:
        return None
    value = float(match["number"].replace(",", "")) * _SCALE[match["scale"]]
    return ("元" if match["unit"] == "元" else "%", value) if value > 0 else None


def _bars(counted: Counter[int]) -> Chart:
    bins = list(range(min(counted), max(counted) + 1))
    step = (WIDTH - 2 * _MARGIN) / max(len(bins), 1)
    top = max(counted.values())
    marks = []
    for number, one in enumerate(bins):
        height = (HEIGHT - 2 * _MARGIN) * counted[one] / top
        label = f"{10 ** (one / 2):,.2g}–{10 ** ((one + 1) / 2):,.2g}: {counted[one]}"
        marks.append(Mark(_MARGIN + step * number, HEIGHT - _MARGIN - height, height, label))
    below = [
        (_MARGIN + step * n, f"{10 ** (one / 2):,.0f}" if one >= 0 else f"{10 ** (one / 2):.2g}")
        for n, one in enumerate(bins)
        if one % 2 == 0
    ]
    return Chart(tuple(marks), tuple(below), ((_MARGIN, str(top)), (HEIGHT - _MARGIN, "0")), max(step - 2, 1))


@dataclass(frozen=True, slots=True)
class Grid:
    """Findings by rule (rows) and year (columns); `shade` from 0 to 9 tells how many beside the most."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int, int], ...]], ...]


def grid(counted: Sequence[dict[str, Any]]) -> Grid:
    """Counts of findings by rule and year as a table; each cell is year, count and shade."""
    table = {(row["rule"], row["year"]): row["findings"] for row in counted}
    years = tuple(sorted({row["year"] for row in counted}))
    top = max(table.values(), default=1)
    rows = []
    for rule in sorted({row["rule"] for row in counted}):
        cells = []
        for year in years:
            count = table.get((rule, year), 0)
            cells.append((year, count, math.ceil(9 * math.log1p(count) / math.log1p(top))))
        rows.append((rule, tuple(cells)))
    return Grid(years, tuple(rows))
