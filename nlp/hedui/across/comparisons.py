"""What ought to hold between two documents of one body, quantity by quantity, and whether it does."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from hedui.across.accounts import BUDGET, DEPARTMENT, UNIT, Account
from hedui.across.bodies import Match
from hedui.across.knowledge import knowledge
from hedui.across.statements import Statement
from hedui.exact import Fraction
from hedui.intervals import ZERO, text
from hedui.relations.candidate import Candidate, Reading
from hedui.relations.judging import Verdict, judge
from hedui.relations.ledger import Quantity

STATED, IMPLIED, BUDGETS, LARGER, SAME, RESTATED, REBASED = (f"XDC00{n}" for n in range(1, 8))
OWN = "own contradiction"
SEVERAL = 4  # quantities that differ before a whole base can be called restated

FORMS = ("stated", "change", "completion", "rate")  # the plainest to show first

Statements = dict[Quantity, list[Statement]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents of one body: the finding stands in `later`; how sure the match is; what is compared."""

    later: Account
    earlier: Account
    match: Match


def compare(pair: Pair) -> list[Verdict]:
    """Every relation between the two, judged; of each quantity the one that tells most."""
    later, earlier = pair.later, pair.earlier
    kinds = {later.kind, earlier.kind}
    if later.year is None or earlier.year is None:
        return []
    if later.year == earlier.year:
        if later.kind != BUDGET == earlier.kind and later.of_unit == earlier.of_unit:
            return list(_budgets(pair))
        return list(_unit(pair)) if kinds == {DEPARTMENT, UNIT} else []
    if BUDGET in kinds or kinds == {DEPARTMENT, UNIT}:
        return []
    return _rebased(list(_years(pair)), pair)


def _years(pair: Pair) -> Iterator[Verdict]:
    """The year before as the later document has it against what was disclosed then."""
    year = pair.earlier.year or 0
    told = pair.later.stated.get((year, "final"), {})
    for quantity, disclosed in _stated(pair.earlier, year, ["final"]).items():
        if quantity in told:
            yield from _best(pair, told[quantity], disclosed, _prior)


def _budgets(pair: Pair) -> Iterator[Verdict]:
    """The initial budget that the account cites against the one that was disclosed."""
    know, year = knowledge()["budget"], pair.later.year or 0
    cited = pair.later.stated.get((year, know["cited"]), {})
    for quantity, disclosed in _stated(pair.earlier, year, know["disclosed"]).items():
        if quantity in cited:
            yield from _best(pair, cited[quantity], disclosed, _budget)


def _unit(pair: Pair) -> Iterator[Verdict]:
    """What the unit states against what its department does, which holds it."""
    unit, whole = (pair.later, pair.earlier) if pair.later.kind == UNIT else (pair.earlier, pair.later)
    year, held = unit.year or 0, knowledge()["unit"]["held"]
    theirs = _stated(whole, year, ["final"])
    make = _same if whole.sole else _part
    for quantity, mine in _stated(unit, year, ["final"]).items():
        if quantity in theirs and quantity.metric in held:
            yield from _best(pair, mine, theirs[quantity], make)


def _stated(account: Account, year: int, bases: Iterable[str]) -> Statements:
    """What a document states as such, not by way of a change."""
    found: Statements = {}
    for basis in bases:
        for quantity, several in account.stated.get((year, basis), {}).items():
            found.setdefault(quantity, []).extend(s for s in several if s.form == "stated")
    return {quantity: several for quantity, several in found.items() if several}


Make = Callable[[Pair, Statement, Statement], Candidate]


def _best(pair: Pair, ours: list[Statement], theirs: list[Statement], make: Make) -> Iterator[Verdict]:
    """The verdict on a quantity: of all pairs of statements the surest that fails, or else the sharpest that holds.

    Intervals on a line that meet two by two all meet in one point, so that nothing is missed by pairs. Where a document
    contradicts itself about the quantity and one of its statements fits, that is for itself to mend first.
    """
    verdicts = [(s, t, judge(make(pair, s, t))) for s in ours for t in theirs]
    failed = [entry for entry in verdicts if entry[2].status == "failed"]
    if not failed:
        yield min(verdicts, key=lambda entry: _width(entry[0]) + _width(entry[1]))[2]
        return
    doubted = pair.later.doubtful | pair.earlier.doubtful
    clear = [entry for entry in failed if not _names(entry) & doubted]
    torn = not _agree(ours) or not _agree(theirs)
    held = [entry for entry in verdicts if entry[2].status == "held"]
    rank = {"certain": 0, "likely": 1, "note": 2, None: 3}
    chosen = min(clear or failed, key=lambda e: (rank[e[2].certainty], FORMS.index(e[0].form), _width(e[0])))
    mended = torn and any(not _meet(chosen[0], s) or not _meet(chosen[1], t) for s, t, _ in held)
    if not clear or mended:
        yield Verdict(chosen[2].candidate, "undecidable", reason=OWN)
    elif torn:
        yield judge(replace(chosen[2].candidate, assumes="one account"))
    else:
        yield chosen[2]


