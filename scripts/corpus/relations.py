"""What has to hold between the figures of a document, and whether it does: the generator's own audit.

Figures and order words become rows of a linear system over true values. Around one figure the audit looks at
the small systems that a careful reader would set up: one quantity printed twice, an amount with its change or
its budget, a share with part and whole, a sum with its parts, an average with amount and count.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from corpus.accounts import Accounts, Identity, Var
from corpus.feasibility import Row, contradiction
from corpus.pieces import Cell, Cue, Figure, Piece
from corpus.printing import SCALES, Habits, Printed

Interval = tuple[Fraction, Fraction]
Reading = Callable[[Printed], Interval]

SLIVER = Fraction(1, 1_000_000)
"""The part of an interval cut off at each end, so that two intervals that meet in an end point do not fit."""
HABIT = Fraction(1, 200)
"""Half of the last decimal of a document that prints two and drops zeros."""
CENT = Fraction(1, 100)
"""The least that a base can be of which something is a percentage."""
COMPARING = ("order", "flat")
"""Kinds of cues that compare the final amount with another."""
BASES = ("prior", "initial", "budget")


@dataclass(frozen=True, slots=True)
class System:
    """Pieces that are read together, by place, with the identities between them."""

    places: frozenset[int]
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Pieces that no true values fit, how sure that is, and the family of the slip."""

    places: frozenset[int]
    certainty: str
    family: str


def audit(pieces: list[Piece], accounts: Accounts, habits: Habits, place: int) -> list[Contradiction]:
    """The contradictions around one piece, the closest systems first, no two about the same pieces."""
    found: list[Contradiction] = []
    for system in systems(pieces, accounts, place):
        result = examine(pieces, system, habits)
        if result and all(result.places != other.places for other in found):
            found.append(result)
    return found


def examine(pieces: list[Piece], system: System, habits: Habits) -> Contradiction | None:
    """Whether one system is contradictory: certainly (cut-off digits allowed for), likely, or not at all."""
    for certainty, reading in (("certain", generous), ("likely", strict(habits))):
        rows = [row for place in system.places for row in rows_of(pieces[place], place, reading)]
        rows += [_sum_row(identity, certainty == "certain") for identity in system.identities]
        tags = contradiction(rows)
        if tags is not None:
            places = frozenset(tag for tag in tags if isinstance(tag, int))
            used = [i for i in system.identities if i in tags]
            inferred = any(_inferred(pieces[p]) for p in places)
            family = _family([pieces[p] for p in places], bool(used))
            return Contradiction(places, "likely" if inferred else certainty, family)
    return None


def systems(pieces: list[Piece], accounts: Accounts, place: int) -> Iterator[System]:
    """The systems that a piece takes part in."""
    piece = pieces[place]
    if isinstance(piece, str):
        return
    if isinstance(piece, Cell):
        yield from twins(pieces, place)
        yield from sums_of_table(pieces, accounts, place)
        return
    amounts = _by_form(pieces)
    if isinstance(piece, Figure) and piece.measure in ("share", "average"):
        yield _ratio(pieces, amounts, place)
    quantity = piece.quantity
    own = [
        p for p, other in enumerate(pieces) if isinstance(other, Figure | Cue) and other.quantity == quantity
    ]
    paragraph = _paragraph(pieces, place)
    for basis in BASES:
        known = {(quantity, "final"), (quantity, basis)}
        near = frozenset(p for p in own if variables_of(pieces[p]) and variables_of(pieces[p]) <= known)
        if len(near) > 1 and place in near:
            yield System(near & paragraph)
            yield System(frozenset(p for p in near if p == place or not _same(piece, pieces[p])))
            yield System(near)
    for p in own:
        if p != place and (_same(piece, pieces[p]) or (p in paragraph and _words_and_rate(piece, pieces[p]))):
            yield System(frozenset((p, place)))
    variables = {v for v in variables_of(piece) if v[0] == quantity}
    for p, other in enumerate(pieces):
        if (
            isinstance(other, Figure)
            and other.measure in ("share", "average")
            and variables_of(other) & variables
            and p != place
        ):
            yield _ratio(pieces, amounts, p)
    if isinstance(piece, Cue):
        return
    yield from twins(pieces, place)
    for basis in ("final", *BASES):
        known_identities = [i for i in accounts.identities if i.total[1] == basis]
        for identity in known_identities:
            members = {identity.total, *identity.parts}
            if (quantity, basis) in members:
                yield from _sums(pieces, accounts, identity, place)


