"""Gold findings and findings: matched one to one by family, certainty and what they name; and their suspects."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from evaluation.outcome import LEVELS, Named, Outcome, Record, squeeze

# Families that tell of one slip from different sides.
RELATED = (
    {"change", "direction", "reason", "repeat", "table", "unit"},
    {"completion", "budget_words", "repeat", "sum", "table"},
    {"completion", "reason"},
    {"share", "sum", "repeat", "table"},
    {"sum", "repeat", "table", "count", "unit"},
    {"unit", "sum", "share", "change", "repeat"},
    {"template", "reason", "budget_words", "year", "classification"},
    {"change", "direction", "sum"},
    {"table", "classification"},
)
FIRST = 2  # suspects of a finding among which the planted figure ought to be


def on_quote(place: str | None, quote: str | None) -> bool:
    """Whether two quotations are of one place: most of the shorter one is common to both."""
    first, second = squeeze(place), squeeze(quote)
    if not first or not second or len(second) > 120:
        return False
    match = difflib.SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return match.size >= max(6, 0.6 * min(len(first), len(second)))


def meets(truth: Record, finding: Record, claim_of: Mapping[Named, str], nothing: Set[str]) -> int:
    """How well a finding meets a gold one: 0 not at all, 1 by its quotation, more by the figures shared.

    A finding that has the planted figure among its first suspects has found the slip, whatever it was held against.
    `nothing`: the claims of zero, which a sum has many of.
    """
    families = {truth["family"], finding["family"]}
    if len(families) > 1 and not any(families <= related for related in RELATED):
        return 0
    named = [*(("figure", i) for i in truth["figures"]), *(("cell", i) for i in truth.get("cells", ()))]
    want = {claim_of[name] for name in named if name in claim_of}
    shared = len(want & set(finding["claims"]))
    if shared and families == {"cross"}:
        return 2 + shared  # one figure of last year stands for all that tell the same of it
    if shared and 2 * shared >= min(len(want), 4) and 4 * shared >= len(set(finding["claims"]) - nothing):
        return 2 + shared
    wrong = claim_of.get(tuple(truth.get("planted") or ("", 0)))
    if wrong in [suspect["claim"] for suspect in finding["suspects"][:FIRST]]:
        return 1
    return int(on_quote(truth.get("quote"), finding.get("quote")))


def judge_findings(
    out: Outcome,
    truth: Sequence[Record],
    clean: Sequence[Record],
    found: Sequence[Record],
    claim_of: Mapping[Named, str],
    nothing: Set[str] = frozenset(),
) -> dict[int, Record]:
    """Compare findings with the truth; one on a slip that is graded lower or already found is not false.

    Returns the finding of each gold one, by number.
    """
    ours = sorted(found, key=lambda finding: LEVELS.index(finding["certainty"]))
    pairs = [(t, f) for t in range(len(truth)) for f in range(len(ours))]
    grades = {(t, f): meets(truth[t], ours[f], claim_of, nothing) for t, f in pairs}
    # Of the sides of one slip that a finding meets, the one that has to be found comes first.
    core = [record.get("reach", "core") == "core" for record in truth]
    taken: dict[int, int] = {}
    for _, grade, t, f in sorted(((core[t], g, t, f) for (t, f), g in grades.items()), reverse=True):
        strong = LEVELS.index(ours[f]["certainty"]) <= LEVELS.index(truth[t]["certainty"])
        if grade and strong and t not in taken and f not in taken.values():
            taken[t] = f
    for t, record in enumerate(truth):
        if core[t]:
            out.findings[f"{record['id']} [{record['certainty']}] {record['family']}"] = (
                "" if t in taken else "missed"
            )
            for label in (record["certainty"], f"family {record['family']} {record['certainty']}"):
                out.tally[f"want_{label}"] += 1
                out.tally[f"got_{label}"] += t in taken
    about = {f for (_, f), grade in grades.items() if grade}
    for f, finding in enumerate(ours):
        level = finding["certainty"]
        if level == "note":
            continue
        for label in (level, f"family {finding['family']}"):
            out.tally[label] += 1
            out.tally[f"false_{label}"] += f not in about
        if f not in about:
            out.false.append(
                f"[{level}] {finding['rule']} {finding['quote'][:40]} — {finding['message'][:110]}"
            )
            out.tally["traps"] += any(on_quote(place["quote"], finding["quote"]) for place in clean)
    return {t: ours[f] for t, f in taken.items()}


def judge_suspects(
    out: Outcome,
    truth: Sequence[Record],
    found: Mapping[int, Record],
    relations: Sequence[Record],
    claim_of: Mapping[Named, str],
) -> None:
    """Whether findings name the wrong figure, where it takes part in two or more relations that were decided."""
    part = Counter(
        claim
        for r in relations
        if r["status"] != "undecidable"
        for claim in {x["claim"] for x in r["claims"]}
    )
    for t, finding in sorted(found.items()):
        record = truth[t]
        wrong = claim_of.get(tuple(record.get("planted") or ("", 0)))
        if wrong is None or record["reach"] != "core" or part[wrong] < 2:
            continue
        named = wrong in [suspect["claim"] for suspect in finding["suspects"][:FIRST]]
        label = f"{record['id']} {finding['rule']} {record['why']}"
        out.suspects[label] = "" if named else f"{[s['value'] for s in finding['suspects']]}"
        out.tally["want_suspect"] += 1
        out.tally["got_suspect"] += named
