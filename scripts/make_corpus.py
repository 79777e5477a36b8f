"""Make a corpus of disclosures that knows its own truth.

python scripts/make_corpus.py --documents 200 --seed 1 --errors 0 --out build/clean

Writes NAME.txt (or .html, .docx, .pdf), and below gold/ what every figure claims and what was planted, in the
format of corpora/gold, and every amount of the standard tables (NAME.cells.jsonl). Figures of the narrative and cells
that contradict one another are named by `figures` and `cells` of NAME.findings.jsonl. With --years, errors of the
family `cross` contradict last year's document of the same body, and nothing in their own; with --related a body also
publishes budgets at the beginning of the year (NAME-a-budget), its own unit's account (NAME-unit) and now and then a
disclosure once more (NAME_again), some of them at odds with the account, and restates last year as a whole.
"""

import argparse
from pathlib import Path

from corpus.errors import SLIPS
from corpus.formats.files import FORMATS
from corpus.generate import generate, save


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20, help="how many (default 20)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same corpus")
    parser.add_argument(
        "--years", type=int, default=1, choices=range(1, 6), help="consecutive years of one body"
    )
    parser.add_argument(
        "--format", choices=[*FORMATS, "mixed"], default="txt", help="mixed: one drawn for each"
    )
    parser.add_argument("--scan", action="store_true", help="PDFs as pictures of their pages")
    parser.add_argument("--errors", type=float, default=0, help="mean number of errors planted in a document")
    parser.add_argument("--families", nargs="+", choices=list(SLIPS), help="only errors of these")
    parser.add_argument("--related", action="store_true", help="what else a body publishes, besides")
    parser.add_argument("--out", type=Path, required=True, help="folder, made if missing")
    options = parser.parse_args()
    if options.scan and options.format not in ("pdf", "mixed"):
        parser.error("--scan makes pictures of PDFs: add --format pdf")
    findings = 0
    families = options.families or tuple(SLIPS)
    for made in generate(
        options.documents, options.seed, options.years, options.errors, options.related, families
    ):
        save(made, options.out, options.format, options.scan)
        findings += sum(f.core for f in made.findings)
    print(f"{options.documents} documents, {findings} contradictions planted: {options.out}")


if __name__ == "__main__":
    main()
