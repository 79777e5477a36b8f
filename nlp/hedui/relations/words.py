"""Relations between the words of a statement and its figures: budget order, reasons, years, bare units."""

from collections.abc import Iterator
from dataclasses import dataclass

from hedui.intervals import Interval
from hedui.model import Remark
from hedui.relations.candidate import HUNDRED, Candidate
from hedui.relations.identities import identities
from hedui.relations.ledger import Ledger, Value, item_key

NEXT = 12  # characters within which words about the budget follow the rate that they comment on
NOTED = {
    "residue": "TPL001",
    "naming": "CLS001",
    "miscoded": "CLS002",
    "misplaced": "CLS003",
}  # kinds of remarks that are notes themselves
RATES = ("change_rate", "completion_rate", "share")
REACH = 200  # characters within which a reason follows the change that it explains


@dataclass(frozen=True, slots=True)
class Observation:
    """Something to be noted that no arithmetic decides: a rule, the place, and what the message needs."""

    rule: str
    start: int
    end: int
    values: tuple[Value, ...]
    fields: dict[str, str]


def find(ledger: Ledger) -> Iterator[Candidate]:
    """What is said about the order of a final amount and its budget, against the figures."""
    for remark in ledger.remarks:
        if remark.kind == "budget_order":
            yield from _budget_order(ledger, remark)


def observe(ledger: Ledger) -> Iterator[Observation]:
    """Reasons against the change, impossible years, units and template text."""
    for remark in ledger.remarks:
        if remark.kind == "reason":
            yield from _reason(ledger, remark)
        elif remark.kind in NOTED:
            fields = {"note": remark.note, "residue_word": remark.note}
            yield Observation(NOTED[remark.kind], remark.start, remark.end, (), fields)
    yield from _years(ledger)
    for value in ledger.values:
        if value.claim.unit in ("万", "亿") and value.claim.origin == "narrative":
            claim = value.claim
            yield Observation("UNT002", claim.start, claim.end, (value,), {"figure": value.shown})
        if value.claim.measure in RATES and not value.claim.unit and value.claim.origin == "narrative":
            claim = value.claim
            yield Observation("UNT003", claim.start, claim.end, (value,), {"figure": claim.value})


def _about(value: Value, remark: Remark) -> bool:
    """Whether the remark speaks of the value's quantity; a remark without a metric speaks of what is near."""
    if remark.metric is not None and remark.metric != value.claim.metric:
        return False
    if remark.item is not None and item_key(remark.item) != value.quantity.item:
        return False
    return remark.scope is None or value.claim.scope is None or remark.scope == value.claim.scope


def _budget_order(ledger: Ledger, remark: Remark) -> Iterator[Candidate]:
    before = [v for v in ledger.sections[remark.section] if v.claim.end <= remark.start]
    last = before[-1] if before else None
    if last is not None and last.claim.measure == "completion_rate" and remark.start - last.claim.end <= NEXT:
        sentence = [v for v in before if v.claim.sentence_start == last.claim.sentence_start]
        against = {v.claim.versus for v in sentence if v.claim.measure == "completion_rate"}
        if remark.versus is None and len(against) > 1:
            return  # two budgets, and the words do not tell which
        sentence = [v for v in sentence if v.quantity.metric == last.quantity.metric]
    else:
        sentence = [v for v in ledger.sentences[remark.sentence_start] if _about(v, remark)]
    rates = [v for v in sentence if v.claim.measure == "completion_rate" and v.claim.start < remark.start]
    finals = [v for v in sentence if v.claim.measure == "amount" and v.claim.basis == "final"]
    if finals and finals[-1].zero:
        return
    if rates:
        named = [v for v in rates if v.claim.versus == remark.versus]
        if len({v.claim.versus for v in rates}) > 1 and not named:
            return  # two budgets, and the words do not tell which
        rate = (named or rates)[-1]
        if not named and remark.versus is not None:
            return  # the words speak of one budget and the rate is of another
        amounts = [("amount", v) for v in finals[-1:]]
        roles = (*amounts, ("rate", rate))
        yield _ordered(remark, roles, rate, HUNDRED, False)
        return
    budgets = [
        v for v in sentence if v.claim.measure == "amount" and v.claim.basis in ("budget", "initial_budget")
    ]
    if len(finals) == 1 and len(budgets) == 1 and remark.versus in (None, budgets[0].claim.basis):
        unsure = remark.versus is None and budgets[0].claim.basis == "initial_budget"
        yield _ordered(remark, (("amount", finals[0]), ("budget", budgets[0])), finals[0], None, unsure)


def _ordered(
    remark: Remark,
    roles: tuple[tuple[str, Value], ...],
    stated: Value,
    bound: Interval | None,
    inferred: bool,
) -> Candidate:
    order = {"up": "at_least", "down": "at_most"}.get(remark.direction or "", "equal")
    budget = roles[-1][1]
    return Candidate(
        "BUD001",
        roles,
        stated,
        lambda read: read(stated),
        lambda read: bound or read(budget),
        stated.claim.unit,
        order=order,
        inferred=inferred,
        fields={"order_word": remark.direction or "flat", "figures": "、".join(v.shown for _, v in roles)},
    )


def _reason(ledger: Ledger, remark: Remark) -> Iterator[Observation]:
    """A stated reason that goes the other way than the change right before it."""
    if remark.direction not in ("up", "down"):
        return
    changes = [
        v
        for v in ledger.sections[remark.section]
        if v.claim.measure in ("change", "change_rate")
        and v.claim.end <= remark.start
        and remark.start - v.claim.end <= REACH
        and remark.versus in (None, v.claim.versus)
        and _about(v, remark)
    ]
    flats = [
        r
        for r in ledger.remarks
        if r.kind == "flat"
        and (r.section, r.metric) == (remark.section, remark.metric)
        and r.end <= remark.start <= r.end + REACH
    ]
    if flats and not remark.note and not any(v.claim.start > flats[-1].start for v in changes):
        fields = {"reason_word": remark.direction}
        yield Observation("RSN002", flats[-1].start, remark.end, (), fields)
        return
    if not changes:
        return
    last = changes[-1]
    told = [v for v in changes if v.quantity.versus == last.quantity.versus]
    if last.zero or any(v.sign != last.sign for v in told[-2:]) or not last.sign:
        return
    if (last.sign > 0) == (remark.direction == "up"):
        return
    pair = tuple(
        v for v in told[-2:] if v.quantity._replace(measure="") == last.quantity._replace(measure="")
    )
    fields = {
        "figures": "、".join(v.shown for v in pair),
        "change_word": "up" if last.sign > 0 else "down",
        "reason_word": remark.direction,
    }
    yield Observation("RSN001", pair[0].claim.start, remark.end, pair, fields)


def _years(ledger: Ledger) -> Iterator[Observation]:
    known = ledger.document.fiscal_year
    for value in ledger.values:
        claim = value.claim
        if (
            claim.versus == "prior_year"
            and claim.year
            and claim.versus_year
            and claim.versus_year >= claim.year
        ):
            fields = {"figure": value.shown, "year": str(claim.year), "versus_year": str(claim.versus_year)}
            yield Observation("YER001", claim.start, claim.end, (value,), fields)
    for metric in sorted(identities().stocks):
        values = [v for v in ledger.metric(metric) if v.claim.origin == "narrative"]
        years = {v.claim.year for v in values}
        if known and years and None not in years and known not in years:
            value = values[0]
            fields = {"figure": value.shown, "year": str(value.claim.year), "known": str(known)}
            yield Observation("YER002", value.claim.start, value.claim.end, (value,), fields)
