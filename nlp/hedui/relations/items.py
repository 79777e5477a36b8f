"""Relations of the classification tree: listed items against their class and against the whole account."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

from hedui.exact import Fraction
from hedui.intervals import summed
from hedui.relations.candidate import Candidate
from hedui.relations.containment import contained
from hedui.relations.identities import identities
from hedui.relations.judging import MISSING
from hedui.relations.ledger import Ledger, Value, item_level
from hedui.relations.totals import added

SEVERAL = 3  # fewer items beside a whole may be a selection
Lists = list[tuple[Value, list[Value]]]
ALL, MOST = Fraction(98, 100), Fraction(95, 100)  # of the whole: a complete list, and one that may be


def find(ledger: Ledger) -> Iterator[Candidate]:
    """Every relation between items listed one after another and what they add up to."""
    lists = list(_lists(ledger))
    for whole, items in lists:
        yield from _whole(ledger, whole, items, lists)
        yield from _too_large(whole, items)
    yield from _classes(ledger, lists)


def listed_items(ledger: Ledger) -> Iterator[tuple[Value, list[Value]]]:
    """Each whole that is listed in full with its items of one level, the finest that is listed so."""
    for whole, items in _lists(ledger):
        if whole.quantity.metric in identities().exhaustive and whole.quantity.basis == "final":
            for level in (3, 1):
                parts = _at_level(items, level)
                if len(parts) >= SEVERAL:
                    yield whole, parts
                    break


def whole_of(ledger: Ledger, item: Value) -> Value | None:
    """The account that an item belongs to: the nearest whole before it under its heading, else that of its share.

    What a share is taken of is told of that share alone.
    """
    near = ledger.sections[item.claim.section]
    before = bisect_left(near, item.claim.start, key=lambda v: v.claim.start)
    for value in (near[n] for n in range(before - 1, -1, -1)):
        if (
            value.quantity.metric in identities().item_wholes
            and value.claim.measure == "amount"
            and value.quantity.basis == item.quantity.basis
            and value.quantity.year == item.quantity.year
            and not _of_share(ledger, value)
        ):
            return value
    return _whole_of_share(ledger, item)


def _whole_of_share(ledger: Ledger, item: Value) -> Value | None:
    """The whole that the share right behind an item is a share of."""
    known = identities().item_wholes
    for share in ledger.sentences[item.claim.sentence_start]:
        told = share.claim.measure == "share" and share.quantity.versus in known
        if told and share.claim.start > item.claim.start and share.quantity.item == item.quantity.item:
            wanted = ledger.amount(
                share.quantity, metric=share.quantity.versus, item=None, basis=item.quantity.basis
            )
            return ledger.sole(ledger.of(wanted))
    return None


def _restated(first: Value, again: Value) -> bool:
    return (
        first.quantity == again.quantity
        and first.printed == again.printed
        and first.claim.section == again.claim.section
    )


def _known(lists: Mapping[Value, list[Value]], whole: Value, item: Value) -> Value:
    """The whole of the list under the item's heading that has the same amount."""
    for known, items in lists.items():
        alike = known.quantity == whole.quantity and known.printed == whole.printed
        if alike and items[0].claim.section == item.claim.section:
            return known
    return whole


def _of_share(ledger: Ledger, whole: Value) -> bool:
    """Whether a whole stands between a part and the part's share."""
    here = ledger.sentences[whole.claim.sentence_start]
    after = next((v for v in here if v.claim.start > whole.claim.start), None)
    return (
        after is not None
        and after.claim.measure == "share"
        and after.quantity.versus == whole.quantity.metric
    )


def _lists(ledger: Ledger) -> Iterator[tuple[Value, list[Value]]]:
    """The items of each whole, each item once: by basis, year and scope, as the whole has them."""
    lists: dict[Value, list[Value]] = defaultdict(list)
    for value in ledger.metric(identities().item):
        if value.claim.origin == "narrative" and value.claim.measure == "amount" and value.claim.item:
            whole = whole_of(ledger, value)
            if whole is None:
                continue
            if whole.claim.section != value.claim.section or _of_share(ledger, whole):
                whole = _known(lists, whole, value)  # stated again and again as what each share is taken of
            if any(v.quantity == value.quantity for v in lists[whole]):
                continue  # stated again, behind its name and behind 支出决算为
            lists[whole].append(value)
    yield from lists.items()


def _level(value: Value) -> int:
    return item_level(value.claim.item) if value.claim.item else 0


def _bare(value: Value) -> bool:
    """Whether only a name is printed that many places of the tree share, so that neither place nor level show."""
    item = value.claim.item
    return item is None or (item.match == "none" and "/" not in item.printed)


def _at_level(items: list[Value], level: int) -> list[Value]:
    """The items of one level; a bare name has the level of those listed beside it."""
    found, beside = [], next((_level(v) for v in items if not _bare(v)), 0)
    for value in items:
        beside = beside if _bare(value) else _level(value)
        if beside == level:
            found.append(value)
    return found


