"""Relations of equality: one quantity stated more than once, and quantities that coincide."""

from collections.abc import Iterator

from hedui.intervals import ZERO, Interval
from hedui.relations.candidate import Candidate, Reading
from hedui.relations.identities import identities
from hedui.relations.items import whole_of
from hedui.relations.ledger import Ledger, Quantity, Value
from hedui.segmentation.view import view

BESIDE = 3  # characters between the whole of a percentage and the percentage
STATED = ("amount", "count", "average", "score")  # whatever else is measured is measured against something


def find(ledger: Ledger) -> Iterator[Candidate]:
    """Every relation between values that must be the same."""
    for quantity, values in list(ledger.quantities()):
        unclear = quantity.measure not in STATED and quantity.versus in (None, "other")
        if len(values) > 1 and quantity.metric not in identities().never and not unclear:
            yield from _repeats(ledger, values)
    yield from _mirrors(ledger)
    yield from _lone_parts(ledger)


def equal(rule: str, first: Value, others: list[Value], again: Value, **more: object) -> Candidate:
    """The relation that `again` says the same as `first` (and as the others that agree with it)."""

    changes = first.claim.measure.startswith("change") and first.sign and again.sign  # both tell a direction

    def signed(read: Reading, value: Value) -> Interval:
        interval = read(value)
        return -interval if changes and value.sign < 0 <= interval.low else interval

    roles = (("first", first), *(("same", v) for v in others), ("again", again))
    if changes and first.sign != again.sign:
        shown = {
            name: "+−"[v.sign < 0] + v.shown.lstrip("-") for name, v in (("first", first), ("again", again))
        }
        more.setdefault("fields", shown)
    return Candidate(
        rule,
        roles,
        again,
        lambda read: signed(read, again),
        lambda read: signed(read, first),
        first.claim.unit,
        **more,  # type: ignore[arg-type]
    )


def _repeats(ledger: Ledger, values: list[Value]) -> Iterator[Candidate]:
    """Each value that stands alone against the value that most statements agree on."""
    groups: dict[Value | None, list[Value]] = {}
    for value in values:
        groups.setdefault(_context(ledger, value), []).append(value)
    for context, group in groups.items():
        if context is None and group[0].quantity.metric in _contextual():
            continue
        if group[0].claim.measure == "count" and len({v.claim.unit for v in group}) > 1:
            continue  # different things are counted
        clusters: list[list[Value]] = []
        for value in group:
            home = next((c for c in clusters if _agree(c[0], value)), None)
            if len(clusters) > 2:
                break
            if home is None:
                clusters.append([value])
            else:
                home.append(value)
        if len(clusters) > 2:
            continue  # so many values are of several bodies or projects that the words do not tell apart
        main = max(clusters, key=len)
        if len(main) > 1:
            apart = _loose(main[0], main[1])
            yield equal("REP001", main[0], [], main[1], assumes="one account" if apart else "")
        for cluster in clusters:
            if cluster is not main:
                yield from _deviation(ledger, main, cluster)


def _deviation(ledger: Ledger, main: list[Value], cluster: list[Value]) -> Iterator[Candidate]:
    again = cluster[0]
    first = next((v for v in main if not _one_sentence(v, again) or _of_ratio(ledger, again)), None)
    if first is None:
        return  # in one sentence a second value is a part or another year, not a repeat
    loose = _loose(first, again)
    if len(main) > 2 and _of_ratio(ledger, again):
        loose = False  # the whole of a share, in the account that states it again and again
    if loose and _one_account(ledger, first, again):
        loose = False
    if loose and (again.claim.measure != "amount" or not _close(first, again)):
        return  # of another account or body, rather than a slip
    balanced = len(cluster) > 1 and len(main) == len(cluster)  # as if two bodies were meant
    empty = first.zero != again.zero  # nothing and something are seldom one quantity
    # A wrong guess at what is spoken of is likelier than a slip.
    guessed = again.claim.measure in STATED and not (_named(first) and _named(again))
    rest = [v for v in main if v is not first][:2]
    yield equal(
        "REP001", first, rest, again, assumes="one account" if loose or balanced or empty or guessed else ""
    )


def _named(value: Value) -> bool:
    """Whether the name of a figure's subject stands in its own sentence, and its unit behind it; in a table both do."""
    claim = value.claim
    if claim.origin != "narrative":
        return True
    sentence = view(claim.sentence, [(0, len(claim.sentence))]).text
    return bool(claim.unit) and claim.subject in sentence


def _of_ratio(ledger: Ledger, value: Value) -> bool:
    """Whether it is printed as what the percentage right behind it is taken of."""
    after = [v for v in ledger.sentences[value.claim.sentence_start] if v.claim.start >= value.claim.end]
    if not after or after[0].claim.start - value.claim.end > BESIDE:
        return False
    ratio = after[0].quantity
    return (ratio.measure == "share" and ratio.versus == value.quantity.metric) or (
        ratio.measure == "completion_rate"
        and value.quantity.basis in ("budget", "initial_budget")
        and (ratio.metric, ratio.item) == (value.quantity.metric, value.quantity.item)
    )


def _loose(a: Value, b: Value) -> bool:
    """Whether two statements may be of two accounts, an annex having its own."""
    return a.quantity.metric in identities().loose and a.claim.section != b.claim.section


