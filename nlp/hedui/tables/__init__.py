"""Table cells → claims: the standard tables of a final account, cell by cell."""

from collections.abc import Sequence

from hedui.model import Claim, Document, Table
from hedui.tables.cells import claims_of
from hedui.tables.continued import joined
from hedui.tables.grids import grids

__all__ = ["claims"]


def claims(document: Document, tables: Sequence[Table], first: int = 1) -> list[Claim]:
    """The claims of the standard tables of a document, in reading order, numbered from `first`.

    Tables of another kind, and tables that print no money unit, claim nothing.
    """
    out: list[Claim] = []
    for grid in joined(grids(document, tables)):
        out += claims_of(document, grid, first + len(out))
    return out
