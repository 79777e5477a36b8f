"""Relations of totals: what adds up to them."""

from collections.abc import Iterator

from hedui.exact import Fraction
from hedui.intervals import ZERO, Interval, summed
from hedui.lexicon import metrics
from hedui.relations.candidate import Candidate, Reading
from hedui.relations.identities import Sum, identities
from hedui.relations.judging import MISSING
from hedui.relations.ledger import Ledger, Value
from hedui.relations.listed import list_behind, numbered_lines
from hedui.values import dataclass


def find(ledger: Ledger) -> Iterator[Candidate]:
    """Every relation between a total and its parts."""
    for identity in identities().sums:
        if identity.beside:
            yield from _in_one_sentence(ledger, identity)
        else:
            yield from _amounts(ledger, identity)
        if identity.changes:
            yield from _changes(ledger, identity)


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What adds up to a total. Its methods are the halves of a candidate; a document has hundreds of them."""

    values: list[Value]

    def together(self, read: Reading) -> Interval:
        """The sum under a reading."""
        return summed(map(read, self.values))

    def named(self, _: Reading) -> dict[str, str]:
        """What the message says of them: without those that are nothing, where two or more are left."""
        told = [v for v in self.values if not v.zero]
        shown = told if len(told) > 1 else self.values
        return {
            "parts": "＋".join(v.claim.value for v in shown),
            "names": "、".join(_names(shown)),
        }


def _names(parts: list[Value]) -> list[str]:
    """What people call the parts; those that stand side by side in a table's row are called by their columns."""
    labels = [part.label for part in parts]
    of = {part.quantity.metric for part in parts}
    if len(set(labels)) == 1 and len(of) == len(parts) > 1:
        return [metrics()[part.quantity.metric].zh for part in parts]
    return labels


def added(rule: str, total: Value, parts: list[Value], **other: object) -> Candidate:
    """The relation that the parts add up to the total; `other` goes to the candidate."""
    listed = _Parts(parts)
    return Candidate(
        rule,
        (("total", total), *[("part", part) for part in parts]),
        total,
        total.read,
        listed.together,
        total.claim.unit,
        more=listed.named,
        **other,  # type: ignore[arg-type]
    )


def _parts_of(ledger: Ledger, identity: Sum, total: Value, local: bool) -> tuple[list[Value], list[str]]:
    """The stated parts of a total and the metrics that are missing; a missing part is replaced by its own."""
    found: list[Value] = []
    missing: list[str] = []
    for metric in identity.parts:
        part = _part(ledger, total, metric, local)
        inner = identities().sum_of(metric) if part is None else None
        if part is not None:
            found.append(part)
        elif inner is not None:
            parts, without = _parts_of(ledger, inner, total, local)
            found += parts
            missing += [m for m in without if m not in inner.optional or not parts]
        else:
            missing.append(metric)
    return found, missing


def _part(ledger: Ledger, total: Value, metric: str, local: bool) -> Value | None:
    known = [
        v
        for v in ledger.of(total.quantity._replace(metric=metric))
        if v.claim.origin == total.claim.origin == "narrative"
    ]
    if not local:
        return ledger.sole(known)
    after = [v for v in known if v.claim.section == total.claim.section and v.claim.start >= total.claim.end]
    rivals = [v.claim.start for v in ledger.of(total.quantity) if v.claim.start > total.claim.start]
    limit = min(rivals, default=None)
    return next((v for v in after if limit is None or v.claim.start < limit), None)


def _amounts(ledger: Ledger, identity: Sum) -> Iterator[Candidate]:
    """One relation for every total with its parts beside it; else one for the document."""
    totals = [
        v
        for v in ledger.metric(identity.total)
        if v.claim.measure in ("amount", "count") and not v.claim.part
    ]
    local = False
    for total in totals:
        parts, missing = _parts_of(ledger, identity, total, local=True)
        if len(parts) < 2:
            continue
        reason = "" if _complete(ledger, identity, parts, missing, total) else MISSING
        local = local or not reason
        yield added("SUM001", total, parts, reason=reason)
    if local:
        return
    seen = set()
    for total in totals:
        if total.quantity in seen or total.claim.origin != "narrative":
            continue
        seen.add(total.quantity)
        if ledger.sole(ledger.of(total.quantity)) is None:
            continue
        parts, missing = _parts_of(ledger, identity, total, local=False)
        if len(parts) >= 2 and not missing:
            yield added("SUM001", total, parts)


