"""What a rendered document consists of before it is joined to text: words, figures, and cues.

A cue is a word whose exchange changes what the document asserts. Pieces are values: an error is planted by
putting another piece in the place of one.
"""

from dataclasses import dataclass
from fractions import Fraction

from corpus.fiscal_model import Var
from corpus.printing import Printed

Form = tuple[tuple[Var, int], ...]
"""A linear form over true values: what a figure measures, without its sign."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number; it asserts that `sign` * `form` (over `per`, if given) lies in the printed interval."""

    printed: Printed
    kind: str = "claim"
    metric: str = ""
    subject: str = ""
    item: str | None = None
    measure: str | None = None
    basis: str | None = None
    year: int | None = None
    versus: str | None = None
    direction: str | None = None
    form: Form = ()
    per: Var | None = None
    sign: int = 1
    quantity: str = ""
    truth: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that asserts something.

    `kind` is `direction` (of the figure right behind it), `order` (the final amount against `basis`: `sign` 1
    above, -1 below, 0 equal), `flat` (no change against `basis`; it stands behind its words and has none of its
    own), `reason` (for a change of this `sign`), `year` (of a comparison) or `date` (of a year's end).
    """

    kind: str
    text: str
    sign: int = 0
    quantity: str = ""
    basis: str = ""


Piece = str | Figure | Cue


def spelled(piece: Piece) -> str:
    """The characters of a piece, number and unit joined."""
    if isinstance(piece, Figure):
        return piece.printed.value + piece.printed.unit
    return piece if isinstance(piece, str) else piece.text
