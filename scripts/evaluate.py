"""Measure hedui on a folder of documents with known truth.

Usage: python scripts/evaluate.py FOLDER [--gold GOLD] [--save FILE] [--compare BASELINE.json] [--details]

FOLDER holds documents, GOLD (FOLDER/gold or ../gold unless told) their truth, `NAME.figures.jsonl` and
`NAME.findings.jsonl` as `corpora/README.md` describes them. Documents without truth are passed over.
Where there is a `NAME.cells.jsonl`, the amounts of the standard tables are measured too.

Figures: gold figures and narrative claims are aligned in order by value, unit and the words before them; a
claim is exact when all fields agree. Cells: as `evaluate_cells.py` compares them. Findings: matched one to one by
family, certainty and the figures or the passage they name. Suspects: of the findings on a wrong figure that takes part
in two or more relations, those that name it among their first two suspects. `--save` keeps every outcome; `--compare`
shows what got better and what worse.
"""

import argparse
import difflib
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import evaluate_cells
import hedui

Record = Mapping[str, Any]
Named = tuple[str, int]
"""A figure or a cell of the truth, by its number."""

FIELDS = ("metric", "item", "measure", "basis", "year", "versus", "direction")
LEVELS = ("certain", "likely", "note")
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
FIGURE_COLUMNS = ("claims", "found", "exact", "others right", "extra", "unexplained", "cells", "cells right")
COLUMNS = ("document", *FIGURE_COLUMNS, *LEVELS, "false certain", "false likely", "traps", "suspects")
FIRST = 2  # suspects of a finding among which the planted figure ought to be
WORDS = 12  # characters before a figure that tell one from another of the same value
KNOWN_BY_WORDS = 1.3  # likeness from which a figure noted out of order is taken for the same


@dataclass
class Outcome:
    """What came of one document. In `figures`, `others` and `findings` the empty string stands for right."""

    name: str
    figures: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    findings: dict[str, str] = field(default_factory=dict)
    suspects: dict[str, str] = field(default_factory=dict)
    false: list[str] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)


# -- figures


def squeeze(text: str | None) -> str:
    """A text without blanks, brackets and punctuation."""
    return re.sub(r"[\s“”\"'（）()，,、:：。；;]+", "", text or "")


def key(record: Record) -> tuple[str, str]:
    """Value and unit in one writing."""
    value = re.sub(r"[,，\s]", "", str(record["value"]))
    value = value.rstrip("0").rstrip(".") if "." in value else value
    unit = record["unit"] or ""
    return value, {"％": "%", "万": "万元", "个百分点": "百分点"}.get(unit, unit)


def words_before(claim: Record) -> str:
    """The last words before a claim's figure in its sentence."""
    sentence, start = claim.get("sentence"), claim.get("sentence_start")
    return squeeze(sentence[: claim["start"] - start])[-WORDS:] if sentence and start is not None else ""


def likeness(first: str, second: str) -> float:
    """1 and the part of the words that agree, counted from the figure backwards."""
    length = 0
    while length < min(len(first), len(second)) and first[-1 - length] == second[-1 - length]:
        length += 1
    return 1 + length / WORDS


def align(gold: Sequence[Record], claims: Sequence[Record]) -> dict[int, Record]:
    """The claim of each gold figure, by number: the alignment in order that agrees most, then by words."""
    left = [(key(g), squeeze(g.get("left"))[-WORDS:]) for g in gold]
    right = [(key(c), words_before(c)) for c in claims]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, (figure, words) in enumerate(left, 1):
        for j, (other, own) in enumerate(right, 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1])
            if figure == other:
                best[i][j] = max(best[i][j], best[i - 1][j - 1] + likeness(words, own))
    pairs: dict[int, int] = {}
    i, j = len(left), len(right)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs[i] = j
    for i, (figure, words) in enumerate(left):
        taken = set(pairs.values())
        free = [j for j, (other, _) in enumerate(right) if other == figure and j not in taken]
        if i not in pairs and free:
            j = max(free, key=lambda j: likeness(words, right[j][1]))
            if likeness(words, right[j][1]) >= KNOWN_BY_WORDS:
                pairs[i] = j
    return {gold[i]["i"]: claims[j] for i, j in pairs.items()}


def leaf(item: Any) -> str | None:
    """The last name of an item's path without codes, level words and a final 支出."""
    if isinstance(item, dict):
        item = item.get("printed") or item.get("path") or item.get("name")
    names = item if isinstance(item, list) else re.split(r"[/／]|[（(][类款项][）)]", item or "")
    bare = [re.sub(r"\d+|支出$", "", squeeze(str(name))) for name in names]
    return next((name for name in reversed(bare) if name), None)


