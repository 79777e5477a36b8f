"""Document → claims: what each figure of a document asserts, what claims nothing, and what is said without figures."""

from collections.abc import Sequence

from hedui import tables
from hedui.claims import agreement, remarks
from hedui.claims.reader import Reader
from hedui.model import Document, Extraction
from hedui.patterns import Pattern, library
from hedui.reading.deadline import Deadline
from hedui.segmentation import Segmentation, segment

__all__ = ["extract"]


def extract(
    document: Document,
    segmentation: Segmentation | None = None,
    patterns: Sequence[Pattern] | None = None,
    deadline: Deadline | None = None,
) -> Extraction:
    """The claims, other figures and remarks of a document.

    `patterns` replaces the library, to see what a pattern is worth. Raises UnreadableInput past the deadline.
    """
    structure = segmentation or segment(document)
    coded = remarks.coded_rows(structure.tables)
    reader = Reader(document, library() if patterns is None else patterns, remarks.tabled_names(coded))
    for sentence in structure.sentences:
        reader.read(sentence)
        if deadline:
            deadline.check()
    record = reader.record
    agreement.widen(record.claims, record.open)
    found = [
        *record.remarks,
        *remarks.residue(document, structure.view),
        *remarks.row_names(coded, document.fiscal_year),
    ]
    told = [*record.claims, *tables.claims(document, structure.tables, len(record.claims) + 1)]
    return Extraction(tuple(told), tuple(record.others), tuple(sorted(found, key=lambda r: (r.start, r.end))))
