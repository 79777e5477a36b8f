"""A report as pages show it: a view of each document, its findings in words, its text in blocks.

Pages hold no logic: whatever a template prints stands here, as text to be escaped. Anchors are unique in a page: those
of document `key` are `KEY-fN` for its N-th finding, `KEY-fN-text` for the passage of it, `KEY-tOFFSET` for a figure.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import attrgetter

from hedui import rules
from hedui.messages import Language, say
from hedui.model import Claim, Finding, Relation, Report
from hedui.report.claim_words import asserted, name, printed
from hedui.report.findings import by_certainty, expectation, message, nothing_found, suspicion, title
from hedui.report.left_open import place, undecided
from hedui.report.marked_text import Block, marked_text
from hedui.report.page_cutout import Cutout, Cutouts, is_pdf
from hedui.report.passage import Passage, passages
from hedui.report.warning import in_words

_FIGURES = 12  # shown of one finding; a sum over a table can have dozens
_PASSAGES = 6
_THIN = 1.2  # hundredths of a bar


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was checked."""

    figures: int
    checked: int
    held: int
    failed: int
    undecidable: int
    certain: int
    likely: int
    note: int

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def shares(self) -> list[tuple[str, float, float]]:
        """Each result with the place and width of its part of a bar that is 100 wide; nothing is too thin to see."""
        parts = [(name, getattr(self, name)) for name in ("held", "failed", "undecidable")]
        wide = [(name, max(100 * count / self.checked, _THIN)) for name, count in parts if count]
        scale = 100 / sum((width for _, width in wide), 0.001)
        ends = accumulate(width * scale for _, width in wide)
        return [
            (name, round(end - width * scale, 2), round(width * scale, 2))
            for (name, width), end in zip(wide, ends, strict=True)
        ]


