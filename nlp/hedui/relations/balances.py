"""Opening balance and income against expenditure and closing balance, where no total is printed beside them."""

from collections import defaultdict
from collections.abc import Iterator

from hedui.intervals import Interval, summed
from hedui.relations.candidate import Candidate, Reading
from hedui.relations.identities import Balance, identities
from hedui.relations.ledger import Ledger, Value
from hedui.relations.tables import table_of
from hedui.tables.wording import PARTIAL


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for each sentence and each table in which both balances, income and expenditure stand."""
    tables: dict[object, list[Value]] = defaultdict(list)
    for value in ledger.tables:
        if not value.quantity.item and not value.claim.pattern.endswith(PARTIAL):
            tables[table_of(value)].append(value)
    for values in (*ledger.sentences.values(), *tables.values()):
        for balance in identities().balances:
            yield from _balanced(ledger, balance, values)


def _balanced(ledger: Ledger, balance: Balance, values: list[Value]) -> Iterator[Candidate]:
    final = [
        v for v in values if v.claim.measure == "amount" and v.claim.basis == "final" and not v.claim.part
    ]
    now = [v for v in final if v.quantity.year == ledger.document.fiscal_year and not v.claim.period]
    if any(v.quantity.metric in balance.totals for v in now):
        return  # the totals are checked, each with its own parts; balances of another account are told
    sides: list[list[Value]] = []
    missing = False
    for metrics in (balance.coming, balance.going):
        side = []
        for metric in metrics:
            told = [
                v for v in now if v.quantity.metric == metric and v.quantity.scope in (None, balance.scope)
            ]
            value = ledger.sole(told)
            missing = missing or (value is None and metric in balance.optional)
            if value is not None:
                side.append(value)
            elif told or metric not in balance.optional:
                return
        sides.append(side)
    yield _equation(sides[0], sides[1], missing)


def _equation(coming: list[Value], going: list[Value], missing: bool) -> Candidate:
    def together(values: list[Value], read: Reading) -> Interval:
        return summed(read(v) for v in values)

    return Candidate(
        "SUM007",
        (*(("coming", v) for v in coming), *(("going", v) for v in going)),
        going[-1],
        lambda read: together(going, read),
        lambda read: together(coming, read),
        going[-1].claim.unit,
        assumes="complete list" if missing else "",
        fields={
            "coming": "＋".join(v.label + v.shown for v in coming),
            "going": "＋".join(v.label + v.shown for v in going),
        },
    )