def agree(name: str, gold: Record, claim: Record) -> bool:
    """Whether a field of a claim is as the truth says."""
    want, got = gold.get(name), claim.get(name)
    if name == "item":
        names = {leaf(got)} | ({leaf(got.get("path")), leaf(got.get("name"))} - {None} if got else set())
        return leaf(want) in names
    if name == "year":
        return str(want or "") == str(got or "")
    if (name == "basis" and not want) or (name in ("metric", "versus") and want == "other"):
        return True  # not told, or named in words only
    if (
        name == "versus"
        and {want, got} == {"budget", "initial_budget"}
        and "年初" not in gold.get("left", "")
    ):
        return True  # the words leave open which budget is meant
    return (want or None) == (got or None)


def judge_figures(out: Outcome, gold: Sequence[Record], claims: Sequence[Record]) -> dict[int, Record]:
    """Compare gold figures and claims; returns the claim of each gold figure."""
    pairs = align(gold, claims)
    for figure in gold:
        ours = pairs.get(figure["i"])
        label = f"{figure['i']} {figure['value']}{figure['unit']} …{figure['left'][-14:]}"
        if figure["kind"] != "claim":
            out.others[label] = "" if ours is None else f"{ours['metric']} for {figure['kind']}"
        elif ours is None:
            out.figures[label] = "missing"
        else:
            wrong = [name for name in FIELDS if not agree(name, figure, ours)]
            out.figures[label] = ", ".join(f"{n}: {ours.get(n)!r} for {figure.get(n)!r}" for n in wrong)
            out.tally.update(f"ok_{name}" for name in FIELDS if name not in wrong)
    met = {id(claim) for claim in pairs.values()}
    spots = [n for n, claim in enumerate(claims) if id(claim) in met]
    among = claims[spots[0] : spots[-1] + 1] if spots else []
    out.extra = [
        f"{c['value']}{c['unit']} …{words_before(c)}: {c['metric']} {c['measure']}"
        for c in among
        if id(c) not in met
    ]
    out.tally["claims"] = len(out.figures)
    out.tally["found"] = sum(state != "missing" for state in out.figures.values())
    out.tally["exact"] = sum(not state for state in out.figures.values())
    out.tally["others"] = len(out.others)
    out.tally["others_right"] = sum(not state for state in out.others.values())
    out.tally["extra"] = len(out.extra)
    return pairs


# -- cells


def judge_cells(out: Outcome, gold: Sequence[Record], claims: Sequence[Record]) -> dict[int, Record]:
    """Compare gold cells and claims of tables; returns the claim of each gold cell.

    Cells whose metric is empty state nothing that tables are read for.
    """
    cells = [cell for cell in gold if cell["metric"]]
    met = evaluate_cells.meet(cells, claims)
    for n, cell in enumerate(cells):
        wrong = evaluate_cells.differences(cell, claims[met[n]]) if n in met else ["missing"]
        out.cells[f"{cell['i']} {evaluate_cells.label(cell)}"] = ", ".join(wrong)
    out.tally["cells"] = len(out.cells)
    out.tally["cells_right"] = sum(not state for state in out.cells.values())
    return {cells[n]["i"]: claims[j] for n, j in met.items()}


# -- findings


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


# -- documents


