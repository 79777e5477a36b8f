"""What became of one input, as the progress, the log and the summary tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hedui.model import Report

Status = Literal["read", "failed", "unchanged", "failed_before", "skipped"]
"""`unchanged` stands in the database already, `failed_before` failed in an earlier run and was not tried again,
`skipped` are parts of an archive or a folder that are passed over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An input and how it ended. `seconds` are those of its worker, `memory` the most bytes that it held meanwhile,
    `findings` are counted by certainty, `warnings` are those of the report."""

    source: str
    status: Status
    reason: str = ""
    seconds: float = 0.0
    memory: int = 0
    claims: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: Report, seconds: float, memory: int) -> "Outcome":
        """That of an input that was read."""
        findings: dict[str, int] = {}
        for finding in report.findings:
            findings[finding.certainty] = findings.get(finding.certainty, 0) + 1
        source, claims = report.document.source, len(report.claims)
        return cls(source, "read", "", seconds, memory, claims, findings, report.warnings)
