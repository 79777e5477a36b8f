"""Shares of one whole, told without the amounts behind them: together they are 100 % at most."""

from collections.abc import Iterator

from hedui.intervals import Interval, summed
from hedui.relations.candidate import HUNDRED, Candidate, Reading
from hedui.relations.identities import identities
from hedui.relations.ledger import Ledger, Value, item_level
from hedui.relations.ratios import adjacent


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for each list of shares in a sentence; where all parts are there, they are 100 % exactly."""
    for values in ledger.sentences.values():
        shares = [v for v in values if v.claim.measure == "share" and not v.claim.part]
        for whole in dict.fromkeys(v.quantity.versus for v in shares):
            listed = _parts([v for v in shares if v.quantity.versus == whole], whole or "")
            something = any(not v.zero for v in listed)
            if len(listed) > 1 and something and any(adjacent(ledger, v) is None for v in listed):
                yield _together(listed, whole or "")


def _parts(shares: list[Value], whole: str) -> list[Value]:
    """The shares of parts that do not contain one another, each once: of an identity, or items of one level."""
    identity = identities().sum_of(whole)
    parts = [v for v in shares if identity and v.quantity.metric in identity.parts]
    if not parts:
        levels = {v: item_level(v.claim.item) for v in shares if v.claim.item}
        parts = [v for v, level in levels.items() if level == min(levels.values())]
    distinct = {(v.quantity.metric, v.quantity.item) for v in parts}
    return parts if len(distinct) == len(parts) and len({v.quantity.year for v in parts}) == 1 else []


def _together(shares: list[Value], whole: str) -> Candidate:
    identity = identities().sum_of(whole)
    complete = identity is not None and {v.quantity.metric for v in shares} == set(identity.parts)

    def stated(read: Reading) -> Interval:
        return summed(read(v) for v in shares)

    return Candidate(
        "SHR002",
        tuple(("each" if complete else "share", v) for v in shares),
        shares[-1],
        stated,
        lambda read: HUNDRED,
        "%",
        order="equal" if complete else "at_most",
        fields={"shares": "＋".join(v.label + v.shown for v in shares)},
    )