def _sums(pieces: list[Piece], accounts: Accounts, identity: Identity, place: int) -> Iterator[System]:
    """A sum on one basis; on any but the final one together with the final sum.

    A wrong figure breaks several relations: the sum is also looked at apart from what else is said of it.
    """
    paragraph = _paragraph(pieces, place)
    members = {identity.total, *identity.parts}
    finals = {(key, "final") for key, _ in members}
    twin = [i for i in accounts.identities if {i.total, *i.parts} == finals and i != identity]
    places = {p for p, x in enumerate(pieces) if isinstance(x, Figure | Cue) and variables_of(x)}
    places = {p for p in places if variables_of(pieces[p]) <= members | finals}
    others = {p for p in places if pieces[p] is pieces[place] or not _about(pieces[p], pieces[place])}
    alike = {p for p in places if _kind(pieces[p]) in (_kind(pieces[place]), None)}
    for chosen in (alike, others, places):
        yield System(frozenset(chosen & paragraph), (identity, *twin))
        yield System(frozenset(chosen), (identity, *twin))


def twins(pieces: list[Piece], place: int) -> Iterator[System]:
    """An amount with each cell that states the same, and a cell with each such amount of the narrative too."""
    piece = pieces[place]
    var = states(piece)
    for p, other in enumerate(pieces):
        tabled = isinstance(other, Cell) or isinstance(piece, Cell)
        if p != place and tabled and var and states(other) == var:
            yield System(frozenset((p, place)))


def states(piece: Piece) -> Var | None:
    """The one true value that a figure or cell states."""
    if isinstance(piece, Cell):
        return piece.var
    alone = isinstance(piece, Figure) and len(piece.form) == 1 and piece.per is None
    return piece.form[0][0] if alone and isinstance(piece, Figure) else None


def sums_of_table(pieces: list[Piece], accounts: Accounts, place: int) -> Iterator[System]:
    """The sums of its own table that a cell takes part in."""
    cell = pieces[place]
    assert isinstance(cell, Cell)
    same = {p: x for p, x in enumerate(pieces) if isinstance(x, Cell) and x.title == cell.title}
    printed = {x.var for x in same.values()}
    for identity in (*accounts.table_identities, *accounts.identities):
        members = {identity.total, *identity.parts}
        if cell.var in members and all(v in printed or not accounts.values[v] for v in members):
            yield System(frozenset(p for p, x in same.items() if x.var in members), (identity,))


def _about(piece: Piece, other: Piece) -> bool:
    """Whether two pieces are about one quantity."""
    return not isinstance(piece, str) and not isinstance(other, str) and piece.quantity == other.quantity


def _kind(piece: Piece) -> tuple[str | None, str | None] | None:
    return (piece.measure, piece.basis or piece.versus) if isinstance(piece, Figure) else None


def _same(piece: Piece, other: Piece) -> bool:
    """Whether two figures measure the same thing."""
    if not isinstance(piece, Figure) or not isinstance(other, Figure) or not piece.form:
        return False
    return (piece.form, piece.per) == (other.form, other.per)


def _words_and_rate(piece: Piece, other: Piece) -> bool:
    """Whether one says in words, and the other by a rate or a difference, which of two amounts is the larger."""
    return isinstance(piece, Cue) and isinstance(other, Figure) and other.measure != "amount"


def _paragraph(pieces: list[Piece], place: int) -> frozenset[int]:
    """The pieces of the paragraph around a place."""
    first, last = place, place
    while first > 0 and not _ends(pieces[first - 1]):
        first -= 1
    while last < len(pieces) - 1 and not _ends(pieces[last]):
        last += 1
    return frozenset(range(first, last + 1))


def _ends(piece: Piece) -> bool:
    return isinstance(piece, str) and "\n" in piece


def _ratio(pieces: list[Piece], amounts: dict[Var, list[int]], place: int) -> System:
    places = {place} | {p for var in variables_of(pieces[place]) for p in amounts.get(var, [])}
    return System(frozenset(places))


def _by_form(pieces: list[Piece]) -> dict[Var, list[int]]:
    """Where each true value is printed by itself."""
    found: dict[Var, list[int]] = {}
    for place, piece in enumerate(pieces):
        if isinstance(piece, Figure) and len(piece.form) == 1 and piece.per is None:
            found.setdefault(piece.form[0][0], []).append(place)
    return found


