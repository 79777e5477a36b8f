"""A figure of a sentence → a claim about a quantity, or the reason why it claims nothing."""

from collections.abc import Sequence
from dataclasses import replace

from hedui import intervals
from hedui.claims import respective
from hedui.claims.assertions import BUDGETS, Assertion, assertion
from hedui.claims.binding import Bound, kind_of, no_claim
from hedui.claims.clauses import clause_start, words_of
from hedui.claims.discourse import Quantity, Scope
from hedui.claims.items import among_projects, in_class, item_of, metric_of_item, project_label, told_above
from hedui.claims.lexing import Token
from hedui.claims.record import Record
from hedui.claims.subjects import ADDED, Found, find_subject
from hedui.figures import counted
from hedui.lexicon import metrics
from hedui.model import Claim, Figure, OtherFigure
from hedui.segmentation.sentences import Sentence

ITEMS = ("function_item", "economic_item")


def take(
    record: Record,
    sentence: Sentence,
    tokens: list[Token],
    i: int,
    bound: Bound | None,
    scope: Scope,
    name: respective.Name | None,
) -> None:
    """Take in the figure at `i`: a claim is added to the record, or an other figure with the reason.

    `bound` is the pattern that asserts something of it, None if none does; `name` is its own where several figures are
    told respectively.
    """
    figure = tokens[i].figure
    assert figure is not None
    if reason := no_claim(sentence, tokens, i, bound):
        return _other(record, sentence, figure, reason)
    assert bound is not None
    kind = kind_of(figure, bound)
    if name is None:
        found = find_subject(
            tokens, i, kind, record.discourse, scope, bound.match.start, bound.asserted["measure"]
        )
    else:
        found = Found(respective.named(name, kind, record.discourse))
    quantity = in_class(found, record.discourse) if kind == "money" else found.quantity
    if scope.reason and (found.inherited or found.words) and kind in ("vehicles", "sets", "count"):
        quantity = Quantity("other", found.words)  # one of them, which the reason goes on to describe
    if scope.reason and found.inherited and kind == "money" and bound.asserted["measure"] == "amount":
        quantity = Quantity("other", found.words)  # of what the reason speaks of
    if label := project_label(found, tokens, i, record.discourse):
        quantity = Quantity("other", label)
    if quantity and among_projects(quantity, record.own(), record.discourse):
        quantity = Quantity("other", quantity.name)
    if quantity is None:
        spelled = not tokens[i].text[-len(figure.unit) - 1].isdigit()
        if spelled or _is_activity(record, figure, found):
            record.discourse.unclaimed = not spelled
            return _other(record, sentence, figure, "activity")
        quantity = Quantity("other", found.words)
    said = assertion(bound.asserted, tokens, i, bound.match.start, quantity, scope, record.discourse)
    if scope.as_of and said.measure == "count" and "year" not in bound.asserted:
        said = replace(said, year=scope.as_of)
    if said.year is None and "year" in bound.asserted:
        quantity = replace(quantity, scope="prior_year")  # of the year before one that is not known
    if said.measure == "count" and scope.head and scope.head.metric == quantity.metric and not quantity.part:
        words = words_of(tokens[clause_start(tokens, i) : i])
        quantity = replace(quantity, part=words or None)
    if found.inherited and said.measure in ("amount", "count"):
        quantity = _sum(record, tokens, i, said.measure, figure) or quantity
    if found.inherited and said.measure == "change":
        rival = scope.head if scope.head and scope.head.metric != quantity.metric else record.discourse.rival
        if rival:
            record.rivals[len(record.claims)] = rival
    if said.measure == "change" and found.shorter:
        record.shorter.add(len(record.claims))
    if found.inherited:
        record.unnamed.add(len(record.claims))
    record.claims.append(_claim(record, sentence, figure, bound, quantity, said, scope))
    if quantity.entry and quantity.entry.open:
        record.open.add(len(record.claims) - 1)
    record.discourse.above = told_above(record.claims[-1], quantity) or record.discourse.above
    _carry(record, tokens, i, bound, quantity, said, scope)
    return None


def _sum(record: Record, tokens: Sequence[Token], i: int, measure: str, figure: Figure) -> Quantity | None:
    """What a bare 合计 is of, behind different things told in its sentence: their whole, if that was spoken of."""
    before = tokens[i - 1].entry if i > 1 and tokens[i - 2].type in ("comma", "semicolon") else None
    told = [c for c in record.own() if c.measure == measure]
    same = {c.metric for c in told if measure == "amount" or c.unit == figure.unit}
    if before is None or before.label != "sum" or len(same) < 2:
        return None
    wholes = {metrics()[metric].whole for metric in same}
    spoken_of = (q for q in record.discourse.recent if wholes == {q.metric})
    return next(spoken_of, Quantity("other", tokens[i - 1].text))


