"""What a document states or implies of amounts: of its own year, of the year before, of the initial budget.

A statement gives an interval to a quantity: printed as such, or what an amount and a change, a rate or a completion
rate leave for it. Quantities are those that tables and narrative share, without year and basis, which stand apart.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from hedui.across.knowledge import knowledge
from hedui.exact import Fraction
from hedui.intervals import Interval, is_money
from hedui.reading.metadata import squeeze
from hedui.relations.candidate import HUNDRED, Reading
from hedui.relations.changes import PERCENT, bases, partner, same_money
from hedui.relations.identities import identities
from hedui.relations.ledger import Ledger, Quantity, Value
from hedui.relations.ratios import adjacent, just_before
from hedui.relations.tables import comparable, one_total
from hedui.segmentation.sentences import CELL

UNKNOWN = "?"  # the scope of what is a part of something that the words do not tell


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A value of a quantity: `form` is `stated`, `change`, `rate` or `completion`; `amount` the printed amount, and
    `by` what leads from it to the value where that is not printed itself. `sure`: whether the account is told.
    """

    quantity: Quantity
    year: int
    basis: str
    form: str
    amount: Value
    sure: bool = True
    by: Value | None = None
    sign: int = 0

    @property
    def focus(self) -> Value:
        """The figure to point at."""
        return self.by or self.amount

    @property
    def loose(self) -> bool:
        """Whether the words leave room for two meanings."""
        return not self.sure or self.quantity.metric in knowledge()["quantities"]["loose"]

    @property
    def heading(self) -> str:
        """The heading that it stands under, without the year."""
        section = self.amount.claim.section
        return regex.sub(r"\d+", "", squeeze(section[-1])) if section else ""

    @property
    def values(self) -> tuple[Value, ...]:
        """The figures that take part."""
        return (self.amount, self.by) if self.by else (self.amount,)

    def read(self, reading: Reading) -> Interval:
        """The true values under a reading; ZeroDivisionError where a rate leaves nothing to tell them by."""
        amount = reading(self.amount)
        if self.by is None:
            return amount
        by = reading(self.by)
        if self.form == "completion":
            return amount / by * HUNDRED
        by = by.unsigned()  # a minus sign and a word of decrease say it twice
        way = Interval(Fraction(self.sign or 1), Fraction(self.sign or 1))
        if self.form == "change":
            return amount - by * way
        return amount / (HUNDRED + by * way) * HUNDRED

    @property
    def printed(self) -> Interval:
        """The true values at the printed precision."""
        return self.read(lambda value: value.printed)


