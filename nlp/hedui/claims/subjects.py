"""Which subject a figure is about: the nearest name before it in its clause, the noun behind a count, or what was
spoken of before; a clause with words of its own that no name matches has an unknown subject.
"""

from collections.abc import Sequence
from dataclasses import replace

from hedui.claims.discourse import (
    Discourse,
    Quantity,
    Scope,
    metric_of,
    primary_metric,
    special_of,
)
from hedui.claims.flows import (
    answer,
    bare_flow,
    behind_balance,
    flow_of_balance,
    of_the_body,
    other_flow,
    total_flow,
)
from hedui.claims.lexing import Token
from hedui.classification import ItemMention, class_names, item_names, levels
from hedui.lexicon import Entry, goes_on, metrics, no_items_with
from hedui.values import dataclass

BOUNDARY = {"comma", "semicolon", "stop", "open", "close", "list"}
CUED = {
    "change",
    "change_rate",
    "completion_rate",
    "share",
    "rate",
}  # measures whose cue parts the subject from the figure
LIMITS = ("limit", "limit_after")  # words around the price from which things are counted
CHANGES = {"change", "change_rate"}
MADE = ("budget", "final", "completion")  # cues of the accounts: what has one is no work done
ADDED = "added"  # label of names for money that came to a budget later
HEAVY = 2  # characters: shorter unknown words say nothing


@dataclass(frozen=True, slots=True)
class Found:
    """The subject of a figure: a quantity, or None with the words of an unknown one.

    `inherited`: neither a name nor words of its own stood in the clause. `activity`: the words tell of work done.
    `shorter`: the name is that of a total told before without its balances.
    """

    quantity: Quantity | None
    words: str = ""
    inherited: bool = False
    activity: bool = False
    shorter: bool = False


def _names(token: Token) -> bool:
    """Whether a word before a colon may be what the figure behind it is of."""
    flow = token.entry is not None and bool(token.entry.metrics)
    return token.type in ("subject", "item", "activity") or flow


def clause_start(tokens: Sequence[Token], i: int) -> int:
    """The first token of the clause that token `i` stands in; another figure ends a clause too."""
    start = i
    while start:
        before = tokens[start - 1]
        if before.type in BOUNDARY or (before.figure and before.text[:1].isdigit()):
            break
        if before.type == "colon" and (start < 2 or not _names(tokens[start - 2])):
            break
        start -= 1
    return start


def words_of(tokens: Sequence[Token]) -> str:
    """What tokens say, without the mark that parts them from the one before."""
    return "".join(t.text for t in (tokens[1:] if tokens and tokens[0].type == "pause" else tokens))