def _is_activity(record: Record, figure: Figure, found: Found) -> bool:
    """Whether a figure without a known subject tells of work done rather than of the accounts."""
    if record.discourse.kind == "duties" or found.activity:
        return True
    if found.inherited:
        return record.discourse.unclaimed
    return figure.unit in counted().deeds


def _claim(
    record: Record,
    sentence: Sentence,
    figure: Figure,
    bound: Bound,
    quantity: Quantity,
    said: Assertion,
    scope: Scope,
) -> Claim:
    document = record.document
    start, end = sentence.view.span(figure.start, figure.end)
    interval = intervals.printed(figure.value, figure.unit)
    item = item_of(quantity, scope.year, record.discourse) if quantity.metric in ITEMS else None
    return Claim(
        id=f"c{len(record.claims) + 1}",
        document=document.id,
        origin="narrative",
        start=start,
        end=end,
        value=figure.value,
        unit=figure.unit,
        low=intervals.decimal_text(interval.low),
        high=intervals.decimal_text(interval.high),
        metric=metric_of_item(quantity, item),
        measure=said.measure,
        subject=quantity.name,
        page=document.page_at(start),
        box=document.box_of(start, end),
        section=sentence.section,
        sentence=record.words,
        sentence_start=sentence.start,
        amount=intervals.amount_in_yuan(figure.value, figure.unit),
        part=quantity.part,
        item=item,
        basis=said.basis,
        year=said.year,
        period=scope.period,
        versus=said.versus,
        versus_year=said.versus_year,
        versus_basis=said.versus_basis,
        scope=sentence.scope or quantity.scope,
        direction=said.direction,
        approximate=figure.approximate,
        confidence=document.confidence_of(start, end),
        pattern=bound.match.pattern.id,
    )


def _carry(
    record: Record,
    tokens: list[Token],
    i: int,
    bound: Bound,
    quantity: Quantity,
    said: Assertion,
    scope: Scope,
) -> None:
    """Note what the figure was about; one in a reason, the whole of a share and averages change nothing."""
    asserted = bound.asserted
    if said.measure == "average":
        record.discourse.fresh = False  # what follows it is of the money again
    if said.measure == "share" and said.versus not in (None, "other") and not scope.reason:
        record.discourse.wholes[quantity.metric] = said.versus or ""
    if scope.reason or "of" in asserted or said.measure == "average":
        return
    if quantity.entry and quantity.entry.label == ADDED:  # what follows is of the budget that it was added to
        start = clause_start(tokens, i)
        if scope.head and start and tokens[start - 1].type == "semicolon":
            record.discourse.speak(scope.head)  # the whole's, behind a list of its parts
        return
    if said.measure == "completion_rate":
        quantity = replace(quantity, basis="final", budgeted=False)  # what was completed is the account
    if said.measure != "amount" or "year" in asserted or asserted.get("basis") == "completion":
        record.discourse.speak(quantity)
        if said.measure in ("change", "change_rate") and said.versus:
            record.discourse.compared.add(said.versus)
        return
    by_name = quantity.entry is not None and quantity.entry.basis is not None
    budgeted = (asserted.get("basis") == "budget" or by_name) and said.basis in BUDGETS
    if budgeted and _accounted(record, quantity, scope):
        basis, budgeted = "final", False  # what follows is of the account
    else:
        basis = said.basis or "final"
    if (basis, budgeted) != (quantity.basis, quantity.budgeted):
        quantity = replace(quantity, basis=basis, budgeted=budgeted)
    record.discourse.speak(quantity)


def _accounted(record: Record, quantity: Quantity, scope: Scope) -> bool:
    """Whether this sentence has told the final account of a quantity already."""
    own = record.own()
    wanted = (
        quantity.metric,
        quantity.part,
        item_of(quantity, scope.year, record.discourse),
        scope.year,
        "final",
    )
    return any((c.metric, c.part, c.item, c.year, c.basis) == wanted for c in own)


def _other(record: Record, sentence: Sentence, figure: Figure, kind: str) -> None:
    start, end = sentence.view.span(figure.start, figure.end)
    record.others.append(OtherFigure(start, end, figure.value, figure.unit, kind, record.words))
