"""What came of one input: the report of a check, or why there is none."""

from dataclasses import asdict, dataclass, field
from typing import Any

from hedui.model.claims import Claim, OtherFigure, Remark
from hedui.model.document import Document
from hedui.model.findings import Finding, Relation


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check of one document."""

    document: Document
    claims: tuple[Claim, ...] = ()
    others: tuple[OtherFigure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def to_dict(self, with_text: bool = False) -> dict[str, Any]:
        """The report in the shape of the contract's JSON; `with_text` adds the text that the offsets mean.

        Where several files were taken together, whatever has a place names its file as `source`. A finding has
        `elsewhere` only if figures of another document take part.
        """
        return {
            "document": self.document.to_dict(with_text),
            "claims": [self._placed(claim) for claim in self.claims],
            "others": [self._placed(other) for other in self.others],
            "relations": [asdict(relation) for relation in self.relations],
            "findings": [self._placed(finding) for finding in self.findings],
        }

    def _placed(self, what: Claim | OtherFigure | Finding) -> dict[str, Any]:
        file = self.document.file_at(what.start)
        shown = asdict(what) | ({"source": file.source} if file else {})
        if not shown.get("elsewhere", True):
            del shown["elsewhere"]
        return shown


@dataclass(frozen=True, slots=True)
class Failure:
    """Which input, and why, as a sentence that says what to do."""

    source: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        """The entry of `failures` in the JSON."""
        return {"source": self.source, "reason": self.reason}