def find_subject(
    tokens: Sequence[Token],
    i: int,
    kind: str,
    state: Discourse,
    scope: Scope,
    match_start: int | None = None,
    measure: str = "amount",
) -> Found:
    """The subject of the figure (or remark) at token `i`; `kind` is its kind, `rate` for percentages.

    `match_start` is where the pattern that bound the figure begins: a subject inside a share is the whole's name,
    and figures inside the match do not end the clause.
    """
    begin = i if match_start is None else match_start
    start = clause_start(tokens, begin)
    context = [q for q in (scope.head, *state.recent) if q]
    share = next((n for n in range(begin, i) if tokens[n].type == "share"), i) if measure == "share" else i
    if quantity := _behind(tokens, i, kind, context, state):
        return Found(quantity)
    heavy: list[Token] = []
    activity = False
    added: Quantity | None = None
    last = share if measure == "share" else i
    if measure == "amount" and (whole := _of_examples(tokens, start, i)) is not None:
        start, last = whole, whole + 1
    for n in range(last - 1, start - 1, -1):
        token = tokens[n]
        if token.entry and token.entry.label == ADDED and any(t.type == "budget" for t in tokens[n + 1 : i]):
            continue  # 年中追加后全年预算为: of the budget
        if token.type == "item" and kind in ("money", "rate") and _is_kind(tokens, n):
            return Found(Quantity("other", token.text))
        if token.type == "item" and _compound(tokens, n):
            heavy.append(token)
        elif token.type in ("subject", "item"):
            quantity = _named(token, tokens, kind, context, state)
            if quantity and token.entry and token.entry.answer:
                quantity = answer(state, scope.head is not None) or quantity
            if quantity and kind == "money" and (names := _coordinated(tokens, n, start)):
                return Found(Quantity("other", names))
            if quantity and kind == "money" and measure == "amount":
                quantity = _averaged(quantity, tokens[start:n], context, state) or quantity
            if quantity and activity and measure == "rate":
                heavy.append(token)  # 工程验收合格率: a rate of the work, not of the money
                continue
            if quantity and (measure in CUED or not _parts(heavy, tokens, n, begin)):
                shorter = False
                if measure in CHANGES and quantity.scope is None:
                    before = next((q for q in state.recent if q.metric == quantity.metric), quantity)
                    shorter = before.scope is not None  # of the total, under its shorter name
                    quantity = replace(quantity, scope=before.scope)
                quantity = _listed(_of_level(quantity, tokens, n, state, scope), token, scope.head)
                return Found(quantity, shorter=shorter)
            if quantity and token.entry and token.entry.label == ADDED:
                added = quantity  # 年中追加…经费: the words behind it say what for
            if token.entry and token.entry.metrics.get("money") and _foreign(token, state):
                heavy.append(token)
            elif quantity is None and kind == "money" and measure == "amount" and _in_unknown(scope, token):
                heavy.append(token)  # 某项目300万元，其中：财政拨款280万元: the name of a part
        elif token.type == "text" and token.end - token.start >= HEAVY and token.text not in state.publisher:
            heavy.append(token)
        elif token.type == "activity":
            activity = True
            heavy.append(token)
    if kind == "money" and i + 1 < len(tokens) and tokens[i + 1].type == "use" and not heavy:
        return Found(None, "")  # an amount told before its use is a part without a name
    cue = next(
        (n for n in range(start, i) if tokens[n].type in ("comparator", "direction", "completion", "budget")),
        i,
    )
    own = [t for t in heavy if measure not in CUED or tokens.index(t) < cue]
    if own and not (scope.reason and measure in CUED):
        # 批次, 人次 and 辆 are counted of little else than what the paragraph is about.
        carried = (
            _carried(kind, state, scope, context, tokens, start, i)
            if kind in ("batches", "vehicles")
            else None
        )
        words = words_of(tokens[start:cue])
        if added and kind == "money":
            return Found(replace(added, name=words))
        if carried and carried.part:
            carried = replace(carried, part=words, name=words)  # another kind of the same thing
        return Found(carried, words, activity=activity)
    carried = _carried(kind, state, scope, context, tokens, start, i)
    if carried and state.tiers:
        told = (t.entry.scope for t in reversed(tokens[start:i]) if t.type == "light" and t.entry)
        carried = replace(carried, scope=next((level for level in told if level), carried.scope))
    return Found(carried, inherited=True, activity=activity)


def _in_unknown(scope: Scope, token: Token) -> bool:
    """Whether a name that means no money here stands in the list of something without an id."""
    return scope.listed is not None and scope.listed.metric == "other" and token.type == "subject"


def _of_examples(tokens: Sequence[Token], start: int, i: int) -> int | None:
    """Where the name of the whole stands whose examples are told before its figure: 工资福利支出包括奖金等2万元."""
    if start < 2 or tokens[start - 1].type != "list" or tokens[start - 2].type not in ("subject", "item"):
        return None
    last = max((n for n in range(start, i) if tokens[n].type in ("pause", "subject", "item")), default=i)
    return start - 2 if any(t.text.startswith(goes_on()) for t in tokens[last:i]) else None


def _compound(tokens: Sequence[Token], n: int) -> bool:
    """Whether the bare name of an item is the end of a longer name that is none: 大气污染防治."""
    token, before = tokens[n], tokens[n - 1] if n else None
    if before is None or before.type != "text" or sum(map(str.isalpha, before.text)) < HEAVY:
        return False
    mention = token.mention
    marked = mention is not None and (any(mention.levels) or any(mention.codes))
    return not marked and not token.text.endswith(levels()[0].ending)


