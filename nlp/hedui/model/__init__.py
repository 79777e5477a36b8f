"""The values that the stages hand on: documents, claims, relations, findings, reports. No logic lives here but their
shape in JSON and where characters stand on pages.

Field names of `Claim`, `OtherFigure`, `Relation`, `Finding` and `Document` are the project's contract:
the JSON, the database and the gold annotations share them. Offsets count characters of `Document.text`;
`end` is exclusive.
"""

from hedui.model.claims import Claim, Extraction, Figure, Item, OtherFigure, Remark
from hedui.model.document import Box, Document, File, Page, Strip
from hedui.model.findings import Certainty, Elsewhere, Finding, Relation, Role, Status, Suspect
from hedui.model.report import Failure, Report
from hedui.model.structure import Cell, Section, Table

__all__ = [
    "Box",
    "Cell",
    "Certainty",
    "Claim",
    "Document",
    "Elsewhere",
    "Extraction",
    "Failure",
    "Figure",
    "File",
    "Finding",
    "Item",
    "OtherFigure",
    "Page",
    "Relation",
    "Remark",
    "Report",
    "Role",
    "Section",
    "Status",
    "Strip",
    "Suspect",
    "Table",
]
