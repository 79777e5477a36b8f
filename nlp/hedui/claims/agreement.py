"""What the figures of one sentence tell of each other: totals, directions, budgets, and whose change is told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hedui import intervals
from hedui.claims.discourse import Quantity
from hedui.exact import Fraction
from hedui.intervals import Interval
from hedui.lexicon import metrics
from hedui.model import Claim


def agree(claims: list[Claim]) -> list[Claim]:
    """The claims of a sentence in the light of one another."""
    return _agree_totals(_agree_directions(_agree_budgets(claims)))


def attach(
    claims: list[Claim], first: int, rivals: Mapping[int, Quantity], shorter: Collection[int] = ()
) -> None:
    """Give a change without a name, told behind a part and its whole, to the one whose amount it fits.

    收入总计100万元，其中年初结转10万元，较上年增加20万元，增长25% tells of the total. `rivals` holds by the number of
    a change what else it may be of, `shorter` the numbers of changes under a shorter name than that of the total told
    before; `first` is the number of the sentence's first claim.
    """
    for n in range(first, len(claims) - 1):
        change, rate = claims[n], claims[n + 1]
        if n in shorter and rate.measure == "change_rate" and rate.metric == change.metric:
            claims[n], claims[n + 1] = _of_scope(claims, n)
        if n not in rivals or rate.measure != "change_rate" or rate.versus != change.versus:
            continue
        own = _current(claims[:n], change.metric, change.part, change.year)
        other = _current(claims[:n], rivals[n].metric, rivals[n].part, change.year)
        if own and other and not _fits(own, change, rate) and _fits(other, change, rate):
            fields = {name: getattr(other, name) for name in ("metric", "part", "item", "subject", "scope")}
            claims[n], claims[n + 1] = replace(change, **fields), replace(rate, **fields)


def _of_scope(claims: Sequence[Claim], n: int) -> tuple[Claim, Claim]:
    """The change at `n` and its rate: of the total told before under a longer name if they fit it, else not."""
    change, rate = claims[n], claims[n + 1]
    wanted = (change.metric, change.item, change.year, change.scope, "amount", "final")
    told = (claims[m] for m in range(n - 1, -1, -1))
    total = next((c for c in told if (c.metric, c.item, c.year, c.scope, c.measure, c.basis) == wanted), None)
    if total is None or _fits(total, change, rate):
        return change, rate
    return replace(change, scope=None), replace(rate, scope=None)


def average_changes(claims: list[Claim], first: int, unnamed: Collection[int]) -> None:
    """Give what is compared behind an average, without a name, to the average where the figures fit it.

    公务用车运行维护费9.00万元，车均3.00万元，比上年的2.50万元增加0.50万元 compares the averages. `unnamed` holds the
    numbers of claims without a name of their own; `first` is the number of the sentence's first claim.
    """
    for n in range(first, len(claims) - 2):
        average, one, two = claims[n : n + 3]
        if average.measure != "average" or not {n + 1, n + 2} <= set(unnamed):
            continue
        if one.measure == "amount" and two.measure == "change" and one.year != average.year:
            fits = _differ(average, one, two)
            one = replace(one, measure="average", basis=None)
        else:
            fits = (one.measure, two.measure) == ("change", "change_rate") and _fits(average, one, two)
        if fits and average.unit == one.unit:
            fields = {name: getattr(average, name) for name in ("metric", "part", "item", "subject", "scope")}
            claims[n + 1], claims[n + 2] = replace(one, **fields), replace(two, **fields)


def widen(claims: list[Claim], named_openly: Collection[int]) -> None:
    """Read 总收入 as the total with balances where the income of the year stands beside it and balances fill the gap.

    `named_openly` holds the numbers of the claims under such a name. Of two equal totals in one sentence both are.
    """
    wider: set[tuple[str, int | None, int]] = set()  # metric, year, and the sentence of the amount
    levels = [claims[n] for n in sorted(named_openly) if claims[n].measure == "amount"]
    plain = [c for n, c in enumerate(claims) if n not in named_openly and c.measure == "amount"]
    for _ in range(2):  # the second time for those that stand beside one known by then
        for claim in levels:
            beside = {
                c.value
                for c in levels
                if c.metric != claim.metric and (c.metric, c.year, c.sentence_start) in wider
            }
            told = claim.value in beside or _balances_fill(claim, plain) or _leaves(claim, levels, plain)
            if told or _both_exceed(claim, levels, plain):
                wider.add((claim.metric, claim.year, claim.sentence_start))
    for n in named_openly:
        claim = claims[n]
        if (claim.metric, claim.year, claim.sentence_start) in wider:
            claims[n] = replace(claim, metric=metrics()[claim.metric].wider or claim.metric)


def _balances_fill(total: Claim, others: Sequence[Claim]) -> bool:
    """Whether a total is that of the year and the balances that the document states."""
    wide = metrics()[total.metric].wider
    same = [
        c
        for c in others
        if (c.year, c.basis, c.period) == (total.year, total.basis, total.period) and not c.part
    ]
    own = {c.value: c for c in same if c.metric == total.metric and not c.scope}
    gaps = {(c.metric, c.value): c for c in same if metrics()[c.metric].whole == wide}
    if len(own) != 1:
        return False
    (year,) = (intervals.printed(c.value, c.unit) for c in own.values())
    filled = [intervals.printed(c.value, c.unit) for c in gaps.values()]
    possible = [*filled, sum(filled[1:], filled[0])] if filled else []
    return any((year + gap).intersects(intervals.printed(total.value, total.unit)) for gap in possible)


def _leaves(total: Claim, levels: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether a total of income, larger than that of the year, is what was spent and what is left at its end."""
    if not _exceeds(total, total.metric, others):
        return False
    same = [c for c in (*levels, *others) if (c.year, c.basis) == (total.year, total.basis) and not c.part]
    spent = {c.value: c for c in same if c.metric == metrics()[total.metric].counterpart}
    left = {c.value: c for c in same if c.metric == "carryover_end"}
    if len(spent) != 1 or not left:
        return False
    out, *_ = (intervals.printed(c.value, c.unit) for c in spent.values())
    sums = (out + intervals.printed(c.value, c.unit) for c in left.values())
    return any(each.intersects(intervals.printed(total.value, total.unit)) for each in sums)


