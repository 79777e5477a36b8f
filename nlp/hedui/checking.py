"""From claims to findings: every relation is judged, each slip is reported once, by what explains it best."""

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from hedui.intervals import Interval, is_money, printed, text
from hedui.model import Certainty, Document, Extraction, Finding, Relation, Role, Suspect
from hedui.relations import Candidate, Ledger, Observation, Value, candidates, observations
from hedui.relations.judging import Verdict, as_printed, holds, judge, with_one
from hedui.rules import Language, message, rule, word

QUOTE = 120  # characters of a quote
LEAD = 30  # characters before the first figure that make a quote readable
RANK: dict[Certainty, int] = {"certain": 0, "likely": 1, "note": 2}
# What no arithmetic decides is a note, unless the words contradict one another.
CONTRADICTORY = frozenset(["CLS002", "CLS003", "RSN001", "RSN002", "RSN003", "UNT003"])
WEAKER = ("SHR001", "SUM002")
SUMS = ("SUM001", "SUM004", "SUM005")
COPIES = ("REP001", "TAB001")


@dataclass(frozen=True, slots=True, eq=False)
class Slip:
    """One figure in a wrong unit, and the failed relations that this explains."""

    value: Value
    unit: str
    explained: tuple[Verdict, ...]


def check(document: Document, extraction: Extraction) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """All relations of a document, whether or not they hold, and what contradicts itself, in reading order.

    Pure and deterministic; no claim is altered. Approximate claims take no part.
    """
    ledger = Ledger(document, extraction)
    verdicts = [judge(candidate) for candidate in candidates(ledger)]
    names = {id(v): f"R{number}" for number, v in enumerate(verdicts, 1)}
    relations = tuple(_relation(names[id(v)], v) for v in verdicts)
    slips = _unit_slips(ledger, verdicts)
    explained = {id(v) for slip in slips for v in slip.explained} | _explained_by_copies(verdicts)
    explained |= _weaker(verdicts, explained)
    findings = [_of_slip(document, slip, names) for slip in slips]
    for verdict in verdicts:
        if verdict.status == "failed" and id(verdict) not in explained:
            findings.append(_of_verdict(document, verdict, names[id(verdict)]))
    findings += [_of_observation(document, o) for o in observations(ledger)]
    ordered = sorted(_distinct(findings), key=lambda f: (f.start, RANK[f.certainty], f.rule, f.end))
    return relations, tuple(replace(f, id=f"F{number}") for number, f in enumerate(ordered, 1))


def _distinct(findings: list[Finding]) -> list[Finding]:
    """One finding for each rule and set of claims; findings without claims differ by their place."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        place = finding.claims or (str(finding.start), str(finding.end), finding.message)
        seen.setdefault((finding.rule, place), finding)
    return list(seen.values())


def _unit_slips(ledger: Ledger, verdicts: list[Verdict]) -> list[Slip]:
    """Figures that fail as printed, fit when read in the document's usual unit, and then break nothing."""
    usual = ledger.unit
    if usual is None:
        return []
    failed: dict[Value, list[Verdict]] = {}
    held: dict[Value, list[Verdict]] = {}
    for verdict in verdicts:
        for _, value in verdict.candidate.roles:
            home = failed if verdict.status == "failed" else held if verdict.status == "held" else {}
            home.setdefault(value, []).append(verdict)
    slips = []
    for value, broken in failed.items():
        unit = value.claim.unit
        if not is_money(unit) or value.zero or printed("1", unit) == printed("1", usual):
            continue
        reading = with_one(value, printed(value.claim.value, usual))
        mended = [v for v in broken if holds(v.candidate, reading)]
        if mended and all(holds(v.candidate, reading) for v in held.get(value, ())):
            slips.append(Slip(value, usual, tuple(mended)))
    return slips


