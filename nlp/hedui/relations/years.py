"""Years that cannot be: a comparison with a year that is not earlier, figures and counts of another year."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from hedui.reading.triage import TWO_YEARS
from hedui.relations.identities import identities
from hedui.relations.ledger import Ledger, Value
from hedui.relations.observation import Observation

ODD = (
    3  # comparisons with another year for each one that is odd: fewer, and the document's year may be misread
)


def observe(ledger: Ledger) -> Iterator[Observation]:
    """Comparisons with their own year, and flows and counts of another year than the document's."""
    yield from _comparisons(ledger)
    yield from _flows(ledger)
    yield from _stocks(ledger)


def slipped(ledger: Ledger) -> list[list[Value]]:
    """The changes that are said to be against their own year or a later one, by sentence."""
    late = [
        v
        for v in ledger.values
        if v.claim.versus == "prior_year"
        and v.claim.year
        and v.claim.versus_year
        and v.claim.versus_year >= v.claim.year
    ]
    return _by_sentence(late)


def _by_sentence(values: Iterable[Value]) -> list[list[Value]]:
    return [list(group) for _, group in groupby(values, key=lambda v: v.claim.sentence_start)]


def _odd_ones(compared: Iterable[Value], slips: list[list[Value]]) -> bool:
    """Whether these are exceptions, among many comparisons that are as they should be."""
    return len({v.claim.sentence_start for v in compared}) >= (ODD + 1) * len(slips)


def _comparisons(ledger: Ledger) -> Iterator[Observation]:
    """Certain where it is the exception; where most comparisons are so, one doubtful finding stands for all."""
    slips = slipped(ledger)
    odd = _odd_ones((v for v in ledger.values if v.claim.versus == "prior_year"), slips)
    for values in slips if odd else slips[:1]:
        first = values[0]
        sure = odd and first.claim.year == ledger.document.fiscal_year
        fields = {
            "figure": first.shown,
            "year": str(first.claim.year),
            "versus_year": str(first.claim.versus_year),
        }
        place = first.claim.start, first.claim.end
        yield Observation("YER001", *place, tuple(values), fields, "certain" if sure else "likely")


def _flows(ledger: Ledger) -> Iterator[Observation]:
    """Flows that are told of another year and compared with the year before that one, as in the text of that year.

    The same of several years is a history, and where many are of another year, the document's own may be misread.
    """
    known = ledger.document.fiscal_year
    if not known or ledger.document.kind in TWO_YEARS:
        return
    told = {v.claim.metric for v in ledger.values if v.claim.year == known and v.claim.measure == "amount"}
    missing = identities().flows - told
    changes = [v for v in ledger.values if v.claim.versus == "prior_year" and v.claim.origin == "narrative"]
    sentences = _by_sentence(
        v
        for v in changes
        if v.claim.metric in missing
        and v.claim.year
        and v.claim.year != known
        and v.claim.versus_year == v.claim.year - 1
        and v.claim.period is None
    )
    for values in sentences if _odd_ones(changes, sentences) else ():
        first = values[0]
        fields = {
            "subject": first.label,
            "year": str(first.claim.year),
            "versus_year": str(first.claim.versus_year),
            "known": str(known),
        }
        yield Observation("YER003", first.claim.start, first.claim.end, tuple(values), fields, "likely")


def _stocks(ledger: Ledger) -> Iterator[Observation]:
    known = ledger.document.fiscal_year
    if ledger.document.kind == "department_budget":
        return  # drawn up before its year begins, it counts at the end of the year before
    found = []
    for metric in sorted(identities().stocks):
        values = [v for v in ledger.metric(metric) if v.claim.origin == "narrative"]
        years = {v.claim.year for v in values}
        if known and years and None not in years and known not in years:
            found.append(values[0])
    found.sort(key=lambda v: v.claim.start)
    for _, group in groupby(found, key=lambda v: (v.claim.section, v.claim.year)):
        values = list(group)  # things counted in one breath, at one date
        first = values[0]
        fields = {"figure": first.shown, "year": str(first.claim.year), "known": str(known)}
        yield Observation("YER002", first.claim.start, first.claim.end, tuple(values), fields, "likely")
