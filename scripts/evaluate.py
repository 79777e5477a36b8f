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
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import hedui
from evaluation.cells import judge_cells
from evaluation.figures import judge_figures
from evaluation.findings import judge_findings, judge_suspects
from evaluation.outcome import Named, Outcome, Record
from evaluation.telling import compare, flat, table


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
