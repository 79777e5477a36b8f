"""Relations of quotients: shares of a whole, completion of a budget, averages."""

from collections.abc import Iterator
from itertools import groupby

from hedui.exact import Fraction
from hedui.intervals import ZERO, Interval, text
from hedui.lexicon import metrics
from hedui.relations.candidate import HUNDRED, Candidate, Reading
from hedui.relations.identities import identities
from hedui.relations.judging import judge
from hedui.relations.ledger import Ledger, Quantity, Value
from hedui.relations.nothing import of_nothing

REACH = 120  # characters between an amount and the completion rate that follows in a sentence of its own
BARE = 4  # characters between a part and its share: no room for the name of a whole
FULL = Interval(Fraction(0), Fraction(10) ** 15)  # any amount: the budget of a part that spent nothing


def find(ledger: Ledger) -> Iterator[Candidate]:
    """Every relation between a quotient and its two amounts."""
    for value in ledger.values:
        if value.claim.origin != "narrative":
            continue
        if value.claim.measure == "share":
            yield from _share(ledger, value)
        elif value.claim.measure == "completion_rate":
            yield from _completion(ledger, value)
    yield from _averages(ledger)
    yield from _budgets_of_parts(ledger)


def quotient(read: Reading, part: Value, whole: Value) -> Interval:
    """The percentage; ZeroDivisionError where the whole can be zero."""
    return read(part) / read(whole) * HUNDRED


def adjacent(ledger: Ledger, ratio: Value, final: bool = False) -> Value | None:
    """The amount that the ratio is of: the last amount before it in its sentence, if of the same quantity.

    Passes over the whole of a share, and, if `final`, over budgets: they stand between an amount and its ratio.
    """
    for value in reversed(ledger.sentences[ratio.claim.sentence_start]):
        if value.claim.start >= ratio.claim.start:
            continue
        if value.claim.measure in ("amount", "count", "average"):
            if _in_bracket(ledger.document.text[value.claim.end : ratio.claim.start]):
                continue
            if final and value.quantity.basis in ("budget", "initial_budget"):
                continue
            if value.quantity.metric == ratio.quantity.versus != ratio.quantity.metric:
                continue
            wanted = ledger.amount(ratio.quantity, basis=value.quantity.basis)
            return value if value.quantity == wanted else _respective(ledger, ratio)
        if value.claim.measure == ratio.claim.measure and value.quantity.metric == ratio.quantity.metric:
            return None  # the amount is spoken for; what this ratio is of is not printed
    return None


def _in_bracket(between: str) -> bool:
    """Whether a bracket is closed behind a figure that was opened before it: 支出2.4万元（其中：…2.4万元），完成80%."""
    depth = 0
    for character in between:
        depth += (character in "（(") - (character in "）)")
        if depth < 0:
            return True
    return False


def _respective(ledger: Ledger, ratio: Value) -> Value | None:
    """The amount that a ratio is of where the amounts come first and their ratios follow in the same order."""
    here = ledger.sentences[ratio.claim.sentence_start]
    rows = [list(row) for _, row in groupby(here, key=lambda v: v.claim.measure)]
    place = next(n for n, row in enumerate(rows) if ratio in row)
    ratios, amounts = rows[place], rows[place - 1][-len(rows[place]) :] if place else []
    if len(ratios) < 2 or [_name(v) for v in ratios] != [_name(v) for v in amounts]:
        return None
    amount = amounts[ratios.index(ratio)]
    return amount if amount.quantity == ledger.amount(ratio.quantity, basis=amount.quantity.basis) else None


def _name(value: Value) -> tuple[str, str | None, str | None]:
    return value.quantity.metric, value.quantity.item, value.quantity.part


def _share(ledger: Ledger, share: Value) -> Iterator[Candidate]:
    metric = share.quantity.versus
    part = adjacent(ledger, share)
    if metric is None or metric == "other" or part is None:
        return
    wanted = ledger.amount(share.quantity, metric=metric, item=None, part=None, basis=part.quantity.basis)
    here = ledger.sentences[share.claim.sentence_start]
    beside = [v for v in here if v.quantity == wanted and part.claim.end <= v.claim.start < share.claim.start]
    whole = beside[-1] if beside else ledger.near(part, wanted)
    if whole is None:
        yield from _share_of_list(ledger, part, share)
    if whole is None or whole is part:
        return
    share_of = _share_of(part, whole, share)
    parent = metrics()[part.quantity.metric].parent
    if parent and judge(share_of).status == "failed" and share.claim.start - part.claim.end <= BARE:
        inner = ledger.near(
            part, wanted._replace(metric=parent)
        )  # 其中…占68%: of the whole, or of its larger part
        of_parent = _share_of(part, inner, share) if inner else share_of
        share_of = of_parent if judge(of_parent).status == "held" else share_of
    yield share_of