def _explained_by_copies(verdicts: list[Verdict]) -> set[int]:
    """Failures that vanish when a figure that was copied wrong is read as it stands elsewhere."""
    explained = set()
    for copy in verdicts:
        if copy.status != "failed" or copy.candidate.rule not in COPIES:
            continue
        roles = dict(copy.candidate.roles)
        reading = with_one(roles["again"], roles["first"].printed)
        for other in verdicts:
            involved = any(value is roles["again"] for _, value in other.candidate.roles)
            if (
                other is not copy
                and other.status == "failed"
                and involved
                and holds(other.candidate, reading)
            ):
                explained.add(id(other))
    return explained


def _weaker(verdicts: list[Verdict], explained: set[int]) -> set[int]:
    """Failed shares and orders that vanish when one figure is mended as a failed sum asks for."""
    failed = [v for v in verdicts if v.status == "failed" and id(v) not in explained]
    weak = [v for v in failed if v.candidate.rule in WEAKER]
    found = _one_whole(weak)
    for total in failed:
        if total.candidate.rule not in SUMS:
            continue
        for _, value in total.candidate.roles:
            others = [v for v in weak if any(value is x for _, x in v.candidate.roles)]
            if others:
                reading = with_one(value, _mended(total.candidate, value))
                found |= {id(v) for v in others if holds(v.candidate, reading)}
    return found


def _one_whole(weak: list[Verdict]) -> set[int]:
    """All but the first of the shares that fail by one and the same wrong whole."""
    wholes: dict[Value, list[Verdict]] = {}
    for verdict in weak:
        if verdict.candidate.rule == "SHR001":
            wholes.setdefault(dict(verdict.candidate.roles)["whole"], []).append(verdict)
    found = set()
    for whole, several in wholes.items():
        roles = dict(several[0].candidate.roles)
        if roles["share"].printed.low > 0:
            right = roles["part"].printed / roles["share"].printed * Interval(Fraction(100), Fraction(100))
            reading = with_one(whole, right)
            found |= {id(v) for v in several[1:] if holds(v.candidate, reading)}
    return found


def _mended(candidate: Candidate, value: Value) -> Interval:
    """What one figure of a sum has to be so that it adds up."""
    stated, expected = candidate.stated(as_printed), candidate.expected(as_printed)
    if value is candidate.focus:
        return expected
    return stated - (expected - value.printed)


def _relation(name: str, verdict: Verdict) -> Relation:
    candidate = verdict.candidate
    roles = tuple(Role(value.claim.id, role) for role, value in candidate.roles)
    if verdict.stated is None or verdict.expected is None:
        return Relation(name, candidate.rule, verdict.status, roles, reason=verdict.reason)
    unit = candidate.unit
    gap = text(Interval(verdict.gap, verdict.gap), unit) if verdict.gap else ""
    return Relation(
        name,
        candidate.rule,
        verdict.status,
        roles,
        text(verdict.stated, unit) + unit,
        text(verdict.expected, unit, verdict.stated) + unit,
        gap and gap + unit,
    )


def _claims(candidate: Candidate) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.claim.id for _, value in candidate.roles))


def _fields(verdict: Verdict) -> dict[str, str]:
    """What the message of a failed relation can name: the roles as printed, the labels, both sides."""
    candidate = verdict.candidate
    fields = {"subject": candidate.focus.label}
    for role, value in reversed(candidate.roles):
        fields[role] = value.shown.removeprefix("-")
        fields[f"{role}_name"] = value.label
    if verdict.stated is not None and verdict.expected is not None:
        fields["expected"] = text(verdict.expected, candidate.unit, verdict.stated) + candidate.unit
        fields["stated"] = text(verdict.stated, candidate.unit) + candidate.unit
    return {**fields, **candidate.fields, **candidate.more(as_printed)}


def _of_verdict(document: Document, verdict: Verdict, relation: str) -> Finding:
    candidate = verdict.candidate
    fields = _fields(verdict)
    start, end = _place(document, candidate.focus, [value for _, value in candidate.roles])
    return Finding(
        id="",
        rule=candidate.rule,
        family=rule(candidate.rule).family,
        certainty=verdict.certainty or "note",
        message=message(candidate.rule, "zh", fields),
        message_en=message(candidate.rule, "en", fields),
        start=start,
        end=end,
        quote=document.text[start:end],
        claims=_claims(candidate),
        relation=relation,
        stated=fields.get("stated", ""),
        expected=fields.get("expected", ""),
        page=candidate.focus.claim.page,
        box=candidate.focus.claim.box,
        suspects=_suspects(candidate),
    )


