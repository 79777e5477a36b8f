"""Measure how completely the cells of standard tables become claims.

Usage: python scripts/evaluate_cells.py FOLDER [--gold GOLD] [--details]

FOLDER holds documents, GOLD (tests/gold unless told) their true cells, `NAME.cells.jsonl` as `tests/gold/README.md`
describes them. Documents without true cells are passed over.

A cell is found where a claim of its table and page has its value; cell and claim are brought together by the
fields that agree, the most first. It is exact where all of them agree.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hedui

Record = Mapping[str, Any]

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
FIELDS = ("code", "name", "unit", "metric", "item", "measure", "basis", "year", "scope")


@dataclass
class Outcome:
    """What came of the cells of one document: `wrong` names those that are not exact, `extra` claims of no cell."""

    name: str
    cells: int
    found: int = 0
    exact: int = 0
    wrong: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)


def squeeze(text: str) -> str:
    """A text without blanks and quotes."""
    return "".join(c for c in text if not c.isspace() and c not in "“”\"'")


def place(record: Record, table: str, paged: bool) -> tuple[int | None, str, str]:
    """Where a value stands: page (of files that have pages), table and the value itself."""
    return record["page"] if paged else None, squeeze(table), record["value"]


def differences(cell: Record, claim: Record) -> list[str]:
    """The fields in which a claim is not as its cell; an empty code or name is not compared."""
    item = claim["item"]
    told = dict(claim) | {
        "name": claim["subject"],
        "item": item and item["code"],
        "code": item and item["code"],
    }
    out = []
    for name in FIELDS:
        want, got = cell[name], told[name]
        if name == "name":
            want, got = squeeze(want), squeeze(got)
        if want != got and (want or name not in ("code", "name")):
            out.append(name)
    return out


def meet(cells: Sequence[Record], claims: Sequence[Record]) -> dict[int, int]:
    """The claim of each cell, both by number: of its page, table and value, the most alike first."""
    near: dict[tuple[int | None, str, str], list[int]] = {}
    paged = any(cell["page"] for cell in cells)
    for j, claim in enumerate(claims):
        near.setdefault(place(claim, (claim["section"] or [""])[0], paged), []).append(j)
    pairs = sorted(
        (len(differences(cell, claims[j])), i, j)
        for i, cell in enumerate(cells)
        for j in near.get(place(cell, cell["table"], paged), ())
    )
    met: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in met and j not in taken:
            met[i] = j
            taken.add(j)
    return met


def label(cell: Record) -> str:
    """A cell as the list of what is wrong names it."""
    page = f"p. {cell['page']} " if cell["page"] else ""
    return f"{page}{cell['table']} {cell['code']}{cell['name']} [{cell['column']}] {cell['value']}"


def judge(name: str, cells: Sequence[Record], claims: Sequence[Record]) -> Outcome:
    """Compare the true cells of a document with its claims, those of tables as the contract's JSON has them."""
    out = Outcome(name, len(cells))
    tabled = [claim for claim in claims if claim["origin"] == "table"]
    met = meet(cells, tabled)
    for i, cell in enumerate(cells):
        wrong = differences(cell, tabled[met[i]]) if i in met else ["missing"]
        out.found += i in met
        out.exact += not wrong
        if wrong:
            out.wrong[label(cell)] = ", ".join(wrong)
    out.extra = [
        f"p. {claim['page']} {claim['section'][0]} {claim['subject']} {claim['value']}: {claim['metric']}"
        for j, claim in enumerate(tabled)
        if j not in met.values()
    ]
    return out


def outcome(path: Path, gold: Path) -> Outcome:
    """Read a document and compare."""
    lines = (gold / f"{path.stem}.cells.jsonl").read_text("utf8").splitlines()
    return judge(path.stem, [json.loads(line) for line in lines], hedui.extract(path).to_dict()["claims"])


def table(results: Sequence[Outcome]) -> str:
    """All results as Markdown, a document a row."""
    lines = ["| document | cells | found | exact | extra |", "|---|---|---|---|---|"]
    for result in results:
        lines.append(
            f"| {result.name} | {result.cells} | {result.found} | {result.exact} | {len(result.extra)} |"
        )
    total = Counter({name: sum(getattr(r, name) for r in results) for name in ("cells", "found", "exact")})
    extra = sum(len(result.extra) for result in results)
    lines.append(f"| **all** | {total['cells']} | {total['found']} | {total['exact']} | {extra} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 2 where there is nothing to measure, 0 otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="documents")
    parser.add_argument("--gold", type=Path, default=GOLD, help="their true cells (tests/gold)")
    parser.add_argument("--details", action="store_true", help="list everything that is wrong")
    options = parser.parse_args(arguments)
    files = sorted(path for path in options.folder.iterdir() if path.is_file())
    known = [path for path in files if (options.gold / f"{path.stem}.cells.jsonl").exists()]
    if not known:
        print(f"no document of {options.folder} has its true cells in {options.gold}", file=sys.stderr)
        return 2
    results = [outcome(path, options.gold) for path in known]
    print(table(results))
    if options.details:
        for result in results:
            print(f"\n{result.name}")
            print("\n".join(f"  {label}: {wrong}" for label, wrong in result.wrong.items()))
            print("\n".join(f"  extra: {label}" for label in result.extra))
    return 0


if __name__ == "__main__":
    sys.exit(main())