def _both_exceed(total: Claim, levels: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether a sentence tells one sum as 总收入 and 总支出, larger than what came in and went out in the year."""
    same = [c for c in levels if c.sentence_start == total.sentence_start and c.value == total.value]
    sides = {c.metric for c in same}
    return len(sides) > 1 and all(_exceeds(total, metric, others) for metric in sides)


def _exceeds(total: Claim, metric: str, others: Sequence[Claim]) -> bool:
    """Whether the document states this metric once, and less than the total."""
    like = (metric, total.year, total.basis, total.period, None)
    own = {
        c.value: c for c in others if (c.metric, c.year, c.basis, c.period, c.scope) == like and not c.part
    }
    bounds = [intervals.printed(c.value, c.unit).high for c in own.values()]
    return len(bounds) == 1 and bounds[0] < intervals.printed(total.value, total.unit).low


def _current(claims: Sequence[Claim], metric: str, part: str | None, year: int | None) -> Claim | None:
    """The final account of a quantity that was told last."""
    wanted = (metric, part, year, "amount", "final")
    return next(
        (c for c in reversed(claims) if (c.metric, c.part, c.year, c.measure, c.basis) == wanted), None
    )


def _differ(now: Claim, before: Claim, change: Claim) -> bool:
    """Whether two amounts differ by so much."""
    one, other, by = (intervals.printed(c.value, c.unit) for c in (now, before, change))
    return (other - by if change.direction == "down" else other + by).intersects(one)


def _fits(current: Claim, change: Claim, rate: Claim) -> bool:
    """Whether an amount can have changed by so much and by so many per cent."""
    now, by, percent = (intervals.printed(c.value, c.unit) for c in (current, change, rate))
    before = now + by if change.direction == "down" else now - by
    return (before * percent * Interval(Fraction(1, 100), Fraction(1, 100))).intersects(by)


def _agree_totals(claims: list[Claim]) -> list[Claim]:
    """A total told together with a smaller one of the same name holds the balances, too."""
    out = list(claims)
    for n, claim in enumerate(claims):
        later = [
            c for c in claims[n + 1 :] if c.metric == claim.metric and c.measure == claim.measure == "amount"
        ]
        if any((c.year, c.basis) == (claim.year, claim.basis) and c.value != claim.value for c in later):
            out[n] = replace(claim, metric=metrics()[claim.metric].wider or claim.metric)
    return out


def _agree_directions(claims: list[Claim]) -> list[Claim]:
    """Where both directions were left in, the other half of the pair tells: 减少0.15万元，下降（增长）27.78%."""
    out = list(claims)
    for n, claim in enumerate(claims):
        if claim.direction == "open":
            same = [
                c for c in claims if (c.metric, c.part, c.versus) == (claim.metric, claim.part, claim.versus)
            ]
            told = {c.direction for c in same if c.direction != "open"} - {None}
            out[n] = replace(claim, direction=told.pop() if len(told) == 1 else None)
    return out


def _agree_budgets(claims: list[Claim]) -> list[Claim]:
    """In a sentence that measures a quantity against its initial budget, a bare 预算数 of it is that budget."""
    initial = {c.metric for c in claims if c.versus == "initial_budget"}
    initial -= {c.metric for c in claims if c.versus == "budget"}
    return [
        replace(c, basis="initial_budget") if c.basis == "budget" and c.metric in initial else c
        for c in claims
    ]
