"""Measure how printed classification items are linked, on documents with known truth.

Usage: python scripts/evaluate_linking.py FOLDER [--gold GOLD]

Every item of the truth (`NAME.figures.jsonl` in FOLDER/gold, FOLDER/../gold or GOLD) is compared with the claim of the
same figure. A printed path is in the catalogue where each of its names is a name of one entry, level by level; the
right code is that of such an entry. Prints, a line a document, how many distinct items are printed, in the catalogue
and rightly linked; then those that are wrong, those that the catalogue lacks, and the names that are reported as not
being those of the year.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import hedui
from hedui.classification.catalogue import Entry, key, load, loose

FORMS = ("*.txt", "*.pdf", "*.html", "*.docx")
CONTEXT = 24  # characters before a figure that the truth keeps


def candidates(path: list[str]) -> Iterator[Entry]:
    """The entries whose own name and the names above it are those printed, whichever levels are printed."""
    book = load()
    for entry in dict.fromkeys(e for e in book.by_name.get(loose(key(path[-1])), []) if e.chart != "revenue"):
        above = [e for e in book.entries if entry.code.startswith(e.code) and e.code != entry.code]
        places = iter(sorted(above, key=lambda e: e.level))
        if all(any(bears(e, name) for e in places) for name in path[:-1]):
            yield entry


def bears(entry: Entry, name: str) -> bool:
    """Whether an entry has, had, or is also known by a name."""
    return loose(key(name)) in {loose(key(known)) for known in entry.names()}


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def measure(path: Path, gold: Path) -> tuple[dict[str, set[str]], set[str]]:
    """The items of one document by what came of them, and the names that it is told of."""
    report = hedui.check(path)
    text, claims = report.document.text, list(report.claims)
    out: dict[str, set[str]] = {"right": set(), "wrong": set(), "lacking": set()}
    rows = [json.loads(line) for line in gold.read_text("utf8").splitlines()]
    for row in (r for r in rows if r.get("item")):
        printed = row["item"].replace("(", "（").replace(")", "）")
        codes = {e.code for e in candidates(printed.split("/"))}
        near = [
            c
            for c in claims
            if c.value == row["value"]
            and squeezed(text[max(0, c.start - 2 * CONTEXT) : c.start]).endswith(squeezed(row["left"])[-6:])
        ]
        linked = {c.item.code for c in near if c.item}
        state = "lacking" if not codes else "right" if linked & codes else "wrong"
        out[state].add(printed if state != "wrong" else f"{printed} → {', '.join(map(str, linked))}")
    naming = {f.quote for f in report.findings if f.rule.startswith("CLS")}
    return out, naming


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args()
    gold = options.gold or next(
        p for p in (options.folder / "gold", options.folder.parent / "gold") if p.is_dir()
    )
    totals = [0, 0, 0]
    for path in sorted(p for form in FORMS for p in options.folder.glob(form)):
        truth = gold / f"{path.stem}.figures.jsonl"
        if not truth.is_file():
            continue
        found, naming = measure(path, truth)
        right, wrong, lacking = (len(found[k]) for k in ("right", "wrong", "lacking"))
        totals = [a + b for a, b in zip(totals, (right + wrong + lacking, right + wrong, right), strict=True)]
        print(
            f"{path.stem}: {right + wrong + lacking} items, {right + wrong} in the catalogue, {right} right"
        )
        for what in ("wrong", "lacking"):
            for item in sorted(found[what]):
                print(f"  {what}: {item}")
        for quote in sorted(naming):
            print(f"  reported: {quote}")
    print(f"all: {totals[0]} items, {totals[1]} in the catalogue, {totals[2]} rightly linked")


if __name__ == "__main__":
    main()
