"""Words without a figure that change what is spoken of: comparators, lists, brackets, topics, reasons."""

from dataclasses import replace
from itertools import takewhile

from hedui.claims import remarks
from hedui.claims.assertions import BUDGETS, compared_with
from hedui.claims.discourse import Bracket, Quantity, Scope
from hedui.claims.items import item_of
from hedui.claims.lexing import Token
from hedui.claims.names import heading_quantity, named
from hedui.claims.record import Record
from hedui.claims.subjects import find_subject
from hedui.lexicon import paired
from hedui.segmentation.sentences import Sentence

STIRRING = ("reason", "list", "colon", "flat", "order")  # types that tell something without a figure
OPENING = ("moment", "period", "light", "comma", "text", "absent")  # types that may stand before a topic
TOPICS_IN_PROSE = ("body", "attachment")  # kinds of section where other words may stand before a topic
SORTED = "sorted"  # label of words by which a total is divided in another way
ROW = 12  # tokens in which the names stand of what is told of each
WITH_PARTS = 3  # amounts: a whole and two parts
MOST = 20  # remarks of one sentence: one with more of them is no prose
PREFIX = 20  # characters: a longer run of unknown words before a name is a statement of its own


def follow(record: Record, sentence: Sentence, tokens: list[Token], i: int, scope: Scope) -> None:
    """Take in the token at `i`, which is no figure: what it changes is noted in the scope and in the record."""
    token, state = tokens[i], record.discourse
    if token.type == "light" and token.entry and token.entry.scope and not scope.reason:
        scope.level = token.entry.scope
    if token.type == "light" and token.entry and token.entry.label == SORTED:
        scope.sorted_anew = True
    if token.period and not scope.reason:
        scope.period = state.period = token.period
    match token.type:
        case "moment" | "period" if token.year and not scope.reason:
            scope.year = token.year
        case "comparator":
            scope.comparator = token
            # A second comparison of one kind is of what the reason speaks of; another one leaves the reason.
            again = compared_with(token, scope.year) in state.compared and scope.cause is not None
            if i and tokens[i - 1].type in ("comma", "semicolon", "stop", "close") and not again:
                scope.reason = False
        case "completion" if scope.comparator and scope.comparator.versus == "other":
            scope.comparator = None  # 比年初执行数增加1万元，完成预算的101%，增长6%: than the year before
        case "reason" if not scope.reason:
            scope.reason = True
            _remark(record, sentence, tokens, i, scope)
        case "each" if not scope.reason:
            _both(record, tokens[max(i - ROW, 0) : i])
        case "semicolon":
            scope.reason = False
            if i + 1 < len(tokens) and tokens[i + 1].type in ("final", "completion"):
                _close_budget(record, scope)
        case "list":
            scope.reason = False
            _open_list(record, scope)
        case "colon" if i and tokens[i - 1].type not in ("subject", "item") and not scope.reason:
            _open_list(record, scope)
        case "open":
            scope.brackets.append(Bracket(state.quantity, scope.head, list(state.recent)))
            scope.head = state.quantity or scope.head
        case "close" if scope.brackets:
            before = scope.brackets.pop()
            state.quantity, scope.head, state.recent = before.quantity, before.head, before.recent
        case "flat" if not scope.reason:
            _remark(record, sentence, tokens, i, scope)
        case "order" if not scope.reason and token.entry and token.entry.direction != "open":
            _remark(record, sentence, tokens, i, scope)
        case "item" | "subject" if scope.reason:
            scope.cause = named(token, "rate", state) or scope.cause
        case "item" | "subject":
            _topic(record, tokens, i)


def _both(record: Record, before: list[Token]) -> None:
    """Behind two totals of one amount, what is told of each is told of both together.

    They may have been told in the sentence before: 与上年相比，收入、支出各增加2万元.
    """
    own = record.own()[:2][::-1]
    flows = [t for t in before if t.type == "light" and t.entry and "money" in t.entry.metrics]
    if not own and len(flows) > 1 and not any(t.type in ("subject", "item") for t in before):
        own = record.claims[-2:]
    if len(own) == 2 and own[0].value == own[1].value and all(c.measure == "amount" for c in own):
        entry = paired().get((own[0].metric, own[1].metric))
        metric = entry.metrics.get("money") if entry else None
        if metric:
            record.discourse.speak(Quantity(metric, f"{own[0].subject}、{own[1].subject}", entry))


