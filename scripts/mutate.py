"""Measure how many slips hedui would notice: change one figure at a time and look for a new finding.

Usage: python scripts/mutate.py DOCUMENT… [--limit N] [--seed S] [--details]

Every narrative claim is changed in up to four ways: one digit, two digits swapped, a unit of money, the
direction word beside it. A mutation is caught when the changed document has a finding, `certain` or
`likely`, that names the changed figure and that the document as it was has not. Prints the share that is
caught per measure, and how many figures are uncovered: they take part in no decided relation, so no change
of them can be noticed. Changes of a last digit within the rounding of the other figures count as well,
although no reader could notice them; so the last two lines tell of the mutations that scripts/confirm.py proves
impossible by the relations of the document as it was (with digits cut off, if need be, and nothing taken for granted)
how many are reported as certain, and of those of money and percentages how many are reported.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

import hedui
from confirm import impossible
from hedui.intervals import is_money
from hedui.lexicon import words
from hedui.model import Claim, Document, Report

WAYS = ("digit", "swap", "unit", "direction")
# What a unit is mistaken for.
UNITS = {"万元": "元", "元": "万元", "亿元": "万元"}
REACH = 12  # characters before or after a figure in which its direction word is looked for


@dataclass(frozen=True, slots=True)
class Mutation:
    """`text` in place of the characters `start` to `end`, which makes the figure of a claim wrong."""

    way: str
    claim: Claim
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutation and whether it was caught, and as certain.

    `covered`: some decided relation takes the figure; `proven`: none of its readings fits such a relation.
    """

    document: str
    mutation: Mutation
    covered: bool
    proven: bool
    caught: bool
    certain: bool


def mutations(text: str, claim: Claim, chance: random.Random) -> Iterator[Mutation]:
    """The ways in which one figure can be changed; each leaves it a figure of another meaning."""
    printed = text[claim.start : claim.end]
    digits = [i for i, c in enumerate(printed) if c.isascii() and c.isdigit()]
    if digits:
        i = chance.choice(digits)
        other = chance.choice([c for c in "123456789" if c != printed[i]])
        yield _changed("digit", claim, i, i + 1, other)
    pairs = [(i, j) for i, j in pairwise(digits) if printed[i] != printed[j]]
    if pairs:
        i, j = chance.choice(pairs)
        yield _changed("swap", claim, i, j + 1, printed[j] + printed[i + 1 : j] + printed[i])
    if claim.unit in UNITS and printed.endswith(claim.unit):
        yield _changed("unit", claim, len(printed) - len(claim.unit), len(printed), UNITS[claim.unit])
    if claim.direction in ("up", "down"):
        yield from _turned(text, claim)


def _changed(way: str, claim: Claim, start: int, end: int, text: str) -> Mutation:
    return Mutation(way, claim, claim.start + start, claim.start + end, text)


def _turned(text: str, claim: Claim) -> Iterator[Mutation]:
    """The direction word between the figure and the number before it turned round."""
    before = re.split(r"\d", text[max(0, claim.start - REACH) : claim.start])[-1]
    opposite = "down" if claim.direction == "up" else "up"
    pairs = zip(_plain(claim.direction or "up"), _plain(opposite), strict=False)
    places = [(before.rfind(word), word, turned) for word, turned in pairs if word in before]
    if places:
        at, word, turned = max(places)
        start = claim.start - len(before) + at
        yield Mutation("direction", claim, start, start + len(word), turned)


def _plain(direction: str) -> list[str]:
    """The two-character direction words of the lexicon, in its order."""
    entries = words().items()
    return [w for w, e in entries if e.type == "direction" and e.direction == direction and len(w) == 2]


def mutated_claims(report: Report, mutation: Mutation) -> list[Claim]:
    """The claims of the changed figure, in a report on the changed document."""
    shift = len(mutation.text) - (mutation.end - mutation.start)
    start = mutation.claim.start + (shift if mutation.end <= mutation.claim.start else 0)
    return [claim for claim in report.claims if claim.start == start]


def caught(
    report: Report, mutation: Mutation, before: Report, levels: Sequence[str] = ("certain", "likely")
) -> bool:
    """Whether a report on the changed document has a finding on the changed figure that is new."""
    known = {(f.rule, f.start) for f in before.findings}
    shift = len(mutation.text) - (mutation.end - mutation.start)
    named = {claim.id for claim in mutated_claims(report, mutation)}
    for finding in report.findings:
        place = finding.start - (shift if finding.start > mutation.start else 0)
        fresh = (finding.rule, place) not in known
        if finding.certainty in levels and fresh and named & set(finding.claims):
            return True
    return False