def _share_of(part: Value, whole: Value, share: Value) -> Candidate:
    return Candidate(
        "SHR001",
        (("part", part), ("whole", whole), ("share", share)),
        share,
        share.read,
        lambda read: quotient(read, part, whole),
        "%",
        reason="zero over zero" if part.zero and whole.zero else "",
    )


def _share_of_list(ledger: Ledger, part: Value, share: Value) -> Iterator[Candidate]:
    """A share of a whole that is not printed, while all its parts stand in one sentence."""
    identity = identities().sum_of(share.quantity.versus or "")
    if identity is None or ledger.of(part.quantity._replace(metric=identity.total)):
        return
    here = ledger.sentences[share.claim.sentence_start]
    listed = [[v for v in here if v.quantity == part.quantity._replace(metric=m)] for m in identity.parts]
    if any(len(found) != 1 for found in listed):
        return
    parts = [found[0] for found in listed]

    def whole(read: Reading) -> Interval:
        return sum((read(v) for v in parts[1:]), read(parts[0]))

    def more(read: Reading) -> dict[str, str]:
        return {"whole": text(whole(read), part.claim.unit) + part.claim.unit}

    yield Candidate(
        "SHR001",
        (("part", part), *(("other", v) for v in parts if v is not part), ("share", share)),
        share,
        share.read,
        lambda read: read(part) / whole(read) * HUNDRED,
        "%",
        more=more,
    )


def just_before(ledger: Ledger, rate: Value) -> Value | None:
    """The final account that the sentence before told, where the rate's own sentence tells none at all."""
    own = ledger.sentences[rate.claim.sentence_start]
    if any(v.quantity.measure == "amount" and v.quantity.basis == "final" for v in own):
        return None
    spent = ledger.near(rate, ledger.amount(rate.quantity, basis="final"), far=False)
    return spent if spent and rate.claim.start - spent.claim.end <= REACH else None


def _completion(ledger: Ledger, rate: Value) -> Iterator[Candidate]:
    spent = adjacent(ledger, rate, final=True) or just_before(ledger, rate)
    if spent is None or spent.quantity.basis != "final":
        return
    if spent.zero:
        if rate.printed.contains(100):
            yield _nothing_completed(spent, rate)
        return
    budget, inferred = _budget(ledger, rate)
    if budget is None:
        yield from _behind_change(ledger, spent, rate)
        return
    if budget.zero and inferred:
        return
    if budget.zero:
        roles = (("amount", spent), ("budget", budget), ("rate", rate))
        yield of_nothing("CMP005", roles, rate, spent.printed, budget.printed)
        return
    if (
        inferred
        and rate.printed.low <= 100
        and (rate.printed.contains(100) or spent.printed.low > budget.printed.high)
    ):
        return  # at most 100 % of an adjusted budget, whatever initial budget stands beside it
    yield Candidate(
        "CMP001",
        (("amount", spent), ("budget", budget), ("rate", rate)),
        rate,
        rate.read,
        lambda read: quotient(read, spent, budget),
        "%",
        assumes="this budget" if inferred else "",
    )


def _behind_change(ledger: Ledger, spent: Value, rate: Value) -> Iterator[Candidate]:
    """The completion of a budget that is not printed, but the difference to it is, in the same sentence."""
    near = ledger.sentences[rate.claim.sentence_start]
    changes = [v for v in near if v.quantity == rate.quantity._replace(measure="change") and v.sign]
    if len(changes) != 1 or changes[0].claim.unit != spent.claim.unit:
        return
    (change,) = changes
    sign = Interval(Fraction(change.sign), Fraction(change.sign))

    def budget(read: Reading) -> Interval:
        return read(spent) - read(change) * sign

    def expected(read: Reading) -> Interval:
        # The budget holds the amount, too: 100 + the difference in percent of the budget, one amount in one place.
        return HUNDRED + read(change) * sign / budget(read) * HUNDRED

    def more(read: Reading) -> dict[str, str]:
        return {"budget": text(budget(read), spent.claim.unit) + spent.claim.unit}

    yield Candidate(
        "CMP001",
        (("amount", spent), ("change", change), ("rate", rate)),
        rate,
        rate.read,
        expected,
        "%",
        more=more,
    )


