"""One standard table → its claims: what the row and the column of a cell say together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from hedui import intervals
from hedui.classification import link
from hedui.lexicon import metrics
from hedui.model import Cell, Claim, Document, Item
from hedui.tables.grids import Grid, Row
from hedui.tables.heads import WORD, Column, columns, is_number, split
from hedui.tables.wording import MARK, PARTIAL, Basis, Kind, item_column, plain, squeeze, wording

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Label:
    """What a row says its amounts are of. `place` is the column where the label stands."""

    text: str
    printed: str
    code: str
    place: int
    within: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """The quantity of a cell; without a metric it is known to claim nothing."""

    metric: str
    item: Item | None = None
    scope: str | None = None
    part: str | None = None


def claims_of(document: Document, grid: Grid, first: int) -> list[Claim]:
    """The claims of one table, numbered from `first`; none where it prints no unit.

    The pattern of a claim names the kind of table, and marks one with amounts that were not understood.
    """
    if grid.unit not in intervals.YUAN:
        return []
    heads, body = split(grid)
    layout = columns(heads, body)
    out: list[Claim] = []
    partial = False
    seen: set[tuple[int, str]] = set()
    above: dict[int, str] = {}
    for row in body:
        for label, cell, column in _amounts(row, layout):
            repeated = grid.kind.items == "class" and (label.place, label.text) in seen
            basis = column.basis or (Basis(grid.kind.basis) if grid.kind.basis else None)
            if repeated:
                meaning = _part(grid.kind, label, column, above.get(label.place, ""))
            else:
                meaning = _meaning(grid.kind, label, column, document.fiscal_year)
            if meaning is None:
                known = label.within or column.within or repeated or not label.printed
                partial = partial or not (known or plain_zero(cell.text))
            elif meaning.metric and basis is not None:
                number = first + len(out)
                out.append(_claim(document, grid, row, label, cell, meaning, basis, column, number))
        for label in _labels(row, layout):
            if (label.place, label.text) not in seen:
                above[label.place] = grid.kind.rows.get(label.text, "")
            seen.add((label.place, label.text))
    return [replace(claim, pattern=claim.pattern + PARTIAL) for claim in out] if partial else out


def plain_zero(text: str) -> bool:
    """Whether a number is nothing."""
    return not text.strip("-0.,，")


def _labels(row: Row, layout: list[Column]) -> Iterator[Label]:
    """The labels of a row, from left to right."""
    know = wording()
    digits = ""
    for c, cell in enumerate(row.cells):
        text = know.expressions["markup"].sub("", cell.text).strip()
        if WORD.search(text):
            bare = squeeze(text)
            if bare in know.header["code"] or bare in know.header["line"]:
                continue
            inside = know.expressions["code"].match(bare)
            code = digits or (inside.group() if inside and WORD.match(bare, inside.end()) else "")
            name = bare[inside.end() :] if inside and code == inside.group() else bare
            yield Label(plain(name), name, code, c, bool(know.expressions["within"].match(bare)))
            digits = ""
        elif layout[c].role == "code" and text.isdigit():
            digits += text
        elif layout[c].role == "value" and text:
            digits = ""


def _amounts(row: Row, layout: list[Column]) -> Iterator[tuple[Label, Cell, Column]]:
    """The amounts of a row, each with the label that stands nearest before it."""
    labels = {label.place: label for label in _labels(row, layout)}
    current = Label("", "", "", 0, False)
    for c, (cell, column) in enumerate(zip(row.cells, layout, strict=False)):
        current = labels.get(c, current)
        if column.role in ("value", "label") and is_number(cell.text):
            yield current, cell, column


def _meaning(kind: Kind, label: Label, column: Column, year: int | None) -> Meaning | None:
    """What a cell is about; None where the row or the column is not known."""
    account = kind.columns.get(column.path)
    if account is None:
        return None
    row = kind.rows.get(label.text)
    if row is not None and not label.code:
        return _of_row(kind, row, account)
    if not (label.text and kind.items) or label.within:
        return None
    item = _item(label.text, label.code, 1 if kind.items == "class" else None, year)
    if item is None or not account:
        return Meaning("") if item else None
    metric, scope = item_column(kind, account)
    return Meaning(metric, item, scope)


def _of_row(kind: Kind, row: str, account: str) -> Meaning:
    """A total is of what its column is about; another row is of the whole, in the column of a part of that part."""
    if row != TOTAL and account != kind.whole:
        return Meaning(row, scope=account) if account and row in wording().each else Meaning("")
    metric = account if row == TOTAL else row
    return Meaning(metric, scope=kind.whole if kind.scoped and metric in wording().scoped else None)


def _part(kind: Kind, label: Label, column: Column, above: str) -> Meaning | None:
    """A label that returns, below what every part has of its own, states that of the account it names."""
    account = kind.columns.get(label.text)
    if above not in wording().each or not account or kind.columns.get(column.path) != kind.whole:
        return None
    return Meaning(above, scope=account)


@lru_cache(maxsize=4096)
def _item(name: str, code: str, level: int | None, year: int | None) -> Item | None:
    """The item of a row: by its code and name; a class of a summary, and a row without code, by the name alone."""
    if code:
        return replace(link([name], [code], year), code=code) if len(code) in (3, 5, 7) else None
    item = link([name], (), year, [level] if level else None)
    return item if item.match != "none" else None


@lru_cache(maxsize=4096)
def _value(number: str, unit: str) -> tuple[str, str, str | None]:
    """The ends of the interval of a printed number and its amount in 元."""
    interval = intervals.printed(number, unit)
    low, high = intervals.decimal_text(interval.low), intervals.decimal_text(interval.high)
    return low, high, intervals.amount_in_yuan(number, unit)


def _claim(
    document: Document,
    grid: Grid,
    row: Row,
    label: Label,
    cell: Cell,
    meaning: Meaning,
    basis: Basis,
    column: Column,
    number: int,
) -> Claim:
    known = metrics()[meaning.metric]
    counted = known.kind == "count"
    bracket = wording().expressions["counted"].search(label.printed)
    unit = (bracket.group(1)[0] if bracket else "个") if counted else grid.unit or ""
    low, high, amount = _value(cell.text, unit)
    year = column.year or (document.fiscal_year - basis.before if document.fiscal_year else None)
    return Claim(
        id=f"c{number}",
        document=document.id,
        origin="table",
        start=cell.start,
        end=cell.end,
        value=cell.text,
        unit=unit,
        low=low,
        high=high,
        metric=meaning.metric,
        measure="count" if counted else "amount",
        subject=label.printed or known.zh,
        page=document.page_at(cell.start),
        box=document.box_of(cell.start, cell.end),
        section=(grid.title,),
        sentence=document.text[row.start : row.end],
        sentence_start=row.start,
        amount=amount,
        part=meaning.part,
        item=meaning.item,
        basis=None if counted else basis.basis,
        year=year,
        scope=meaning.scope,
        confidence=document.confidence_of(cell.start, cell.end),
        pattern=MARK + grid.kind.id,
    )
