"""Stated reasons that go the other way than what they explain."""

from collections.abc import Iterator

from hedui.model import Remark
from hedui.relations.judging import judge
from hedui.relations.ledger import Ledger, Value
from hedui.relations.observation import Observation, about
from hedui.relations.orders import ordered

REACH = 200  # characters within which a reason follows the change that it explains
DIRECTLY = 6  # characters within which it follows the words about the budget that it explains


def observe(ledger: Ledger) -> Iterator[Observation]:
    """Every reason that contradicts the words or figures right before it."""
    for remark in ledger.remarks:
        if remark.kind != "reason" or remark.direction not in ("up", "down"):
            continue
        order = _order_before(ledger, remark)
        if order is not None:
            yield from _of_order(ledger, order, remark)
        else:
            yield from _of_change(ledger, remark, remark.direction)


def _order_before(ledger: Ledger, reason: Remark) -> Remark | None:
    """The words about outturn and budget that the reason directly follows."""
    before = [
        r
        for r in ledger.remarks
        if r.kind == "budget_order"
        and r.direction in ("up", "down", "flat")
        and r.sentence_start == reason.sentence_start
        and 0 <= reason.start - r.end <= DIRECTLY
    ]
    return before[-1] if before else None


def _of_order(ledger: Ledger, order: Remark, reason: Remark) -> Iterator[Observation]:
    """A reason for the opposite of the order of outturn and budget, unless the figures belie the order itself."""
    if order.direction not in ("up", "down") or order.direction == reason.direction:
        return
    told = ordered(ledger, order)
    if told is not None and judge(told).status == "failed":
        return
    values = tuple(v for _, v in told.roles) if told is not None else ()
    fields = {"order_word": order.direction, "reason_word": reason.direction or ""}
    yield Observation("RSN003", order.start, reason.end, values, fields)


def _of_change(ledger: Ledger, remark: Remark, direction: str) -> Iterator[Observation]:
    """A reason against the change right before it, or for a change where there is said to be none."""
    changes = [
        v
        for v in ledger.sections[remark.section]
        if v.claim.measure in ("change", "change_rate")
        and v.claim.end <= remark.start
        and remark.start - v.claim.end <= REACH
        and remark.versus in (None, v.claim.versus)
        and about(v, remark)
    ]
    flat = _flat_before(ledger, remark)
    if flat is not None and not remark.note and not any(v.claim.start > flat.start for v in changes):
        yield Observation("RSN002", flat.start, remark.end, (), {"reason_word": direction})
        return
    if not changes:
        return
    last = changes[-1]
    told = [v for v in changes if v.quantity.versus == last.quantity.versus][-2:]
    if last.zero or not last.sign or any(v.sign != last.sign for v in told):
        return
    if (last.sign > 0) == (direction == "up"):
        return
    pair = tuple(v for v in told if _same(v, last))
    fields = {
        "figures": "、".join(v.shown for v in pair),
        "change_word": "up" if last.sign > 0 else "down",
        "reason_word": direction,
    }
    yield Observation("RSN001", pair[0].claim.start, remark.end, pair, fields)


def _same(a: Value, b: Value) -> bool:
    return a.quantity._replace(measure="") == b.quantity._replace(measure="")


def _flat_before(ledger: Ledger, remark: Remark) -> Remark | None:
    flats = [
        r
        for r in ledger.remarks
        if r.kind == "flat"
        and (r.section, r.metric) == (remark.section, remark.metric)
        and r.end <= remark.start <= r.end + REACH
    ]
    return flats[-1] if flats else None
