"""Relations within tables: items against their class and their total, parts against what they make up."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from hedui.relations.candidate import Candidate
from hedui.relations.identities import identities
from hedui.relations.ledger import Ledger, Value
from hedui.relations.tables import Table, table_of
from hedui.relations.totals import added
from hedui.tables.wording import PARTIAL, Kind, item_column, kind_named, wording

RULE = "TAB002"


class Column(NamedTuple):
    """A column of a table, as its claims tell it."""

    metric: str
    scope: str | None
    basis: str | None
    year: int | None


Name = tuple[str, str | None]  # metric and scope


def find(ledger: Ledger) -> Iterator[Candidate]:
    """Every sum of every table whose amounts were all understood."""
    tables: dict[Table, list[Value]] = defaultdict(list)
    for value in ledger.tables:
        if (table := table_of(value)) and not value.claim.pattern.endswith(PARTIAL):
            tables[table].append(value)
    for (pattern, _), values in tables.items():
        if kind := kind_named(pattern):
            yield from _sums(kind, values)
            yield from _trees(kind, values)
    yield from _joined(ledger)


def _column(value: Value) -> Column:
    quantity = value.quantity
    return Column(quantity.metric, quantity.scope, quantity.basis, quantity.year)


# Parts side by side, or one below the other


def _sums(kind: Kind, values: list[Value]) -> Iterator[Candidate]:
    """The sums of the totals' row or of the labelled rows, and those of every row of an item."""
    rows: dict[tuple[str | None, int], list[Value]] = defaultdict(list)
    for value in values if kind.sums else ():
        item = value.quantity.item
        rows[item, value.claim.sentence_start if item else 0].append(value)
    of_totals: list[list[Name]] = [[(metric, "") for metric in one] for one in kind.sums]
    of_items: list[list[Name]] = [[item_column(kind, metric) for metric in one] for one in kind.sums]
    for (item, _), row in rows.items():
        used: dict[Name, int] = defaultdict(int)
        groups = _groups(kind, row)
        for total, *parts in of_items if item else of_totals:
            for group in groups:
                yield from _sum(group, total, parts, used[total], bool(item))
            used[total] += 1
    yield from _shares(kind, values)


def _groups(kind: Kind, row: list[Value]) -> list[dict[Name, list[Value]]]:
    """The values of one row, those of each basis and year apart, by what they are of.

    A total is known by its metric, an item by the metric and the scope of its column.
    """
    groups: dict[tuple[str | None, int | None], dict[Name, list[Value]]] = {}
    for value in row:
        metric, item, scope = value.quantity.metric, value.quantity.item, value.quantity.scope
        group = groups.setdefault((value.quantity.basis, value.quantity.year), defaultdict(list))
        if item:
            group[metric, scope].append(value)
        elif scope in (None, kind.whole):
            group[metric, ""].append(value)
    return [*groups.values()]


def _sum(
    group: dict[Name, list[Value]], total: Name, parts: list[Name], nth: int, item: bool
) -> Iterator[Candidate]:
    """One sum; an empty cell is nothing, but a total without any part is not judged."""
    wholes = group.get(total, [])
    stated = [v for part in parts for v in group.get(part, ())]
    found = [*{v.quantity: v for v in reversed(stated)}.values()][::-1]  # each once, however often printed
    if len(parts) == 1 == len(found):
        return  # one kind of several: the others may stand in rows that were not understood
    if wholes and found and not (item and len(wholes) > 1):
        yield added(RULE, wholes[min(nth, len(wholes) - 1)], found)


def _shares(kind: Kind, values: list[Value]) -> Iterator[Candidate]:
    """What the whole has and each of its parts has too, a balance say: in the columns of the parts, or below it."""
    by: dict[tuple[str, str | None, int | None], list[Value]] = defaultdict(list)
    for value in values:
        if value.quantity.metric in wording().each and not value.quantity.item:
            by[value.quantity.metric, value.quantity.basis, value.quantity.year].append(value)
    for group in by.values():
        wholes = [v for v in group if v.quantity.scope in (None, kind.whole)]
        parts = [v for v in group if v not in wholes]
        if wholes and parts and len({v.quantity.scope for v in parts}) == len(parts):
            yield added(RULE, wholes[-1], parts)
            for part in parts:
                yield from _share(kind, part, values)


def _share(kind: Kind, total: Value, values: list[Value]) -> Iterator[Candidate]:
    """The sums of the whole, in the column of one part."""
    quantity = total.quantity
    for metric, *parts in kind.sums:
        if metric == quantity.metric and kind.whole in parts:
            own = [quantity._replace(metric=str(quantity.scope), scope=None)]
            own += [quantity._replace(metric=part) for part in parts if part in wording().each]
            found = [next((v for v in values if v.quantity == q), None) for q in own]
            if found[0]:
                yield added(RULE, total, [v for v in found if v])


# Items below one another


def _trees(kind: Kind, values: list[Value]) -> Iterator[Candidate]:
    columns: dict[Column, list[Value]] = defaultdict(list)
    totals: dict[Column, list[Value]] = defaultdict(list)
    for value in values:
        if value.quantity.item:
            columns[_column(value)].append(value)
        else:
            column = _column(value)
            metric, scope = item_column(kind, column.metric)
            totals[column._replace(metric=metric, scope=scope)].append(value)
    for column, items in columns.items():
        codes = {v.quantity.item or "": v for v in items}
        if len(codes) < len(items) or not all(code.isdigit() for code in codes):
            continue  # a name without a code, or an item twice: of several bodies
        yield from _tree(codes, totals.get(column, []), values, kind)


def _tree(
    codes: dict[str, Value], totals: list[Value], values: list[Value], kind: Kind
) -> Iterator[Candidate]:
    """Each item against the items right below it, and the outermost ones against the total."""
    below: dict[str, list[Value]] = defaultdict(list)
    for code, value in codes.items():
        above = next((code[:n] for n in range(len(code) - 2, 2, -2) if code[:n] in codes), "")
        below[above].append(value)
    for code, parts in below.items():
        if code:
            yield added(RULE, codes[code], parts)
    roots = below[""]
    if totals and roots:
        yield added(RULE, totals[0], roots)
    for metric, group in kind.groups.items():
        whole = [v for v in values if v.quantity.metric == metric and not v.quantity.item]
        parts = [v for v in roots if (v.quantity.item or "").startswith(group)]
        if len(whole) == 1 and parts and all(len(v.quantity.item or "") == 3 for v in parts):
            yield added(RULE, whole[0], parts)


def _joined(ledger: Ledger) -> Iterator[Candidate]:
    """What one table states and another breaks down."""
    known: dict[str, Value] = {}
    for value in ledger.tables:
        quantity = value.quantity
        if not quantity.item and not quantity.scope and quantity.basis == "final":
            known.setdefault(quantity.metric, value)
    for identity in identities().sums:
        whole, parts = known.get(identity.total), [known[m] for m in identity.parts if m in known]
        if whole is None or len(parts) < len(identity.parts) or identity.told:
            continue
        if not any(table_of(whole) == table_of(v) or whole.quantity.year != v.quantity.year for v in parts):
            yield added(RULE, whole, parts)
