"""The linker: from classification names as printed to catalogue entries."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from hedui.classification.catalogue import (
    QUOTES,
    Chart,
    Entry,
    key,
    levels,
    load,
    loose,
)
from hedui.model import Item

LINKED: tuple[Chart, ...] = ("functional", "economic", "government")
SIMILAR = (
    0.8  # of SequenceMatcher's ratio: one slip in ten characters passes, another item of the list does not
)


# Linking: the printed levels are walked from the outermost in, each step keeping the entries that agree.


class _Step(NamedTuple):
    """An entry taken for one printed level, and how well the print agrees: exact, alias or fuzzy."""

    entry: Entry
    match: str
    score: float


_RANK = {"exact": 0, "alias": 1, "fuzzy": 2}
_Path = tuple[_Step, ...]
_Shape = tuple[int, ...]
# The levels that so many printed names may stand for.
SHAPES: dict[int, list[_Shape]] = {1: [(1,), (2,), (3,)], 2: [(1, 2), (2, 3), (1, 3)], 3: [(1, 2, 3)]}


def link(
    names: Sequence[str],
    codes: Sequence[str | None] = (),
    year: int | None = None,
    at: Sequence[int] | None = None,
    chart: Chart | None = None,
) -> Item:
    """The catalogue entry that printed names mean; `match` is `none`, and the code None, where that is open.

    `names` are the printed levels, outermost first; `codes` the code printed with each, full or the level's
    piece; `at` the level number of each, where the print tells it; `chart` the part of the catalogue that is meant,
    where the place tells it. Never raises.
    """
    return _linked(tuple(names), tuple(codes), year, tuple(at) if at else None, chart)


@lru_cache(maxsize=10_000)  # a document names its items again and again
def _linked(
    names: tuple[str, ...],
    codes: tuple[str | None, ...],
    year: int | None,
    at: tuple[int, ...] | None,
    chart: Chart | None,
) -> Item:
    texts, pieces, known = bare(names, codes, at)
    printed = "/".join(texts)
    found = resolve(texts, pieces, year, known, chart)
    if not found:
        return Item(None, None, None, printed, "none", 0.0)
    entry = found[-1].entry
    path = load().path(entry, year)
    worst = max(found, key=lambda step: _RANK[step.match]).match
    score = min(step.score for step in found)
    return Item(
        entry.code,
        entry.name_in(year),
        "/".join(e.name_in(year) for e in path),
        printed,
        worst,
        round(score, 3),
    )


@cache
def _stray() -> re.Pattern[str]:
    """Level marks in brackets, and digits before or after a name."""
    marks = "".join(level.mark for level in levels())
    return re.compile(rf"[（(]\s*(\d*)[{marks}]\s*[)）]|^\s*(\d+)(?=\D)|(?<=\D)(\d+)\s*$")


def bare(
    names: Sequence[str], codes: Sequence[str | None], at: Sequence[int] | None
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...] | None]:
    """The names without codes, quotes, level marks and blanks; their codes ("" where none); their levels."""
    rows = []
    for i, name in enumerate(names):
        inside = [d for groups in _stray().findall(name) for d in groups if d]
        text = "".join(c for c in _stray().sub("", name) if not c.isspace() and c not in QUOTES)
        code = (codes[i] if i < len(codes) else None) or (inside[0] if inside else "")
        if text:
            rows.append((text, "".join(c for c in code if c.isdigit()), at[i] if at and i < len(at) else 0))
    texts, pieces, known = zip(*rows, strict=True) if rows else ((), (), ())
    return texts, pieces, known if rows and all(known) else None


@lru_cache(maxsize=4096)
def resolve(
    texts: tuple[str, ...],
    codes: tuple[str, ...],
    year: int | None,
    known: tuple[int, ...] | None,
    only: Chart | None = None,
) -> _Path:
    """The best path for the printed levels, empty where none or more than one fits equally well."""
    depth = len(texts)
    if not 1 <= depth <= 3:
        return ()
    if known is None and depth == 1 and len(codes[0]) in (3, 5, 7):
        known = (len(codes[0]) // 2,)
    shapes = [known] if known else SHAPES[depth]
    if only is None and shapes == SHAPES[1] and (classes := _walk(texts, codes, year, (1,), "functional")):
        return _only(classes, year)  # the bare name of a class means the class, whatever else bears it
    charts = (only,) if only else LINKED
    paths = [path for chart in charts for shape in shapes for path in _walk(texts, codes, year, shape, chart)]
    return _only(paths or [p for shape in shapes for p in _misplaced(texts, codes, year, shape)], year)


def _walk(
    texts: tuple[str, ...], codes: tuple[str, ...], year: int | None, shape: _Shape, chart: Chart
) -> list[_Path]:
    paths: list[_Path] = [()]
    for text, code, level in zip(texts, codes, shape, strict=True):
        paths = [
            (*path, step)
            for path in paths
            for step in _steps(text, code, level, path[-1].entry.code if path else "", year, chart)
        ]
    return paths


def _steps(text: str, code: str, level: int, above: str, year: int | None, chart: Chart) -> list[_Step]:
    """Entries of a level below the code `above` that the print can mean."""
    book, form = load(), key(text)
    full = code if len(code) == 2 * level + 1 else above + code
    named = dict.fromkeys([*book.by_name.get(form, []), *book.by_name.get(loose(form), [])])
    steps = [
        _Step(e, "exact" if form == key(e.name_in(year)) else "alias", _closeness(form, e, year))
        for e in named
        if e.level == level and e.chart == chart and e.code.startswith(above)
    ]
    if code and any(step.entry.code == full for step in steps):
        return [step for step in steps if step.entry.code == full]
    if len(code) == 2 * level + 1:
        # With another name's code, a name that many groups share is the one beside it.
        beside = [step for step in steps if level > 1 and step.entry.code.startswith(code[:-2])]
        steps = [step._replace(score=step.score - 0.1) for step in beside or steps]
    if steps or not (above or code or level == 1):
        return steps
    coded = [e for e in book.by_code.get(full, []) if code and e.chart == chart and e.level == level]
    if steps := [
        _Step(e, "fuzzy", r) for e in coded if (r := max(ratio(form, key(n)) for n in e.names())) >= 0.4
    ]:
        return steps
    if level > 1 and not above:
        return []
    near = [(e, [name for name in keys if _near(form, name)]) for e, keys in book.below(chart, level, above)]
    return [_Step(e, "fuzzy", r) for e, keys in near if keys and (r := similar(form, keys)) >= SIMILAR]


def _closeness(form: str, entry: Entry, year: int | None) -> float:
    """How near a print is to the official name: the name itself, shortened, another name, that shortened."""
    official = key(entry.name_in(year))
    if form == official:
        return 1.0
    if loose(form) == loose(official):
        return 0.97
    return 0.95 if form in map(key, entry.names()) else 0.93


def ratio(form: str, name: str) -> float:
    """How alike two names are, from 0 to 1."""
    return SequenceMatcher(None, form, name, autojunk=False).ratio()


def _near(form: str, name: str) -> bool:
    """Whether two names have enough characters in common to be similar; nearly all that are not end here."""
    least = (SIMILAR - 0.01) / 2 * (len(form) + len(name))
    return min(len(form), len(name)) >= least and sum(map(name.__contains__, form)) >= least


def similar(form: str, names: Iterable[str]) -> float:
    """How alike a print and an entry's names are; 0 where a word replaces another, as in sibling items."""
    best = 0.0
    for name in names:
        matcher = SequenceMatcher(None, form, name, autojunk=False)
        if matcher.quick_ratio() > max(best, SIMILAR - 0.01) and all(
            tag != "replace" or max(i2 - i1, j2 - j1) < 2 for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        ):
            best = max(best, matcher.ratio())
    return best


