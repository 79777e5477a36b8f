"""Relations of one statement of change: the amount, the difference, the rate, and their directions."""

from bisect import bisect_left
from collections.abc import Iterator

from hedui.intervals import Interval, is_money, text
from hedui.relations.candidate import HUNDRED, Candidate, Reading
from hedui.relations.identities import identities
from hedui.relations.ledger import Ledger, Quantity, Value, related
from hedui.relations.nothing import of_nothing

PERCENT = ("%", "％")
REACH = 120  # characters between a difference and its rate where a full stop parts them


def find(ledger: Ledger) -> Iterator[Candidate]:
    """Every relation between amounts, changes and rates of change."""
    for value in ledger.values:
        if value.claim.origin != "narrative":
            continue
        if value.claim.measure == "change_rate" and value.claim.unit in PERCENT:
            yield from _rate(ledger, value)
        elif value.claim.measure == "change":
            yield from _difference(ledger, value)
            yield from _increase(ledger, value)


def partner(ledger: Ledger, rate: Value) -> Value | None:
    """The difference that is stated together with the rate: same quantity, nearest, no other rate between."""
    wanted = rate.quantity._replace(measure="change")
    rates = ledger.of(rate.quantity)
    best: tuple[int, Value] | None = None
    for change in ledger.of(wanted):
        gap = max(rate.claim.start - change.claim.end, change.claim.start - rate.claim.end)
        together = change.claim.sentence_start == rate.claim.sentence_start
        if not together and not (change.claim.section == rate.claim.section and gap <= REACH):
            continue
        low, high = sorted((rate.claim.start, change.claim.start))
        if any(low < other.claim.start < high for other in rates if other is not rate):
            continue
        cost = gap if change.claim.end <= rate.claim.start else gap + 2 * REACH
        if best is None or cost < best[0]:
            best = (cost, change)
    return best[1] if best else None


def bases(ledger: Ledger, value: Value) -> tuple[Quantity, Quantity | None]:
    """The quantities of the amount now and of the amount that it is compared with, None where no year tells them."""
    quantity = value.quantity
    if quantity.versus == "prior_year":
        basis = quantity.versus_basis or "final"
        before = quantity.versus_year or (quantity.year - 1 if quantity.year else None)
        now, earlier = ledger.amount(quantity, basis=basis), ledger.amount(quantity, basis=basis, year=before)
        return now, None if now == earlier else earlier
    return ledger.amount(quantity), ledger.amount(quantity, basis=quantity.versus)


def _sign(*values: Value | None) -> int:
    """The direction that the first telling value gives."""
    return next((v.sign for v in values if v is not None and v.sign), 0)


def direction(sign: int) -> str:
    """The key of the word for a sign: `up` or `down`."""
    return "up" if sign > 0 else "down"


def growth(amount: Interval, change: Interval, sign: int) -> Interval:
    """The rate in percent that a change gives; d / (a ∓ d) rises with d and falls with a.

    ZeroDivisionError where the base can be zero.
    """
    low_base = amount.high - sign * change.low
    high_base = amount.low - sign * change.high
    if low_base <= 0 or high_base <= 0:
        raise ZeroDivisionError("the base can be zero")
    return Interval(100 * change.low / low_base, 100 * change.high / high_base)


def _rate(ledger: Ledger, rate: Value) -> Iterator[Candidate]:
    change = partner(ledger, rate)
    now, before = bases(ledger, rate)
    amount = ledger.near(change or rate, now) or same_money(ledger, change or rate, now)
    prior = ledger.near(change or rate, before, far=False) if before else None
    if change is not None and change.sign * rate.sign < 0 and not change.zero and not rate.zero:
        yield Candidate(
            "DIR001",
            (("change", change), ("rate", rate)),
            change,
            lambda read: Interval(read(rate).low, read(rate).low) * _unit(rate.sign),
            lambda read: Interval(read(rate).low, read(rate).low) * _unit(change.sign),
            rate.claim.unit,
            bare=True,
            fields={"change_word": direction(change.sign), "rate_word": direction(rate.sign)},
        )
        return
    sign = _sign(change, rate)
    if (
        change is not None
        and amount is not None
        and is_money(change.claim.unit) == is_money(amount.claim.unit)
    ):
        base = amount.printed - change.printed.unsigned() * _unit(sign)
        if sign > 0 and base.contains(0) and not change.zero:
            roles = (("amount", amount), ("change", change), ("rate", rate))
            assumes = "" if related(amount.claim.section, rate.claim.section) else "elsewhere"
            yield of_nothing("CHG005", roles, rate, change.printed, base, assumes)
        else:
            yield _triple(amount, change, rate, sign)
    elif change is None and amount is not None and prior is not None and prior.zero:
        roles = (("amount", amount), ("prior", prior), ("rate", rate))
        yield of_nothing("CHG005", roles, rate, amount.printed - prior.printed, prior.printed)
    elif change is None and amount is not None and prior is not None:
        grown = 1 if amount.printed.middle >= prior.printed.middle else -1
        yield _from_amounts(amount, prior, rate, sign or grown)  # without a direction its size is checked
    elif change is not None:
        yield Candidate(
            "CHG001",
            (("change", change), ("rate", rate)),
            rate,
            rate.read,
            rate.read,
            "%",
            reason="no amount",
        )


