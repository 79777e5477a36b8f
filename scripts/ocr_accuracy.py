"""Measure how well figures are read from scans: pages with a text layer as pictures, both readings compared.

python scripts/ocr_accuracy.py                         ten pages of generated disclosures
python scripts/ocr_accuracy.py FILE.pdf --pages 21-24  pages of a PDF that has a text layer
python scripts/ocr_accuracy.py --dpi 100 --noise 25    worse scans than any that are likely

A figure is right if its digits, marks and per cent sign are; figures are aligned in the order of the text.
"""

import argparse
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from corpus.formats.files import encoded
from corpus.formats.scan import NOISE, RESOLUTIONS, scanned
from corpus.generate import generate
from corpus.page import Layout, compose
from hedui.model import Document
from hedui.reading import read

FIGURE = re.compile(r"\d[\d,.]*(?: ?[％%])?")  # a blank before the sign is layout
THRESHOLDS = (0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)


@dataclass
class Outcome:
    """Figures that stand on the pages, the confidence of those read rightly and wrongly, and what was read wrongly."""

    figures: int = 0
    pages: int = 0
    seconds: float = 0.0
    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return len(self.right) / max(self.figures, 1)


def compare(data: bytes, scan: bytes, pages: range | None, outcome: Outcome) -> None:
    """Add the figures of a PDF, and of the scan of its pages, to an outcome."""
    start = time.perf_counter()
    seen = read(scan, "")
    outcome.seconds += time.perf_counter() - start
    outcome.pages += len(seen.pages)
    true = [figure for figure, _ in figures(read(data, ""), pages)]
    found = list(figures(seen, None))
    outcome.figures += len(true)
    matcher = SequenceMatcher(None, true, [figure for figure, _ in found], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            outcome.right += [sure for _, sure in found[c:d]]
        else:
            outcome.wrong += [sure for _, sure in found[c:d]]
            read_as = " ".join(f"{figure} ({sure:.2f})" for figure, sure in found[c:d])
            outcome.mistakes.append(f"{' '.join(true[a:b]) or '–'} → {read_as or '–'}")


def figures(document: Document, pages: range | None) -> Iterator[tuple[str, float]]:
    """The figures of some pages (all unless told) and how sure each is."""
    for match in FIGURE.finditer(document.text):
        page = document.page_at(match.start())
        if pages is None or (page is not None and page - 1 in pages):
            yield (
                match[0].replace("％", "%").replace(" ", "").rstrip(",."),
                document.confidence_of(*match.span()),
            )


def generated(seed: int, pages: int) -> Iterator[tuple[bytes, range]]:
    """PDFs of generated disclosures, and of each so many pages that all have the number asked for."""
    for made in generate(pages, seed):
        text = compose(made.pieces, made.habits, Layout()).text
        data = encoded(text, "pdf", made.accounts.body.name, made.accounts.year, random.Random(text))
        there = min(len(read(data, "").pages), pages)
        yield data, range(there)
        pages -= there
        if not pages:
            return


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", nargs="*", type=Path, help="PDFs with a text layer (generated ones unless told)"
    )
    parser.add_argument(
        "--pages", default="10", help="how many generated ones; of files FIRST-LAST (default all)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dpi", type=int, nargs="*", default=list(RESOLUTIONS), help="dots to the inch")
    parser.add_argument("--noise", type=float, default=NOISE, help="deviation of grey values, of 255")
    options = parser.parse_args()
    outcome = Outcome()
    first, _, last = options.pages.partition("-")
    chosen = range(int(first) - 1, int(last)) if last else None
    documents = (
        ((path.read_bytes(), chosen) for path in options.files)
        if options.files
        else generated(options.seed, int(options.pages))
    )
    for data, pages in documents:
        rng = random.Random(options.seed)
        scan = scanned(data, rng, pages, options.dpi, options.noise)
        compare(data, scan, pages, outcome)
    print(f"{outcome.pages} pages, {outcome.seconds / outcome.pages:.1f} s a page")
    print(
        f"figures: {outcome.figures}, right {len(outcome.right)} ({outcome.share:.2%}), wrong {len(outcome.wrong)}"
    )
    print("\nthreshold | right ones below | wrong ones below\n---|---|---")
    for threshold in THRESHOLDS:
        below = [sum(sure < threshold for sure in values) for values in (outcome.right, outcome.wrong)]
        print(f"{threshold} | {below[0]} of {len(outcome.right)} | {below[1]} of {len(outcome.wrong)}")
    for mistake in outcome.mistakes:
        print(mistake)


if __name__ == "__main__":
    main()