def records(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON lines; none where there is no such file."""
    return (
        [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]
        if path.exists()
        else []
    )


def judge(document: Record, name: str, gold: Path) -> Outcome:
    """Compare one document of the contract's JSON with its truth."""
    out = Outcome(name)
    claims = [c for c in document["claims"] if c.get("origin", "narrative") == "narrative"]
    claims.sort(key=lambda claim: claim["start"])
    pairs = judge_figures(out, records(gold / f"{name}.figures.jsonl"), claims)
    claim_of: dict[Named, str] = {("figure", i): claim["id"] for i, claim in pairs.items()}
    tabled = [c for c in document["claims"] if c.get("origin") == "table"]
    tabled.sort(key=lambda claim: claim["start"])
    cells = judge_cells(out, records(gold / f"{name}.cells.jsonl"), tabled)
    claim_of |= {("cell", i): claim["id"] for i, claim in cells.items()}
    truth, clean = records(gold / f"{name}.findings.jsonl"), records(gold / f"{name}.clean.jsonl")
    nothing = {c["id"] for c in document["claims"] if not c["value"].strip("0.,-")}
    found = judge_findings(out, truth, clean, document["findings"], claim_of, nothing)
    judge_suspects(out, truth, found, document["relations"], claim_of)
    out.tally["figures"] = len(claims) + len(document["others"])
    out.tally["unexplained"] = sum(other["kind"] == "unexplained" for other in document["others"])
    return out


def checked(path: Path) -> hedui.Report | None:
    """The report on a file; None where it cannot be read."""
    try:
        return hedui.check(path)
    except hedui.UnreadableInput as error:
        print(f"{path}: {error}", file=sys.stderr)
        return None


def outcome(path: Path, report: hedui.Report | None, gold: Path) -> Outcome:
    """Compare the report on a file with its truth; without one everything is missing."""
    nothing: Record = {"claims": [], "others": [], "relations": [], "findings": []}
    return judge(report.to_dict() if report else nothing, path.stem, gold)


def outcomes(folder: Path, gold: Path) -> list[Outcome]:
    """The outcomes of all documents of a folder that have a truth, in the order of their names.

    Documents of one body are checked against one another as well.
    """
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    known = [path for path in files if (gold / f"{path.stem}.figures.jsonl").exists()]
    with ProcessPoolExecutor() as pool:
        chunk = 1 + len(known) // 32
        mapped = (
            (lambda *of: list(pool.map(*of, chunksize=chunk))) if len(known) >= 4 else lambda *of: [*map(*of)]
        )
        reports = mapped(checked, known)
        crossed = iter(hedui.cross([report for report in reports if report]))
        found = [next(crossed) if report else None for report in reports]
        return mapped(partial(outcome, gold=gold), known, found)


# -- printing


def percent(part: int, whole: int) -> str:
    """A share in percent, `n/a` of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "n/a"


def row(name: str, tally: Counter[str]) -> str:
    """One line of the table of documents."""
    figures = [
        str(tally["claims"]),
        percent(tally["found"], tally["claims"]),
        percent(tally["exact"], tally["claims"]),
        percent(tally["others_right"], tally["others"]),
        str(tally["extra"]),
        percent(tally["unexplained"], tally["figures"]),
        str(tally["cells"]),
        percent(tally["cells_right"], tally["cells"]),
    ]
    found = [f"{tally['got_' + level]}/{tally['want_' + level]}" for level in LEVELS]
    false = [f"{tally['false_' + level]}/{tally[level]}" for level in LEVELS[:2]]
    suspects = f"{tally['got_suspect']}/{tally['want_suspect']}"
    return f"| {name} | " + " | ".join([*figures, *found, *false, str(tally["traps"]), suspects]) + " |"


def table(results: Sequence[Outcome]) -> str:
    """All results as Markdown: documents, fields, families, documents with false alarms."""
    total = sum((result.tally for result in results), Counter[str]())
    lines = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    lines += [row(result.name, result.tally) for result in results]
    lines += [row("**all**", total), "", "| field | right |", "|---|---|"]
    lines += [f"| {name} | {percent(total['ok_' + name], total['found'])} |" for name in FIELDS]
    lines += ["", "| family | certain | likely | note | findings | false |", "|---|---|---|---|---|---|"]
    for name in sorted({label.split()[1] for label in total if " " in label}):
        found = [
            f"{total[f'got_family {name} {level}']}/{total[f'want_family {name} {level}']}"
            for level in LEVELS
        ]
        false = f"{total[f'false_family {name}']}"
        lines.append(f"| {name} | " + " | ".join([*found, str(total[f"family {name}"]), false]) + " |")
    alarmed = [result.name for result in results if result.tally["false_certain"]]
    lines += ["", f"Documents with false certain findings: {len(alarmed)} of {len(results)}", *alarmed]
    return "\n".join(lines)


def flat(results: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Every single outcome of a run under one name; the empty string stands for right."""
    out: dict[str, str] = {}
    for result in results:
        for group in ("figures", "cells", "others", "findings", "suspects"):
            out |= {
                f"{result['name']} {group} {label}": state for label, state in result.get(group, {}).items()
            }
        for group in ("extra", "false"):
            out |= {f"{result['name']} {group}: {label}": group for label in result[group]}
    return out


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What differs between two runs, example by example: better, worse, wrong in another way."""
    lists: dict[str, list[str]] = {"better": [], "worse": [], "otherwise": []}
    for label in sorted(before.keys() | after.keys()):
        old, new = before.get(label, ""), after.get(label, "")
        if old != new:
            kind = "better" if not new else "worse" if not old else "otherwise"
            lists[kind].append(f"  {label}: {old or 'right'} → {new or 'right'}")
    return "\n".join(
        line for kind, changes in lists.items() for line in [f"{kind}: {len(changes)}", *changes]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 2 where there is nothing to measure, 0 otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="documents")
    parser.add_argument("--gold", type=Path, help="their truth (FOLDER/gold or FOLDER/../gold)")
    parser.add_argument("--save", type=Path, help="keep every outcome in this JSON file")
    parser.add_argument("--compare", type=Path, metavar="BASELINE", help="a file kept by --save")
    parser.add_argument("--details", action="store_true", help="list everything that is wrong")
    options = parser.parse_args(arguments)
    near = (options.folder / "gold", options.folder.resolve().parent / "gold")
    gold = options.gold or next((folder for folder in near if folder.is_dir()), near[0])
    results = outcomes(options.folder, gold)
    if not results:
        print(f"no document of {options.folder} has its truth in {gold}", file=sys.stderr)
        return 2
    print(table(results))
    kept = [vars(result) for result in results]
    wrong = {label: state for label, state in flat(kept).items() if state}
    if options.details:
        print("\n" + "\n".join(f"{label}: {state}" for label, state in wrong.items()))
    if options.compare:
        print("\n" + compare(flat(json.loads(options.compare.read_text("utf8"))), flat(kept)))
    if options.save:
        options.save.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