def proven(before: Report, after: Report, mutation: Mutation) -> bool:
    """Whether the changed figure makes a relation impossible that held and takes nothing for granted."""
    claims = {claim.id: asdict(claim) for claim in before.claims}
    changed = [claim for claim in mutated_claims(after, mutation) if claim.metric == mutation.claim.metric]
    if len(changed) != 1:
        return False
    own = mutation.claim.id
    claims[own] |= {name: getattr(changed[0], name) for name in ("low", "high", "direction")}
    granted = {
        relation.rule
        for relation in after.relations
        if relation.status == "failed" and relation.reason and own in {role.claim for role in relation.claims}
    }
    return any(
        relation.status == "held"
        and not relation.reason
        and relation.rule not in granted
        and own in {role.claim for role in relation.claims}
        and impossible(asdict(relation), claims, cut=True)
        for relation in before.relations
    )


def decided(report: Report) -> set[str]:
    """The ids of the claims that take part in a relation that holds or fails."""
    relations = (relation for relation in report.relations if relation.status != "undecidable")
    return {role.claim for relation in relations for role in relation.claims}


def trials(path: Path, limit: int, seed: int) -> list[Trial]:
    """Change up to `limit` figures of a document, chosen by `seed`, in all ways."""
    before = hedui.check(path)
    chance = random.Random(f"{seed} {path.name}")
    claims = [claim for claim in before.claims if claim.origin == "narrative"]
    covered = decided(before)
    out = []
    for claim in sorted(chance.sample(claims, min(limit, len(claims))), key=lambda c: c.start):
        for mutation in mutations(before.document.text, claim, chance):
            after = hedui.check(_mutated(before.document, mutation))
            shown = caught(after, mutation, before), caught(after, mutation, before, ("certain",))
            impossible_now = proven(before, after, mutation)
            out.append(Trial(path.name, mutation, claim.id in covered, impossible_now, *shown))
    return out


def _mutated(document: Document, mutation: Mutation) -> Document:
    text = document.text[: mutation.start] + mutation.text + document.text[mutation.end :]
    return replace(document, text=text)


def table(done: Sequence[Trial]) -> str:
    """The shares caught, per measure and way, as a Markdown table."""
    total, hits, figures = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, bool]]()
    seen = set()
    for trial in done:
        for measure in (trial.mutation.claim.measure, "all"):
            for way in (trial.mutation.way, "all"):
                total[measure, way] += 1
                hits[measure, way] += trial.caught
            if (trial.document, trial.mutation.claim.id, measure) not in seen:
                seen.add((trial.document, trial.mutation.claim.id, measure))
                figures[measure, trial.covered] += 1
    columns = (*WAYS, "all")
    lines = [f"| measure | figures | uncovered | {' | '.join(columns)} |", "|" + "---|" * (3 + len(columns))]
    for measure in [*sorted({measure for measure, _ in total} - {"all"}), "all"]:
        shares = [_percent(hits[measure, way], total[measure, way]) for way in columns]
        number = figures[measure, True] + figures[measure, False]
        lines.append(f"| {measure} | {number} | {figures[measure, False]} | {' | '.join(shares)} |")
    sure = [trial for trial in done if trial.proven]
    figures_of_money = [t for t in done if is_money(t.mutation.claim.unit) or t.mutation.claim.unit == "%"]
    lines += [
        "",
        f"proven impossible, reported as certain: {_percent(sum(t.certain for t in sure), len(sure))}",
        f"money and percentages, reported: {_percent(sum(t.caught for t in figures_of_money), len(figures_of_money))}",
    ]
    return "\n".join(lines)


def missed(trial: Trial) -> str:
    """One line about a mutation that was not caught."""
    claim, why = trial.mutation.claim, "not caught" if trial.covered else "uncovered"
    why = "proven and not certain" if trial.proven else why
    figure = f"{claim.value}{claim.unit} {claim.metric} {claim.measure}"
    return f"{trial.document} {claim.start} {figure}: {trial.mutation.way} → {trial.mutation.text} {why}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}% of {whole}" if whole else "—"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("documents", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=60, help="figures to change in each document")
    parser.add_argument("--seed", type=int, default=1, help="which figures, and what they become")
    parser.add_argument("--details", action="store_true", help="list what was not caught")
    options = parser.parse_args(arguments)
    number = len(options.documents)
    with ProcessPoolExecutor() as pool:
        lists = list(pool.map(trials, options.documents, [options.limit] * number, [options.seed] * number))
    done = [trial for several in lists for trial in several]
    print(table(done))
    if options.details:
        short = [trial for trial in done if not trial.caught or (trial.proven and not trial.certain)]
        print("\n".join(map(missed, short)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
