"""Compare the classification catalogue with the codes and names that tables of real documents print.

Usage: python scripts/refresh_catalogue.py PATH… where a PATH is a text file, a folder of them, or a CSV with
the columns code, name and perhaps year. Prints tab-separated lines: `missing` (no such code), `differs`
(another name; the catalogue's follows) or `unattested` (agrees, but the catalogue does not say `print`).
The exit code is 1 if there are any of the first two.
"""

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from hedui.classification.catalogue import Catalogue, key, load

CODE = re.compile(r"\d{3}(\d{2}){0,2}")
NAME = re.compile(r"[^\W\d_a-zA-Z][\w（）()、“”]+")


class Pair(NamedTuple):
    """A code and the name printed with it; the fiscal year where the source tells it."""

    code: str
    name: str
    year: int | None
    source: str


def table_pairs(text: str, source: str) -> Iterator[Pair]:
    """Every code cell of a tab-separated table with the name in the next cell that is not empty."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        for code, name in pairwise(cells):
            if CODE.fullmatch(code) and NAME.fullmatch(name):
                yield Pair(code, name, None, source)


def csv_pairs(path: Path) -> Iterator[Pair]:
    """The rows of a CSV with the columns code and name, and perhaps year."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Pair(row["code"], row["name"], int(row["year"]) if row.get("year") else None, path.name)


def harvest(paths: Iterable[Path]) -> Iterator[Pair]:
    """Pairs from files and folders; of a folder `*.txt` and `*.csv` are read, and nothing else."""
    for path in paths:
        if path.is_dir():
            yield from harvest(sorted([*path.glob("*.txt"), *path.glob("*.csv")]))
        elif path.suffix == ".csv":
            yield from csv_pairs(path)
        else:
            yield from table_pairs(path.read_text(encoding="utf-8"), path.name)


def compare(pairs: Iterable[Pair], catalogue: Catalogue) -> Iterator[tuple[str, Pair, str]]:
    """What the catalogue lacks or says otherwise: what it is, the pair, the catalogue's name."""
    for pair in dict.fromkeys(pairs):
        entry = catalogue.get(pair.code, pair.year)
        if entry is None:
            yield "missing", pair, ""
        elif key(pair.name) != key(entry.name_in(pair.year)):
            yield "differs", pair, entry.name_in(pair.year)
        elif entry.source != "print":
            yield "unattested", pair, entry.name


def main() -> int:
    """Print the comparison; 1 if anything is missing or differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    found = list(compare(harvest(parser.parse_args().paths), load()))
    for kind, pair, name in found:
        print(kind, pair.code, pair.name, name, pair.source, sep="\t")
    return int(any(kind != "unattested" for kind, _, _ in found))


if __name__ == "__main__":
    raise SystemExit(main())
