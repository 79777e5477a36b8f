"""Which failures one slip explains, so that each slip is reported once and by what explains it best."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from hedui.exact import Fraction
from hedui.intervals import Interval, is_money, printed
from hedui.relations import Candidate, Ledger, Reading, Value
from hedui.relations.judging import MISSING, Verdict, as_printed, holds, with_one
from hedui.relations.years import slipped

CHANCE = 100  # so many times what rounding allows is what an equation that tells anything is about
WEAKER = ("SHR001", "SUM002")
SUMS = ("SUM001", "SUM004", "SUM005")
COPIES = ("REP001", "TAB001")


@dataclass(frozen=True, slots=True, eq=False)
class Slip:
    """One figure in a wrong unit, and the relations that this explains: failed, or open for want of parts.

    `telling`: one of them is an equation that nothing far from the figure in that unit would satisfy.
    """

    value: Value
    unit: str
    explained: tuple[Verdict, ...]
    telling: bool


def unit_slips(ledger: Ledger, verdicts: list[Verdict]) -> list[Slip]:
    """Figures that fail as printed, fit when read in the document's usual unit, and then break nothing.

    A list that seems to lack parts, and adds up to the last digit once the unit is changed, is a fit as well.
    """
    usual = ledger.unit
    if usual is None:
        return []
    wrong = _by_figure(v for v in verdicts if v.status == "failed" or v.reason == MISSING)
    held = _by_figure((v for v in verdicts if v.status == "held"), wrong)
    slips = []
    for value, broken in wrong.items():
        unit = value.claim.unit
        if not is_money(unit) or value.zero or printed("1", unit) == printed("1", usual):
            continue
        reading = with_one(value, printed(value.claim.value, usual))
        mended = [v for v in broken if holds(v.candidate, reading)]
        if mended and all(holds(v.candidate, reading) for v in held.get(value, ())):
            slips.append(
                Slip(value, usual, tuple(mended), any(_telling(v.candidate, value, reading) for v in mended))
            )
    return slips


def _by_figure(
    verdicts: Iterable[Verdict], among: Container[Value] | None = None
) -> dict[Value, list[Verdict]]:
    """The relations of each figure, or of some only, as often as it takes part in them."""
    found: dict[Value, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for _, value in verdict.candidate.roles:
            if among is None or value in among:
                found[value].append(verdict)
    return found


def _telling(candidate: Candidate, value: Value, reading: Reading) -> bool:
    """Whether a mended relation is an equation that hardly any other number in the figure's place would satisfy."""
    stated, expected = candidate.stated(reading), candidate.expected(reading)
    widest = max(side.high - side.low for side in (stated, expected))
    size = reading(value) if is_money(candidate.unit) else expected
    return candidate.order == "equal" and not candidate.bare and widest * CHANCE <= abs(size.middle)


def explained(ledger: Ledger, verdicts: list[Verdict], slips: list[Slip]) -> set[int]:
    """The identities (`id`) of the failures that need no finding of their own."""
    found = {id(v) for slip in slips for v in slip.explained}
    found |= _by_copies(verdicts) | _by_years(ledger, verdicts)
    return found | _weaker(verdicts, found)


def by_arithmetic(verdicts: list[Verdict]) -> set[int]:
    """The identities of doubtful copies that explain a certain failure: that there is a slip is then certain too."""
    certain = {id(v) for v in verdicts if v.certainty == "certain"}
    return {id(copy) for copy, others in _copies(verdicts) if copy.certainty == "likely" and others & certain}


def mended(candidate: Candidate, value: Value) -> Interval:
    """What one figure of a sum has to be so that it adds up."""
    stated, expected = candidate.stated(as_printed), candidate.expected(as_printed)
    if value is candidate.focus:
        return expected
    return stated - (expected - value.printed)


def _by_copies(verdicts: list[Verdict]) -> set[int]:
    """Failures that vanish when a figure that was copied wrong is read as it stands elsewhere."""
    return {failure for _, failures in _copies(verdicts) for failure in failures}


def _copies(verdicts: list[Verdict]) -> Iterator[tuple[Verdict, set[int]]]:
    """Every failed repeat with the other failures that it explains."""
    failed = [v for v in verdicts if v.status == "failed"]
    for copy in failed:
        if copy.candidate.rule in COPIES:
            roles = dict(copy.candidate.roles)
            again, reading = roles["again"], with_one(roles["again"], roles["first"].printed)
            others = [v for v in failed if v is not copy and any(x is again for _, x in v.candidate.roles)]
            yield copy, {id(v) for v in others if holds(v.candidate, reading)}


def _by_years(ledger: Ledger, verdicts: list[Verdict]) -> set[int]:
    """Repeats that fail because an amount of last year stands under this year's number."""
    misdated = set()
    for changes in slipped(ledger):
        first = changes[0]
        before = [
            v
            for v in ledger.sentences[first.claim.sentence_start]
            if v.claim.end <= first.claim.start and v.claim.measure == "amount"
        ]
        if before:
            misdated.add(before[-1])
    return {
        id(v)
        for v in verdicts
        if v.status == "failed"
        and v.candidate.rule in COPIES
        and not misdated.isdisjoint(value for _, value in v.candidate.roles)
    }


def _weaker(verdicts: list[Verdict], explained: set[int]) -> set[int]:
    """Failed shares and orders that vanish when one figure is mended as a failed sum asks for."""
    failed = [v for v in verdicts if v.status == "failed" and id(v) not in explained]
    weak = [v for v in failed if v.candidate.rule in WEAKER]
    found = _one_whole(weak) | _one_container(weak)
    for total in failed:
        if total.candidate.rule not in SUMS:
            continue
        for _, value in total.candidate.roles:
            others = [v for v in weak if any(value is x for _, x in v.candidate.roles)]
            if others:
                reading = with_one(value, mended(total.candidate, value))
                found |= {id(v) for v in others if holds(v.candidate, reading)}
    return found


def _one_whole(weak: list[Verdict]) -> set[int]:
    """All but the first of the shares that fail by one and the same wrong whole."""
    wholes: dict[Value, list[Verdict]] = {}
    for verdict in weak:
        if verdict.candidate.rule == "SHR001" and (whole := dict(verdict.candidate.roles).get("whole")):
            wholes.setdefault(whole, []).append(verdict)
    found = set()
    for whole, several in wholes.items():
        roles = dict(several[0].candidate.roles)
        if roles["share"].printed.low > 0:
            right = roles["part"].printed / roles["share"].printed * Interval(Fraction(100), Fraction(100))
            reading = with_one(whole, right)
            found |= {id(v) for v in several[1:] if holds(v.candidate, reading)}
    return found


def _one_container(weak: list[Verdict]) -> set[int]:
    """All but the first of the parts that exceed one and the same whole."""
    seen: set[Value] = set()
    found = set()
    for verdict in weak:
        if verdict.candidate.rule == "SUM002":
            whole = dict(verdict.candidate.roles)["whole"]
            if whole in seen:
                found.add(id(verdict))
            seen.add(whole)
    return found
