"""From claims to findings: every relation is judged, each slip is reported once, by what explains it best."""

from dataclasses import replace

from hedui.checking.findings import RANK, finding_of, of_observation, of_slip, relation_of
from hedui.checking.slips import by_arithmetic, explained, unit_slips
from hedui.checking.suspects import Blame
from hedui.model import Document, Extraction, Finding, Relation
from hedui.reading.deadline import Deadline
from hedui.relations import Ledger, candidates, observations
from hedui.relations.judging import judge


def check(
    document: Document, extraction: Extraction, deadline: Deadline | None = None
) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """All relations of a document, whether or not they hold, and what contradicts itself, in reading order.

    Pure and deterministic; no claim is altered. Approximate claims take no part. Raises UnreadableInput past the
    deadline.
    """
    ledger = Ledger(document, extraction, deadline)
    verdicts = [judge(candidate) for candidate in candidates(ledger)]
    names = {id(v): f"R{number}" for number, v in enumerate(verdicts, 1)}
    relations = tuple(relation_of(names[id(v)], v) for v in verdicts)
    proven = by_arithmetic(verdicts)
    slips = unit_slips(ledger, verdicts)
    spare = explained(ledger, verdicts, slips)
    blame = Blame(ledger, verdicts)
    findings = [of_slip(document, slip, names) for slip in slips]
    for verdict in verdicts:
        if verdict.status == "failed" and id(verdict) not in spare:
            sure = id(verdict) in proven and all(value.sure for _, value in verdict.candidate.roles)
            certainty = "certain" if sure else verdict.certainty
            suspects = blame.suspects(verdict)
            place = blame.place(verdict)
            findings.append(finding_of(document, verdict, names[id(verdict)], suspects, certainty, place))
    findings += [of_observation(document, o) for o in observations(ledger)]
    ordered = sorted(_distinct(findings), key=lambda f: (f.start, RANK[f.certainty], f.rule, f.end))
    return relations, tuple(replace(f, id=f"F{number}") for number, f in enumerate(ordered, 1))


def _distinct(findings: list[Finding]) -> list[Finding]:
    """One finding for each rule and set of claims; findings without claims differ by their place."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        place = finding.claims or (str(finding.start), str(finding.end), finding.message)
        seen.setdefault((finding.rule, place), finding)
    return list(seen.values())