def _one_account(ledger: Ledger, a: Value, b: Value) -> bool:
    """Whether two changes or ratios are told of one and the same amount, which stands before each of them."""
    if a.claim.measure == "amount":
        return False
    amounts = [ledger.near(v, ledger.amount(v.quantity), far=False) for v in (a, b)]
    return all(amounts) and len({v.printed for v in amounts if v}) == 1


def _close(a: Value, b: Value) -> bool:
    """Whether two amounts differ by no more than a twentieth."""
    return abs(a.printed.middle - b.printed.middle) * 20 <= max(a.printed.middle, b.printed.middle)


def _one_sentence(a: Value, b: Value) -> bool:
    return a.claim.origin == b.claim.origin and a.claim.sentence_start == b.claim.sentence_start


def _agree(a: Value, b: Value) -> bool:
    if a.claim.measure.startswith("change") and a.sign * b.sign < 0 and not (a.zero or b.zero):
        return False
    return a.printed.intersects(b.printed) and not a.printed.touches(b.printed)


def _contextual() -> set[str]:
    return {identities().item, *identities().within}


def _context(ledger: Ledger, value: Value) -> Value | None:
    """The whole that a value is a part of, where only that tells what it means; equal wholes are one."""
    metric = value.quantity.metric
    if metric not in _contextual():
        return None
    whole = whole_of(ledger, value) if metric == identities().item else head_of(ledger, value)
    if whole is None:
        return None
    same = (
        v
        for name in _wholes(metric)
        for v in ledger.of(whole.quantity._replace(metric=name))
        if v.quantity.measure == "amount" and v.claim.value == whole.claim.value
    )
    return min(same, key=lambda v: (v.claim.start, v.claim.end), default=whole)


def _wholes(metric: str) -> tuple[str, ...]:
    known = identities()
    return known.item_wholes if metric == known.item else known.within[metric]


def head_of(ledger: Ledger, value: Value) -> Value | None:
    """The nearest amount before a value, under its heading, that it can be a part of."""
    before = [
        v
        for v in ledger.sections[value.claim.section]
        if v.claim.start < value.claim.start
        and v.quantity.metric in _wholes(value.quantity.metric)
        and v.claim.measure == "amount"
        and v.quantity.basis == value.quantity.basis
    ]
    return before[-1] if before else None


def _mirrors(ledger: Ledger) -> Iterator[Candidate]:
    """Parts and completion rates of two wholes that are one and the same money."""
    for mirror in identities().mirrors:
        for inner in ledger.metric(mirror.inner):
            if inner.claim.measure != "share" or inner.quantity.versus != mirror.outer:
                continue
            amounts = ledger.of(ledger.amount(inner.quantity))
            small = next((v for v in amounts if v.claim.sentence_start == inner.claim.sentence_start), None)
            large = ledger.sole(ledger.of(ledger.amount(inner.quantity, metric=mirror.outer)))
            if small is None or large is None or not inner.printed.contains(100):
                continue
            if small.printed.middle != large.printed.middle:
                continue
            for a, b in mirror.parts:
                yield from _same(ledger, small, large, a, b)
            yield from _same_rates(ledger, small, large)
            break


def _same(ledger: Ledger, small: Value, large: Value, a: str, b: str) -> Iterator[Candidate]:
    inner, outer = small.quantity._replace(metric=a), large.quantity._replace(metric=b)
    mine = ledger.of(inner)
    theirs = [v for v in ledger.of(outer) if v.claim.section == large.claim.section]
    if not mine or not theirs:
        return
    slack = small.printed.high - small.printed.low  # the wholes agree no better than this
    part, other = mine[0], theirs[0]
    yield Candidate(
        "REP002",
        (("outer", large), ("outer_part", other), ("inner", small), ("inner_part", part)),
        other,
        other.read,
        lambda read: read(part) + Interval(-slack, slack),
        other.claim.unit,
    )


def _same_rates(ledger: Ledger, small: Value, large: Value) -> Iterator[Candidate]:
    for rate in ledger.metric(large.quantity.metric):
        if rate.claim.measure != "completion_rate":
            continue
        mine = ledger.sole(ledger.of(rate.quantity._replace(metric=small.quantity.metric)))
        if mine is not None:
            yield equal("CMP004", mine, [], rate, assumes="this budget")


def _lone_parts(ledger: Ledger) -> Iterator[Candidate]:
    """A total whose other parts are nothing is its only part: their shares of one whole agree."""
    for identity in identities().sums:
        for metric in identity.parts:
            others = [m for m in identity.parts if m != metric]
            for share in ledger.metric(identity.total):
                if share.claim.measure == "share":
                    yield from _lone(ledger, share, metric, others)


def _lone(ledger: Ledger, share: Value, metric: str, others: list[str]) -> Iterator[Candidate]:
    same: Quantity = share.quantity._replace(metric=metric)
    other = ledger.sole(ledger.of(same))
    if other is None:
        return
    nothing = [ledger.sole(ledger.of(ledger.amount(share.quantity, metric=m))) for m in others]
    if any(v is None or v.printed != ZERO for v in nothing):
        return
    yield equal("REP003", share, [v for v in nothing if v is not None], other)
