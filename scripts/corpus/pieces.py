"""What a rendered document consists of before it is joined to text: words, figures, and cues.

A cue is a word whose exchange changes what the document asserts. Pieces are values: an error is planted by
putting another piece in the place of one.
"""

from dataclasses import dataclass
from fractions import Fraction

from corpus.accounts import Var
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
    own), `reason` (for a change of this `sign`), `year` (of a comparison), `date` (of a year's end), `item` (the path
    of a classification item), `code` or `name` (of a table row; the quantity is the right code) or `listed` (a list
    of so many things as `sign` says, which the quantity counts).
    """

    kind: str
    text: str
    sign: int = 0
    quantity: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount in a table, of the true value `var`; an empty one (nothing printed) stands for nothing.

    `title`, `code`, `name` and `column` are the words of the table, the row and the heads above; `metric`, `item`
    (a code), `scope`, `basis` and `year` what the amount is, as the contract says it.
    """

    printed: Printed
    var: Var
    title: str
    code: str
    name: str
    column: str
    metric: str
    item: str | None
    scope: str | None
    basis: str
    year: int
    truth: Fraction

    @property
    def quantity(self) -> str:
        """The key of what the amount is of."""
        return self.var[0]


Piece = str | Figure | Cue | Cell


def spelled(piece: Piece) -> str:
    """The characters of a piece; number and unit of a figure joined."""
    if isinstance(piece, Figure):
        return piece.printed.value + piece.printed.unit
    if isinstance(piece, Cell):
        return piece.printed.value
    return piece if isinstance(piece, str) else piece.text
