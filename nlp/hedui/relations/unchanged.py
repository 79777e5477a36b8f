"""What is said to be as large as another amount, against that amount, and against the year before of what it holds."""

from collections.abc import Iterator

from hedui.intervals import Interval
from hedui.model import Remark
from hedui.relations.candidate import Candidate, Reading
from hedui.relations.identities import identities
from hedui.relations.ledger import Ledger, Value
from hedui.relations.observation import about


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for each amount beside which another is printed and said to be no different, and for each change
    that is told of a part of what is said to be unchanged.

    The part of the year before is no larger than the whole, which was then what it is now. Where several amounts of
    the whole are printed, the largest counts.
    """
    known = identities()
    yield from (
        alike for r in ledger.remarks if r.kind == "flat" and _exactly(r) for alike in _alike(ledger, r)
    )
    for remark in ledger.remarks:
        if remark.kind != "flat" or remark.versus != "prior_year" or remark.part or remark.item:
            continue
        if not _exactly(remark):
            continue
        stated = ledger.metric(remark.metric or "")
        wholes = [v for v in stated if _is_final(v, remark)]
        changed = any(v.claim.measure == "change" and v.quantity.versus == "prior_year" for v in stated)
        if changed or not wholes:
            continue  # a change beside the words: they are of something else
        whole = max(wholes, key=lambda v: v.printed.high)
        for larger, smaller, inferred in known.orders:
            if larger == remark.metric and not inferred:
                yield from _parts(ledger, remark, whole, smaller)


def _alike(ledger: Ledger, remark: Remark) -> Iterator[Candidate]:
    """The two amounts that the words call the same, both printed in their sentence before them."""
    if remark.metric is None:
        return
    here = [
        v for v in ledger.sentences[remark.sentence_start] if about(v, remark) and v.claim.end <= remark.start
    ]
    finals = [v for v in here if v.claim.measure == "amount" and v.claim.basis == "final"]
    now = next((v for v in reversed(finals) if v.claim.year == remark.year), None)
    if now is None:
        return
    before = now.quantity.year - 1 if now.quantity.year else None
    wanted = ledger.amount(
        now.quantity, **({"year": before} if remark.versus == "prior_year" else {"basis": remark.versus})
    )
    others = [v for v in here if v.quantity == wanted]
    changed = any(
        v.claim.measure in ("change", "change_rate") and v.claim.versus == remark.versus for v in here
    )
    if len(others) == 1 and wanted != now.quantity and not changed:
        yield Candidate(
            "DIR003",
            (("amount", now), ("other", others[0])),
            now,
            now.read,
            lambda read: read(others[0]),
            now.claim.unit,
        )


def _exactly(remark: Remark) -> bool:
    """Whether the words say that two years are alike, and not only nearly so."""
    said, first = remark.sentence, remark.start - remark.sentence_start
    known = identities()
    words = said[first : first + remark.end - remark.start]
    return words in known.unchanged and not said[:first].endswith(known.roughly)


def _is_final(value: Value, remark: Remark) -> bool:
    claim = value.claim
    final = claim.measure == "amount" and claim.basis == "final" and not claim.scope and not claim.part
    return final and claim.year == remark.year


def _parts(ledger: Ledger, remark: Remark, whole: Value, smaller: str) -> Iterator[Candidate]:
    changes = [v for v in ledger.metric(smaller) if v.claim.measure == "change" and v.sign]
    for change in changes:
        quantity = change.quantity
        if quantity.versus != "prior_year" or quantity.versus_basis or quantity.year != remark.year:
            continue
        now = ledger.sole(ledger.of(ledger.amount(quantity)))
        if now is not None and change.claim.unit and not quantity.scope and not quantity.part:
            yield _contained(now, change, whole)


def _contained(now: Value, change: Value, whole: Value) -> Candidate:
    def prior(read: Reading) -> Interval:
        size = read(change).unsigned()
        return read(now) - size if change.sign > 0 else read(now) + size

    return Candidate(
        "DIR002",
        (("part", now), ("difference", change), ("whole", whole)),
        change,
        prior,
        whole.read,
        whole.claim.unit,
        order="at_most",
        fields={"whole": whole.label, "part": now.label, "total": whole.shown},
    )
