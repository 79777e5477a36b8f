"""The accounts of a body for one year: quantities, their true values, and the identities between them.

Money is a Fraction in 元, counts are whole. Bases are `final`, `initial` and `budget` of the year; `prior` is the
final amount of the year before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from corpus.catalogue import Entry

ZERO = Fraction(0)
Var = tuple[str, str]
"""A true value: the key of its quantity and the basis."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What the accounts measure: a metric, with the item or kind where the metric alone does not say it."""

    key: str
    metric: str
    item: tuple[str, ...] = ()
    code: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """`total` is the sum of `parts` on one basis. `open` where a list may leave parts out without saying so."""

    total: Var
    parts: tuple[Var, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """Who publishes. `entries` are the items of its general budget, by code, those of its `own` group among them;
    `basic` the codes of those that are basic expenditure, `fund` that of its government fund. `units` are the bodies
    whose accounts it publishes, itself the first."""

    name: str
    province: str
    entries: tuple[Entry, ...]
    own: tuple[str, ...]
    basic: frozenset[str]
    fund: str
    units: tuple[str, ...]
    size: float


@dataclass(slots=True)
class Accounts:
    """One year of a body: its quantities, their true values, and the identities between them."""

    body: Body
    year: int
    quantities: dict[str, Quantity] = field(default_factory=dict)
    values: dict[Var, Fraction] = field(default_factory=dict)
    identities: list[Identity] = field(default_factory=list)
    table_identities: list[Identity] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)

    def put(self, quantity: Quantity, final: Fraction, **bases: Fraction) -> Fraction:
        """Adds a quantity with its final amount and other bases; returns the final amount."""
        self.quantities[quantity.key] = quantity
        for basis, value in {"final": final, **bases}.items():
            self.values[quantity.key, basis] = value
        return final

    def amount(self, metric: str, final: Fraction, **bases: Fraction) -> Fraction:
        """The same for a metric that needs no item."""
        return self.put(Quantity(metric, metric), final, **bases)

    def total(self, metric: str, parts: Iterable[str], bases: Iterable[str] = ("final",)) -> Fraction:
        """Adds a sum of known quantities, with the identity, on each basis that all parts have."""
        quantity = self.quantities.get(metric) or Quantity(metric, metric)
        return self.sum(quantity, list(parts), bases)

    def sum(self, quantity: Quantity, parts: list[str], bases: Iterable[str] = ("final",)) -> Fraction:
        """`total` for any quantity."""
        self.quantities[quantity.key] = quantity
        for basis in bases:
            if all((p, basis) in self.values for p in parts):
                self.values[quantity.key, basis] = sum((self.values[p, basis] for p in parts), ZERO)
                self.identities.append(Identity((quantity.key, basis), tuple((p, basis) for p in parts)))
        return self.values[quantity.key, "final"]

    def same(self, one: str, other: str) -> None:
        """Two quantities are the same money this year."""
        self.identities.append(Identity((one, "final"), ((other, "final"),)))