def _of_slip(document: Document, slip: Slip, names: dict[int, str]) -> Finding:
    """The most certain of the explained failures lends the slip its certainty and its claims."""
    first = min(slip.explained, key=lambda v: RANK[v.certainty or "note"])
    figure = {"subject": slip.value.label, "figure": slip.value.shown, "unit": slip.unit}
    start, end = _place(document, slip.value, [value for _, value in first.candidate.roles])
    languages: tuple[Language, ...] = ("zh", "en")
    messages = [message("UNT001", language, figure) for language in languages]
    return Finding(
        id="",
        rule="UNT001",
        family=rule("UNT001").family,
        certainty=first.certainty or "note",
        message=messages[0],
        message_en=messages[1],
        start=start,
        end=end,
        quote=document.text[start:end],
        claims=_claims(first.candidate),
        relation=names[id(first)],
        stated=slip.value.shown,
        expected=slip.value.claim.value + slip.unit,
        page=slip.value.claim.page,
        box=slip.value.claim.box,
        suspects=(_suspect(slip.value, slip.value.claim.value + slip.unit, "unit", unit=slip.unit),),
    )


def _of_observation(document: Document, seen: Observation) -> Finding:
    if seen.values:
        start, end = _place(document, seen.values[-1], list(seen.values), seen.end)
    else:
        start, end = seen.start, min(seen.end, seen.start + QUOTE)
    first = seen.values[0].claim if seen.values else None
    return Finding(
        id="",
        rule=seen.rule,
        family=rule(seen.rule).family,
        certainty=seen.certainty or ("certain" if seen.rule in CONTRADICTORY else "note"),
        message=message(seen.rule, "zh", seen.fields),
        message_en=message(seen.rule, "en", seen.fields),
        start=start,
        end=end,
        quote=document.text[start:end],
        claims=tuple(value.claim.id for value in seen.values),
        page=first.page if first else _page(document, start),
        box=first.box if first else None,
    )


def _page(document: Document, offset: int) -> int | None:
    return next((p.number for p in document.pages if p.start <= offset < p.end), None)


def _place(document: Document, focus: Value, values: list[Value], least: int = 0) -> tuple[int, int]:
    """The passage to quote: the focus, other figures of its sentence as far as there is room, and a lead."""
    claim = focus.claim
    start, end = claim.start, max(claim.end, min(least, claim.start + QUOTE - LEAD))
    for other in sorted(values, key=lambda v: abs(v.claim.start - claim.start)):
        low, high = min(start, other.claim.start), max(end, other.claim.end)
        if other.claim.sentence_start == claim.sentence_start and high - low <= QUOTE - LEAD:
            start, end = low, high
    lead = document.text[max(0, start - LEAD) : start]
    line = lead.rfind("\n")
    return start - (len(lead) - line - 1), end


def _suspects(candidate: Candidate) -> tuple[Suspect, ...]:
    """Who may be to blame, in the simple cases: a rate taken of this year's amount, a figure copied wrong."""
    roles = dict(candidate.roles)
    if candidate.rule == "CHG001":
        amount, change, rate = roles["amount"], roles["change"], roles["rate"]
        if amount.printed.low <= 0:
            return ()
        hundred = Interval(Fraction(100), Fraction(100))
        wrong = change.printed / amount.printed * hundred
        if rate.printed.intersects(wrong):
            right = text(candidate.expected(as_printed), "%", rate.printed) + "%"
            return (_suspect(rate, right, "base"),)
    if candidate.rule in COPIES and Counter(role for role, _ in candidate.roles)["same"]:
        return (_suspect(roles["again"], roles["first"].shown, "repeat"),)
    return ()


def _suspect(value: Value, right: str, how: str, **fields: str) -> Suspect:
    return Suspect(value.claim.id, right, word("how", how, "zh").format_map(fields))
