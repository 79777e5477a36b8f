"""Reports of several documents → the same with what ought to hold between them, and the findings where it does not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from hedui.across.accounts import Account
from hedui.across.bodies import Match, match
from hedui.across.comparisons import REBASED, Pair, compare
from hedui.across.duplicates import Twins, twins
from hedui.across.editions import edition
from hedui.checking import finding_of, relation_of
from hedui.model import Elsewhere, Finding, Relation, Report, Role
from hedui.relations.judging import Verdict
from hedui.relations.ledger import Value
from hedui.report.passage import line_number

QUOTE, LEAD = 120, 60  # characters of a quote, and of those before the figure


def cross(reports: Sequence[Report], one_body: bool = False) -> list[Report]:
    """The reports, in the order given, with the relations between documents of one body and their findings.

    With `one_body` all are known to be of one, whatever their names. Whatever was found between documents before is
    replaced. The order of the reports does not matter to what is found.
    """
    given = [Account.of(_alone(report)) for report in reports]
    accounts = sorted(given, key=lambda account: account.order)
    found: dict[Account, list[tuple[Pair, list[Verdict]]]] = defaultdict(list)
    for group in [accounts] if one_body else _bodies(accounts):
        for pair in pairs(group):
            found[pair.later].append((pair, compare(pair)))
        for again in twins(group):
            if again.differences:
                pair = Pair(again.again, again.first, Match())
                found[pair.later].append((pair, [edition(again)]))
    return [_with(account, found[account]) for account in given]


def copies(accounts: Sequence[Account]) -> list[Twins]:
    """The documents that are duplicates of earlier ones."""
    return [again for again in twins(accounts) if not again.differences]


def pairs(group: Sequence[Account]) -> Iterator[Pair]:
    """The documents of one body that are compared, the earlier ones first: no duplicates, of editions the last."""
    spare = {t.first if t.differences else t.again for t in twins(group)}
    left = [account for account in group if account not in spare]
    for earlier, later in combinations(left, 2):
        if earlier.year is not None and earlier.order[:2] != later.order[:2]:
            yield Pair(later, earlier, _match(earlier, later))


def _match(one: Account, other: Account) -> Match:
    found = match(one.body, other.body) if one.body and other.body else None
    return found or Match("told")


def _bodies(accounts: Sequence[Account]) -> Iterator[list[Account]]:
    """The documents of each body, in order; those that name none are left out."""
    groups: list[list[Account]] = []
    by_name: dict[str, list[list[Account]]] = defaultdict(list)
    for account in accounts:
        if account.body is None:
            continue
        names = {account.body.rest, *account.body.former}
        known = [group for name in sorted(names) for group in by_name[name]]
        home = next((g for g in known if all(a.body and match(a.body, account.body) for a in g)), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(account)
        for name in names:
            if home not in by_name[name]:
                by_name[name].append(home)
    yield from groups


def _alone(report: Report) -> Report:
    """The report without what was found between documents."""
    return replace(
        report,
        relations=tuple(r for r in report.relations if not r.rule.startswith("XDC")),
        findings=tuple(f for f in report.findings if not f.rule.startswith("XDC")),
    )


def _with(account: Account, found: list[tuple[Pair, list[Verdict]]]) -> Report:
    report = account.report
    relations: list[Relation] = []
    findings: list[Finding] = []
    for pair, verdicts in found:
        rebased: list[Verdict] = []
        for verdict in verdicts:
            name = f"X{len(relations) + 1}"
            relations.append(_own(account, relation_of(name, verdict)))
            if verdict.status != "failed":
                continue
            if verdict.candidate.rule == REBASED:
                rebased.append(verdict)
                if len(rebased) > 1:
                    continue  # one note for all
            finding = finding_of(report.document, verdict, name)
            elsewhere = tuple(_elsewhere(pair, value) for value in _foreign(pair, verdict))
            claims = tuple(account.own(claim) for claim in finding.claims)
            findings.append(
                replace(finding, id=f"XF{len(findings) + 1}", claims=claims, elsewhere=elsewhere)
            )
    return replace(
        report, relations=(*report.relations, *relations), findings=(*report.findings, *findings)
    )


def _own(account: Account, relation: Relation) -> Relation:
    return replace(relation, claims=tuple(Role(account.own(r.claim), r.role) for r in relation.claims))


def _foreign(pair: Pair, verdict: Verdict) -> Iterable[Value]:
    """The figures of the other document."""
    return (v for _, v in verdict.candidate.roles if v.claim.document == pair.earlier.id)


def _elsewhere(pair: Pair, value: Value) -> Elsewhere:
    """Where a figure of the other document stands, and the words around it."""
    document, claim = pair.earlier.report.document, value.claim
    file = document.file_at(claim.start)
    begin, end = document.text.rfind("\n", 0, claim.start) + 1, document.text.find("\n", claim.end)
    start = max(begin, claim.start - LEAD)
    quote = document.text[start : min(start + QUOTE, end if end >= 0 else len(document.text))]
    return Elsewhere(
        claim=claim.id,
        document=document.id,
        source=file.source if file else document.source,
        page=claim.page,
        line=line_number(document, claim.start),
        start=claim.start,
        end=claim.end,
        figure=value.shown,
        quote=quote,
        at=claim.start - start,
    )