def _open_list(record: Record, scope: Scope) -> None:
    """What is spoken of heads the list; where it is sorted anew (按功能分类：), the total that was told before."""
    if scope.sorted_anew and record.discourse.total and not record.discourse.fresh:
        record.discourse.speak(record.discourse.total)
    if record.discourse.quantity:
        scope.head = record.discourse.head = record.discourse.quantity
        record.discourse.listed = record.discourse.paragraph
        scope.listed = scope.listed or scope.head


def _close_budget(record: Record, scope: Scope) -> None:
    """Behind the parts of a budget its outturn is told: 预算3万元，其中：省级2万元、市级1万元；执行数2.9万元."""
    told = [c for c in record.own() if c.measure == "amount"]
    if scope.head and len(told) >= WITH_PARTS and {c.basis for c in told} <= set(BUDGETS):
        record.discourse.speak(scope.head)


def close_list(record: Record, tokens: list[Token], scope: Scope, first: int) -> None:
    """A sentence without a name that follows a list is of the list's head again, not of its last part.

    A sentence that opens with 其中 is a list, though it tells of one part alone.
    """
    state, head = record.discourse, scope.listed
    own = [c for c in record.claims[first:] if c.measure in ("amount", "count")]
    parts = {(c.metric, c.part, c.item) for c in own if head and c.metric != head.metric}
    state.listing = head if len(parts) > 1 or (parts and tokens[0].type == "list") else None


def _topic(record: Record, tokens: list[Token], i: int) -> None:
    """A name with its level marks, or one that opens a sentence, is what is spoken of from here on."""
    token = tokens[i]
    if token.mention and any(token.mention.levels):
        if len(token.mention.names) > 1:
            record.discourse.parents = token.mention.names[:-1]
        record.discourse.speak(Quantity("function_item", token.text, mention=token.mention))
    elif token.type == "subject" and _opens(record, tokens, i):
        topic = heading_quantity([token])
        if topic and topic.metric != "other":
            record.discourse.speak(topic)


def _opens(record: Record, tokens: list[Token], i: int) -> bool:
    """Whether the subject at `i` opens a sentence that goes on to say something of it."""
    before = tokens[:i]
    if i + 1 == len(tokens) or tokens[i + 1].type == "stop":
        return False
    behind = tokens[i + 1].entry
    if behind and behind.label == "source":
        return False  # the money it is spent from, not what it is spent on
    if any(t.type not in OPENING or len(t.text) >= PREFIX for t in before):
        return False
    return record.discourse.kind in TOPICS_IN_PROSE or not any(t.type == "text" for t in before)


def _remark(record: Record, sentence: Sentence, tokens: list[Token], i: int, scope: Scope) -> None:
    token, state = tokens[i], record.discourse
    if state.kind == "glossary":
        return  # it explains what the words mean
    own = takewhile(lambda remark: remark.sentence_start == sentence.start, reversed(record.remarks))
    if sum(1 for _ in own) >= MOST:
        return
    if token.type == "reason":
        quantity = state.quantity
    else:
        quantity = find_subject(tokens, i, "rate", state, scope).quantity or state.quantity
    base = remarks.remark(sentence, record.document.text, token, quantity, scope)
    item = item_of(quantity, scope.year, state) if quantity else None
    base = replace(base, item=item, scope=sentence.scope or base.scope)
    if token.type == "flat":
        base = remarks.flat(base, tokens, i)
    elif token.type == "order":
        base = remarks.order(base, token)
    else:
        last = record.claims[-1] if record.claims else None
        versus = compared_with(scope.comparator, scope.year) or (last.versus if last else None)
        if i and (entry := tokens[i - 1].entry) and tokens[i - 1].type == "order":
            versus = entry.versus
        base = remarks.reason(base, tokens, i, quantity, versus, state)
    record.remarks.append(base)
