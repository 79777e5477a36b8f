"""Reports of several documents → the same with what ought to hold between them, and the findings where it does not."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hedui.across.accounts import Account
from hedui.across.bodies import Body, Match, homes, match
from hedui.across.comparisons import REBASED, Pair, compare
from hedui.across.duplicates import Twins, twins
from hedui.across.editions import edition
from hedui.checking.findings import finding_of, relation_of
from hedui.figures import uncut
from hedui.model import Elsewhere, Finding, Relation, Report, Role
from hedui.relations.judging import Verdict
from hedui.relations.ledger import Value

PREFIX = "XDC"  # of the codes of all rules across documents
QUOTE, LEAD = 120, 60  # characters of a quote, and of those before the figure


def cross(reports: Sequence[Report], one_body: bool = False) -> list[Report]:
    """The reports, in the order given, with the relations between documents of one body and their findings.

    With `one_body` all are known to be of one, whatever their names. Whatever was found between documents before is
    replaced. The order of the reports does not matter to what is found.
    """
    return crossed(reports, one_body).reports


@dataclass(frozen=True, slots=True)
class Crossed:
    """Reports with what was found between them, and by the id of each duplicate that of the document it repeats.

    `crowd` counts documents of one name that were not compared, as they are too many to be of one body.
    """

    reports: list[Report]
    duplicates: dict[str, str]
    crowd: int = 0


def crossed(reports: Sequence[Report], one_body: bool = False) -> Crossed:
    """What `cross` gives, and the duplicates among the reports."""
    given = [Account.of(_alone(report)) for report in reports]
    accounts = sorted(given, key=lambda account: account.order)
    found: dict[Account, list[tuple[Pair, list[Verdict]]]] = defaultdict(list)
    duplicates: dict[str, str] = {}
    for group in [accounts] if one_body else _bodies(accounts):
        again = twins(group)
        duplicates |= {t.again.id: t.first.id for t in again if not t.differences}
        for pair in pairs(group, again):
            found[pair.later].append((pair, compare(pair)))
        for twin in again:
            if twin.differences:
                found[twin.again].append((Pair(twin.again, twin.first, Match()), [edition(twin)]))
    return Crossed([_with(account, found[account]) for account in given], duplicates)


def pairs(group: Sequence[Account], again: Sequence[Twins]) -> Iterator[Pair]:
    """The documents of one body that are compared, the earlier ones first: no duplicates, of editions the last."""
    spare = {twin.first if twin.differences else twin.again for twin in again}
    left = [account for account in group if account not in spare]
    for earlier, later in combinations(left, 2):
        if earlier.year is not None and earlier.order[:2] != later.order[:2]:
            yield Pair(later, earlier, _match(earlier, later))


def _match(one: Account, other: Account) -> Match:
    found = match(one.body, other.body) if one.body and other.body else None
    return found or Match("told")


def _bodies(accounts: Sequence[Account]) -> Iterator[list[Account]]:
    """The documents of each body, in order; those that name none are left out."""
    home = homes(account.body for account in accounts if account.body)
    groups: dict[Body, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.body:
            groups[home[account.body]].append(account)
    yield from groups.values()


def between(report: Report) -> Report:
    """The report with nothing but what was found between documents."""
    return _kept(report, True)


def _alone(report: Report) -> Report:
    """The report without it."""
    return _kept(report, False)


def _kept(report: Report, across: bool) -> Report:
    return replace(
        report,
        relations=tuple(r for r in report.relations if r.rule.startswith(PREFIX) == across),
        findings=tuple(f for f in report.findings if f.rule.startswith(PREFIX) == across),
    )


def _with(account: Account, found: list[tuple[Pair, list[Verdict]]]) -> Report:
    report = account.report
    relations: list[Relation] = []
    findings: list[Finding] = []
    for pair, verdicts in found:
        failed: dict[str, list[tuple[Verdict, Relation]]] = {}
        for verdict in verdicts:
            name = f"X{len(relations) + 1}"
            relations.append(_own(account, relation_of(name, verdict)))
            if verdict.status == "failed":  # a base that was restated as a whole is one note
                one = REBASED if verdict.candidate.rule == REBASED else name
                failed.setdefault(one, []).append((verdict, relations[-1]))
        for several in failed.values():
            finding = _finding(pair, several)
            findings.append(replace(finding, id=f"XF{len(findings) + 1}"))
    return replace(report, relations=(*report.relations, *relations), findings=(*report.findings, *findings))


def _finding(pair: Pair, several: list[tuple[Verdict, Relation]]) -> Finding:
    """The finding of the first of some failed relations, with the claims of all."""
    verdict, relation = several[0]
    finding = finding_of(pair.later.report.document, verdict, relation.id)
    claims = dict.fromkeys(role.claim for _, each in several for role in each.claims)
    foreign = (v for _, v in verdict.candidate.roles if v.claim.document == pair.earlier.id)
    return replace(
        finding, claims=tuple(claims), elsewhere=tuple(_elsewhere(pair, value) for value in foreign)
    )


def _own(account: Account, relation: Relation) -> Relation:
    return replace(relation, claims=tuple(Role(account.own(r.claim), r.role) for r in relation.claims))


def _elsewhere(pair: Pair, value: Value) -> Elsewhere:
    """Where a figure of the other document stands, and the words around it."""
    document, claim = pair.earlier.report.document, value.claim
    file = document.file_at(claim.start)
    begin, end = document.text.rfind("\n", 0, claim.start) + 1, document.text.find("\n", claim.end)
    _, start = uncut(document.text, max(begin, claim.start - LEAD))
    start = min(start, claim.start)
    last, _ = uncut(document.text, min(start + QUOTE, end if end >= 0 else len(document.text)))
    quote = document.text[start : max(last, claim.end)]
    return Elsewhere(
        claim=claim.id,
        document=document.id,
        source=file.source if file else document.source,
        page=claim.page,
        line=document.line_at(claim.start),
        start=claim.start,
        end=claim.end,
        figure=value.shown,
        quote=quote,
        at=claim.start - start,
    )
