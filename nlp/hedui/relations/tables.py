"""Relations of equality with tables: what narrative and tables, or two tables, state of one quantity."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from hedui.intervals import Interval
from hedui.relations.candidate import Candidate
from hedui.relations.identities import identities
from hedui.relations.items import whole_of
from hedui.relations.judging import judge
from hedui.relations.ledger import Ledger, Quantity, Value
from hedui.relations.repeats import equal, head_of
from hedui.tables.wording import kind_named, wording

FEW = 4  # fewer comparisons do not tell that a table is of another account
ANOTHER = "another account"
Table = tuple[str, tuple[str, ...]]


def find(ledger: Ledger) -> Iterator[Candidate]:
    """One relation for every quantity that a table shares with the narrative or with another table.

    Where most comparisons of a table fail, it is of another account, body or unit: those are not decided.
    """
    if not ledger.tables:
        return
    found = list(_distinct([*_shared(ledger)]))
    strangers = _strangers(found)
    for candidate in found:
        strange = any(table_of(value) in strangers for _, value in candidate.roles)
        yield replace(candidate, reason=ANOTHER) if strange and failed(candidate) else candidate


def table_of(value: Value) -> Table | None:
    """Which table a value stands in: the kind and the title; None for the narrative."""
    claim = value.claim
    return (claim.pattern, claim.section) if claim.origin == "table" else None


def failed(candidate: Candidate) -> bool:
    """Whether a relation fails."""
    return judge(candidate).status == "failed"


def _strangers(found: list[Candidate]) -> set[Table]:
    """The tables that differ from everything else in most of what they share with it."""
    outcomes: dict[Table, list[bool]] = defaultdict(list)
    for candidate in found:
        tables = {t for _, value in candidate.roles if (t := table_of(value))}
        for table in tables:
            outcomes[table].append(failed(candidate))
    return {
        t for t, failures in outcomes.items() if len(failures) >= FEW and 2 * sum(failures) > len(failures)
    }


def _distinct(found: list[Candidate]) -> Iterator[Candidate]:
    """One and the same slip, two values of an item in accounts that coincide, only once."""
    seen: set[tuple[str | None, str, frozenset[tuple[str, str]]]] = set()
    for candidate in found:
        roles = dict(candidate.roles)
        again, first = roles["again"], roles["first"]
        pair = frozenset((v.claim.value, v.claim.unit) for v in (again, first))
        key = (again.quantity.item, again.quantity.metric, pair)
        if len(pair) > 1 and key in seen and failed(candidate):
            continue
        seen.add(key)
        yield candidate


# Quantities on equal terms


def _shared(ledger: Ledger) -> Iterator[Candidate]:
    """Every quantity that is printed in a table and once more; those that the narrative states come first."""
    tabled: dict[Quantity, list[Value]] = defaultdict(list)
    told: dict[Quantity, list[Value]] = defaultdict(list)
    for value in ledger.tables:
        tabled[one_total(value.quantity)].append(value)
    for value in ledger.values:
        if (quantity := comparable(ledger, value)) in tabled:
            told[quantity].append(value)
    for quantity in sorted(tabled, key=lambda q: q not in told):
        yield from _compare(ledger, tabled[quantity], told.get(quantity, []))


def one_total(quantity: Quantity) -> Quantity:
    """The total of income and expenditure is one, whichever of the two is named."""
    one = wording().totals.get(quantity.metric)
    return quantity._replace(metric=one) if one else quantity


def comparable(ledger: Ledger, value: Value) -> Quantity | None:
    """The quantity of a narrative value as tables have it; None where tables tell nothing of it.

    The scope of an item, and of what every account has, is the account that the words before it name.
    """
    quantity, known = value.quantity, identities()
    if quantity.metric in known.never or quantity.scope or quantity.measure not in ("amount", "count"):
        return None
    if quantity.metric == known.item:
        whole = whole_of(ledger, value)
        return quantity._replace(scope=whole.quantity.metric) if whole else None
    if quantity.metric in known.within:
        head = head_of(ledger, value)
        metric = wording().within.get(head.quantity.metric, {}).get(quantity.metric) if head else None
        return quantity._replace(metric=metric) if metric else None
    return one_total(quantity)


def _compare(ledger: Ledger, tabled: list[Value], told: list[Value]) -> Iterator[Candidate]:
    if _repeated(tabled):
        return
    clusters = _clusters(tabled)
    agreeing = {id(c): [v for v in told if all(_agree(v, t) for t in c)] for c in clusters}
    main = max(clusters, key=lambda c: (len(c) + len(agreeing[id(c)][:1]), _detailed(c)))
    for cluster in clusters:
        if cluster is not main:
            same = [*agreeing[id(main)][:1], *main[1:2]]
            loose = len({v.quantity.metric for v in (*cluster, *main)} & wording().loose) > 0
            yield equal("TAB001", main[0], same, cluster[0], assumes="one account" if loose else "")
    if any(agreeing.values()):
        if agreeing[id(main)]:
            yield equal("TAB001", agreeing[id(main)][0], [], _sharpest(main))
    elif told and len(_clusters(told)) == 1 and not _elsewhere(ledger, told[0]):
        doubtful = told[0].zero != main[0].zero or told[0].quantity.basis == "budget"
        found = equal("TAB001", main[0], main[1:2], told[0], assumes="one account" if doubtful else "")
        head = head_of(ledger, told[0]) if told[0].quantity.metric in identities().within else None
        yield replace(found, roles=(*found.roles, ("whole", head))) if head else found
    elif len(main) > 1:
        yield equal("TAB001", main[0], [], main[1])


def _repeated(tabled: list[Value]) -> bool:
    """Whether one table has an item twice: of several bodies, or on a page that was printed twice."""
    tables = [table_of(v) for v in tabled if v.quantity.item]
    return len(tables) > len(set(tables))


def _clusters(values: list[Value]) -> list[list[Value]]:
    clusters: list[list[Value]] = []
    homes: dict[Interval, list[Value]] = {}  # what is printed alike agrees with the same ones
    for value in values:
        home = homes.get(value.printed)
        if home is None:
            home = next((c for c in clusters if all(_agree(v, value) for v in c)), None)
        if home is None:
            clusters.append(home := [])
        home.append(value)
        homes[value.printed] = home
    return clusters


def _agree(a: Value, b: Value) -> bool:
    return a.printed.intersects(b.printed) and not a.printed.touches(b.printed)


def _detailed(cluster: list[Value]) -> int:
    """How many of the values stand in tables that break them down."""
    kinds = (kind_named(v.claim.pattern) for v in cluster)
    return sum(kind is not None and kind.items == "code" for kind in kinds)


def _sharpest(values: list[Value]) -> Value:
    return min(values, key=lambda v: v.printed.high - v.printed.low)


def _elsewhere(ledger: Ledger, value: Value) -> bool:
    """Whether a table states a value that only its place in the narrative names, of another account."""
    quantity, known, totals = value.quantity, identities(), wording().totals
    if quantity.metric in known.loose or quantity.metric in totals:
        others = {*known.loose, *totals, *totals.values()}
    elif quantity.metric == known.item or quantity.metric in known.within:
        others = {quantity.metric, *(m for parts in wording().within.values() for m in parts.values())}
    else:
        return False
    same = [v for v in ledger.tables if v.quantity.metric in others and v.quantity.item == quantity.item]
    return any(_agree(v, value) for v in same if v.quantity.basis == quantity.basis)