def _names(entry: tuple[Statement, Statement, Verdict]) -> set[str]:
    return {value.claim.id for value in (*entry[0].values, *entry[1].values)}


def _width(statement: Statement) -> Fraction:
    interval = statement.printed
    return interval.high - interval.low


def _meet(one: Statement, other: Statement) -> bool:
    return one.printed.intersects(other.printed)


def _agree(several: list[Statement]) -> bool:
    """Whether all can be the same: on a line, whether each two can."""
    intervals = [s.printed for s in several]
    return max(i.low for i in intervals) <= min(i.high for i in intervals)


# The relations


def _prior(pair: Pair, told: Statement, disclosed: Statement) -> Candidate:
    """The year before, stated or implied, is what was disclosed."""
    return _unless_restated(
        pair, told, _equal(pair, STATED if told.form == "stated" else IMPLIED, told, disclosed)
    )


def _budget(pair: Pair, cited: Statement, disclosed: Statement) -> Candidate:
    """The initial budget that is cited is the one that was disclosed."""
    return _unless_restated(pair, cited, _equal(pair, BUDGETS, cited, disclosed))


def _unless_restated(pair: Pair, told: Statement, found: Candidate) -> Candidate:
    """A failed relation as a note where the words around what the later document tells explain the difference."""
    reason = pair.later.reason(told) if judge(found).status == "failed" else None
    if reason is None:
        return found
    return replace(found, rule=RESTATED, note=True, fields={**found.fields, "words": reason})


def _same(pair: Pair, unit: Statement, whole: Statement) -> Candidate:
    return _equal(pair, SAME, *((unit, whole) if pair.later.kind == UNIT else (whole, unit)))


def _part(pair: Pair, unit: Statement, whole: Statement) -> Candidate:
    """The unit is no larger than its department; pointed at where the later of the two states it."""
    focus = (unit if pair.later.kind == UNIT else whole).focus
    return Candidate(
        LARGER,
        (("part", unit.amount), ("whole", whole.amount)),
        focus,
        unit.read,
        whole.read,
        unit.amount.claim.unit,
        order="at_most",
        assumes=_assumed(pair, unit, whole),
        fields=_fields(pair, unit, whole),
    )


def _equal(pair: Pair, rule: str, told: Statement, disclosed: Statement) -> Candidate:
    """What one document says is what the other one disclosed."""
    first = "prior" if told.form == "stated" else "amount"
    roles = [(first, told.amount), ("disclosed", disclosed.amount)]
    if told.by:
        roles.insert(1, ("by", told.by))
    unit = told.amount.claim.unit

    def more(read: Reading) -> dict[str, str]:
        return {} if told.form == "stated" else {"told": text(told.read(read), unit) + unit}

    return Candidate(
        rule,
        tuple(roles),
        told.focus,
        told.read,
        disclosed.read,
        unit,
        assumes=_assumed(pair, told, disclosed),
        fields=_fields(pair, told, disclosed),
        more=more,
    )


def _assumed(pair: Pair, one: Statement, other: Statement) -> str:
    """What is taken for granted: that both are of one body, or mean the same, as they do under one heading."""
    loose = (one.loose or other.loose) and one.heading != other.heading
    empty = (
        one.form == other.form == "stated" and one.amount.zero != other.amount.zero
    )  # of two circles, perhaps
    if not pair.match.certain:
        return "one body"
    return "one account" if loose or empty else ""


def _fields(pair: Pair, told: Statement, disclosed: Statement) -> dict[str, str]:
    fields = {"year": str(disclosed.year), "match_word": pair.match.why, "told": told.amount.shown}
    if told.by:
        fields["by"] = told.by.shown.removeprefix("-")
        fields["direction_word"] = {1: "up", -1: "down", 0: "flat"}[told.sign]
    return fields


def _rebased(verdicts: list[Verdict], pair: Pair) -> list[Verdict]:
    """The verdicts on the year before; where most amounts differ at once, the whole base was restated: notes."""
    decided = [v for v in verdicts if v.status != "undecidable" and v.candidate.unit and _of_money(v)]
    failed = [v for v in decided if v.status == "failed"]
    if len(failed) < SEVERAL or 2 * len(failed) <= len(decided):
        return verdicts
    counted = {"failed": str(len(failed)), "decided": str(len(decided))}
    return [
        judge(replace(v.candidate, rule=REBASED, note=True, fields={**v.candidate.fields, **counted}))
        if v in failed
        else v
        for v in verdicts
    ]


def _of_money(verdict: Verdict) -> bool:
    """Whether something of the verdict is money that is not nothing."""
    sides = (verdict.stated or ZERO, verdict.expected or verdict.stated)
    return verdict.candidate.focus.claim.measure != "count" and any(side and side.high > 0 for side in sides)
