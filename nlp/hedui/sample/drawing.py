"""Drawing: which rows of a database are looked at by hand. The same seed draws the same rows."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import heappush, heappushpop
from typing import Any, Literal

from hedui.version import __version__

Kind = Literal["claims", "findings"]
KINDS: tuple[Kind, ...] = ("claims", "findings")

# How a sheet tells what it was drawn from.
TOLD = re.compile(r"(?:claims|findings): (?P<drawn>\d+) of (?P<whole>\d+)")

_LEAST = 2  # of a stratum, where there are as many: one alone tells nothing of how much they differ

_SHARED = {name: f"documents.{name}" for name in ("publisher", "fiscal_year", "kind", "reader")}
# What a population can be divided by.
STRATA: Mapping[Kind, Mapping[str, str]] = {
    "findings": _SHARED | {name: f"findings.{name}" for name in ("rule", "family", "certainty")},
    "claims": _SHARED
    | {
        name: f"claims.{name}"
        for name in (
            "origin",
            "metric",
            "measure",
            "basis",
            "year",
            "versus",
            "scope",
            "item_match",
            "pattern",
        )
    },
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row of the sample: its id, its stratum, and how many rows the stratum has in the database."""

    id: str
    stratum: str
    stratum_size: int


class TooSmall(ValueError):
    """The sample has fewer rows than there are strata; `strata` tells how many there are."""

    def __init__(self, strata: int) -> None:
        super().__init__(strata)
        self.strata = strata


def draw(
    connection: sqlite3.Connection, of: Kind, size: int, by: Sequence[str] = (), seed: int = 0
) -> list[Drawn]:
    """At most `size` rows, from every stratum in proportion to its size but two where there are as many.

    What was published twice counts once. The rows do not depend on the order of the database: each stratum gives
    those whose ids come first by a keyed hash. Raises TooSmall where some stratum would get none.
    """
    names = [STRATA[of][name] for name in by]
    tables = f"FROM {of} JOIN documents ON documents.id = {of}.document WHERE documents.duplicate_of IS NULL"
    key = " || ' / ' || ".join(f"coalesce(CAST({name} AS TEXT), '–')" for name in names) or "'all'"
    sizes: dict[str, int] = dict(connection.execute(f"SELECT {key}, count(*) {tables} GROUP BY 1"))
    wanted = allocate(sizes, size)
    heaps: dict[str, list[tuple[int, str]]] = {stratum: [] for stratum in sizes}
    for name, stratum in connection.execute(f"SELECT {of}.id, {key} {tables}"):
        entry = (-_rank(name, seed), name)
        if len(heaps[stratum]) < wanted[stratum]:
            heappush(heaps[stratum], entry)
        else:
            heappushpop(heaps[stratum], entry)
    return [
        Drawn(name, stratum, sizes[stratum])
        for stratum, heap in sorted(heaps.items())
        for name in sorted(name for _, name in heap)
    ]


def told(of: Kind, drawn: Sequence[Drawn], by: Sequence[str], seed: int) -> str:
    """What was drawn, in one cell of the sheet."""
    whole = sum({row.stratum: row.stratum_size for row in drawn}.values())
    return (
        f"{of}: {len(drawn)} of {whole}, by {' / '.join(by) or 'nothing'}, seed {seed}, hedui {__version__}"
    )


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: its least number, and its share of the rest (largest remainders).

    Raises TooSmall where there are more strata than rows to draw.
    """
    if size < len(sizes):
        raise TooSmall(len(sizes))
    least = next(n for n in (_LEAST, 1) if n == 1 or sum(min(n, own) for own in sizes.values()) <= size)
    given = {stratum: min(least, own) for stratum, own in sizes.items()}
    while (rest := min(size, sum(sizes.values())) - sum(given.values())) > 0:
        room = {stratum: own - given[stratum] for stratum, own in sizes.items() if own > given[stratum]}
        whole = sum(sizes[stratum] for stratum in room)
        shares = {stratum: rest * sizes[stratum] / whole for stratum in room}
        for stratum, share in shares.items():
            given[stratum] += min(int(share), room[stratum])
        if not any(int(share) for share in shares.values()):
            for stratum in sorted(shares, key=lambda s: (-shares[s], s))[:rest]:
                given[stratum] += 1
    return given


def shown(connection: sqlite3.Connection, of: Kind, name: str) -> dict[str, Any] | None:
    """What the database says of one row, with the names of its document; None where it is no longer there."""
    view = "claims_with_names" if of == "claims" else "findings_reviewed"
    found = connection.execute(f"SELECT * FROM {view} WHERE id = ?", (name,))
    row = found.fetchone()
    return None if row is None else dict(zip((column for column, *_ in found.description), row, strict=True))


def _rank(name: str, seed: int) -> int:
    return int.from_bytes(blake2b(f"{seed}:{name}".encode(), digest_size=8).digest())
