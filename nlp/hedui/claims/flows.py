"""What a bare 收入 or 支出 means: the other side of what is spoken of, a total again, or that of the whole body."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from hedui.claims.discourse import TOTALS, Discourse, Quantity
from hedui.claims.lexing import Token
from hedui.lexicon import metrics

LEADING = {
    "moment",
    "period",
    "light",
    "comma",
    "comparator",
    "direction",
}  # may open a sentence before a topic
FLOWS = ("light", "budget", "final")  # types of words that may say 收入 or 支出


def other_flow(quantity: Quantity, clause: Sequence[Token]) -> Quantity | None:
    """The spending that belongs to the income spoken of, or the reverse, where a bare 支出 or 收入 says so.

    Beside a total that holds the balances 当年支出 is that of the year.
    """
    flow = _last_flow(clause)
    if flow is None:
        return None
    incomes = _counterparts()
    pairs = incomes if flow.metric in incomes.values() else {v: k for k, v in incomes.items()}
    metric = pairs.get(quantity.metric)
    if metric == metrics()[flow.metric].wider and _of_the_year(clause):
        metric = flow.metric
    return Quantity(metric, flow.name, scope=quantity.scope) if metric else None


def answer(state: Discourse, listing: bool) -> Quantity | None:
    """What 本年支出 means behind an income of the year in its sentence: the spending of the same account.

    `listing`: the income stood in a list of parts, so that the total may well be meant.
    """
    if listing or not state.fresh or state.quantity is None or metrics()[state.quantity.metric].whole is None:
        return None
    metric = _counterparts().get(state.quantity.metric)
    return Quantity(metric, state.quantity.name, scope=state.quantity.scope) if metric else None


def behind_balance(state: Discourse, clause: Sequence[Token]) -> Quantity | None:
    """Behind a balance, the spending that belongs to the income told right before it: 基金收入…；年初结转…；支出…"""
    wide = _with_balances().values()
    if len(state.recent) < 2 or state.quantity is None or metrics()[state.quantity.metric].whole not in wide:
        return None
    before = state.recent[1]
    return other_flow(before, clause) if metrics()[before.metric].wider is None else None


def flow_of_balance(quantity: Quantity, clause: Sequence[Token]) -> str:
    """The bare 收入 or 支出 behind a balance whose account is not known; it is not the balance."""
    flow = _last_flow(clause)
    balance = metrics()[quantity.metric].whole in _with_balances().values()
    return flow.name if flow and balance else ""


def bare_flow(quantity: Quantity, state: Discourse, before: Sequence[Token]) -> Quantity | None:
    """The total that a sentence means which opens with a bare 收入 or 支出 and follows the telling of its parts.

    None where the word may well mean what was spoken of last.
    """
    flow = _last_flow(before)
    if flow and quantity.mention and flow.metric in _counterparts() and _of_the_year(before):
        return flow  # an item has no income
    if flow is None or any(t.type not in LEADING for t in before):
        return None
    side = _side(flow.metric)
    head = state.head if state.listed == state.paragraph or (state.anew and state.total is None) else None
    flows = {*_counterparts(), *_counterparts().values(), *TOTALS}
    for total in (head, state.total if state.anew else None):
        if total and total.metric in flows and _side(total.metric) == side:
            return replace(total, name=flow.name)
    # What was spoken of last is of the other side, or a balance, which is neither income nor expenditure.
    other = _side(quantity.metric) in {_side(t) for t in TOTALS} - {side}
    return flow if other or metrics()[quantity.metric].whole == side else None


def _side(metric: str) -> str:
    """The widest total that a metric is a part of."""
    while whole := metrics()[metric].whole:
        metric = whole
    return metrics()[metric].wider or metric


def total_flow(quantity: Quantity, context: Sequence[Quantity], clause: Sequence[Token]) -> Quantity | None:
    """A bare 收入 or 支出 behind the balances of a total is that total again, or the one beside it."""
    totals = _with_balances()
    wide = totals.values()
    if metrics()[quantity.metric].whole not in wide or not any(known.metric in wide for known in context):
        return None
    bare = _last_flow(clause)
    total = totals.get(bare.metric) if bare else None
    return Quantity(total, "".join(t.text for t in clause)) if total else None


def _last_flow(tokens: Sequence[Token]) -> Quantity | None:
    """What the last bare 收入 or 支出 among some words means by itself."""
    return next(
        (
            Quantity(metric, token.text)
            for token in reversed(tokens)
            if token.type in FLOWS and token.entry and (metric := token.entry.metrics.get("money"))
        ),
        None,
    )


def _of_the_year(tokens: Sequence[Token]) -> bool:
    """Whether the last bare 收入 or 支出 is called that of the year: 当年支出."""
    flows = [t.entry for t in tokens if t.type in FLOWS and t.entry and t.entry.metrics.get("money")]
    return bool(flows) and flows[-1].label == "yearly"


@cache
def _counterparts() -> dict[str, str]:
    """The spending that belongs to each income."""
    return {m.id: m.counterpart for m in metrics().values() if m.counterpart}


@cache
def _with_balances() -> dict[str, str]:
    """The total that holds the balances too, of each total of a year."""
    return {m.id: m.wider for m in metrics().values() if m.wider}


def of_the_body(tokens: Sequence[Token], start: int, i: int) -> Quantity | None:
    """Income, expenditure, a budget or a final account of nothing in particular is that of the whole body."""
    if flow := _last_flow(tokens[:i]):
        return flow
    if any(t.type in ("budget", "final", "completion", "comparator") for t in tokens[start:i]):
        return Quantity("expenditure_this_year", "".join(t.text for t in tokens[start:i]))
    return None
