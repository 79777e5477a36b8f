"""What a bound figure asserts: measure, basis, year, comparison, direction, from its pattern and the words around."""

from collections.abc import Mapping, Sequence

from hedui.claims.clauses import clause_start
from hedui.claims.discourse import Discourse, Quantity, Scope, primary_metric, whole_of
from hedui.claims.lexing import Token
from hedui.lexicon import metrics
from hedui.values import dataclass

BUDGETS = ("initial_budget", "budget")
UNNAMED = ("text", "activity", "item", "budget")  # types of words that name a whole without a metric


@dataclass(frozen=True, slots=True)
class Assertion:
    """The fields of a claim that its words decide; see the contract for their values.

    `direction` is `open` where both directions were left in, until the other half of the pair is known.
    """

    measure: str
    year: int | None
    basis: str | None = None
    versus: str | None = None
    versus_year: int | None = None
    versus_basis: str | None = None
    direction: str | None = None


def assertion(
    asserted: Mapping[str, str],
    tokens: Sequence[Token],
    i: int,
    begin: int,
    quantity: Quantity,
    scope: Scope,
    state: Discourse,
) -> Assertion:
    """What the figure at token `i` asserts of a quantity; the match of its pattern begins at token `begin`.

    `asserted` is what the pattern says of the figure's slot.
    """
    span = tokens[begin:i]
    measure = _measure(asserted["measure"], tokens[i], quantity)
    comparator = next((t for t in reversed(span) if t.type == "comparator"), None) or scope.comparator
    if measure in ("change", "change_rate"):
        stated = next(
            (t.entry.basis for t in reversed(tokens[:i]) if t.entry and t.entry.basis in BUDGETS), None
        )
        return _change(measure, span, comparator, quantity, scope.year, stated)
    if measure == "completion_rate":
        cue, budget = _last(span, ("completion",)), _last(span, ("budget",))
        told = (cue and cue.entry and cue.entry.versus) or (budget and budget.entry and budget.entry.basis)
        return Assertion(measure, scope.year, versus=told or "budget")
    if measure == "share":
        return Assertion(measure, scope.year, versus=_whole(span, quantity, scope, state))
    year = _level_year(asserted.get("year"), comparator, scope.year)
    if measure != "amount":
        return Assertion(measure, year)
    cue = _last(span, ("direction", "completion", "budget", "final"))
    if cue and cue.type == "budget" and any(t.figure for t in span if t.start > cue.start):
        cue = None  # the budget word before another amount was that one's
    cue = cue or _last(_told(tokens[clause_start(tokens, i) : i]), ("final",))
    basis = _basis(asserted, cue, comparator, quantity, scope)
    if basis is None:
        planned = (
            state.planned and year is not None and year >= (state.section_year or state.fiscal_year or year)
        )
        basis = "budget" if planned else "final"
    return Assertion(measure, year, basis=basis)


def _measure(measure: str, token: Token, quantity: Quantity) -> str:
    if measure == "amount" and quantity.entry and quantity.entry.measure:
        return quantity.entry.measure
    # A difference of percentages is told in points.
    return "change" if measure == "change_rate" and token.type == "points" else measure


def _told(clause: Sequence[Token]) -> Sequence[Token]:
    """The words of a clause that speak of its figure: behind 差异原因：they are of what the reason speaks of."""
    first = max((n + 1 for n, t in enumerate(clause) if t.type == "reason"), default=0)
    return clause[first:]


def _last(tokens: Sequence[Token], types: tuple[str, ...]) -> Token | None:
    return next((t for t in reversed(tokens) if t.type in types), None)


def _change(
    measure: str,
    span: Sequence[Token],
    comparator: Token | None,
    quantity: Quantity,
    year: int | None,
    budget: str | None,
) -> Assertion:
    turns = [t.entry for t in span if t.type in ("direction", "order") and t.entry]
    entry = turns[-1] if turns else None
    told = next((turn.versus for turn in reversed(turns) if turn.versus), None)
    if told == "stated":  # of final account and budget, whichever the sentence states
        told = budget or "budget"
    if told == "saved":
        told = None if comparator else budget
    versus = told or compared_with(comparator, year) or "prior_year"
    direction = entry.direction if entry else None
    if versus != "prior_year":
        return Assertion(measure, year, versus=versus, direction=direction)
    earlier = (comparator.year if comparator else None) or (year - 1 if year else None)
    basis = (comparator.versus_basis if comparator else None) or quantity.basis
    return Assertion(measure, year, None, versus, earlier, basis, direction)


def compared_with(comparator: Token | None, year: int | None) -> str | None:
    """What a comparator compares with: an earlier year's budget is the prior year, too."""
    if comparator is None:
        return None
    if comparator.year and year and comparator.year < year:
        return "prior_year"
    return comparator.versus


def _level_year(which: str | None, comparator: Token | None, year: int | None) -> int | None:
    """The year of a level: the scope's own, the year before (`prior`), or that of the comparator (`versus`)."""
    if which == "versus" and compared_with(comparator, year) == "prior_year":
        return (comparator.year if comparator else None) or (year - 1 if year else None)
    return year - 1 if which == "prior" and year else year


def _basis(
    asserted: Mapping[str, str], cue: Token | None, comparator: Token | None, quantity: Quantity, scope: Scope
) -> str | None:
    """Final account, initial budget, budget or other: by the words, the name, the list's head; None if none tells."""
    if asserted.get("year") == "versus" and comparator:
        return comparator.versus_basis or quantity.basis
    entry = cue.entry if cue else None
    match asserted.get("basis"):
        case "completion":
            return (entry.versus if entry else None) or "budget"
        case "budget":
            return (entry.basis if entry and cue and cue.type == "budget" else None) or "budget"
        case str() as told:
            return told
    if cue and cue.type == "final":
        return "final"
    if asserted.get("year") == "prior" and quantity.basis:
        return quantity.basis  # 上年4万元: as this year's was
    if own := (quantity.entry.basis if quantity.entry else None) or metrics()[quantity.metric].basis:
        return own
    return scope.head.basis if scope.head and scope.head.budgeted else None


def _whole(span: Sequence[Token], quantity: Quantity, scope: Scope, state: Discourse) -> str:
    """The metric of the whole that the words of a share name, or that its place implies."""
    share = max((n for n, t in enumerate(span) if t.type == "share"), default=len(span))
    named = span[share + 1 :]
    for token in named:
        if token.type == "subject" and token.entry:
            for metric in (q.metric for q in state.recent):
                if metric in token.entry.whole:
                    return token.entry.whole[metric]
            whole = primary_metric(token.entry, state.recent) or "other"
            whole = primary_metric(token.entry, []) or whole if whole == quantity.metric else whole
            scope.shared = scope.head, metrics()[quantity.metric].whole, whole
            return whole
    if any(t.type in UNNAMED for t in named):
        return "other"
    if scope.shared and scope.shared[:2] == (scope.head, metrics()[quantity.metric].whole):
        return scope.shared[2]  # 甲占收入总计的90%；乙占10%: of the whole that the first of the list named
    if scope.head and scope.head.metric == metrics()[quantity.metric].whole:
        return scope.head.metric  # in the list of its usual whole
    heads = (scope.head, *(b.head for b in reversed(scope.brackets)), state.head)
    head = next((h for h in heads if h and h.metric != quantity.metric), None)
    return whole_of(quantity, head, state.wholes.get(quantity.metric))
