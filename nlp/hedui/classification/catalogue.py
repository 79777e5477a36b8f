"""The catalogue: the government budget classification by year, and its names as documents print them."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

from hedui.resources import resource

Chart = Literal["functional", "economic", "government", "revenue"]
CHARTS: tuple[Chart, ...] = ("functional", "economic", "government", "revenue")
ECONOMIC: tuple[Chart, ...] = (
    "economic",
    "government",
)  # by what is bought, of departments and of governments
QUOTES = "\"'“”‘’「」『』＂＇"
_FORM: dict[int, str | None] = {ord(c): None for c in QUOTES}
_FORM |= {ord(half): full for half, full in zip("()〔〕[],:", "（）（）（），：", strict=True)}
_BRACKETS = re.compile(r"（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the classification: the digits of its codes and the words that go with it in print.

    `mark` names the level, `grade` may follow the mark, `noun` is what an entry is called, and `ending` is
    the final word of many names, which documents like to leave out. `joints` may stand before a name that
    follows one of an outer level.
    """

    number: int
    digits: int
    mark: str
    grade: str
    noun: str
    ending: str
    joints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One code and its names. Years are inclusive, None where open; `former` holds (name, last year)."""

    code: str
    name: str
    level: int
    parent: str
    valid_from: int | None
    valid_to: int | None
    former: tuple[tuple[str, int], ...]
    aliases: tuple[str, ...]
    source: str
    chart: Chart

    def in_force(self, year: int | None) -> bool:
        """Whether the code is in force in `year`; an unknown year fits every code."""
        return year is None or (self.valid_from or year) <= year <= (self.valid_to or year)

    def name_in(self, year: int | None) -> str:
        """The official name in `year`, or the latest one."""
        return next((name for name, last in self.former if year is not None and year <= last), self.name)

    def names(self) -> tuple[str, ...]:
        """Every name the code is known by, the current one first."""
        return (self.name, *(name for name, _ in self.former), *self.aliases)


@lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """A name in the form it is compared in: no white space or quotes, brackets and digits of one width."""
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(_FORM) if name else ""


def loose(name: str) -> str:
    """The key without bracketed parts and without the final word that documents like to leave out."""
    bare = _BRACKETS.sub("", name) if "（" in name else name
    ending = levels()[0].ending
    return bare[: -len(ending)] if bare.endswith(ending) and len(bare) > len(ending) + 1 else bare


@cache
def levels() -> tuple[Level, ...]:
    """The levels, outermost first."""
    with resource("corpora", "classification", "levels.csv").open(encoding="utf-8", newline="") as file:
        next(rows := csv.reader(file))
        return tuple(
            Level(int(number), int(digits), mark, grade, noun, ending, tuple(filter(None, joints.split(";"))))
            for number, digits, mark, grade, noun, ending, joints in rows
        )


def _entries(chart: Chart) -> Iterator[Entry]:
    """The rows of one chart's file, whose columns the folder's README explains."""
    with resource("corpora", "classification", f"{chart}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for code, name, level, parent, since, until, former, aliases, source in rows:
            yield Entry(
                code,
                name,
                int(level),
                parent,
                int(since) if since else None,
                int(until) if until else None,
                tuple((n, int(y)) for n, y in (f.split(":") for f in former.split(";"))) if former else (),
                tuple(aliases.split(";")) if aliases else (),
                source,
                chart,
            )


class Named(NamedTuple):
    """An entry with the keys of all its names."""

    entry: Entry
    keys: tuple[str, ...]


class Catalogue:
    """Every entry of every chart, with the lookups that the linker needs."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def by_code(self) -> dict[str, list[Entry]]:
        """Entries by code; a code that was given a new meaning has several."""
        index: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            index[entry.code].append(entry)
        return dict(index)

    @cached_property
    def by_name(self) -> dict[str, list[Entry]]:
        """Entries by the key of any of their names and by its loose form."""
        index: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for form in {form for name in map(key, entry.names()) for form in (name, loose(name))}:
                index[form].append(entry)
        return dict(index)

    @cached_property
    def _below(self) -> dict[tuple[Chart, int, str], list[Named]]:
        index: dict[tuple[Chart, int, str], list[Named]] = defaultdict(list)
        for entry in self.entries:
            named = Named(entry, tuple(map(key, entry.names())))
            for digits in (0, *(level.digits for level in levels() if level.number < entry.level)):
                index[entry.chart, entry.level, entry.code[:digits]].append(named)
        return dict(index)

    def below(self, chart: Chart, level: int, code: str) -> list[Named]:
        """The entries of a level whose code begins with that of an outer one, or with nothing, and their names."""
        return self._below.get((chart, level, code), [])

    def get(self, code: str, year: int | None = None) -> Entry | None:
        """The entry of a full code, the one in force in `year` if the code had several meanings."""
        found = self.by_code.get(code, [])
        return max(found, key=lambda e: (e.in_force(year), e.valid_from or 0), default=None)

    def named(self, name: str, year: int | None = None, chart: Chart | None = None) -> list[Entry]:
        """Entries that bear a name, in whatever year; those in force in `year` first."""
        form = key(name)
        found = self.by_name.get(form) or self.by_name.get(loose(form), [])
        return sorted(
            (e for e in found if chart is None or e.chart == chart), key=lambda e: not e.in_force(year)
        )

    def under(self, parent: str, name: str, year: int | None = None) -> Entry | None:
        """The entry of that name whose code begins with `parent`; None if there is none or more than one."""
        found = [e for e in self.named(name, year) if e.code.startswith(parent) and e.code != parent]
        best = [e for e in found if e.in_force(year)] or found
        return best[0] if len({e.code for e in best}) == 1 else None

    def path(self, entry: Entry, year: int | None = None) -> tuple[Entry, ...]:
        """The entry and those above it, outermost first."""
        above = self.get(entry.parent, year) if entry.parent else None
        return (*self.path(above, year), entry) if above else (entry,)


@cache
def load() -> Catalogue:
    """The catalogue of the project, read once."""
    return Catalogue(entry for chart in CHARTS for entry in _entries(chart))


def chart(code: str) -> Chart | None:
    """The chart that a code belongs to; None for no code of the catalogue."""
    entry = load().get(code)
    return entry.chart if entry else None


@cache
def class_names(chart: Chart = "functional") -> frozenset[str]:
    """Every name of the outermost level, current and former, with and without its final word."""
    return _names({1}, chart)


@cache
def item_names(chart: Chart = "functional") -> frozenset[str]:
    """Likewise of the inner levels; a name that is also a class name is left to the class."""
    return _names({2, 3}, chart) - class_names(chart)


def _names(wanted: set[int], chart: Chart) -> frozenset[str]:
    ending = levels()[0].ending
    full = {key(n) for e in load().entries if e.chart == chart and e.level in wanted for n in e.names()}
    return frozenset(full | {n.removesuffix(ending) for n in full if len(n) > len(ending) + 1})