def _class(value: Value, classes: list[Value]) -> str:
    """The class of an item, as the key of the class in the list: by the printed names, else by the code."""
    item = value.claim.item
    if item is None:
        return ""
    name = item.printed.split("/", 1)[0]
    for known in classes:
        other = known.claim.item
        if other is not None and (other.printed.startswith(name) or name.startswith(other.printed)):
            return other.code[:3] if other.code else other.printed
    return item.code[:3] if item.code else name


def _cover(ledger: Ledger, whole: Value, items: list[Value]) -> Fraction:
    """How much of the whole the items make up: all of it where their printed shares say so."""
    shares = [
        s.printed
        for v in items
        for s in ledger.of(v.quantity._replace(measure="share", basis=None, versus=whole.quantity.metric))
        if s.claim.section == v.claim.section
    ]
    if len(shares) == len(items) and summed(shares).contains(100):
        return Fraction(1)
    return sum((v.printed.middle for v in items), Fraction(0)) / max(whole.printed.middle, Fraction(1))


def _listed(
    rule: str, total: Value, parts: list[Value], cover: Fraction, open_ended: bool = False
) -> Candidate:
    """The sum of a list: certain where the list covers nearly all of its whole, undecided if it selects.

    `open_ended`: something else may belong to it.
    """
    short = sum((v.printed.high for v in parts), Fraction(0)) < total.printed.low
    reason = MISSING if short and (cover < MOST or open_ended) else ""
    return added(rule, total, parts, reason=reason, assumes="complete list" if short and cover < ALL else "")


def _whole(ledger: Ledger, whole: Value, items: list[Value], lists: Lists) -> Iterator[Candidate]:
    """The items of each level against the whole, classes and 项 apart."""
    if whole.quantity.metric not in identities().exhaustive:
        return
    for level in (1, 3):
        parts = _at_level(items, level)
        if len(parts) >= SEVERAL:
            open_ended = (
                whole.quantity.year != ledger.document.fiscal_year  # told only where it is compared with
                or _spent_without_budget(ledger, whole, parts, level)
                or _goes_on(whole, parts, level, lists)
                or _class_missing(whole, parts, lists)
            )
            yield _listed("SUM005", whole, parts, _cover(ledger, whole, parts), open_ended)


def _goes_on(whole: Value, parts: list[Value], level: int, lists: Lists) -> bool:
    """Whether the list goes on after its whole has been stated again in the middle of it."""
    listed = {v.quantity.item for v in parts}
    return any(
        _restated(whole, again) and not {v.quantity.item for v in _at_level(more, level)} <= listed
        for again, more in lists
    )


def _class_missing(whole: Value, parts: list[Value], lists: Lists) -> bool:
    """Whether another list of the account holds a class of which none of the listed items is."""
    listed = {v.claim.item.code[:3] if v.claim.item and v.claim.item.code else "" for v in parts}
    told = {
        v.claim.item.code
        for other, items in lists
        if other.quantity.metric == whole.quantity.metric and other.quantity.year == whole.quantity.year
        for v in _at_level(items, 1)
        if v.claim.item and v.claim.item.code and v.printed.low > 0
    }
    return "" not in listed and not told <= listed


def _spent_without_budget(ledger: Ledger, whole: Value, parts: list[Value], level: int) -> bool:
    """Whether items of the list were spent on whose budgets are not printed, so that the budgets do not add up."""
    if whole.quantity.basis == "final":
        return False
    spent = {
        v.quantity.item
        for v in ledger.metric(identities().item)
        if v.quantity.basis == "final" and v.claim.section == whole.claim.section and _level(v) == level
    }
    return not spent <= {v.quantity.item for v in parts}


def _too_large(whole: Value, items: list[Value]) -> Iterator[Candidate]:
    """An item that exceeds its whole, where another unit is printed: in one unit they may be of two accounts."""
    for item in items:
        if item.claim.unit != whole.claim.unit and item.printed.low > whole.printed.high:
            yield contained(item, whole)


def _classes(ledger: Ledger, lists: Lists) -> Iterator[Candidate]:
    """The 项 of a class against the class amount, from a list of classes and a list of 项 of one account."""
    tops = [(w, _at_level(items, 1)) for w, items in lists]
    leaves = [(w, _at_level(items, 3)) for w, items in lists]
    for top, classes in tops:
        for low, fine in leaves:
            if top.quantity != low.quantity or not fine or not classes:
                continue
            yield from _by_class(classes, fine, _cover(ledger, low, fine))


def _by_class(classes: list[Value], fine: list[Value], cover: Fraction) -> Iterator[Candidate]:
    groups: dict[str, list[Value]] = defaultdict(list)
    bare = any(_bare(v) for v in fine)
    for value in fine:
        if not _bare(value):
            groups[_class(value, classes)].append(value)
    if not {_class(c, classes) for c in classes} >= set(groups):
        return  # an item whose class is not in the list: the two lists are not of one kind
    for top in classes:
        parts = groups.get(_class(top, classes), [])
        if parts:
            yield _listed("SUM004", top, parts, cover, bare)
