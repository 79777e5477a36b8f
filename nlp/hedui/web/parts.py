"""A document in parts, where one page could not hold it: each is a stretch of the text with its findings."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from hedui.report.marked_text import Block, Cell, Run
from hedui.report.view_model import DocumentView, FindingView

ROOM = 800_000  # bytes of a part's text and findings, as `_weight` counts them
_CLAIM, _FINDING, _CELL = 700, 7000, 20  # bytes that each takes, besides its words
_CHARACTER = 3  # bytes
_SLICE = 50_000  # characters
T = TypeVar("T")

_ANCHOR = re.compile(r".*?-(?P<kind>[tf])(?P<number>\d+)(-text)?")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document from `start` to where the next part begins."""

    start: int
    blocks: tuple[Block, ...]

    @property
    def words(self) -> str:
        """How it begins, in a few characters."""
        begin = (run for block in self.blocks for run in runs(block))
        return next((text for run in begin if (text := run.text.strip())), "")[:24]


def parts(seen: DocumentView) -> list[Part]:
    """The parts of a document, at least one; together they hold all of it, in the order of the text."""
    groups: list[list[Block]] = [[]]
    weight = 0
    for block in chain.from_iterable(map(_pieces, seen.blocks)):
        own = _weight(runs(block))
        if groups[-1] and weight + own > ROOM:
            groups.append([])
            weight = 0
        groups[-1].append(block)
        weight += own
    starts = [0]
    for group in groups[1:]:
        first = next((run.start for block in group for run in runs(block)), starts[-1])
        starts.append(max(first, starts[-1]))
    return [Part(start, tuple(group)) for start, group in zip(starts, groups, strict=True)]


def part_at(whole: Sequence[Part], offset: int) -> Part:
    """The part that a character of the text is in."""
    return whole[_place([part.start for part in whole], offset)]


def findings_in(
    seen: DocumentView, whole: Sequence[Part], part: Part, stands: Callable[[int], int]
) -> tuple[FindingView, ...]:
    """The findings that are shown with a part; `stands` is as `narrowed` takes it."""
    return tuple(found for found in seen.findings if part is part_at(whole, stands(found.start)))


def narrowed(
    seen: DocumentView,
    whole: Sequence[Part],
    part: Part,
    address: Callable[[int], str],
    stands: Callable[[int], int],
) -> DocumentView:
    """What a page shows of one part. `address` makes the address of the page that shows an offset of the text;
    `stands` tells where what begins at an offset is shown: there, or where its page begins.
    """
    begins = {finding.number: finding.start for finding in seen.findings}

    def link(anchor: str) -> str:
        match = _ANCHOR.fullmatch(anchor)
        if len(whole) == 1 or not match:
            return f"#{anchor}"
        number = int(match["number"])
        offset = stands(number if match["kind"] == "t" else begins[number])
        return f"#{anchor}" if part is part_at(whole, offset) else f"{address(offset)}#{anchor}"

    findings = findings_in(seen, whole, part, stands)
    return replace(seen, blocks=part.blocks, findings=findings, link=link)


def _place(starts: Sequence[int], offset: int) -> int:
    return max(0, bisect_right(starts, offset) - 1)


def _pieces(block: Block) -> Iterator[Block]:
    """A block, or pieces of it where it is too large: rows of a table, runs of a paragraph, slices of a run."""
    if _weight(runs(block)) <= ROOM:
        yield block
    elif block.rows and max(map(_of_row, block.rows)) <= ROOM:
        for number, rows in enumerate(_grouped(block.rows, _of_row)):
            yield replace(
                block,
                rows=tuple(rows),
                heads=0 if number else min(block.heads, len(rows)),
                place="" if number else block.place,
            )
    else:
        slices = (piece for run in runs(block) for piece in _slices(run))
        for number, some in enumerate(_grouped(slices, lambda run: _weight([run]))):
            kind = "paragraph" if block.rows else block.kind
            yield Block(kind, tuple(some), place="" if number else block.place)


def _slices(run: Run) -> Iterator[Run]:
    """A run, or slices of it where it alone is too long."""
    if len(run.text) <= _SLICE:
        yield run
        return
    for at in range(0, len(run.text), _SLICE):
        words, last = run.text[at : at + _SLICE], at + _SLICE >= len(run.text)
        yield replace(
            run,
            text=words,
            start=run.start + at,
            begins=run.begins and not at,
            opens=() if at else run.opens,
            closes=run.closes if last else (),
        )


def _grouped(things: Iterable[T], weigh: Callable[[T], int]) -> Iterator[list[T]]:
    group: list[T] = []
    weight = 0
    for thing in things:
        own = weigh(thing)
        if group and weight + own > ROOM // 2:
            yield group
            group, weight = [], 0
        group.append(thing)
        weight += own
    yield group


def runs(block: Block) -> Iterator[Run]:
    """The stretches of text of a block, in their order."""
    yield from block.runs
    for row in block.rows:
        for cell in row:
            yield from cell.runs


def _of_row(row: Sequence[Cell]) -> int:
    return sum(_CELL + _weight(cell.runs) for cell in row)


def _weight(some: Iterable[Run]) -> int:
    """Bytes that runs take on a page, about, with the findings that begin in them."""
    return sum(
        _CHARACTER * len(run.text)
        + (_CLAIM if run.claim else 0)
        + _FINDING * len(run.opens)
        + 60 * bool(run.finding)
        for run in some
    )
