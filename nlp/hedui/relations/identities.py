"""What ought to hold between metrics, read from `patterns/identities.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from hedui.resources import resource


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts; `changes`: their changes add up too; `beside`: only within one sentence or its list.

    `told`: tables print the parts of another total under these names.
    """

    total: str
    parts: tuple[str, ...]
    optional: frozenset[str]
    changes: bool
    beside: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Kinds:
    """A total and the metric of its kinds; a list of `least` kinds is meant to be complete (0: never).

    A list that ends with one of the `closing` kinds, a rest, is complete. `flat`: names that stand beside one
    another, never one below the other.
    """

    total: str
    kind: str
    least: int
    complete: bool
    nested: bool
    closing: frozenset[str]
    flat: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Average:
    """An average, the amounts that it may be taken of, and the count."""

    average: str
    amounts: tuple[str, ...]
    count: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Mirror:
    """Two wholes that can coincide, and the pairs of parts that coincide with them."""

    inner: str
    outer: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What comes in and what goes out, both balances included; beside `totals` that say more nothing is checked."""

    coming: tuple[str, ...]
    going: tuple[str, ...]
    optional: frozenset[str]
    totals: frozenset[str]
    scope: str | None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """How names are listed right behind their number; patterns/identities.toml tells what the fields mean."""

    opening: regex.Pattern[str]
    heads: tuple[str, ...]
    joining: tuple[str, ...]
    goes_on: str


@dataclass(frozen=True, slots=True)
class Identities:
    """Everything that `identities.toml` says."""

    sums: tuple[Sum, ...]
    kinds: tuple[Kinds, ...]
    orders: tuple[tuple[str, str, bool], ...]
    unchanged: frozenset[str]
    roughly: tuple[str, ...]
    averages: tuple[Average, ...]
    groups: tuple[tuple[str, str, bool], ...]
    mirrors: tuple[Mirror, ...]
    balances: tuple[Balance, ...]
    enumeration: Enumeration
    item: str
    item_wholes: tuple[str, ...]
    exhaustive: frozenset[str]
    within: dict[str, tuple[str, ...]]
    never: frozenset[str]
    uncounted: frozenset[str]
    loose: frozenset[str]
    stocks: frozenset[str]
    flows: frozenset[str]
    twins: dict[str, tuple[str, ...]]
    twin_scopes: dict[str, str]

    def sum_of(self, total: str) -> Sum | None:
        """The sum that makes up the total, if there is one."""
        return next((s for s in self.sums if s.total == total), None)


@cache
def identities() -> Identities:
    """The identities of the pattern library."""
    data: dict[str, Any] = tomllib.loads(resource("patterns", "identities.toml").read_text("utf8"))
    return Identities(
        sums=tuple(
            Sum(
                s["total"],
                tuple(s["parts"]),
                frozenset(s.get("optional", ())),
                s.get("changes", False),
                s.get("beside", False),
                s.get("told", False),
            )
            for s in data["sum"]
        ),
        kinds=tuple(
            Kinds(
                k["total"],
                k["kind"],
                k.get("least", 0),
                k.get("complete", False),
                k.get("nested", False),
                frozenset(k.get("closing", ())),
                tuple(frozenset(names) for names in k.get("flat", ())),
            )
            for k in data["kinds"]
        ),
        orders=tuple(
            (o["larger"], smaller, o.get("inferred", False))
            for o in data["order"]
            for smaller in o["smaller"]
        ),
        unchanged=frozenset(data["unchanged"]["words"]),
        roughly=tuple(data["unchanged"]["roughly"]),
        averages=tuple(
            Average(a["average"], tuple(a["amounts"]), a["count"], a.get("inferred", False))
            for a in data["average"]
        ),
        groups=tuple((g["groups"], g["persons"], g.get("inferred", False)) for g in data["group"]),
        mirrors=tuple(
            Mirror(m["inner"], m["outer"], tuple((p[0], p[1]) for p in m["parts"])) for m in data["mirror"]
        ),
        balances=tuple(
            Balance(
                tuple(b["coming"]),
                tuple(b["going"]),
                frozenset(b.get("optional", ())),
                frozenset(b["totals"]),
                b.get("scope"),
            )
            for b in data["balance"]
        ),
        enumeration=Enumeration(
            regex.compile(data["enumeration"]["opening"]),
            tuple(data["enumeration"]["heads"]),
            tuple(data["enumeration"]["joining"]),
            data["enumeration"]["goes_on"],
        ),
        item=data["items"]["metric"],
        item_wholes=tuple(data["items"]["wholes"]),
        exhaustive=frozenset(data["items"]["exhaustive"]),
        within={name: tuple(wholes) for name, wholes in data["repeats"]["within"].items()},
        never=frozenset(data["repeats"]["never"]),
        uncounted=frozenset(data["repeats"]["never"]) - frozenset(data["repeats"]["counted"]),
        loose=frozenset(data["repeats"]["loose"]),
        stocks=frozenset(data["years"]["stocks"]),
        flows=frozenset(data["years"]["flows"]),
        twins={name: tuple(names) for name, names in data["twins"].items()},
        twin_scopes=data["twin_scopes"],
    )
