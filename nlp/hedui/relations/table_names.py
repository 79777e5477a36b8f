"""Items that the narrative names otherwise than the tables: the amount is there, the name is not."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from hedui.intervals import ZERO
from hedui.relations.candidate import Candidate
from hedui.relations.identities import identities
from hedui.relations.items import whole_of
from hedui.relations.ledger import Ledger, Value, item_level
from hedui.tables.wording import PARTIAL, plain

RULE = "TAB003"
LEAF = 3  # the level of 项
ALIKE = 0.7  # of SequenceMatcher's ratio: more is one name, shortened or misprinted


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for every 项 of the narrative that stands in a table only by its amount.

    The table has to state all items of the same account; name and code are not in it; its one item of that amount
    that the narrative does not name stands under the same group.
    """
    for account in {v.quantity.scope for v in ledger.tables if v.quantity.metric == identities().item}:
        tabled = [v for v in ledger.tables if _is_leaf(v) and v.quantity.scope == account]
        told = [v for v in ledger.metric(identities().item) if _is_leaf(v) and _account(ledger, v) == account]
        codes = {v.quantity.item for v in tabled}
        free = [v for v in tabled if v.quantity.item not in {t.quantity.item for t in told}]
        for value in told:
            if value.quantity.item in codes or value.zero or any(_alike(value, t) for t in free):
                continue
            same = [t for t in free if t.printed.intersects(value.printed) and _one_group(t, value)]
            if len({t.quantity.item for t in same}) == 1 and not same[0].claim.pattern.endswith(PARTIAL):
                yield _absent(value, same[0], ledger.metric(identities().item))


def _is_leaf(value: Value) -> bool:
    claim = value.claim
    final = claim.metric == identities().item and claim.measure == "amount" and claim.basis == "final"
    return final and claim.item is not None and item_level(claim.item) == LEAF


def _account(ledger: Ledger, value: Value) -> str | None:
    whole = whole_of(ledger, value)
    return whole.quantity.metric if whole and whole.quantity.year == value.quantity.year else None


def _names(value: Value) -> list[str]:
    item = value.claim.item
    return [plain(name) for name in (item.printed if item else "").split("/")]


def _alike(a: Value, b: Value) -> bool:
    """Whether two items have the same name, or nearly."""
    return SequenceMatcher(None, _names(a)[-1], _names(b)[-1], autojunk=False).ratio() >= ALIKE


def _one_group(tabled: Value, told: Value) -> bool:
    """Whether the group that the narrative names is the one that the tabled item's code puts it under."""
    path = (tabled.claim.item.path or "").split("/") if tabled.claim.item else []
    return len(path) == LEAF and len(_names(told)) == LEAF and plain(path[1]) == _names(told)[1]


def _absent(value: Value, named: Value, items: list[Value]) -> Candidate:
    """What the narrative states under a name under which the table has nothing; all that bears it takes part."""
    others = [v for v in items if v.quantity.item == value.quantity.item and v is not value]
    return Candidate(
        RULE,
        (("again", value), ("first", named), *(("same", v) for v in others)),
        value,
        value.read,
        lambda read: ZERO,
        value.claim.unit,
        bare=True,
    )
