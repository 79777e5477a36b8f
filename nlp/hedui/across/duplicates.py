"""One disclosure published twice: near-duplicates, which count once, and editions whose figures truly differ."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hedui.across.accounts import Account
from hedui.across.statements import Statement
from hedui.intervals import decimals, plain
from hedui.model import Claim
from hedui.relations.ledger import Quantity

ALIKE = (
    0.8  # of the values of both, common to both: one disclosure; measured in tests/test_across_duplicates.py
)
DIGITS = 5  # of an amount that few documents share
ENOUGH = 8  # such amounts that make one document of two whose body is unknown

Printed = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two documents of one disclosure, and where their figures differ: nowhere in a mere duplicate."""

    first: Account
    again: Account
    differences: tuple[tuple[Statement, Statement], ...] = ()


def values(claims: Iterable[Claim]) -> Counter[Printed]:
    """What the narrative prints, wherever it stands: measure, value and unit."""
    told = [claim for claim in claims if claim.origin == "narrative"] or list(claims)
    return Counter((c.measure, f"{plain(c.value).normalize():f}", c.unit.replace("％", "%")) for c in told)


def rare(claims: Iterable[Claim]) -> frozenset[str]:
    """The amounts, in 元, that few documents share: those of many digits."""
    found = (c for c in claims if c.amount is not None)
    return frozenset(
        f"{plain(c.amount or '').normalize():f}"
        for c in found
        if len(plain(c.value).normalize().as_tuple().digits) >= DIGITS and decimals(c.value)
    )


def alike(one: Counter[Printed], other: Counter[Printed]) -> bool:
    """Whether two documents print nearly the same (Jaccard's index over what they print)."""
    union = (one | other).total()
    return union > 0 and (one & other).total() >= ALIKE * union


def twins(accounts: Sequence[Account]) -> list[Twins]:
    """The documents that repeat an earlier one of the same body, year and kind, in the order given.

    `first` is what the group began with in a duplicate; of editions each is told against the one before it.
    """
    found: list[Twins] = []
    groups: dict[tuple[int | None, str | None], list[tuple[Account, Counter[Printed]]]] = defaultdict(list)
    for account in accounts:
        known = groups[account.year, account.kind]
        printed = values(account.report.claims)
        near = [one for one, theirs in known if alike(theirs, printed)]
        pairs = [Twins(one, account, differences(one, account)) for one in near]
        same = next((pair for pair in pairs if not pair.differences), None)
        if same:
            found.append(same)
            continue
        found += pairs[-1:]
        known.append((account, printed))
    return found


def differences(one: Account, other: Account) -> tuple[tuple[Statement, Statement], ...]:
    """The quantities that both state, and no statement of one agrees with any of the other."""
    found = []
    for when in one.stated.keys() & other.stated.keys():
        mine, theirs = one.stated[when], other.stated[when]
        for quantity in mine.keys() & theirs.keys():
            found += _difference(quantity, mine[quantity], theirs[quantity])
    return tuple(sorted(found, key=lambda pair: (pair[1].focus.claim.start, pair[0].focus.claim.start)))


def _difference(
    quantity: Quantity, mine: list[Statement], theirs: list[Statement]
) -> list[tuple[Statement, Statement]]:
    ours = [s for s in mine if s.form == "stated"]
    others = [s for s in theirs if s.form == "stated"]
    if not ours or not others or any(s.printed.intersects(t.printed) for s in ours for t in others):
        return []
    return [(ours[0], others[0])]
