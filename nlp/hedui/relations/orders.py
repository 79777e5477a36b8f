"""What is said about the order of a final amount and its budget, against the figures."""

from collections.abc import Iterator

from hedui.intervals import Interval
from hedui.model import Remark
from hedui.relations.candidate import HUNDRED, Candidate
from hedui.relations.identities import identities
from hedui.relations.judging import judge
from hedui.relations.ledger import Ledger, Value
from hedui.relations.observation import about

NEXT = 12  # characters within which words about the budget follow the rate that they comment on
BEHIND = 200  # characters within which they may follow it where nothing else is told of the budget between
BUDGETS = ("budget", "initial_budget")


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for each time that an outturn is said to be above, below or equal to its budget.

    Where the words leave open which, there is nothing to check.
    """
    for remark in ledger.remarks:
        if remark.kind == "budget_order" and remark.direction in ("up", "down", "flat"):
            order = ordered(ledger, remark)
            if order is not None:
                yield order


def ordered(ledger: Ledger, remark: Remark) -> Candidate | None:
    """The words against the figures. After a list they may speak of its last part or of the whole: what fits."""
    meant = [_against(remark, values) for values in _spoken_of(ledger, remark)]
    possible = [c for c in meant if c is not None]
    return next((c for c in possible if judge(c).status == "held"), possible[-1] if possible else None)


def _spoken_of(ledger: Ledger, remark: Remark) -> Iterator[list[Value]]:
    """The figures of each quantity that the words may be about, in reading order."""
    before = [v for v in ledger.sections[remark.section] if v.claim.end <= remark.start]
    rates = [v for v in before if v.claim.measure == "completion_rate"]
    last = before[-1] if before else None
    if last is not None and last in rates and remark.start - last.claim.end <= NEXT:
        sentence = _sentence(before, last)
        against = {v.claim.versus for v in sentence if v in rates}
        if remark.versus is None and len(against) > 1:
            return  # two budgets, and the words do not tell which
        yield [v for v in sentence if v.quantity.metric == last.quantity.metric]
        yield from _whole(before, rates, last, remark)
        return
    if remark.metric == "other":
        return  # something without an id: nothing tells which figures are its own
    sentence = [v for v in ledger.sentences[remark.sentence_start] if about(v, remark)]
    if any(v.claim.measure == "completion_rate" or v.quantity.basis in BUDGETS for v in sentence):
        yield sentence
        return
    told = [v for v in before if v in rates or v.quantity.basis in BUDGETS]
    rate = told[-1] if told else None
    if remark.metric is None or rate is None or rate not in rates:
        return
    if about(rate, remark) and remark.start - rate.claim.end <= BEHIND:
        yield [v for v in _sentence(before, rate) if about(v, remark) and v.claim.end <= rate.claim.end]
        yield from _whole(before, rates, rate, remark)


def _sentence(values: list[Value], of: Value) -> list[Value]:
    return [v for v in values if v.claim.sentence_start == of.claim.sentence_start]


def _whole(before: list[Value], rates: list[Value], last: Value, remark: Remark) -> Iterator[list[Value]]:
    """What the list that ends with this rate is a list of, as far as its own rate stands before it."""
    listed = {v.quantity.metric for v in _sentence(rates, last)}
    totals = {s.total for s in identities().sums if last.quantity.metric in s.parts}
    heads = [v for v in rates if v.quantity.metric in totals and remark.versus in (None, v.claim.versus)]
    if len(listed) > 1 and heads and remark.start - heads[-1].claim.end <= 2 * BEHIND:
        head = heads[-1]
        yield [
            v
            for v in _sentence(before, head)
            if v.quantity.metric == head.quantity.metric and v.claim.end <= head.claim.end
        ]


def _against(remark: Remark, values: list[Value]) -> Candidate | None:
    """The words against a completion rate, else against the budget printed beside the outturn."""
    rates = [v for v in values if v.claim.measure == "completion_rate" and v.claim.start < remark.start]
    finals = [v for v in values if v.claim.measure == "amount" and v.claim.basis == "final"]
    if finals and finals[-1].zero:
        return None
    if any(v.zero for v in values if v.claim.measure == "amount" and v.claim.basis in BUDGETS):
        rates = []  # whatever rate is printed: nothing can be told as a part of nothing
    if rates:
        named = [v for v in rates if v.claim.versus == remark.versus]
        if not named and (remark.versus is not None or len({v.claim.versus for v in rates}) > 1):
            return None  # the words speak of one budget and the rate is of another, or they do not tell which
        rate = (named or rates)[-1]
        return _ordered(remark, (*(("amount", v) for v in finals[-1:]), ("rate", rate)), rate, HUNDRED, False)
    budgets = [v for v in values if v.claim.measure == "amount" and v.claim.basis in BUDGETS]
    if len(finals) == 1 and len(budgets) == 1 and remark.versus in (None, budgets[0].claim.basis):
        unsure = remark.versus is None and budgets[0].claim.basis == "initial_budget"
        return _ordered(remark, (("amount", finals[0]), ("budget", budgets[0])), finals[0], None, unsure)
    return None


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
        stated.read,
        lambda read: bound or read(budget),
        stated.claim.unit,
        order=order,
        assumes="this budget" if inferred else "",
        fields={"order_word": remark.direction or "flat", "figures": "、".join(v.shown for _, v in roles)},
    )