def statements(ledger: Ledger) -> dict[tuple[int, str], dict[Quantity, list[Statement]]]:
    """All statements of a document, by year and basis, then by quantity, in reading order."""
    found: dict[tuple[int, str], dict[Quantity, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in (*_stated(ledger), *_implied(ledger)):
        try:
            statement.printed  # noqa: B018
        except ZeroDivisionError:
            continue
        found[statement.year, statement.basis][statement.quantity].append(statement)
    return found


def _stated(ledger: Ledger) -> Iterator[Statement]:
    for value in (*ledger.values, *ledger.tables):
        made = _statement(ledger, value, value.quantity, "stated")
        if made:
            yield made


def _implied(ledger: Ledger) -> Iterator[Statement]:
    for value in ledger.values:
        claim = value.claim
        if claim.measure == "change":
            yield from _by_change(ledger, value)
        elif claim.measure == "change_rate" and claim.unit in PERCENT:
            yield from _by_rate(ledger, value)
        elif claim.measure == "completion_rate" and claim.unit in PERCENT and not value.zero:
            spent = adjacent(ledger, value, final=True) or just_before(ledger, value)
            if spent and not spent.zero and spent.quantity.basis == "final" and value.quantity.versus:
                wanted = spent.quantity._replace(basis=value.quantity.versus)
                if made := _statement(ledger, spent, wanted, "completion", value):
                    yield made


def _by_change(ledger: Ledger, change: Value) -> Iterator[Statement]:
    now, before = bases(ledger, change)
    amount = ledger.near(change, now) or same_money(ledger, change, now)
    told = change.sign or change.zero
    if before and amount and told and is_money(amount.claim.unit) == is_money(change.claim.unit):
        if made := _statement(ledger, amount, before, "change", change, change.sign):
            yield made


def _by_rate(ledger: Ledger, rate: Value) -> Iterator[Statement]:
    now, before = bases(ledger, rate)
    change = partner(ledger, rate)
    amount = ledger.near(change or rate, now) or same_money(ledger, change or rate, now)
    signs = {v.sign for v in (change, rate) if v and v.sign}
    if before and amount and len(signs) == 1:
        if made := _statement(ledger, amount, before, "rate", rate, signs.pop()):
            yield made


def _statement(
    ledger: Ledger, amount: Value, of: Quantity, form: str, by: Value | None = None, sign: int = 0
) -> Statement | None:
    """A statement of `of`, year and basis apart; None for what is never compared."""
    never = knowledge()["quantities"]["never"]
    if amount.claim.measure not in ("amount", "count") or of.metric in never or of.year is None:
        return None
    if of.scope and of.scope.startswith(CELL):
        return None  # of what that table is about, which another document's table of that number is not
    basis = of.basis or ("final" if amount.claim.measure == "count" else None)
    if basis is None:
        return None
    known, sure = _known(ledger, amount)
    return Statement(known._replace(year=None, basis=None), of.year, basis, form, amount, sure, by, sign)


def _known(ledger: Ledger, value: Value) -> tuple[Quantity, bool]:
    """The quantity as tables have it, and whether its scope is sure; of a part whose whole is not told, one of unknown
    scope."""
    if value.claim.origin == "table":
        return one_total(value.quantity), True
    found, known = comparable(ledger, value), identities()
    if value.quantity.metric == known.item and value.quantity.scope is None:
        return _item(ledger, value, found.scope if found else None)
    if found is None and value.quantity.scope is None and value.quantity.metric in known.within:
        return value.quantity._replace(scope=UNKNOWN), False
    return found or value.quantity, True


def _item(ledger: Ledger, item: Value, beside: str | None) -> tuple[Quantity, bool]:
    """The account that an item is of: that of the document's own table that has its amount, or the final amount of its
    sentence; else the one `beside` it or told above, sure only where no other account is spoken of there.
    """
    wholes = _above(ledger, item)
    scope: str | None = beside or (wholes[-1] if wholes else UNKNOWN)
    quantity = item.quantity
    tabled = _tabled(ledger).get(quantity, [])
    agreeing = {v.quantity.scope for v in tabled if v.printed.intersects(item.printed)}
    if tabled and scope not in agreeing:
        (scope,) = agreeing if len(agreeing) == 1 else (UNKNOWN,)
    elif not tabled and quantity.basis != "final":
        final = quantity._replace(basis="final")
        spent = next((v for v in ledger.sentences[item.claim.sentence_start] if v.quantity == final), None)
        if spent is not None:
            told, sure = _known(ledger, spent)
            return quantity._replace(scope=told.scope), sure
    return quantity._replace(scope=scope), bool(tabled) or len({scope, *wholes}) == 1


@lru_cache(maxsize=1)  # all statements of one document are made in a row
def _tabled(ledger: Ledger) -> dict[Quantity, list[Value]]:
    """What the document's tables hold, whatever the account."""
    found: dict[Quantity, list[Value]] = defaultdict(list)
    for value in ledger.tables:
        found[value.quantity._replace(scope=None)].append(value)
    return found


def _above(ledger: Ledger, item: Value) -> list[str]:
    """The accounts whose amounts, on any basis, stand before an item under its heading, or else under one above."""
    section = item.claim.section
    for depth in range(len(section), 0, -1):
        found = [
            value.quantity.metric
            for value in ledger.sections.get(section[:depth], [])
            if value.quantity.metric in identities().item_wholes
            and value.claim.measure == "amount"
            and value.claim.start < item.claim.start
        ]
        if found:
            return found
    return []