def _misplaced(
    texts: tuple[str, ...], codes: tuple[str, ...], year: int | None, shape: _Shape
) -> list[_Path]:
    """Paths whose innermost name is certain although one of the names above it is not its own.

    Where the name above is a genuine one, the catalogue may merely lack the item: then only an attested item
    that bears its name alone is taken.
    """
    book = load()
    found = []
    for skipped, printed in enumerate(texts[:-1]):
        genuine = any(e.level == shape[skipped] for e in book.named(printed, chart="functional"))
        text, code = (v[:skipped] + v[skipped + 1 :] for v in (texts, codes))
        for path in _walk(text, code, year, shape[:skipped] + shape[skipped + 1 :], "functional"):
            leaf = path[-1].entry
            namesakes = book.named(leaf.name, chart="functional")
            alone = {e.code for e in namesakes if e.in_force(year)} == {leaf.code}
            if all(step.match != "fuzzy" for step in path) and (
                not genuine or (alone and leaf.source == "print")
            ):
                found.append((*path[:-1], path[-1]._replace(match="fuzzy", score=0.7)))
    return found


def _only(paths: list[_Path], year: int | None) -> _Path:
    """The one path that is better than the others; of a chain of like-named entries the outermost."""

    def rank(path: _Path) -> tuple[bool, int, float]:
        worst = max(_RANK[step.match] for step in path)
        return (
            worst == 2,
            sum(not step.entry.in_force(year) for step in path),
            -round(sum(step.score for step in path), 3),
        )

    ranked = sorted(paths, key=rank)
    for _, group in groupby(ranked, key=rank):
        best = sorted(group, key=lambda path: (path[-1].entry.chart != LINKED[0], path[-1].entry.code))
        first = best[0][-1].entry
        same_chart = [p[-1].entry.code for p in best if p[-1].entry.chart == first.chart]
        return best[0] if all(code.startswith(first.code) for code in same_chart) else ()
    return ()
