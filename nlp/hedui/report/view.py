"""A report → what pages show of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from hedui import rules
from hedui.messages import Language, say
from hedui.model import Certainty, Claim, Finding, Relation, Report
from hedui.report.claim_words import asserted, name, printed
from hedui.report.findings import (
    by_certainty,
    elsewhere,
    expectation,
    message,
    nothing_found,
    suspicion,
    title,
)
from hedui.report.left_open import place, undecided
from hedui.report.marked_text import marked_text
from hedui.report.page_cutout import Cutouts, is_pdf
from hedui.report.passage import passages
from hedui.report.tally import family_of, results, tallies
from hedui.report.view_model import Checked, Counts, DocumentView, Family, Figure, FindingView, Mark
from hedui.report.warning import in_words

_FIGURES = 12  # shown of one finding; a sum over a table can have dozens
_PASSAGES = 6


def view(
    report: Report, lang: Language, key: str, originals: Mapping[str, bytes] | None = None
) -> DocumentView:
    """What a page shows of a report, in one language; `key` sets its anchors apart from those of other documents.

    `originals`, the bytes by source, give pictures of the pages of PDFs.
    """
    document = report.document
    pdfs = {source: data for source, data in (originals or {}).items() if is_pdf(data)}
    viewer = _Viewer(report, lang, key)
    with ExitStack() as stack:
        try:
            cutouts = stack.enter_context(Cutouts(document, pdfs)) if pdfs and report.findings else None
            no_pictures = False
        except ImportError:
            cutouts, no_pictures = None, True
        findings = tuple(viewer.finding(finding, cutouts) for finding in viewer.findings)
    return DocumentView(
        key=key,
        title=title(document, lang),
        source=document.source,
        url=document.url if document.url and document.url.startswith(("http://", "https://")) else "",
        told=tuple(viewer.told()),
        clean="" if findings else nothing_found(report, lang),
        counts=counts(report),
        warnings=tuple(in_words(warning, lang) for warning in report.warnings),
        findings=findings,
        checked=tuple(viewer.checked()),
        undecided=tuple(undecided(report, lang)),
        unexplained=tuple(viewer.unexplained()),
        blocks=tuple(marked_text(report, viewer.findings, lang)),
        marks=dict(viewer.marks()),
        numbers=viewer.numbers,
        no_pictures=no_pictures,
    )


def counts(report: Report) -> Counts:
    """How much of a document was checked, and what was found."""
    status: Counter[str] = Counter(relation.status for relation in report.relations)
    certainty: Counter[str] = Counter(finding.certainty for finding in report.findings)
    figures = len(report.claims) + len(report.others)
    return Counts(figures, len(report.relations), **status, **certainty)


@dataclass(slots=True)
class _Viewer:
    """A report, the language and the key of its anchors, with what is looked up in it again and again."""

    report: Report
    lang: Language
    key: str
    findings: list[Finding] = field(init=False)
    numbers: dict[str, int] = field(init=False)
    _claims: dict[str, Claim] = field(init=False)
    _relations: dict[str, Relation] = field(init=False)

    def __post_init__(self) -> None:
        self.findings = by_certainty(self.report.findings)
        self.numbers = {finding.id: number for number, finding in enumerate(self.findings, 1)}
        self._claims = {claim.id: claim for claim in self.report.claims}
        self._relations = {relation.id: relation for relation in self.report.relations}

    def told(self) -> Iterator[str]:
        """Facts on the document."""
        document = self.report.document
        if document.publisher and document.publisher not in title(document, self.lang):
            yield document.publisher
        if document.fiscal_year:
            yield say("report.year", self.lang, year=document.fiscal_year)
        if document.pages and not document.sheet_at(0):
            yield say("html.pages", self.lang, count=len(document.pages))
        yield say("html.characters", self.lang, count=f"{len(document.text):,}")

    def finding(self, finding: Finding, cutouts: Cutouts | None) -> FindingView:
        """A finding in words."""
        number = self.numbers[finding.id]
        shown = passages(self.report, finding)
        figures = list(self._figures(finding))
        return FindingView(
            start=finding.start,
            number=number,
            anchor=f"{self.key}-f{number}",
            rule=finding.rule,
            title=self._title(finding.rule),
            certainty=finding.certainty,
            place=self._place(finding.page, finding.start),
            message=message(finding, self.lang),
            passages=tuple(
                (self._place(passage.page, passage.start) if len(shown) > 1 else "", passage)
                for passage in shown[:_PASSAGES]
            ),
            elsewhere=tuple(elsewhere(other, self.lang) for other in finding.elsewhere),
            figures=tuple(figures[:_FIGURES]),
            more=max(0, len(figures) - _FIGURES),
            expected=expectation(finding, self.lang),
            suspects=tuple(suspicion(self.report, suspect, self.lang) for suspect in finding.suspects),
            pictures=tuple(cutouts.of(self.report, finding)) if cutouts else (),
        )

    def checked(self) -> Iterator[Family]:
        """The families of rules that were checked, and in each the rules by their codes."""
        by_rule: dict[str, list[Relation]] = {}
        for relation in self.report.relations:
            by_rule.setdefault(relation.rule, []).append(relation)
        for tally in tallies(self.report):
            codes = [code for code in sorted(by_rule) if family_of(code) == tally.family]
            yield Family(
                tally.name(self.lang),
                tally.held,
                tally.failed,
                tally.undecidable,
                tally.gaps(self.lang),
                tuple(Checked(code, self._title(code), **results(by_rule[code])) for code in codes),
            )

    def unexplained(self) -> Iterator[str]:
        """The figures that nothing explains, with their places and the words before them."""
        text = self.report.document.text
        for other in self.report.others:
            if other.kind == "unexplained":
                words = text[max(0, other.start - 20) : other.end].rpartition("\n")[2]
                yield self._place(None, other.start) + say("report.colon", self.lang) + words

    def marks(self) -> Iterator[tuple[int, Mark]]:
        """The marks of all figures by the place where they begin; one figure may make two claims."""
        checked = Counter(
            (claim, relation.status)
            for relation in self.report.relations
            for claim in {role.claim for role in relation.claims}
        )
        within: dict[str, dict[int, Certainty]] = {}
        for finding in self.findings:
            for claim_id in finding.claims:
                within.setdefault(claim_id, {})[self.numbers[finding.id]] = finding.certainty
        for start, group in groupby(
            sorted(self.report.claims, key=attrgetter("start")), key=attrgetter("start")
        ):
            claims = list(group)
            findings = {number: kind for claim in claims for number, kind in within.get(claim.id, {}).items()}
            yield (
                start,
                Mark(
                    anchor=self._anchor(claims[0]),
                    says=tuple((name(claim, self.lang), asserted(claim, self.lang)) for claim in claims),
                    held=sum(checked[claim.id, "held"] for claim in claims),
                    failed=sum(checked[claim.id, "failed"] for claim in claims),
                    findings=tuple(sorted(findings.items())),
                ),
            )

    def _figures(self, finding: Finding) -> Iterator[Figure]:
        """The figures of a finding: those of its relation with their parts in it, then the others."""
        relation = self._relations.get(finding.relation or "")
        roles = [(role.claim, role.role) for role in relation.claims] if relation else []
        roles += [(claim, "") for claim in finding.claims if claim not in dict(roles)]
        for claim_id, role in roles:
            if claim_id in self._claims:
                claim = self._claims[claim_id]
                yield Figure(
                    role=say(f"role.{role}", self.lang) if role else "",
                    name=name(claim, self.lang),
                    asserted=asserted(claim, self.lang),
                    printed=printed(claim),
                    place=self._place(claim.page, claim.start),
                    anchor=self._anchor(claim),
                )

    def _anchor(self, claim: Claim) -> str:
        return f"{self.key}-t{claim.start}"

    def _place(self, page: int | None, start: int) -> str:
        return place(self.report.document, page, start, self.lang)

    def _title(self, code: str) -> str:
        rule = rules.rules().get(code)
        return rule.title.in_language(self.lang) if rule else code
