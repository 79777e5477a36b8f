"""A checked document as the comparisons need it: its body, what it states, and the figures that it doubts itself."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property

from hedui.across.bodies import Body, body_of
from hedui.across.knowledge import expression, knowledge
from hedui.across.statements import Statement, statements
from hedui.model import Extraction, Report
from hedui.reading.metadata import squeeze
from hedui.relations.ledger import Ledger, Quantity, Value

BUDGET, DEPARTMENT, UNIT = "department_budget", "department_final", "unit_final"
ORDER = (BUDGET, DEPARTMENT, UNIT)  # of one year: as they are published
FEW = 3  # claims of a finding that are all doubtful by it; of one with more only its suspects are


@dataclass(frozen=True, eq=False)
class Account:
    """One document of a body. Its claims bear the document's id before their own, so that those of two are apart."""

    report: Report
    body: Body | None

    @classmethod
    def of(cls, report: Report) -> "Account":
        """The account of a report."""
        return cls(report, body_of(report.document))

    @property
    def id(self) -> str:
        """The document's id."""
        return self.report.document.id

    @property
    def year(self) -> int | None:
        """The fiscal year."""
        return self.report.document.fiscal_year

    @property
    def kind(self) -> str | None:
        """What it is: a budget, the account of a department or of a unit, or neither."""
        return self.report.document.kind

    @property
    def of_unit(self) -> bool:
        """Whether it is of one unit alone, and not of a department with all its units."""
        title = self.report.document.title or ""
        return self.kind == UNIT or (self.kind == BUDGET and bool(expression("budget", "unit").search(title)))

    @property
    def order(self) -> tuple[int, int, str, str]:
        """By year, then as documents of one year are published."""
        rank = ORDER.index(self.kind) if self.kind in ORDER else len(ORDER)
        return self.year or 0, rank, self.report.document.source, self.id

    @cached_property
    def ledger(self) -> Ledger:
        """Its claims."""
        report = self.report
        names = ((claim, self.qualified(claim.id)) for claim in report.claims)
        claims = tuple(claim if claim.id == name else replace(claim, id=name) for claim, name in names)
        return Ledger(report.document, Extraction(claims, report.others, report.remarks))

    @cached_property
    def stated(self) -> dict[tuple[int, str], dict[Quantity, list[Statement]]]:
        """What it states and implies, by year and basis, then by quantity."""
        return statements(self.ledger)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The claims that findings of the document itself hold to be wrong."""
        found: set[str] = set()
        for finding in self.report.findings:
            if finding.certainty != "note":
                found.update(suspect.claim for suspect in finding.suspects)
                found.update(finding.claims if len(finding.claims) <= FEW else ())
        return frozenset(map(self.qualified, found))

    @cached_property
    def sole(self) -> bool:
        """Whether it says that it is the account of one unit alone."""
        sentences = {claim.sentence for claim in self.report.claims}
        text = self.report.document.text
        return bool(expression("unit", "sole").search(squeeze("\n".join([text, *sorted(sentences)]))))

    def qualified(self, claim: str) -> str:
        """A claim's id with that of the document before it."""
        return f"{self.id}:{self.own(claim)}"

    def own(self, claim: str) -> str:
        """The id that the document itself has for a claim; that of another document's claim as it is."""
        return claim.removeprefix(f"{self.id}:")

    def reason(self, statement: Statement) -> str | None:
        """The words around a statement by which a difference is explained as a restatement; None without any.

        They stand in its paragraph, behind the figure before that is of something else and before the next one.
        """
        text, reach = self.report.document.text, knowledge()["restated"]["reach"]
        for value in statement.values:
            start, end = value.claim.start, value.claim.end
            others = [v.claim for v in self.ledger.values if _subject(v) != _subject(value)]
            behind = bisect_left(others, end, key=lambda c: c.start)
            low = max(start - reach, text.rfind("\n", 0, start) + 1, *(c.end for c in others[:behind][-1:]))
            line = text.find("\n", end)
            high = min(end + reach, line if line >= 0 else len(text), *(c.start for c in others[behind:][:1]))
            if found := expression("restated", "words").search(squeeze(text[low:high])):
                return found[0]
        return None


def _subject(value: Value) -> tuple[str, str | None, str | None]:
    return value.quantity.metric, value.quantity.item, value.quantity.part
