"""A judged relation, a slip or an observation as people read it: its words, its certainty, the passage it quotes."""

from collections.abc import Iterable
from typing import get_args

from hedui.checking.guesses import Guess
from hedui.checking.slips import COPIES, Slip
from hedui.checking.suspects import suspect
from hedui.figures import uncut
from hedui.intervals import Interval, text
from hedui.model import Certainty, Document, Finding, Relation, Role, Suspect
from hedui.relations import Candidate, Observation, Value
from hedui.relations.judging import Verdict, as_printed
from hedui.relations.ledger import SURE
from hedui.rules import Language, message, rule

QUOTE = 120  # characters of a quote
LEAD = 30  # characters before the first figure that make a quote readable
RANK: dict[Certainty, int] = {certainty: place for place, certainty in enumerate(get_args(Certainty))}
# What no arithmetic decides is a note, unless the words contradict one another.
CONTRADICTORY = frozenset(["CLS002", "CLS003", "RSN001", "RSN002", "RSN003", "UNT003"])


def relation_of(name: str, verdict: Verdict) -> Relation:
    """A judged relation as the report has it."""
    candidate = verdict.candidate
    roles = tuple([Role(value.claim.id, role) for role, value in candidate.roles])
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
        candidate.assumes,
    )


def _claims(candidate: Candidate) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.claim.id for _, value in candidate.roles))


def _fields(verdict: Verdict) -> dict[str, str]:
    """What the message of a failed relation can name: the roles as printed, the labels, both sides."""
    candidate = verdict.candidate
    focus = candidate.focus
    fields = {"subject": focus.label, "measure_word": focus.claim.measure}
    for role, value in reversed(candidate.roles):
        fields[role] = value.shown.removeprefix("-")
        fields[f"{role}_name"] = value.label
    if verdict.stated is not None and verdict.expected is not None:
        fields["expected"] = text(verdict.expected, candidate.unit, verdict.stated) + candidate.unit
        fields["stated"] = text(verdict.stated, candidate.unit) + candidate.unit
    return {**fields, **candidate.fields, **candidate.more(as_printed)}


def finding_of(
    document: Document,
    verdict: Verdict,
    relation: str,
    suspects: tuple[Suspect, ...] = (),
    certainty: Certainty | None = None,
    place: Value | None = None,
) -> Finding:
    """The finding of a failed relation, at its focus, which is in the document, unless another place is told; as sure
    as the verdict unless told."""
    certainty = certainty or verdict.certainty or "note"
    candidate = verdict.candidate
    assumes = candidate.assumes if certainty == "likely" else ""
    fields = _fields(verdict)
    place = place or candidate.focus
    start, end = _around(document, place, candidate)
    shown = candidate.order == "equal" and not candidate.bare
    return Finding(
        id="",
        rule=candidate.rule,
        family=rule(candidate.rule).family,
        certainty=certainty,
        message=message(candidate.rule, "zh", fields, assumes),
        message_en=message(candidate.rule, "en", fields, assumes),
        start=start,
        end=end,
        quote=document.text[start:end],
        claims=_claims(candidate),
        relation=relation,
        stated=fields.get("stated", "") if shown else "",
        expected=fields.get("expected", "") if shown else "",
        page=place.claim.page,
        box=place.claim.box,
        suspects=suspects,
    )


def of_slip(document: Document, slip: Slip, names: dict[int, str]) -> Finding:
    """The finding of a wrong unit; `names` are those of the relations, by the identity of their verdicts.

    The most certain and plainest of the explained failures lends the slip its claims, and its certainty.

    That a figure completes an equation to the last digit in another unit is certain by itself.
    """
    first = min(slip.explained, key=_plainness)
    figure = {"subject": slip.value.label, "figure": slip.value.shown, "unit": slip.unit}
    start, end = _around(document, slip.value, first.candidate)
    languages: tuple[Language, ...] = ("zh", "en")
    messages = [message("UNT001", language, figure) for language in languages]
    return Finding(
        id="",
        rule="UNT001",
        family=rule("UNT001").family,
        certainty="certain" if slip.telling and slip.value.sure else first.certainty or "likely",
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
        suspects=(suspect((slip.value, Guess(slip.value.claim.value, slip.unit, "unit"))),),
    )


def _plainness(verdict: Verdict) -> tuple[int, bool, bool, int]:
    """The most certain comes first, then what is printed elsewhere, then equations, then what takes few figures."""
    candidate = verdict.candidate
    unequal = candidate.order != "equal"
    return RANK[verdict.certainty or "likely"], candidate.rule not in COPIES, unequal, len(candidate.roles)


def of_observation(document: Document, seen: Observation) -> Finding:
    """The finding of what is noted about words."""
    longest, _ = uncut(document.text, seen.start + QUOTE)
    start, end = seen.start, min(seen.end, longest)
    if seen.values:
        start, end = _place(document, start, min(end, start + QUOTE - LEAD), seen.values)
    first = seen.values[0].claim if seen.values else None
    return Finding(
        id="",
        rule=seen.rule,
        family=rule(seen.rule).family,
        certainty=_certainty(document, seen),
        message=message(seen.rule, "zh", seen.fields),
        message_en=message(seen.rule, "en", seen.fields),
        start=start,
        end=end,
        quote=document.text[start:end],
        claims=tuple(value.claim.id for value in seen.values),
        page=first.page if first else document.page_at(start),
        box=first.box if first else document.box_of(start, end),
    )


def _certainty(document: Document, seen: Observation) -> Certainty:
    """That of the observation; nothing is certain by words or figures that were hardly recognised in a scan."""
    certainty = seen.certainty or ("certain" if seen.rule in CONTRADICTORY else "note")
    sure = document.confidence_of(seen.start, seen.end) >= SURE and all(value.sure for value in seen.values)
    return certainty if sure or certainty != "certain" else "likely"


def _place(document: Document, start: int, end: int, values: Iterable[Value]) -> tuple[int, int]:
    """The passage to quote: the place itself, figures around it as far as there is room, and a lead that begins with
    no part of a figure."""
    for value in sorted(values, key=lambda v: max(start - v.claim.start, v.claim.end - end)):
        low, high = min(start, value.claim.start), max(end, value.claim.end)
        if high - low <= QUOTE - LEAD:
            start, end = low, high
    lead = document.text[max(0, start - LEAD) : start]
    begin = start - (len(lead) - lead.rfind("\n") - 1)
    _, begin = uncut(document.text, begin)
    return min(begin, start), end


def _around(document: Document, focus: Value, candidate: Candidate) -> tuple[int, int]:
    """The passage of a figure and of those of its sentence that the relation is about."""
    claim = focus.claim
    own = [v for _, v in candidate.roles if v.claim.document == claim.document]
    beside = [v for v in own if v.claim.sentence_start == claim.sentence_start]
    return _place(document, claim.start, claim.end, beside)