def _is_kind(tokens: Sequence[Token], n: int) -> bool:
    """Whether brackets behind the bare name of an item tell that it is a kind of expenditure."""
    aside = tokens[n + 1] if n + 1 < len(tokens) else None
    return bool(aside and aside.type == "aside" and any(word in aside.text for word in no_items_with()))


def _of_level(
    quantity: Quantity, tokens: Sequence[Token], n: int, state: Discourse, scope: Scope
) -> Quantity:
    """The quantity named at token `n`, of the level of government named before it, in its sentence or its list."""
    if not state.tiers:
        return quantity
    entry = tokens[n - 1].entry if n else None
    told = entry.scope if entry and entry.type == "light" else None
    head = scope.head or state.head
    return replace(quantity, scope=told or quantity.scope or scope.level or (head.scope if head else None))


def _averaged(
    quantity: Quantity, before: Sequence[Token], context: Sequence[Quantity], state: Discourse
) -> Quantity | None:
    """The average that a word in the clause makes of a name behind it: 每辆车…运行维护费."""
    word = next((t for t in before if t.type == "subject" and t.entry and t.entry.measure == "average"), None)
    average = _named(word, (), "money", context, state) if word else None
    return replace(average, name=quantity.name) if average else None


def _coordinated(tokens: Sequence[Token], n: int, start: int) -> str:
    """The words of several subjects joined by 、 or 和: one amount of them is their sum, which has no id."""
    first = n
    while (
        first - 2 >= start
        and tokens[first - 1].type in ("pause", "and")
        and tokens[first - 2].type == "subject"
    ):
        first -= 2
    return "".join(t.text for t in tokens[first : n + 1]) if first < n else ""


def _parts(heavy: Sequence[Token], tokens: Sequence[Token], subject: int, begin: int) -> bool:
    """Whether unknown words part a name from a figure that has no cue of its own."""
    return any(tokens[subject].end <= t.start for t in heavy)


def named(token: Token, kind: str, state: Discourse) -> Quantity | None:
    """The quantity that a name means for a figure of this kind, in the context of what was spoken of."""
    return _named(token, (), kind, state.recent, state)


def _named(
    token: Token, tokens: Sequence[Token], kind: str, context: Sequence[Quantity], state: Discourse
) -> Quantity | None:
    """The quantity that a name means for a figure of this kind."""
    if token.type == "item":
        if kind not in ("money", "rate"):
            return None
        return Quantity("function_item", token.text, mention=token.mention)
    entry = token.entry
    assert entry is not None
    if _foreign(token, state):
        return None
    metric = primary_metric(entry, context) if kind == "rate" else metric_of(entry, kind, context)
    if metric is None:
        return None
    if entry.limits and metric != "other":
        metric = _priced(entry, metric, [t for t in tokens if t.end <= token.start], context)
    part = (entry.label or token.text) if entry.part else None
    scope = entry.scope if metric in entry.metrics.values() else special_of(entry, context).get("scope")
    return Quantity(metric, token.text, entry, token.mention, part, scope=scope)


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


def _foreign(token: Token, state: Discourse) -> bool:
    """Whether a name means nothing known in this kind of section."""
    return token.entry is not None and bool(token.entry.only) and state.kind not in token.entry.only


def _listed(quantity: Quantity, token: Token, head: Quantity | None) -> Quantity:
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


def _behind(
    tokens: Sequence[Token], i: int, kind: str, context: Sequence[Quantity], state: Discourse
) -> Quantity | None:
    """The subject right behind a count: 11个项目, 1辆公务用车."""
    if kind in ("money", "rate", "score") or i + 1 >= len(tokens):
        return None
    before, after = tokens[i - 1], tokens[i + 1]
    if i and kind != "count" and before.type == "subject" and _named(before, tokens, kind, context, state):
        return None  # named on both sides, it is of what stands first: 购置的2辆公务用车
    return _named(after, tokens, kind, context, state) if after.type == "subject" else None


def _carried(
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