def _inferred(piece: Piece) -> bool:
    """Whether a reader has to assume something: the cars of an average may be those of the whole year."""
    return (
        isinstance(piece, Figure) and piece.measure == "average" and piece.per == ("vehicles_owned", "final")
    )


def variables_of(piece: Piece) -> set[Var]:
    if isinstance(piece, Figure):
        return {var for var, _ in piece.form} | ({piece.per} if piece.per else set())
    if isinstance(piece, Cue) and piece.kind in COMPARING:
        return {(piece.quantity, "final"), (piece.quantity, piece.basis)}
    if isinstance(piece, Cue) and piece.kind == "listed":
        return {(piece.quantity, "final")}
    return {piece.var} if isinstance(piece, Cell) else set()


def rows_of(piece: Piece, place: int, reading: Reading) -> Iterator[Row]:
    if isinstance(piece, Cue) and piece.kind in COMPARING:
        above = {(piece.quantity, "final"): Fraction(1), (piece.quantity, piece.basis): Fraction(-1)}
        low, high = {1: (Fraction(0), None), -1: (None, Fraction(0)), 0: (Fraction(0), Fraction(0))}[
            piece.sign
        ]
        yield Row(above, low, high, place)
    if isinstance(piece, Cue) and piece.kind == "listed":
        yield Row({(piece.quantity, "final"): Fraction(1)}, Fraction(piece.sign), Fraction(piece.sign), place)
    if isinstance(piece, Cell):
        low, high = reading(piece.printed) if piece.printed.value else (Fraction(0), Fraction(0))
        yield Row({piece.var: Fraction(1)}, low, high, place)
    if not isinstance(piece, Figure) or not piece.form:
        return
    bottom, top = reading(piece.printed)
    measured = {var: Fraction(c * piece.sign) for var, c in piece.form}
    if piece.per is None:
        yield Row(measured, bottom, top, place)
        return
    if piece.printed.value.strip("0."):
        yield Row({piece.per: Fraction(1)}, CENT, None, place)
    for limit, low_side in ((bottom, True), (top, False)):
        coefficients = dict(measured)
        coefficients[piece.per] = coefficients.get(piece.per, Fraction(0)) - limit
        yield Row(coefficients, Fraction(0) if low_side else None, None if low_side else Fraction(0), place)


def _sum_row(identity: Identity, sure: bool) -> Row:
    """Total less parts is nothing; of an open list all that is sure is that the parts are no more than the total."""
    coefficients = {part: Fraction(-1) for part in identity.parts} | {identity.total: Fraction(1)}
    return Row(coefficients, Fraction(0), None if identity.open and sure else Fraction(0), identity)


def generous(printed: Printed) -> Interval:
    return printed.cut_interval


def strict(habits: Habits) -> Reading:
    """As printed without the end points, or closer where the document drops zeros."""

    def reading(printed: Printed) -> Interval:
        low, high = printed.interval
        if habits.places is None and printed.unit in SCALES:
            middle, half = (low + high) / 2, min((high - low) / 2, HABIT * SCALES[printed.unit])
            low, high = middle - half, middle + half
        margin = (high - low) * SLIVER
        return low + margin, high - margin

    return reading


def _family(pieces: Iterable[Piece], summed: bool) -> str:
    """The family of a contradiction, by what takes part in it."""
    pieces = list(pieces)
    if any(isinstance(piece, Cell) for piece in pieces):
        return "table"
    measures = {piece.measure for piece in pieces if isinstance(piece, Figure)}
    if len(pieces) > 1 and all(_same(pieces[0], piece) for piece in pieces):
        return "repeat"
    if measures == {"count"} and any(isinstance(x, Cue) and x.kind == "listed" for x in pieces):
        return "count"
    if summed:
        return "count" if measures == {"count"} else "sum"
    if any(isinstance(piece, Cue) and piece.kind == "order" for piece in pieces):
        return "budget_words"
    for measure, family in (("average", "average"), ("share", "share"), ("completion_rate", "completion")):
        if measure in measures:
            return family
    flat = any(isinstance(piece, Cue) for piece in pieces)
    return "change" if flat or measures & {"change", "change_rate"} else "repeat"
