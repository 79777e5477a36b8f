"""Numbers with their units in running text, and the dates, years and periods that stand among them.

Works on the text of a view (white space dropped, digits folded); offsets are positions in that text.
"""

import re
import tomllib
from functools import cache
from typing import Any

from hedui.model import Figure
from hedui.resources import resource
from hedui.values import dataclass

_NEAR = 40  # characters: no figure is longer
_AMOUNT = re.compile(r"[.,]\d")  # how an amount is printed
_CODED = re.compile(
    r"\d{1,2}\.[12]\d\d(?:\d\d){0,2}[^\W\d_a-zA-Z]"
)  # 2.206科学技术支出: an enumerator and a code
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a date or a part of a year named in the text. `kind` is `year`, `date` or `period`."""

    start: int
    end: int
    kind: str
    year: int | None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class _Grammar:
    figure: re.Pattern[str]
    moment: re.Pattern[str]
    kinds: dict[str, str]
    follow: dict[str, tuple[str, ...]]
    before: tuple[str, ...]
    after: tuple[str, ...]
    unitless: tuple[str, ...]
    unitless_kind: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The units in which work done is counted: `deeds`."""

    deeds: frozenset[str]


@cache
def _units() -> dict[str, Any]:
    with resource("patterns", "lexicon", "units.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def counted() -> Counted:
    """What the units say of counts whose subject has no name."""
    data = _units()
    counts = {u for unit in data["unit"] if unit["kind"] in ("count", "batches") for u in unit["names"]}
    scaled = {data["scaled"]["prefix"] + u for u in counts | set(data["deeds"]["units"])}
    return Counted(frozenset((counts - set(data["bodies"]["units"])) | set(data["deeds"]["units"]) | scaled))


def in_ten_thousands(unit: str) -> bool:
    """Whether things are counted in ten thousands by this unit: 万人次."""
    prefix = _units()["scaled"]["prefix"]
    return (
        unit.startswith(prefix)
        and _grammar().kinds.get(unit.removeprefix(prefix)) in _units()["scaled"]["kinds"]
    )


@cache
def _grammar() -> _Grammar:
    data = _units()
    kinds = {name: unit["kind"] for unit in data["unit"] for name in unit["names"]}
    scaled = [name for name, kind in kinds.items() if kind in data["scaled"]["kinds"]]
    kinds |= {data["scaled"]["prefix"] + name: kinds[name] for name in scaled}
    units = "|".join(re.escape(n) for n in sorted(kinds, key=len, reverse=True))
    between = "|".join(data["approximate"]["between"])
    numeral_units = "|".join(data["numerals"]["units"])
    # Not begun inside a run of numerals and never given back: what is no number is looked at once.
    numerals = "零一二两三四五六七八九十百千"
    to = "".join(rf"(?<!{re.escape(word)})" for word in data["range"]["after"])
    # Blanks part thousands only in an amount that is printed as one, decimals and unit behind it.
    spaced = r"(?<!\d )\d{1,3}(?: \d{3})+\.\d+(?=[万亿]?元)"
    number = rf"{spaced}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:，\d{{3}})+\.\d+|\d+(?:\.\d+)?"
    # What either can begin with is looked for first, which the standard library's expressions are the fastest at.
    figure = re.compile(
        rf"(?=[第\d百{numerals}-])(?:"
        rf"(?<![\dA-Za-z.])(?P<ordinal>第)?(?P<value>(?:(?<!\d){to}-)?(?:{number}))(?P<vague>{between})?(?P<unit>{units})?"
        rf"|(?<![{numerals}])(?P<chinese>[{numerals}]++)(?P<chinese_unit>{numeral_units})"
        r"|百分之(?P<hundredths>[零一二三四五六七八九十百]+))"
    )
    year = r"(?:19|20)\d\d"
    moment = re.compile(
        rf"(?=[\d上二])(?:(?P<period>(?:(?P<period_year>{year})年)?(?P<first>\d{{1,2}})月?[-—–~至](?P<last>\d{{1,2}})月份?)"
        rf"|(?P<date>(?P<date_year>{year})年\d{{1,2}}月(?:\d{{1,2}}日|底|末|份|初)?)"
        rf"|(?P<half>(?:(?P<half_year>{year})年)?上半年)"
        rf"|(?<!\d)(?P<year>{year})(?:(?=年初预算)|(?:年度?|财年)[末底初]?)"
        r"|(?P<chinese_year>二[〇○零][一二][〇○零一二三四五六七八九])年度?"
        r"|\d{1,2}月\d{1,2}日)"
    )
    return _Grammar(
        figure,
        moment,
        kinds,
        {unit: tuple(words) for unit, words in data["follow"].items()},
        tuple(data["approximate"]["before"]),
        tuple(data["approximate"]["after"]),
        tuple(word + joint for word in data["unitless"]["before"] for joint in data["unitless"]["joints"]),
        data["unitless"]["kind"],
    )


def scan(text: str) -> tuple[list[Figure], list[Moment]]:
    """The figures and moments of a text, each in order; they do not overlap."""
    moments = [_moment(m) for m in _grammar().moment.finditer(text)]
    taken = [(m.start, m.end) for m in moments]
    figures: list[Figure] = []
    position = 0
    for match in _grammar().figure.finditer(text):
        while position < len(taken) and taken[position][1] <= match.start():
            position += 1
        if position < len(taken) and taken[position][0] < match.end():
            continue
        figure = _figure(text, match)
        if figure:
            figures.append(figure)
    return figures, moments


def uncut(text: str, at: int) -> tuple[int, int]:
    """Where the number or the date begins and ends that a cut at a place of a text would part; else twice the place."""
    begin = max(0, at - _NEAR)
    window = text[begin : at + _NEAR]
    for pattern in (_grammar().moment, _grammar().figure):
        for match in pattern.finditer(window):
            if begin + match.start() < at < begin + match.end():
                return begin + match.start(), begin + match.end()
    return at, at


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    know = _grammar()
    start, end = match.span()
    value, unit, vague = match.group("value", "unit", "vague")
    if value is None:
        if match["hundredths"]:
            value, unit, kind = str(numeral(match["hundredths"])), "%", "percent"
        else:
            value, unit = str(numeral(match["chinese"])), match["chinese_unit"]
            kind = know.kinds[unit]
        return Figure(start, end, value, unit, kind, _vague(text, start, end))
    start, unit = match.start("value"), unit or ""
    if match["ordinal"]:
        return Figure(start, end, value, unit, "ordinal") if unit else None
    if unit and text.startswith(know.follow.get(unit, ()), end):
        end -= len(unit)
        unit = ""
    value = value.replace(" ", "")
    kind = know.kinds[unit] if unit else "bare"
    if kind == "bare":
        end = match.end("value")
        if match.end() == end and value.isdigit() and text.endswith(know.unitless, 0, match.start("value")):
            return Figure(match.start("value"), end, value, "", know.unitless_kind)
        if _CODED.match(text, start):
            return None
        # Without a unit only what is printed like an amount can be a figure whose unit was left out.
        if not _AMOUNT.search(value) or (text[end : end + 1].isalnum() and text[end].isascii()):
            return None
    return Figure(start, end, value, unit, kind, bool(vague) or _vague(text, start, end))


def _vague(text: str, start: int, end: int) -> bool:
    return text.endswith(_grammar().before, 0, start) or text.startswith(_grammar().after, end)


def _moment(match: re.Match[str]) -> Moment:
    start, end = match.span()
    if match["date"]:
        return Moment(start, end, "date", int(match["date_year"]))
    if match["period"]:
        first, last = int(match["first"]), int(match["last"])
        year = int(match["period_year"]) if match["period_year"] else None
        whole = (first, last) == (1, 12)
        return Moment(
            start,
            end,
            "period",
            year,
            None if whole else "H1" if (first, last) == (1, 6) else f"M{first}-M{last}",
        )
    if match["half"]:
        return Moment(start, end, "period", int(match["half_year"]) if match["half_year"] else None, "H1")
    if match["year"]:
        return Moment(start, end, "year", int(match["year"]))
    if match["chinese_year"]:
        return Moment(start, end, "year", int("".join(str(_DIGITS[c]) for c in match["chinese_year"])))
    return Moment(start, end, "date", None)


def numeral(text: str) -> int:
    """The number that Chinese numerals up to the hundred millions spell: 二百零五 is 205."""
    for scale in ("亿", "万"):
        before, found, after = text.partition(scale)
        if found:
            return numeral(before) * _SCALES[scale] + numeral(after)
    total = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * _SCALES[c]
            digit = 0
    return total + digit
