"""What a name means for a figure: the quantity, in the kind of section and the context that it stands in."""

from collections.abc import Sequence

from hedui.claims.discourse import Discourse, Quantity, metric_of, primary_metric, special_of
from hedui.claims.lexing import Token
from hedui.classification import ItemMention, class_names, item_names
from hedui.lexicon import Entry, metrics

LIMITS = ("limit", "limit_after")  # words around the price from which things are counted


def named(token: Token, kind: str, state: Discourse) -> Quantity | None:
    """The quantity that a name means for a figure of this kind, in the context of what was spoken of."""
    return meaning(token, (), kind, state.recent, state)


def meaning(
    token: Token, tokens: Sequence[Token], kind: str, context: Sequence[Quantity], state: Discourse
) -> Quantity | None:
    """The quantity that a name means for a figure of this kind."""
    if token.type == "item":
        if kind not in ("money", "rate"):
            return None
        return Quantity("function_item", token.text, mention=token.mention)
    entry = token.entry
    assert entry is not None
    if foreign(token, state):
        return None
    metric = primary_metric(entry, context) if kind == "rate" else metric_of(entry, kind, context)
    if metric is None:
        return None
    if entry.limits and metric != "other":
        metric = _priced(entry, metric, [t for t in tokens if t.end <= token.start], context)
    part = (entry.label or token.text) if entry.part else None
    scope = entry.scope if metric in entry.metrics.values() else special_of(entry, context).get("scope")
    return Quantity(metric, token.text, entry, token.mention, part, scope=scope)


def heading_quantity(tokens: Sequence[Token]) -> Quantity | None:
    """The subject that a heading announces: its only name, if it has just one."""
    names = [t for t in tokens if t.type in ("subject", "item")]
    if len(names) != 1:
        return None
    token = names[0]
    if token.type == "item":
        return Quantity("function_item", token.text, mention=token.mention)
    assert token.entry is not None
    if token.entry.only or token.entry.part:
        return None
    metric = primary_metric(token.entry, [])
    return Quantity(metric, token.text, token.entry) if metric else None


def foreign(token: Token, state: Discourse) -> bool:
    """Whether a name means nothing known in this kind of section."""
    return token.entry is not None and bool(token.entry.only) and state.kind not in token.entry.only


def listed(quantity: Quantity, token: Token, head: Quantity | None) -> Quantity:
    """Below 人员经费 or 公用经费 a name of the economic classification is an item of that: 住房公积金, 差旅费."""
    name = token.text
    if (token.mention and any(token.mention.levels)) or name not in item_names("economic"):
        return quantity
    metric = metrics()[head.metric].items if head else None
    if metric is None and token.type == "item" and name not in item_names() | class_names():
        metric = "economic_item"
    if metric is None:
        return quantity
    mention = token.mention or ItemMention(token.start, token.end, (name,), (None,), (0,))
    return Quantity(metric, name, mention=mention)


def _priced(entry: Entry, metric: str, before: Sequence[Token], context: Sequence[Quantity]) -> str:
    """The metric of what is counted from a price on, by the price named before it; `other` if it is at any price."""
    known = {*entry.limits.values(), *entry.metrics.values()} - {"other"}
    if metric not in known:
        return metric
    limit = next((t.text for t in reversed(before) if t.figure), "")
    if limit in entry.limits:
        return entry.limits[limit]
    spoken_of = special_of(entry, context) or any(q.metric in known for q in context)
    priced = spoken_of or not before or any(t.type in LIMITS for t in before)
    return metric if priced else "other"
