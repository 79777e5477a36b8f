"""What is wrong with classification names as printed: what the linker had to overlook."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from hedui.classification.catalogue import Entry, key, levels, load, loose
from hedui.classification.linking import SIMILAR, bare, ratio, resolve, similar

Kind = Literal["outdated", "ending", "parent", "code", "slip"]


@dataclass(frozen=True, slots=True)
class NamingIssue:
    """A printed classification name that is not the official one; `index` is its place among the names.

    `kind`: `outdated` (renamed or abolished before that year), `ending` (the final word of a class name is
    left out), `parent` (the item stands under another class or group), `code` (the code belongs to another
    name), `slip` (almost the official name). `expected` is empty where a name has no successor.
    `attested`: the issue rests on entries copied from printed tables only.
    """

    kind: Kind
    index: int
    printed: str
    expected: str
    code: str
    attested: bool


def naming(
    names: Sequence[str],
    codes: Sequence[str | None] = (),
    year: int | None = None,
    at: Sequence[int] | None = None,
) -> list[NamingIssue]:
    """What is wrong with printed names, outermost first; nothing where the item itself is not certain."""
    return list(_issues(tuple(names), tuple(codes), year, tuple(at) if at else None))


@lru_cache(maxsize=10_000)
def _issues(
    names: tuple[str, ...], codes: tuple[str | None, ...], year: int | None, at: tuple[int, ...] | None
) -> tuple[NamingIssue, ...]:
    texts, pieces, known = bare(names, codes, at)
    found = resolve(texts, pieces, year, known)
    if not found or year is None:
        return ()
    path = load().path(found[-1].entry, year)
    by_level = {entry.level: entry for entry in path}
    shape = known or (tuple(step.entry.level for step in found) if len(found) == len(texts) else (1, 2, 3))
    attested = all(entry.source == "print" for entry in path)
    issues = []
    for i, (text, piece, level) in enumerate(zip(texts, pieces, shape, strict=False)):
        if (entry := by_level.get(level)) and (flaw := _flaw(text, piece, i, entry, year)):
            kind, expected = flaw
            rests = attested if kind == "parent" else entry.source == "print"
            issues.append(NamingIssue(kind, i, text, expected, entry.code, rests))
    return tuple(issues)


def _flaw(text: str, code: str, index: int, entry: Entry, year: int) -> tuple[Kind, str] | None:
    """What is wrong with one printed name, given the entry that it stands for, and the name expected."""
    form, expected = key(text), entry.name_in(year)
    official = key(expected)
    if code and not entry.code.endswith(code) and _other_name(code, entry, year):
        return "code", expected
    if _abolished(entry, year):
        return "outdated", ""
    if form == official:
        return None
    if loose(form) == loose(official):
        left_out = entry.level == 1 and form == official.removesuffix(levels()[0].ending)
        return ("ending", expected) if left_out else None
    former = {loose(key(name)) for name, last in entry.former if last < year}
    if loose(form) in former:
        return "outdated", expected
    if loose(form) in {loose(key(name)) for name in entry.names()}:
        return None
    if any(e.chart == entry.chart for e in load().named(text, year)):
        return ("parent", expected) if entry.level < 3 else None
    keys = [*map(key, entry.names())]
    closest = max(keys, key=lambda name: ratio(form, name))
    if not similar(form, keys) or (index == 0 and closest in form):
        return None  # a first name may carry words of the sentence before it
    return ("outdated" if loose(closest) in former else "slip"), expected


def _abolished(entry: Entry, year: int) -> bool:
    """Whether a code is out of force without a namesake beside it, and not merely because its parent is."""
    book = load()
    parent = book.get(entry.parent, year)
    return (
        entry.valid_to is not None
        and year > entry.valid_to
        and (parent is None or parent.in_force(year))
        and not any(e.parent == entry.parent and e.in_force(year) for e in book.named(entry.name, year))
    )


def _other_name(code: str, entry: Entry, year: int) -> bool:
    """Whether a printed code, full or the piece of its level, is in force as another entry's."""
    full = code if len(code) == len(entry.code) else entry.parent + code
    other = load().get(full, year)
    return other is not None and other.chart == entry.chart and other.in_force(year)


def miscoded(code: str, name: str, year: int | None, attested: bool = False) -> str | None:
    """The right name where a full code, attested in print, is printed with a name that is none of its own.

    `attested`: the document itself prints the right name with the code elsewhere. None where the name is one of the
    code's, or almost: a slip of a character is no wrong code.
    """
    entry = load().get(code, year)
    if entry is None or not (attested or entry.source == "print"):
        return None
    return None if any(alike(name, known) for known in entry.names()) else entry.name_in(year)


def alike(name: str, other: str) -> bool:
    """Whether two names are one, shortened or with a slip of a character."""
    first, second = loose(key(name)), loose(key(other))
    if first in second or second in first:
        return True
    return SequenceMatcher(None, second, first).ratio() >= SIMILAR


def fits(code: str, name: str, year: int | None) -> bool:
    """Whether a full code is printed with a name of its own."""
    entry = load().get(code, year)
    return entry is not None and loose(key(name)) in {loose(key(known)) for known in entry.names()}
