"""What a clause without a subject of its own goes on speaking of."""

from collections.abc import Sequence
from dataclasses import replace

from hedui.claims.discourse import Discourse, Quantity, Scope, metric_of
from hedui.claims.flows import (
    bare_flow,
    behind_balance,
    flow_of_balance,
    of_the_body,
    other_flow,
    total_flow,
)
from hedui.claims.lexing import Token
from hedui.lexicon import metrics

MADE = ("budget", "final", "completion")  # cues of the accounts: what has one is no work done


def carried_on(
    kind: str,
    state: Discourse,
    scope: Scope,
    context: Sequence[Quantity],
    tokens: Sequence[Token],
    start: int,
    i: int,
) -> Quantity | None:
    """What a clause without a subject goes on speaking of."""
    clause = {t.type for t in tokens[start:i]}
    if state.unclaimed and (clause.isdisjoint(MADE) or "activity" in clause):
        return None
    if scope.reason and scope.cause and kind in ("rate", "money"):
        return scope.cause
    spoken_of = state.quantity or next((q for q in context if q.metric != "other"), None)
    if kind == "money" and spoken_of and (other := other_flow(spoken_of, tokens[start:i])):
        return other
    if kind == "rate" and spoken_of and "share" not in clause:  # 收入完成预算的90%；支出完成预算的80%
        cues = (n for n in range(start, i) if tokens[n].type in ("completion", "direction", "comparator"))
        if other := other_flow(spoken_of, tokens[start : next(cues, start)]):
            return other
    if kind == "money" and (other := behind_balance(state, tokens[start:i])):
        return other
    if (
        state.quantity
        and kind in ("money", "rate")
        and (total := total_flow(state.quantity, context, tokens[start:i]))
    ):
        return total
    if kind == "money" and state.quantity and (total := bare_flow(state.quantity, state, tokens[:i])):
        return total
    if kind == "money" and spoken_of and (name := flow_of_balance(spoken_of, tokens[start:i])):
        return Quantity("other", name)
    if (
        kind == "rate"
        and state.quantity
        and not state.fresh
        and metrics()[state.quantity.metric].kind == "count"
    ):
        # A comparison in a sentence of its own is of the paragraph's money, not of the last thing counted.
        return next((q for q in state.recent if metrics()[q.metric].kind == "money"), state.quantity)
    if state.quantity and (kind == "rate" or (kind == "money" and state.quantity.metric == "other")):
        return state.quantity
    if kind == "money" and state.fresh and state.quantity and (money := _money_of(state.quantity)):
        return replace(state.quantity, metric=money)
    for quantity in ([state.quantity] if state.quantity else []) + list(context):
        if quantity.mention is not None and kind == "money":
            return quantity
        if quantity.metric == "other":
            continue  # a thing without an id is not what another count is of
        if quantity.entry and (metric := metric_of(quantity.entry, kind, context)):
            return quantity if metric == quantity.metric else replace(quantity, metric=metric)
        if metrics()[quantity.metric].kind == "money" and kind == "money":
            return quantity
    return of_the_body(tokens, start, i) if kind in ("money", "rate") else None


def _money_of(counted: Quantity) -> str | None:
    """What an amount behind a count of things is, where their name says nothing of money: 5个项目，金额482万元."""
    own = counted.entry.metrics.get("money", "other") if counted.entry else "other"
    return metrics()[counted.metric].money if own == "other" else None
