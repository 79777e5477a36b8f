"""Mentions of classification items in running text, recognised by their level marks or by the code before the name."""

from collections.abc import Iterator
from functools import cache

import regex

from hedui.classification.catalogue import Level, class_names, item_names, key, levels, load
from hedui.values import dataclass

LONGEST = 60  # characters of one printed name; bounds the work at each level mark
SEPARATORS = "：、，/—-·"  # may stand between the levels of one item
LIST_NUMBER = regex.compile(r"(?:^|[^\d.])(?:\d{1,2}[.、．]|（[\d一二三四五六七八九十]{1,3}）|[①-⑳])$")


@dataclass(frozen=True, slots=True)
class ItemMention:
    """An item as printed: its names outermost first, the code printed with each and their level numbers."""

    start: int
    end: int
    names: tuple[str, ...]
    codes: tuple[str | None, ...]
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One name with its level mark; an empty name where the document leaves the level empty."""

    start: int
    end: int
    name: str
    code: str | None
    level: int
    inner: bool


def find_items(text: str) -> list[ItemMention]:
    """Items with level marks, or behind their code, in a normalised text, in reading order.

    `text` has no white space or quotation marks, full-width brackets and punctuation, and half-width digits.
    Names with neither are not looked for. The time is linear in the length of the text.
    """
    mentions: list[ItemMention] = []
    open_parts: list[_Part] = []
    for part in _parts(text):
        if open_parts and not part.inner:
            mentions += _mention(open_parts)
            open_parts = []
        open_parts.append(part)
    if open_parts:
        mentions += _mention(open_parts)
    coded = [m for m in _coded(text) if all(m.end <= o.start or o.end <= m.start for o in mentions)]
    return sorted(mentions + coded, key=lambda m: m.start) if coded else mentions


def _mention(parts: list[_Part]) -> list[ItemMention]:
    named = [part for part in parts if part.name]
    if not named:
        return []
    return [
        ItemMention(
            named[0].start,
            parts[-1].end,
            tuple(part.name for part in named),
            tuple(part.code for part in named),
            tuple(part.level for part in named),
        )
    ]


@cache
def _mark() -> regex.Pattern[str]:
    """A level mark: in brackets with or without a code, a code or its next piece, or bare before the noun."""
    marks = "".join(level.mark for level in levels())
    grade, noun = levels()[0].grade, levels()[0].noun
    return regex.compile(
        rf"（(?:\p{{Han}}{{0,9}}{noun})?(?P<code>\d{{0,7}})(?P<mark>[{marks}])(?:{grade})?(?:{noun})?）(?:{noun})?"
        r"|（(?P<full>\d{3}(?:\d\d){0,2})）"
        r"|（(?P<piece>\d\d)）"
        rf"|(?P<bare>[{marks}])(?:{grade})?{noun}"
    )


@cache
def _behind_code() -> regex.Pattern[str]:
    """A code, perhaps in brackets, and the name behind it, perhaps in brackets too: 2010301（行政运行）.

    A code right behind a word is that word's.
    """
    words = rf"(?:[\p{{Han}}、]|（\p{{Han}}{{1,6}}）){{2,{LONGEST}}}"
    return regex.compile(
        r"(?<![\d.,，（\p{Han}])(?:（(?P<code>\d{3}(?:\d\d){0,2})）|(?P<code>\d{3}(?:\d\d){0,2}))"
        rf"[：—·-]?(?:（(?P<whole>{words})）|(?P<open>{words}))"
    )


def _coded(text: str) -> Iterator[ItemMention]:
    """Every code of the catalogue with a known name behind it."""
    for match in _behind_code().finditer(text):
        code, name = match["code"], match["whole"]
        if code not in load().by_code:
            continue
        end = match.end()
        if name is None:
            run = match["open"]
            form, known = key(run), _known()
            length = next((n for n in range(len(run), 1, -1) if form[:n] in known), 0)
            name, end = run[:length], match.start("open") + length
        if key(name) in _known():
            number = next(level.number for level in levels() if level.digits == len(code))
            yield ItemMention(match.start(), end, (name,), (code,), (number,))


@cache
def _name() -> regex.Pattern[str]:
    """Code, name, code: read backwards from a level mark. Brackets inside a name hold words, not numbers."""
    return regex.compile(
        rf"(?r)(?P<lead>\d{{0,7}})(?P<name>(?:[\p{{Han}}A-Za-z、]|（(?![一二三四五六七八九十]+）)\p{{Han}}{{1,6}}）)"
        rf"{{0,{LONGEST}}})(?P<code>\d{{0,7}})"
    )


def _parts(text: str) -> Iterator[_Part]:
    """Every level mark that has a name before it or that continues an item, with that name."""
    done = last = 0
    for mark in _mark().finditer(text):
        level = next((lv for lv in levels() if _marks(lv, mark, last)), None)
        if level is None:
            continue
        run = _name().match(text, done, mark.start())
        if not run or (mark["full"] and mark["full"] not in load().by_code):
            continue
        begin, name, lead = run.start("name"), run["name"], run["lead"]
        joined = 0 < done == run.start() or (run.start() == done + 1 and text[done : done + 1] in SEPARATORS)
        stripped = name.lstrip("、")
        begin, name = begin + len(name) - len(stripped), stripped
        inner = joined and level.number > last
        if mark["piece"] and not inner:
            continue
        weak = mark["bare"] or mark["full"]
        if weak or not (inner or LIST_NUMBER.search(text, max(0, run.start("lead") - 5), begin)):
            cut = _known_tail(name)
            if weak and cut is None:
                continue
            begin, name = begin + (cut or 0), name[cut or 0 :]
        if inner and key(name) not in _known():
            joint = next((word for word in level.joints if name.startswith(word)), "")
            begin, name = begin + len(joint), name[len(joint) :]
        code = mark["code"] or mark["full"] or mark["piece"] or run["code"] or None
        if (
            not code
            and begin == run.start("name")
            and (len(lead) == level.digits or (inner and len(lead) == 2))
        ):
            code, begin = lead, run.start("lead")
        if len(name) > 1 or (inner and not name):
            yield _Part(begin, mark.end(), name, code, level.number, inner)
        done, last = mark.end(), level.number


def _marks(level: Level, mark: regex.Match[str], last: int) -> bool:
    """Whether a mark is one of the level; a full code is one by its length, a piece by the level before it."""
    if mark["piece"]:
        return level.number == last + 1 > 1
    if mark["full"]:
        return len(mark["full"]) == level.digits
    return level.mark in (mark["mark"], mark["bare"])


@cache
def _known() -> frozenset[str]:
    return class_names() | item_names() | class_names("economic") | item_names("economic")


def _known_tail(name: str) -> int | None:
    """Where the longest known name, or list of known names, at the end of a run begins; None without one."""
    form, known = key(name), _known()  # as long as the name, character by character
    at = next((i for i in range(len(name) - 1) if form[i:] in known), None)
    while at and name[at - 1] == "、":
        before = next((i for i in range(at - 2) if form[i : at - 1] in known), None)
        if before is None:
            break
        at = before
    return at
