"""Relations of what holds something: kinds behind a total, parts that are at most their whole, groups of persons."""

from collections.abc import Iterator

from hedui.exact import Fraction
from hedui.relations.candidate import Candidate
from hedui.relations.identities import Kinds, identities
from hedui.relations.judging import MISSING
from hedui.relations.ledger import Ledger, Value
from hedui.relations.listed import list_behind
from hedui.relations.totals import added


def find(ledger: Ledger) -> Iterator[Candidate]:
    """Every relation between what holds something and what it holds."""
    for kinds in identities().kinds:
        yield from _kinds(ledger, kinds)
    for larger, smaller, inferred in identities().orders:
        yield from _order(ledger, larger, smaller, inferred)
    yield from _counts(ledger)
    for groups, persons, inferred in identities().groups:
        yield from _groups(ledger, groups, persons, inferred)


def _kinds(ledger: Ledger, kinds: Kinds) -> Iterator[Candidate]:
    """The kinds listed after a total in its sentence, or in the next one where nothing else stands between."""
    for total in ledger.metric(kinds.total):
        claim = total.claim
        if claim.measure not in ("amount", "count") or claim.origin != "narrative" or claim.part:
            continue
        here = ledger.sentences[claim.sentence_start]
        behind = list_behind(ledger, total)
        if behind is not None and not any(v.quantity.metric == kinds.kind for v in here):
            here = here + ledger.sentences[behind]
        parts = [
            v
            for v in here
            if v.quantity.metric == kinds.kind
            and v.claim.start > claim.start
            and v.claim.measure == claim.measure
            and v.quantity.year == total.quantity.year
            and v.quantity.scope == total.quantity.scope
        ]
        rivals = [v for v in here if v.quantity.metric == kinds.total and v.claim.measure == claim.measure]
        if any(parts and claim.start < v.claim.start < parts[0].claim.start for v in rivals):
            continue  # the kinds are of the total right before them
        if len(parts) < 2 or len({(p.claim.part, p.claim.subject) for p in parts}) < len(parts):
            continue
        listed = sum((p.printed.low for p in parts), Fraction(0))
        short = listed < total.printed.low
        flat = any({p.claim.part for p in parts} <= names for names in kinds.flat)
        closed = not kinds.closing.isdisjoint((parts[-1].claim.part, parts[-1].claim.subject))
        doubtful = not closed and (not kinds.complete if short else kinds.nested and len(parts) > 2)
        few = short and (not kinds.least or len(parts) < kinds.least)
        nested = kinds.nested and not flat and not short and _nested(total, parts)
        if (few or nested) and not closed:
            yield added("CNT002", total, parts, reason=MISSING)
        else:
            yield added("CNT002", total, parts, assumes="kinds apart" if doubtful else "")


def _nested(total: Value, parts: list[Value]) -> bool:
    """Whether the first kinds make up the total already, so that the others are kinds of kinds."""
    so_far = Fraction(0)
    for part in parts[:-1]:
        so_far += part.printed.low
        if total.printed.contains(so_far):
            return True
    return False


def _order(ledger: Ledger, larger: str, smaller: str, inferred: bool) -> Iterator[Candidate]:
    """A part against what holds it, for the largest statement of the part."""
    for whole in ledger.metric(larger):
        claim = whole.claim
        if claim.measure != "amount" or claim.basis != "final" or claim.part or claim.origin != "narrative":
            continue
        parts = [
            v
            for v in ledger.of(whole.quantity._replace(metric=smaller))
            if v.claim.origin == "narrative" and v.printed.low > whole.printed.high
        ]
        part = ledger.near(whole, whole.quantity._replace(metric=smaller))
        if parts and part is not None:
            part = max(parts, key=lambda v: v.printed.low)
        if part is None or ledger.sole(ledger.of(part.quantity)) is None:
            continue
        if ledger.sole(ledger.of(whole.quantity)) is None:
            continue  # two wholes: of two bodies, or a repeat that is reported as such
        yield contained(part, whole, assumes="one account" if inferred else "")


def contained(part: Value, whole: Value, rule: str = "SUM002", assumes: str = "") -> Candidate:
    """The relation that the part is at most the whole."""
    return Candidate(
        rule,
        (("part", part), ("whole", whole)),
        part if rule == "CNT001" else whole,
        part.read,
        whole.read,
        part.claim.unit,
        order="at_most",
        assumes=assumes,
    )


def _counts(ledger: Ledger) -> Iterator[Candidate]:
    """A count that its sentence marks as a part of the same count before it."""
    for values in ledger.sentences.values():
        wholes: dict[object, Value] = {}
        for value in values:
            if value.claim.measure != "count" or value.claim.metric in identities().uncounted:
                continue
            key = value.quantity._replace(part=None)
            if value.claim.part is None:
                wholes[key] = value
            elif key in wholes:
                yield contained(value, wholes[key], "CNT001")


def _groups(ledger: Ledger, groups: str, persons: str, inferred: bool) -> Iterator[Candidate]:
    """The persons right behind a count of groups: no fewer than the groups, and none where there was no group."""
    for several in ledger.metric(groups):
        if several.claim.measure != "count" or several.claim.part or several.claim.origin != "narrative":
            continue
        here = [
            v for v in ledger.sentences[several.claim.sentence_start] if v.claim.start > several.claim.start
        ]
        together = here[0] if here else None
        if together is None or together.quantity != several.quantity._replace(metric=persons):
            continue
        yield _group(several, together, inferred)


def _group(groups: Value, persons: Value, inferred: bool) -> Candidate:
    return Candidate(
        "CNT003",
        (("groups", groups), ("persons", persons)),
        persons,
        persons.read,
        groups.read,
        persons.claim.unit,
        order="equal" if groups.zero else "at_least",
        assumes="own groups" if inferred else "",
    )
