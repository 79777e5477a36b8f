"""What else a body publishes beside its final accounts: the budget at the beginning of the year, its own unit's account
beside the department's, the same disclosure once more; and last year's figures restated as a whole."""

import random
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from corpus.accounts import Accounts, Var
from corpus.across import excess, leaks
from corpus.pieces import Cue, Figure, Piece
from corpus.printing import Habits
from corpus.relations import states
from corpus.renderer import Renderer
from corpus.sheets import Look
from corpus.truth import Finding
from corpus.wording import Style, load

COUNTED = (
    *(
        "vehicles_",
        "state_vehicles",
        "staff_",
        "performance_projects",
        "performance_rated",
        "performance_problems",
    ),
    *(
        "units",
        "reception_batches",
        "reception_persons",
        "reception_foreign_batches",
        "reception_foreign_persons",
    ),
    *("abroad_groups", "abroad_persons", "equipment_"),
)
"""Keys of what is counted and no money begin with these."""
LARGER = (("abroad", "vehicle_", "reception", "sangong"), ("procurement",))
"""Groups of quantities that add up among themselves: those of a unit are made larger than the department's."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget, and the key of what is another amount in it than the accounts have."""

    pieces: list[Piece]
    wrong: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's account, and what its keys begin with that is larger than the department's."""

    accounts: Accounts
    pieces: list[Piece]
    larger: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relatives:
    """What a body publishes besides, drawn once for all its years; `errors` is whether some of it is wrong, `share` the
    part of its money that its own unit has."""

    rng: random.Random
    habits: Habits
    look: Look
    style: Style
    errors: bool
    share: Fraction

    @classmethod
    def draw(cls, rng: random.Random, habits: Habits, look: Look, errors: bool) -> "Relatives":
        """Relatives with a style of their own."""
        share = Fraction(rng.choice([40, 55, 70, 85]), 100)
        return cls(rng, habits, look, Style(random.Random(rng.random())), errors, share)

    def restate(self, accounts: Accounts) -> bool:
        """In one of eight years all of last year's amounts are restated, by one ratio; whether they were."""
        if self.rng.random() >= 0.125:
            return False
        ratio = Fraction(self.rng.choice([88, 93, 108, 112, 117]), 100)
        scale(accounts, ratio, ("prior",))
        return True

    def budget(self, accounts: Accounts) -> Budget | None:
        """The budget disclosed at the beginning of the year, of most years; some with an item of another amount."""
        if self.rng.random() < 0.4:
            return None
        told = copied(accounts)
        wrong = self._other_item(told) if self.errors and self.rng.random() < 0.5 else None
        layout = load("budget")
        lines = [self.rng.choice(layout["title"]), *layout["lines"]]
        pieces = self._render(told, {**layout, "lines": lines})
        # 预算数 is no 年初预算 by its words, and a bare amount is read as final: the basis is left open
        return Budget([replace(x, basis=None) if isinstance(x, Figure) else x for x in pieces], wrong)

    def unit(self, accounts: Accounts, layout: dict[str, Any]) -> Unit | None:
        """The account of the department's own unit, of some years: all of it where it is the only one, else a part."""
        if self.rng.random() < 0.6:
            return None
        own = copied(accounts)
        share = self.share if len(accounts.body.units) > 1 else Fraction(1)
        scale(own, share)
        larger: tuple[str, ...] = ()
        if self.errors and self.rng.random() < 0.5:
            larger = self.rng.choice(LARGER)
            if accounts.values["sangong_total", "final"] * 10 > own.values["gpb_expenditure", "final"]:
                larger = LARGER[1]
            scale(own, Fraction(13, 10) / share, begin=larger)
        lines = [line.replace("部门", "单位") for line in layout["lines"] if not line.endswith("@units")]
        return Unit(own, self._render(own, {**layout, "lines": lines}), larger)

    def again(self) -> bool:
        """Whether the disclosure is published once more."""
        return self.rng.random() < 0.2

    def _render(self, accounts: Accounts, layout: dict[str, Any]) -> list[Piece]:
        return Renderer(accounts, self.habits, self.look, self.style, self.rng).document(layout)

    def _other_item(self, accounts: Accounts) -> str | None:
        """Another initial budget of one item, and of all that holds it; the item's key."""
        keys = [k for k in accounts.groups["items"] if accounts.values[k, "initial"]]
        if not keys:
            return None
        var = (self.rng.choice(keys), "initial")
        gap = accounts.values[var] * Fraction(self.rng.choice([-20, -10, 10, 25]), 100)
        accounts.values[var] += gap
        known: set[Var] = {var}
        for identity in accounts.identities:
            if identity.total not in known and not known.isdisjoint(identity.parts):
                accounts.values[identity.total] += gap
                known.add(identity.total)
        return var[0]


def copied(accounts: Accounts) -> Accounts:
    """The accounts with values of their own."""
    other = copy(accounts)
    other.values = dict(accounts.values)
    return other


def scale(
    accounts: Accounts, ratio: Fraction, bases: tuple[str, ...] = (), begin: tuple[str, ...] = ("",)
) -> None:
    """Multiplies the money of some bases (all unless told) whose keys begin so; sums go on to hold."""
    for (key, basis), value in accounts.values.items():
        if key.startswith(begin) and not key.startswith(COUNTED) and (not bases or basis in bases):
            accounts.values[key, basis] = value * ratio


def whole_base(pieces: list[Piece]) -> Finding:
    """The truth about a base that was restated as a whole: a note on every figure of last year."""
    about = [
        p for p, x in enumerate(pieces) if isinstance(x, Figure) and any(v[1] == "prior" for v, _ in x.form)
    ]
    return Finding("note", "cross", tuple(about), about[0], "all of last year was restated")


def of_budget(pieces: list[Piece], budget: Budget, habits: Habits) -> Iterator[Finding]:
    """The truth about a final account and the budget of its year: what was made another is to be found."""
    for found in leaks(pieces, budget.pieces, habits, basis="initial", of="initial"):
        yield replace(found, core=pieces[found.place].quantity == budget.wrong)  # type: ignore[union-attr]


def of_unit(unit: Unit, whole: list[Piece], habits: Habits) -> Iterator[Finding]:
    """The truth about a unit and its department: where it exceeds it (where it is told to be the only one: differs).

    The first of what was made larger is the one to find; what else differs comes of errors in either.
    """
    sole = any(isinstance(x, Cue) and (x.kind, x.sign) == ("listed", 1) for x in whole)
    theirs = {var for x in whole if (var := states(x))}
    places: dict[str, list[int]] = {}
    for place, x in enumerate(unit.pieces):
        if (var := states(x)) in theirs and var:
            places.setdefault(var[0], []).append(place)
    core = bool(unit.larger)
    for key, about in places.items():
        certainty = excess(unit.pieces, whole, key, habits, sole)
        if certainty:
            first = next((p for p in about if isinstance(unit.pieces[p], Figure)), about[0])
            wanted = core and key.startswith(unit.larger)
            why = f"{key}: not as in the department's account"
            yield Finding(certainty, "cross", tuple(about), first, why, wanted)
            core = core and not wanted
