"""What has to hold between two documents of one body, and whether it does: the generator's audit across documents."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from corpus.accounts import Var
from corpus.feasibility import Row, contradiction
from corpus.pieces import Cell, Cue, Figure, Piece
from corpus.printing import Habits
from corpus.relations import generous, rows_of, states, strict, variables_of
from corpus.truth import Finding
from corpus.wording import load


def disagreement(
    pieces: list[Piece],
    other: list[Piece],
    quantity: str,
    habits: Habits,
    basis: str = "prior",
    of: str = "final",
) -> str | None:
    """How surely what one document says of an amount on a basis (last year's: `prior`) contradicts another document,
    which states it as its own amount `of` another basis; None if it fits."""
    now, then = (quantity, of), (quantity, basis)
    own = [
        (p, x)
        for p, x in enumerate(pieces)
        if variables_of(x) and variables_of(x) <= {(quantity, "final"), then}
    ]
    return _contradicted(own, _statements(other, now), then, habits)


def excess(part: list[Piece], whole: list[Piece], quantity: str, habits: Habits, equal: bool) -> str | None:
    """How surely an amount is larger (if `equal`: another) in one document than in one that holds it; None if not."""
    final = (quantity, "final")
    small, large = _statements(part, final), _statements(whole, final)
    holding = Row(
        {("whole", ""): Fraction(1), ("part", ""): Fraction(-1)},
        Fraction(0),
        Fraction(0) if equal else None,
        0,
    )
    for certainty, reading in (("certain", generous), ("likely", strict(habits))):
        rows = [holding]
        for name, stated in (("part", small), ("whole", large)):
            rows += [
                replace(row, coefficients={(name, ""): Fraction(1)})
                for place, piece in stated
                for row in rows_of(piece, place, reading)
            ]
        if small and large and contradiction(rows) is not None:
            return certainty
    return None


def _statements(pieces: list[Piece], var: Var) -> list[tuple[int, Piece]]:
    """The pieces that state a true value as such, by places of their own (below zero)."""
    return [(-1 - p, x) for p, x in enumerate(pieces) if isinstance(x, Figure | Cell) and states(x) == var]


def _contradicted(
    own: list[tuple[int, Piece]], stated: list[tuple[int, Piece]], then: Var, habits: Habits
) -> str | None:
    for certainty, reading in (("certain", generous), ("likely", strict(habits))):
        rows = [row for place, piece in own for row in rows_of(piece, place, reading)]
        for place, piece in stated:
            rows += [replace(row, coefficients={then: Fraction(1)}) for row in rows_of(piece, place, reading)]
        if contradiction(rows) is not None:
            return certainty
    return None


def restated(pieces: list[Piece], quantity: str) -> bool:
    """Whether the reason for a quantity's change on last year says that last year's figures are not comparable."""
    words = load("phrases")["reasons"]["restating"]
    reasons = (x for x in pieces if isinstance(x, Cue) and (x.kind, x.quantity) == ("reason", quantity))
    return any(word in cue.text for cue in reasons for word in words if cue.basis == "prior")


def leaks(
    pieces: list[Piece],
    other: list[Piece],
    habits: Habits,
    known: Iterable[Finding] = (),
    basis: str = "prior",
    of: str = "final",
) -> Iterator[Finding]:
    """Every disagreement with another document besides those known: errors of either show in the other one."""
    told = {_quantity(pieces[p]) for f in known if f.family == "cross" for p in f.pieces}
    for quantity in _shared(pieces, other, basis, of):
        if quantity in told:
            continue
        certainty = disagreement(pieces, other, quantity, habits, basis, of)
        if certainty:
            yield _finding(pieces, quantity, basis, certainty, f"{quantity}: not as in the other document")


def _finding(pieces: list[Piece], quantity: str, basis: str, certainty: str, why: str) -> Finding:
    """On all figures of the quantity that tell of the basis."""
    about = {(quantity, "final"), (quantity, basis)}
    mine = [(p, variables_of(x)) for p, x in enumerate(pieces) if _quantity(x) == quantity]
    places = [p for p, told in mine if told and told <= about]
    told = [p for p in places if not isinstance(pieces[p], Cue)] or places
    first = next((p for p in told if (quantity, basis) in variables_of(pieces[p])), told[0])
    return Finding(certainty, "cross", tuple(told), first, why, core=False)


def _quantity(piece: Piece) -> str:
    return "" if isinstance(piece, str) else piece.quantity


def _shared(pieces: list[Piece], other: list[Piece], basis: str, of: str) -> list[str]:
    """The quantities that one document tells on a basis and the other states on another one."""
    mine = {var[0] for x in pieces for var in variables_of(x) if var[1] == basis}
    theirs = {var[0] for x in other if (var := states(x)) and var[1] == of}
    return sorted(mine & theirs)