def same_money(ledger: Ledger, anchor: Value, now: Quantity) -> Value | None:
    """The amount under another name where both names stand for one sum of money."""
    names = identities().twins.get(now.metric, ())
    scope = identities().twin_scopes.get(now.metric, now.scope)
    twins = [ledger.near(anchor, now._replace(metric=name, scope=scope), far=False) for name in names]
    known = [t for t in twins if t is not None and related(t.claim.section, anchor.claim.section)]
    return known[0] if names and len(known) == len(names) and ledger.sole(known) is not None else None


def _unit(sign: int) -> Interval:
    return Interval(HUNDRED.low * sign / 100, HUNDRED.low * sign / 100)


def _triple(amount: Value, change: Value, rate: Value, sign: int) -> Candidate:
    def expected(read: Reading) -> Interval:
        return growth(read(amount), read(change).unsigned(), sign)

    def more(read: Reading) -> dict[str, str]:
        prior = read(amount) - read(change).unsigned() * _unit(sign)
        return {"prior": text(prior, amount.claim.unit) + amount.claim.unit, "sign": "+" if sign > 0 else "−"}

    reason = "" if sign else "no direction"
    if change.zero and rate.zero:
        reason = "nothing changed"
    return Candidate(
        "CHG001",
        (("amount", amount), ("change", change), ("rate", rate)),
        rate,
        lambda read: read(rate).unsigned(),
        expected,
        "%",
        reason=reason,
        assumes="" if related(amount.claim.section, rate.claim.section) else "elsewhere",
        more=more,
    )


def _from_amounts(amount: Value, prior: Value, rate: Value, sign: int) -> Candidate:
    """The rate from the amounts of both years; one amount in both places, so the quotient comes first."""

    def expected(read: Reading) -> Interval:
        return (read(amount) / read(prior) * HUNDRED - HUNDRED) * _unit(sign)

    return Candidate(
        "CHG003",
        (("amount", amount), ("prior", prior), ("rate", rate)),
        rate,
        lambda read: read(rate).unsigned(),
        expected,
        "%",
    )


def _difference(ledger: Ledger, change: Value) -> Iterator[Candidate]:
    """The difference against the two amounts where both are printed."""
    now, before = bases(ledger, change)
    amount = ledger.near(change, now)
    prior = ledger.near(change, before, far=False) if before else None
    if amount is None or prior is None or not change.sign:
        return
    if change.quantity.versus != "prior_year" and amount.claim.section != prior.claim.section:
        return
    yield Candidate(
        "CHG002",
        (("amount", amount), ("prior", prior), ("change", change)),
        change,
        lambda read: read(change).unsigned() * _unit(change.sign),
        lambda read: read(amount) - read(prior),
        change.claim.unit,
    )


def _increase(ledger: Ledger, change: Value) -> Iterator[Candidate]:
    """An increase against the amount that it led to: there was no less than nothing before."""
    now, _ = bases(ledger, change)
    amount = ledger.near(change, now, far=False)
    if amount is None or change.sign <= 0:
        return
    behind = bisect_left(ledger.values, amount.claim.end, key=lambda v: v.claim.start)
    between = behind < len(ledger.values) and ledger.values[behind].claim.end <= change.claim.start
    if between and amount.claim.unit == change.claim.unit:
        return  # the amount is more likely that of something else
    yield Candidate(
        "CHG004",
        (("amount", amount), ("change", change)),
        change,
        change.read,
        amount.read,
        change.claim.unit,
        order="at_most",
    )