NOTHING = Counts(0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that takes part in a finding: its part, what it is, as printed, where, and its anchor."""

    role: str
    name: str
    asserted: str
    printed: str
    place: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words; `number` counts from one, the gravest first. `more` figures and passages are not shown."""

    number: int
    anchor: str
    rule: str
    title: str
    certainty: str
    place: str
    message: str
    passages: tuple[tuple[str, Passage], ...]
    figures: tuple[Figure, ...]
    more: int
    expected: str
    suspects: tuple[str, ...]
    pictures: tuple[Cutout, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """How often a rule was checked, and with what result."""

    rule: str
    title: str
    held: int
    failed: int
    undecidable: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its findings and its text; `told` are facts on it, `clean` what to say where it
    has no findings, `no_pictures` whether an extra is missing."""

    key: str
    title: str
    source: str
    url: str
    told: tuple[str, ...]
    clean: str
    counts: Counts
    warnings: tuple[str, ...]
    findings: tuple[FindingView, ...]
    checked: tuple[Checked, ...]
    undecided: tuple[tuple[str, list[str]], ...]
    unexplained: tuple[str, ...]
    blocks: tuple[Block, ...]
    marks: Mapping[int, "Mark"]
    numbers: Mapping[str, int]
    no_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of the text: what its claims say, what was checked of them, and the findings that they take part in."""

    anchor: str
    says: tuple[tuple[str, str], ...]
    held: int
    failed: int
    findings: tuple[tuple[int, str], ...]

    @property
    def certainty(self) -> str:
        """That of the gravest of its findings; empty where it takes part in none."""
        return self.findings[0][1] if self.findings else ""


def view(
    report: Report, lang: Language, key: str, originals: Mapping[str, bytes] | None = None
) -> DocumentView:
    """What a page shows of a report. `originals`, the bytes by source, give pictures of the pages of PDFs."""
    document = report.document
    findings = by_certainty(report)
    numbers = {finding.id: number for number, finding in enumerate(findings, 1)}
    called = title(document, lang)
    told = [document.publisher] if document.publisher and document.publisher not in called else []
    if document.fiscal_year:
        told.append(say("report.year", lang, year=document.fiscal_year))
    if document.pages and not document.sheet_at(0):
        told.append(say("html.pages", lang, count=len(document.pages)))
    told.append(say("html.characters", lang, count=f"{len(document.text):,}"))
    with ExitStack() as stack:
        cutouts = _cutouts(report, originals or {}, stack)
        shown = [
            _finding(report, finding, number, key, lang, cutouts)
            for number, finding in enumerate(findings, 1)
        ]
    missing = cutouts is None and any(map(is_pdf, (originals or {}).values()))
    return DocumentView(
        key,
        called,
        document.source,
        document.url if document.url and document.url.startswith(("http://", "https://")) else "",
        tuple(told),
        "" if findings else nothing_found(report, lang),
        counts(report),
        tuple(in_words(warning, lang) for warning in report.warnings),
        tuple(shown),
        tuple(_checked(report.relations, lang)),
        tuple(undecided(report, lang)),
        tuple(_unexplained(report, lang)),
        tuple(marked_text(report, findings, lang)),
        dict(_marks(report, numbers, key, lang)),
        numbers,
        missing and any(finding.page for finding in findings),
    )


def counts(report: Report) -> Counts:
    """How much of a document was checked, and what was found."""
    status = Counter(relation.status for relation in report.relations)
    certainty = Counter(finding.certainty for finding in report.findings)
    return Counts(
        len(report.claims) + len(report.others),
        len(report.relations),
        status["held"],
        status["failed"],
        status["undecidable"],
        certainty["certain"],
        certainty["likely"],
        certainty["note"],
    )


def _cutouts(report: Report, originals: Mapping[str, bytes], stack: ExitStack) -> Cutouts | None:
    """What cuts pictures out of the originals; None where there is no PDF, or nothing to draw with."""
    if not report.findings or not any(map(is_pdf, originals.values())):
        return None
    try:
        return stack.enter_context(Cutouts(report.document, originals))
    except ImportError:
        return None


def _anchor(key: str, claim: Claim) -> str:
    return f"{key}-t{claim.start}"


def _finding(
    report: Report, finding: Finding, number: int, key: str, lang: Language, cutouts: Cutouts | None
) -> FindingView:
    document = report.document
    relation = next((relation for relation in report.relations if relation.id == finding.relation), None)
    rule = rules.rules().get(finding.rule)
    shown = passages(report, finding)
    several = len(shown) > 1
    figures = _figures(report, finding, relation, key, lang)
    return FindingView(
        number,
        f"{key}-f{number}",
        finding.rule,
        rule.title.in_language(lang) if rule else finding.rule,
        finding.certainty,
        place(document, finding.page, finding.start, lang),
        message(finding, lang),
        tuple(
            (place(document, passage.page, passage.start, lang) if several else "", passage)
            for passage in shown[:_PASSAGES]
        ),
        tuple(figures[:_FIGURES]),
        max(0, len(figures) - _FIGURES),
        expectation(finding, lang),
        tuple(suspicion(report, suspect, lang) for suspect in finding.suspects),
        tuple(cutouts.of(report, finding)) if cutouts else (),
    )


def _figures(
    report: Report, finding: Finding, relation: Relation | None, key: str, lang: Language
) -> list[Figure]:
    claims = {claim.id: claim for claim in report.claims}
    roles = [(role.claim, say(f"role.{role.role}", lang)) for role in relation.claims] if relation else []
    roles += [(claim, "") for claim in finding.claims if claim not in dict(roles)]
    return [
        Figure(
            role,
            name(claim, lang),
            asserted(claim, lang),
            printed(claim),
            place(report.document, claim.page, claim.start, lang),
            _anchor(key, claim),
        )
        for claim, role in ((claims[id_], role) for id_, role in roles if id_ in claims)
    ]


def _checked(relations: Sequence[Relation], lang: Language) -> list[Checked]:
    titles = rules.rules()
    tally: dict[str, Counter[str]] = {}
    for relation in relations:
        tally.setdefault(relation.rule, Counter())[relation.status] += 1
    return [
        Checked(
            code,
            titles[code].title.in_language(lang) if code in titles else code,
            found["held"],
            found["failed"],
            found["undecidable"],
        )
        for code, found in sorted(tally.items())
    ]


def _unexplained(report: Report, lang: Language) -> list[str]:
    text = report.document.text
    return [
        place(report.document, None, other.start, lang)
        + say("report.colon", lang)
        + text[max(0, other.start - 20) : other.end].rpartition("\n")[2]
        for other in report.others
        if other.kind == "unexplained"
    ]


def _marks(
    report: Report, numbers: Mapping[str, int], key: str, lang: Language
) -> Iterator[tuple[int, Mark]]:
    """The marks of all figures by the place where they begin."""
    checked = Counter(
        (claim, relation.status)
        for relation in report.relations
        for claim in {role.claim for role in relation.claims}
    )
    within: dict[str, dict[int, str]] = {}
    for finding in by_certainty(report):
        for name_ in finding.claims:
            within.setdefault(name_, {})[numbers[finding.id]] = finding.certainty
    by_start = sorted(report.claims, key=attrgetter("start"))
    for start, group in groupby(by_start, key=attrgetter("start")):
        claims = list(group)  # one figure may make two claims
        findings = {number: kind for claim in claims for number, kind in within.get(claim.id, {}).items()}
        yield (
            start,
            Mark(
                _anchor(key, claims[0]),
                tuple((name(claim, lang), asserted(claim, lang)) for claim in claims),
                sum(checked[claim.id, "held"] for claim in claims),
                sum(checked[claim.id, "failed"] for claim in claims),
                tuple(sorted(findings.items())),
            ),
        )
