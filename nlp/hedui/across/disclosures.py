"""Files given together → disclosures: the files of one body and year joined, those of other years apart."""

from collections.abc import Sequence
from itertools import combinations

from hedui.across.accounts import BUDGET, DEPARTMENT, UNIT
from hedui.across.bodies import body_of, match
from hedui.model import Document
from hedui.reading.errors import UnreadableInput
from hedui.reading.together import one_body, prose, together

NARRATIVE = 500  # characters of sentences that make a document an account of its own, and no mere tables


def disclosures(documents: Sequence[Document]) -> list[Document]:
    """One document for each disclosure, in the order of years.

    Budget and account are two; so are the narratives of a department and of its unit. A file that tells no year belongs
    to the one year that the others tell. Raises UnreadableInput where two files are of different bodies, or where it
    cannot be told to which year one belongs; ValueError where there is none.
    """
    known = [document for document in documents if document.fiscal_year is not None]
    groups: dict[tuple[int, str], list[Document]] = {}
    for document in known:
        groups.setdefault((document.fiscal_year or 0, _account(document, known)), []).append(document)
    _agree(documents)
    if len(groups) < 2:
        return [together(documents)]
    for document in documents:
        if document.fiscal_year is None:
            years = ", ".join(str(year) for year in sorted({year for year, _ in groups}))
            raise UnreadableInput("unknown_year", source=document.source, years=years)
    return [together(groups[key]) for key in sorted(groups)]


def _account(document: Document, known: Sequence[Document]) -> str:
    """What of one year a document belongs to: tables to the account, a unit's narrative apart from the department's."""
    if document.kind == BUDGET:
        return BUDGET
    year = [d for d in known if d.fiscal_year == document.fiscal_year and prose(d) >= NARRATIVE]
    apart = {DEPARTMENT, UNIT} <= {d.kind for d in year}
    return document.kind if apart and document.kind and document in year else ""


def _agree(documents: Sequence[Document]) -> None:
    for one, other in combinations(documents, 2):
        if not one.publisher or not other.publisher or one_body(one.publisher, other.publisher):
            continue
        mine, theirs = body_of(one), body_of(other)
        if not (mine and theirs and match(mine, theirs)):
            raise UnreadableInput(
                "different_bodies",
                one=one.source,
                other=other.source,
                one_body=one.publisher,
                other_body=other.publisher,
            )