def _budget(ledger: Ledger, rate: Value) -> tuple[Value | None, bool]:
    """The printed budget of the rate, and whether it is only inferred that this budget is meant."""
    for basis in (rate.quantity.versus, "initial_budget", "budget"):
        wanted = ledger.amount(rate.quantity, basis=basis)
        budget = ledger.near(rate, wanted, far=False)
        if budget is not None and basis == rate.quantity.versus:
            return budget, budget.claim.sentence_start != rate.claim.sentence_start
        if budget is not None and budget.claim.sentence_start == rate.claim.sentence_start:
            return budget, True
    return None, False


def _nothing_completed(spent: Value, rate: Value) -> Candidate:
    """Nothing spent and yet all of the budget: a set phrase."""
    return Candidate(
        "CMP003",
        (("amount", spent), ("rate", rate)),
        rate,
        rate.read,
        lambda read: ZERO,
        "%",
        note=True,
    )


def _averages(ledger: Ledger) -> Iterator[Candidate]:
    for identity in identities().averages:
        for average in ledger.metric(identity.average):
            if average.claim.measure != "average":
                continue
            like = average.quantity
            count = ledger.near(
                average, ledger.amount(like, metric=identity.count, measure="count", basis=None)
            ) or ledger.near(
                average, ledger.amount(like, metric=identity.count, measure="count", basis="final")
            )
            near = [ledger.near(average, ledger.amount(like, metric=m)) for m in identity.amounts]
            amounts = [a for a in near if a is not None]
            if count is None or not amounts or count.zero:
                continue
            yield _average(average, amounts, count, identity.inferred)


def _average(average: Value, amounts: list[Value], count: Value, inferred: bool) -> Candidate:
    """The average of whichever amount comes nearest: each of them may be meant."""
    chosen = next(
        (a for a in amounts if average.printed.intersects(a.printed / count.printed)),
        amounts[0],
    )
    return Candidate(
        "AVG001",
        (("amount", chosen), ("count", count), ("average", average)),
        average,
        average.read,
        lambda read: read(chosen) / read(count),
        average.claim.unit,
        assumes="year's end" if inferred else "",
    )


def _budgets_of_parts(ledger: Ledger) -> Iterator[Candidate]:
    """The budgets behind the completion rates of the parts, against the budget behind the total's."""
    for identity in identities().sums:
        for quantity, values in list(ledger.quantities()):
            if quantity.metric == identity.total and quantity.measure == "completion_rate":
                total = ledger.sole(values)
                spent = adjacent(ledger, values[0], final=True) if total is not None else None
                if total is not None and spent is not None and not spent.zero and not total.zero:
                    yield from _parts(ledger, identity.parts, quantity, values[0], spent)


def _parts(
    ledger: Ledger, metrics: tuple[str, ...], quantity: Quantity, total: Value, spent: Value
) -> Iterator[Candidate]:
    pairs: list[tuple[Value, Value]] = []
    missing = False
    for metric in metrics:
        rate = next(iter(ledger.of(quantity._replace(metric=metric))), None)
        amount = adjacent(ledger, rate, final=True) if rate is not None else None
        if rate is None or amount is None or amount.zero or rate.zero:
            missing = True  # the budget of this part may be anything from nothing upwards
        else:
            pairs.append((amount, rate))
    if not pairs:
        return

    def budget(read: Reading, amount: Value, rate: Value) -> Interval:
        return read(amount) / read(rate) * HUNDRED

    def together(read: Reading) -> Interval:
        budgets = [budget(read, amount, rate) for amount, rate in pairs]
        low, high = sum((b.low for b in budgets), Fraction(0)), sum((b.high for b in budgets), Fraction(0))
        return Interval(low, FULL.high if missing else high)

    def more(read: Reading) -> dict[str, str]:
        unit = spent.claim.unit
        each = [f"{a.label} {text(budget(read, a, r), unit)}{unit}" for a, r in pairs]
        return {
            "parts": "、".join(each),
            "least": text(Interval(together(read).low, together(read).low), unit) + unit,
        }

    roles = [("amount", spent), ("rate", total)]
    for amount, rate in pairs:
        roles += [("part", amount), ("part_rate", rate)]
    yield Candidate(
        "CMP002",
        tuple(roles),
        pairs[0][1],
        together,
        lambda read: budget(read, spent, total),
        spent.claim.unit,
        fields={"subject": spent.label},
        more=more,
    )
