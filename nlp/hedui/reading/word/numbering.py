"""Automatic numbering of a Word document: the number that stands before each of its paragraphs.

ECMA-376 part 1, 17.9: a paragraph (or its style) names a list and a level; the list counts its levels and says
how each is written.
"""

from dataclasses import dataclass, field, replace
from functools import cache

import regex

from hedui.reading.package import Element
from hedui.reading.word.numbers import written
from hedui.reading.word.package import WORD

W = f"{{{WORD}}}"
LEVELS = 9
LONGEST = 255  # characters of how a level is written: Word takes no more
_PLACE = regex.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    way: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level (from 1) after which it begins anew; 0 never, None any above it
    legal: bool = False  # all numbers decimal
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A `w:num`: the list that it counts (`abstract`), its levels, and where it begins anew once."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Counts the numbered paragraphs of one document; ask for each paragraph once and in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = _styles(styles)
        self._default = next((k for k, s in self._styles.items() if s.get(f"{W}default") in _TRUE), None)
        self._lists = _lists(numbering, self._styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._of_style = cache(self._styled)

    def label(self, properties: Element | None) -> str:
        """The number of the next paragraph, given its `w:pPr`; empty where it has none."""
        found = self._place(properties)
        if found is None:
            return ""
        number, level = found
        known = self._lists.get(number)
        if known is None or level not in known.levels:
            return ""
        self._count(known, level)
        return self._written(known, level)

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or those of its style and the styles that one rests on."""
        number, level = _numbered(properties)
        style: str | None = value(properties, "pStyle") or self._default
        styled = style
        if number is None:
            number, own, styled = self._of_style(style)
            level = own if level is None else level
        if number is None or number == "0":
            return None
        if level is None and number in self._lists:
            # A list may name the styles that its levels belong to.
            names = {one.style: place for place, one in self._lists[number].levels.items()}
            level = names.get(value(properties, "pStyle"), names.get(styled))
        return number, level or 0

    def _styled(self, style: str | None) -> tuple[str | None, int | None, str | None]:
        """The list and level of a style, or of those that it rests on, and the style that names the list."""
        number: str | None = None
        level: int | None = None
        first, seen = style, set[str]()
        while style in self._styles and style not in seen:
            seen.add(style)
            number, own = _numbered(self._styles[style].find(f"{W}pPr"))
            level = own if level is None else level
            if number is not None:
                return number, level, style
            style = value(self._styles[style], "basedOn")
        return None, level, first

    def _count(self, known: _List, level: int) -> None:
        counts = self._counts.setdefault(known.abstract, {})
        if level in known.starts and level not in known.begun:
            counts[level] = known.starts[level]
        else:
            counts[level] = counts.get(level, known.levels[level].start - 1) + 1
        known.begun.add(level)
        for lower in range(level + 1, LEVELS):
            restart = known.levels[lower].restart if lower in known.levels else None
            if restart is None or level < restart:
                counts.pop(lower, None)

    def _written(self, known: _List, level: int) -> str:
        this = known.levels[level]
        counts = self._counts[known.abstract]

        def number(match: regex.Match[str]) -> str:
            place = int(match[1]) - 1
            if place not in known.levels:
                return ""
            one = known.levels[place]
            count = counts.get(place, known.starts.get(place, one.start))
            return written(count, "decimal" if this.legal else one.way)

        return "" if this.way == "bullet" else _PLACE.sub(number, this.text).strip()


_TRUE = ("1", "true", "on")


def value(element: Element | None, name: str) -> str | None:
    """The `w:val` of a child element; None where either is absent."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val") if child is not None else None


def is_on(element: Element | None, name: str) -> bool | None:
    """Whether a property that is on or off is on; None where nothing is said of it."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val", "1") in _TRUE if child is not None else None


def _numbered(properties: Element | None) -> tuple[str | None, int | None]:
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    return value(numbering, "numId"), _integer(value(numbering, "ilvl"))


def _integer(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None


def _styles(styles: Element | None) -> dict[str, Element]:
    found = styles.findall(f"{W}style") if styles is not None else []
    return {s.get(f"{W}styleId", ""): s for s in found if s.get(f"{W}type", "paragraph") == "paragraph"}


def _lists(numbering: Element | None, styles: dict[str, Element]) -> dict[str, _List]:
    if numbering is None:
        return {}
    abstracts = {a.get(f"{W}abstractNumId", ""): a for a in numbering.findall(f"{W}abstractNum")}
    # A list may only name a numbering style; the list that defines the style says how it looks.
    defined = {value(a, "styleLink"): key for key, a in abstracts.items() if value(a, "styleLink")}
    out: dict[str, _List] = {}
    for one in numbering.findall(f"{W}num"):
        key = value(one, "abstractNumId") or ""
        link = value(abstracts.get(key), "numStyleLink")
        key = defined.get(link, key) if link else key
        levels = _levels(abstracts.get(key))
        starts: dict[int, int] = {}
        for override in one.findall(f"{W}lvlOverride"):
            place = _integer(override.get(f"{W}ilvl"))
            if place is None:
                continue
            levels |= _levels(override)
            start = _integer(value(override, "startOverride"))
            if start is not None:
                starts[place] = start
                levels[place] = replace(levels.get(place, _Level()), start=start)
        out[one.get(f"{W}numId", "")] = _List(key, levels, starts)
    return out


def _levels(parent: Element | None) -> dict[int, _Level]:
    out: dict[int, _Level] = {}
    for level in parent.findall(f"{W}lvl") if parent is not None else []:
        place = _integer(level.get(f"{W}ilvl"))
        if place is not None and place < LEVELS:
            start = _integer(value(level, "start"))
            out[place] = _Level(
                start=0 if start is None else start,
                way=value(level, "numFmt") or "decimal",
                text=(value(level, "lvlText") or "")[:LONGEST],
                restart=_integer(value(level, "lvlRestart")),
                legal=bool(is_on(level, "isLgl")),
                style=value(level, "pStyle"),
            )
    return out