def _in_one_sentence(ledger: Ledger, identity: Sum) -> Iterator[Candidate]:
    """The parts that follow a total in its sentence or in the numbered lines behind it, before the next total."""
    for total in ledger.metric(identity.total):
        if total.claim.measure != "amount" or total.claim.origin != "narrative":
            continue
        found, missing = _parts_of(ledger, identity, total, local=True)
        places = (total.claim.sentence_start, list_behind(ledger, total))
        lines = numbered_lines(ledger.document.text, total.claim.end)
        parts = [
            p
            for p in found
            if p.claim.sentence_start in places or any(p.claim.sentence_start in line for line in lines)
        ]
        if len(parts) > 1 and len(parts) == len(found):
            reason = _open(identity, parts, missing, total)
            yield added("SUM001", total, parts, reason=reason or _made_up(ledger, total, parts))


def _made_up(ledger: Ledger, total: Value, parts: list[Value]) -> str:
    """Why the sum is not decided: what else stands in the list makes up the difference."""
    last = parts[-1].claim.start
    listed = [
        v
        for v in ledger.sentences[parts[-1].claim.sentence_start]
        if total.claim.start < v.claim.start <= last
        and v.claim.measure == "amount"
        and v.quantity.basis == total.quantity.basis
        and v.quantity.year == total.quantity.year
    ]
    more = len(listed) > len(parts) and not total.printed.intersects(summed(p.printed for p in parts))
    return MISSING if more and total.printed.intersects(summed(v.printed for v in listed)) else ""


def _open(identity: Sum, parts: list[Value], missing: list[str], total: Value) -> str:
    """Why the sum is not decided: something else may belong to it, unless it is too large already."""
    if any(metric not in identity.optional for metric in missing):
        return MISSING
    short = sum((p.printed.low for p in parts), Fraction(0)) <= total.printed.high
    fits = total.printed.intersects(summed(p.printed for p in parts))
    return MISSING if short and not fits and missing else ""


def _complete(ledger: Ledger, identity: Sum, parts: list[Value], missing: list[str], total: Value) -> bool:
    """Whether the list holds all parts: none is missing, or the shares say that nothing else is there.

    A list that is too large already is as good as complete: no further part can mend it.
    """
    if any(metric not in identity.optional for metric in missing):
        return False
    if not missing or sum((p.printed.low for p in parts), Fraction(0)) > total.printed.high:
        return True
    shares: list[Interval] = []
    for part in parts:
        known = [
            s
            for s in ledger.sentences[part.claim.sentence_start]
            if s.claim.measure == "share"
            and s.quantity.metric == part.quantity.metric
            and s.quantity.versus == identity.total
        ]
        if not known:
            return False
        shares.append(known[0].printed)
    return summed(shares).contains(100)


def _changes(ledger: Ledger, identity: Sum) -> Iterator[Candidate]:
    """The change of the total against the changes of all its parts, with their signs."""
    for total in ledger.metric(identity.total):
        if total.claim.measure != "change" or total.claim.origin != "narrative" or not total.sign:
            continue
        parts: list[tuple[Value | None, Interval]] = []
        for metric in identity.parts:
            change = ledger.sole(ledger.of(total.quantity._replace(metric=metric)))
            if change is not None and (change.sign or change.zero):
                parts.append((change, ZERO))
            elif any(
                r.kind == "flat" and r.metric == metric and r.versus == total.quantity.versus
                for r in ledger.remarks
            ):
                parts.append((None, _level(total)))
        if len(parts) == len(identity.parts):
            yield _change_sum(total, parts)


def _level(total: Value) -> Interval:
    """What a change may be that people call none: less than would show at the total's precision."""
    ulp = total.printed.high - total.printed.low
    return Interval(-ulp, ulp)


def _change_sum(total: Value, parts: list[tuple[Value | None, Interval]]) -> Candidate:
    def signed(read: Reading, value: Value) -> Interval:
        interval = read(value)
        return -interval if value.sign < 0 <= interval.low else interval

    def expected(read: Reading) -> Interval:
        return summed(level if value is None else signed(read, value) for value, level in parts)

    stated = [value for value, _ in parts if value is not None]
    sign = {1: "+", -1: "−", 0: ""}
    return Candidate(
        "SUM003",
        (("total", total), *(("part", value) for value in stated)),
        total,
        lambda read: signed(read, total),
        expected,
        total.claim.unit,
        fields={
            "parts": "、".join(f"{v.label}{sign[v.sign]}{v.shown.lstrip('-')}" for v in stated),
            "sign": sign[total.sign],
        },
    )
