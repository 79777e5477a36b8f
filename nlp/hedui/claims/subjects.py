"""Which subject a figure is about: the nearest name before it in its clause, the noun behind a count, or what was
spoken of before; a clause with words of its own that no name matches has an unknown subject.
"""

from collections.abc import Sequence
from dataclasses import replace

from hedui.claims.carrying import carried_on
from hedui.claims.clauses import clause_start, words_of
from hedui.claims.discourse import Discourse, Quantity, Scope
from hedui.claims.flows import answer
from hedui.claims.lexing import Token
from hedui.claims.names import foreign, listed, meaning
from hedui.classification import levels
from hedui.lexicon import goes_on, no_items_with
from hedui.values import dataclass

CUED = {
    "change",
    "change_rate",
    "completion_rate",
    "share",
    "rate",
}  # measures whose cue parts the subject from the figure
CHANGES = {"change", "change_rate"}
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
            quantity = meaning(token, tokens, kind, context, state)
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
                quantity = listed(_of_level(quantity, tokens, n, state, scope), token, scope.head)
                return Found(quantity, shorter=shorter)
            if quantity and token.entry and token.entry.label == ADDED:
                added = quantity  # 年中追加…经费: the words behind it say what for
            if token.entry and token.entry.metrics.get("money") and foreign(token, state):
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
            carried_on(kind, state, scope, context, tokens, start, i)
            if kind in ("batches", "vehicles")
            else None
        )
        words = words_of(tokens[start:cue])
        if added and kind == "money":
            return Found(replace(added, name=words))
        if carried and carried.part:
            carried = replace(carried, part=words, name=words)  # another kind of the same thing
        return Found(carried, words, activity=activity)
    carried = carried_on(kind, state, scope, context, tokens, start, i)
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
    average = meaning(word, (), "money", context, state) if word else None
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


def _behind(
    tokens: Sequence[Token], i: int, kind: str, context: Sequence[Quantity], state: Discourse
) -> Quantity | None:
    """The subject right behind a count: 11个项目, 1辆公务用车."""
    if kind in ("money", "rate", "score") or i + 1 >= len(tokens):
        return None
    before, after = tokens[i - 1], tokens[i + 1]
    if i and kind != "count" and before.type == "subject" and meaning(before, tokens, kind, context, state):
        return None  # named on both sides, it is of what stands first: 购置的2辆公务用车
    return meaning(after, tokens, kind, context, state) if after.type == "subject" else None
