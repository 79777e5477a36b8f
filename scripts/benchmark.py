"""Measure how fast hedui starts and checks, as ratios to what its parts cost alone.

Usage: python scripts/benchmark.py [DOCUMENT] [--rounds N]

Each line compares two whole processes on this machine, run in turns so that whatever else goes on meets both.
Times are medians of N rounds after one that warms the disk cache. Prints a Markdown table; the exit code is 1
where a ratio is over its target. DOCUMENT is one of the samples unless told.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "corpora" / "samples" / "shanghai-2024.txt"
SCRIPT = Path(sys.executable).with_name("hedui")
HEDUI = (str(SCRIPT),) if SCRIPT.exists() else (sys.executable, "-m", "hedui")
CLICK = (sys.executable, "-c", "import click")
# The least that a program which reads Chinese words has to do.
TOKENISE = """
import sys, spacy
nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
doc = nlp(open(sys.argv[1], encoding="utf8").read())
print(len(doc))
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two commands and how many times longer the first may take."""

    name: str
    measured: tuple[str, ...]
    against_name: str
    against: tuple[str, ...]
    target: float


@dataclass(frozen=True, slots=True)
class Result:
    """Median seconds of both commands of a comparison."""

    comparison: Comparison
    seconds: float
    against_seconds: float

    @property
    def ratio(self) -> float:
        """How many times longer the measured command takes."""
        return self.seconds / self.against_seconds


def comparisons(document: Path) -> list[Comparison]:
    """What is compared, with the project's targets."""
    check = (*HEDUI, "check", str(document), "--format", "json", "--fail-on", "never")
    tokenise = (sys.executable, "-c", TOKENISE, str(document))
    return [
        Comparison("hedui --version", (*HEDUI, "--version"), "import click", CLICK, 1.5),
        Comparison("hedui explain CHG001", (*HEDUI, "explain", "CHG001"), "import click", CLICK, 2.5),
        Comparison("hedui check", check, "spaCy zh with jieba", tokenise, 1.3),
    ]


def seconds(command: Sequence[str]) -> float:
    """Wall-clock seconds of one run. Raises CalledProcessError where the command fails."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def measure(comparison: Comparison, rounds: int) -> Result:
    """Run both commands in turns."""
    first: list[float] = []
    second: list[float] = []
    for _ in range(rounds + 1):
        first.append(seconds(comparison.measured))
        second.append(seconds(comparison.against))
    return Result(comparison, statistics.median(first[1:]), statistics.median(second[1:]))


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    lines = ["| command | ms | against | ms | ratio | target |", "|---|---|---|---|---|---|"]
    for result in results:
        names = result.comparison
        lines.append(
            f"| {names.name} | {1000 * result.seconds:.0f} | {names.against_name} "
            f"| {1000 * result.against_seconds:.0f} | {result.ratio:.2f} | ≤ {names.target} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 1 where a ratio is over its target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("document", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--rounds", type=int, default=9, help="measured runs of each command")
    options = parser.parse_args(arguments)
    results = [measure(comparison, options.rounds) for comparison in comparisons(options.document)]
    print(f"{options.document.name}, medians of {options.rounds} rounds\n\n{table(results)}")
    return 1 if any(result.ratio > result.comparison.target for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
