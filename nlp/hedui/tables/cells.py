"""One standard table → its claims: what the row and the column of a cell say together."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from hedui import intervals
from hedui.classification import ECONOMIC, link, load
from hedui.lexicon import metrics
from hedui.model import Cell, Claim, Document, Item
from hedui.tables.grids import Grid, Row
from hedui.tables.heads import Column, columns, is_number, named_basis, split
from hedui.tables.labels import Label, labels, whole
from hedui.tables.wording import MARK, PARTIAL, Basis, Kind, item_column, wording
from hedui.values import dataclass

TOTAL = "total"
PLAIN = str.maketrans("－−，", "--,")  # signs and separators as they are usually printed


@dataclass(frozen=True, slots=True)
class Meaning:
    """The quantity of a cell; without a metric it is known to claim nothing."""

    metric: str
    item: Item | None = None
    scope: str | None = None
    part: str | None = None


_Stated = tuple[Row, Label, Cell, Meaning, Basis, Column]


def claims_of(document: Document, grid: Grid, first: int) -> list[Claim]:
    """The claims of one table, numbered from `first`; none where it prints no unit.

    The pattern of a claim names the kind of table, and marks one with amounts that were not understood.
    """
    if grid.unit not in intervals.YUAN:
        return []
    know, kind, year = wording(), grid.kind, document.fiscal_year
    usual = kind.basis or ("budget" if document.kind in know.budgets else "")
    heads, body = split(grid)
    layout = columns(heads, body)
    stated: list[_Stated] = []
    partial = False
    seen: set[tuple[int, str]] = set()
    above: dict[int, str] = {}
    economic: set[int] = set()  # places whose items are those of the economic classification
    for row in whole(body, layout, year) if kind.items in ("code", "economic") else body:
        named = list(labels(row, layout))
        for label, cell, column in _amounts(row, layout, named):
            repeated = kind.items == "class" and (label.place, label.text) in seen
            column = _of_basis(kind, label, column)
            basis = column.basis or (Basis(usual) if usual else None)
            if repeated:
                meaning = _part(kind, label, column, above.get(label.place, ""))
            else:
                meaning = _meaning(kind, label, column, year)
            if meaning and meaning.metric == "economic_item":
                economic.add(label.place)
            elif meaning and meaning.metric == "function_item" and label.place in economic:
                continue  # the name of a functional item and of an economic one
            if meaning is None:
                aside = label.within or column.aside or label.text in know.header["aside"]
                partial = partial or not (aside or repeated or not label.printed or plain_zero(cell.text))
            elif meaning.metric and basis is not None and not (_counted(meaning) and basis.basis != "final"):
                stated.append((row, label, cell, meaning, basis, column))
        for label in named:
            if (label.place, label.text) not in seen:
                above[label.place] = kind.rows.get(label.text, "")
            seen.add((label.place, label.text))
    pattern = MARK + grid.kind.id + (PARTIAL if partial else "")
    return [_claim(document, grid, *each, pattern, number) for number, each in enumerate(stated, first)]


def plain_zero(text: str) -> bool:
    """Whether a number is nothing."""
    return not text.strip("-0.,，")


def _amounts(row: Row, layout: list[Column], named: list[Label]) -> Iterator[tuple[Label, Cell, Column]]:
    """The amounts of a row, each with the one of its labels that stands nearest before it."""
    found = {label.place: label for label in named}
    current = Label("", "", "", 0, False)
    for c, (cell, column) in enumerate(zip(row.cells, layout, strict=False)):
        current = found.get(c, current)
        if column.role in ("value", "label") and is_number(cell.text):
            yield current, cell, column


def _counted(meaning: Meaning) -> bool:
    """Whether a number of things is meant; it has no basis, so planned ones claim nothing."""
    return metrics()[meaning.metric].kind == "count"


def _of_basis(kind: Kind, label: Label, column: Column) -> Column:
    """The column of an amount whose row and not its column names the basis."""
    basis, year, rest = named_basis(label.text)
    if column.basis is None and basis and not rest and label.text not in kind.rows:
        return replace(column, basis=basis, year=column.year or year)
    return column


def _meaning(kind: Kind, label: Label, column: Column, year: int | None) -> Meaning | None:
    """What a cell is about; None where the row or the column is not known."""
    account = kind.columns.get(column.path)
    if account is None:
        return None
    row = kind.rows.get(label.text)
    if row is None and kind.rows.get("") == TOTAL and named_basis(label.text)[0]:
        row = TOTAL
    if row is not None and not label.code:
        return _of_row(kind, row, account, label.text)
    if not (label.text and kind.items) or label.within:
        return None
    item = _item(label.text, label.code, 1 if kind.items == "class" else None, year)
    if item is None or not account:
        return Meaning("") if item else None
    metric, scope = item_column(kind, account)
    entry = load().get(item.code or "", year)
    if metric == "function_item" and entry and entry.chart in ECONOMIC:
        metric = "economic_item"
    return Meaning(metric, item, scope)


def _of_row(kind: Kind, row: str, account: str, label: str) -> Meaning:
    """A total is of what its column is about; another row is of the whole, in the column of a part of that part."""
    if row != TOTAL and account != kind.whole:
        return Meaning(row, scope=account) if account and row in wording().each else Meaning("")
    metric = account if row == TOTAL else row
    part = label if metric in wording().by_use else None
    return Meaning(metric, scope=kind.whole if metric in kind.scoped else None, part=part)


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
    pattern: str,
    number: int,
) -> Claim:
    known, counted = metrics()[meaning.metric], _counted(meaning)
    bracket = wording().expressions["counted"].search(label.printed)
    unit = grid.unit or ""
    if counted:
        unit = bracket.group(1)[0] if bracket else wording().by_use.get(meaning.metric, "个")
    value = cell.text.translate(PLAIN)
    low, high, amount = _value(value, unit)
    year = column.year or (document.fiscal_year - basis.before if document.fiscal_year else None)
    return Claim(
        id=f"c{number}",
        document=document.id,
        origin="table",
        start=cell.start,
        end=cell.end,
        value=value,
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
        pattern=pattern,
    )
