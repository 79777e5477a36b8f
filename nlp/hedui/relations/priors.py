"""The year before, as the changes tell it: parts were then no more than their whole either."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hedui.intervals import Interval, is_money, summed, text
from hedui.relations.candidate import HUNDRED, Candidate, Reading
from hedui.relations.changes import PERCENT
from hedui.relations.identities import identities
from hedui.relations.items import listed_items
from hedui.relations.judging import as_printed
from hedui.relations.ledger import Ledger, Value, related

RULE = "SUM006"
Told = Callable[[Reading], Interval]


@dataclass(frozen=True, slots=True)
class _Prior:
    """What an amount was the year before: by the amount of now and what is told of the change."""

    now: Value
    by: Value
    told: Told


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for each whole with what is known of its parts, and of each list of items."""
    wholes = [identity.total for identity in identities().sums]
    wholes += [larger for larger, _, inferred in identities().orders if not inferred]
    for metric in dict.fromkeys(wholes):
        yield from _parts(ledger, metric)
    for whole, items in listed_items(ledger):
        then = _prior(ledger, whole)
        listed = [_prior(ledger, item) for item in items]
        if then and len(listed) > 1:
            yield from _at_most(then, [prior for prior in listed if prior])


def _parts(ledger: Ledger, metric: str) -> Iterator[Candidate]:
    """The parts that add up to the whole, together; whatever else it holds, one by one."""
    whole = _current(ledger, metric)
    then = _prior(ledger, whole) if whole else None
    if whole is None or then is None:
        return
    identity = identities().sum_of(metric)
    added = identity.parts if identity else ()
    held = [s for larger, s, inferred in identities().orders if larger == metric and not inferred]
    for group in (added, *((name,) for name in held if name not in added)):
        found = [_current(ledger, name) for name in group]
        alike = [v for v in found if v and v.quantity._replace(metric=metric) == whole.quantity]
        yield from _at_most(then, [prior for v in alike if (prior := _prior(ledger, v))])


def _current(ledger: Ledger, metric: str) -> Value | None:
    """The final account of a metric that its context cannot change the meaning of, if all statements agree on it."""
    known = identities()
    if metric in known.never or metric in known.within:
        return None
    of_body = [
        v
        for v in ledger.metric(metric)
        if v.claim.measure == "amount" and v.claim.basis == "final" and not v.claim.part and not v.claim.scope
    ]
    now = [v for v in of_body if v.quantity.year == ledger.document.fiscal_year and not v.claim.period]
    return ledger.sole(now)


def _prior(ledger: Ledger, now: Value) -> _Prior | None:
    """The amount of the year before, if all that is told of it agrees; what disagrees is reported as such."""
    if now.quantity.year is None:
        return None
    quantity = now.quantity._replace(measure="change", basis=None, versus="prior_year")
    changes = [v for v in ledger.of(quantity) if _beside(now, v)]
    rates = [v for v in ledger.of(quantity._replace(measure="change_rate")) if _beside(now, v)]
    before = ledger.of(now.quantity._replace(year=now.quantity.year - 1))
    known = [_printed(now, v) for v in before if _beside(now, v)]
    known += [_by_change(now, v) for v in changes if v.sign or v.zero]
    known += [
        _by_rate(now, v)
        for v in rates
        if (v.sign or v.zero) and v.claim.unit in PERCENT and v.printed.high < 100
    ]
    if not known or any(not k.told(as_printed).intersects(known[0].told(as_printed)) for k in known):
        return None
    return known[0]


def _beside(now: Value, other: Value) -> bool:
    """Whether something is told of an item where its amount is: items are of several accounts."""
    items = now.claim.item is not None
    return not items or related(now.claim.section, other.claim.section)


def _printed(now: Value, before: Value) -> _Prior:
    return _Prior(now, before, lambda read: read(before))


def _by_change(now: Value, change: Value) -> _Prior:
    def told(read: Reading) -> Interval:
        size = read(change).unsigned()
        return read(now) + size if change.sign < 0 else read(now) - size

    return _Prior(now, change, told)


def _by_rate(now: Value, rate: Value) -> _Prior:
    def told(read: Reading) -> Interval:
        size = read(rate).unsigned()
        return read(now) / (HUNDRED - size if rate.sign < 0 else HUNDRED + size) * HUNDRED

    return _Prior(now, rate, told)


def _at_most(whole: _Prior, parts: list[_Prior]) -> Iterator[Candidate]:
    if not parts or any(is_money(p.now.claim.unit) != is_money(whole.now.claim.unit) for p in parts):
        return

    def together(read: Reading) -> Interval:
        return summed(p.told(read) for p in parts)

    roles = [("whole", whole.now), ("whole_change", whole.by)]
    for part in parts:
        roles += [("part", part.now), ("part_change", part.by)]

    def more(read: Reading) -> dict[str, str]:
        unit = whole.now.claim.unit
        each = [f"{p.now.label}{text(p.told(read), unit)}{unit}" for p in parts]
        return {"parts": "＋".join(each)}

    yield Candidate(
        RULE,
        tuple(roles),
        whole.by,
        together,
        whole.told,
        whole.now.claim.unit,
        order="at_most",
        fields={"subject": whole.now.label},
        more=more,
    )
