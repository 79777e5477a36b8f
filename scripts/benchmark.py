"""Measure how fast hedui is and what it holds, beside the programs it is built on and those that do parts of it.

Usage: python scripts/benchmark.py [DOCUMENT…] [--rounds N] [--only PART] [--growth N] [--quick] [--out FOLDER]

Four parts: `starting`, whole processes as ratios with targets; `text` and `pdf`, contestants over the same
documents, in turns; `growth`, time and memory of a document after 10, 100 … others in the same process. DOCUMENTS
are the samples and, where it lies beside the checkout, the folder `shared/corpus`, unless told. Times are medians
of N rounds after one that warms everything up. Prints Markdown, and writes it with a plot to FOLDER; the exit code
is 1 where a ratio of `starting` is over its target, 2 where nothing could be measured. A contestant that cannot be
had is left out, with a line that says so. The others' packages: pip install -e '.[bench]'.

docs/benchmark.md is what `--rounds 3 --growth 1000 --out docs` says on a machine that does nothing else.
"""

import argparse
import importlib.util
import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import environment, growth, markdown, race, starting
from benchmarks.contestants import CONTESTANTS, Contestant, Kind

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLES = CHECKOUT / "corpora" / "samples"
SAMPLE = SAMPLES / "shanghai-2024.txt"
SHARED = CHECKOUT.parent / "shared" / "corpus"
BUILD = CHECKOUT / "build"  # ignored by git
RACE = (
    "{} documents ({:.0f} kB), each given to everybody in turn, everybody in a process of its own. *ms a document*: "
    "the mean of the documents' medians, warm; *first answer*: loading and the first document; *hedui takes ×*: "
    "how many times longer."
)
GROWTH = (
    "Generated documents, one after the other in one process; *ms a document*: median since the row above; "
    "*×*: against the first row."
)
PARTS = ("starting", "text", "pdf", "growth")
TITLES: dict[Kind, str] = {"text": "Running text", "pdf": "PDF"}


def usual_documents() -> list[Path]:
    """The samples and the shared corpus where there is one."""
    return [
        path for ending in ("txt", "pdf") for d in (SAMPLES, SHARED) for path in sorted(d.glob(f"*.{ending}"))
    ]


def available(kind: Kind) -> tuple[list[Contestant], dict[str, str], list[str]]:
    """The contestants that can run, the interpreters of those with their own environment, why others cannot."""
    able: list[Contestant] = []
    pythons: dict[str, str] = {}
    missing: list[str] = []
    for contestant in (c for c in CONTESTANTS if c.kind == kind):
        if contestant.packages:
            python = environment.interpreter(BUILD / "environments" / contestant.name, contestant.packages)
            if python is None:
                missing.append(f"{contestant.name}: left out, the package index did not give its packages")
                continue
            pythons[contestant.name] = python
        elif importlib.util.find_spec(contestant.module) is None:
            missing.append(f"{contestant.name}: left out, not installed; try pip install -e '.[bench]'")
            continue
        able.append(contestant)
    return able, pythons, missing


def run_race(kind: Kind, documents: Sequence[Path], rounds: int) -> tuple[list[race.Outcome], list[str]]:
    """The outcomes of one kind and the lines about what was left out."""
    contestants, pythons, notes = available(kind)
    with tempfile.TemporaryDirectory() as folder:
        prepared = race.prepare(documents, Path(folder))
        return race.measure(contestants, prepared, rounds, pythons), notes


def powers(largest: int) -> list[int]:
    """10, 100 … as far as `largest`, which is always the last."""
    return [*(10**n for n in range(1, len(str(largest))) if 10**n < largest), largest]


def machine() -> str:
    """What the figures were taken on."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"


@dataclass
class Measured:
    """What was measured so far, and how it is told."""

    started: list[starting.Result] = field(default_factory=list)
    races: list[tuple[str, list[race.Outcome], int]] = field(default_factory=list)
    steps: list[growth.Step] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)

    @property
    def missed(self) -> list[starting.Result]:
        """The ratios that are over their targets."""
        return [result for result in self.started if result.ratio > result.comparison.target]

    def start(self, document: Path, rounds: int) -> None:
        """Whole processes, on one document."""
        self.started = [starting.measure(comparison, rounds) for comparison in starting.comparisons(document)]
        self.sections += [
            "## Starting",
            f"Whole processes; {document.name}.",
            markdown.starting(self.started),
        ]

    def race(self, kind: Kind, paths: Sequence[Path], rounds: int) -> None:
        """The contestants of one kind over its documents."""
        self.sections.append(f"## {TITLES[kind]}")
        if not paths:
            self.sections.append("Left out: no such document was given, nor lies beside the checkout.")
            return
        outcomes, notes = run_race(kind, paths, rounds)
        self.races.append((TITLES[kind], outcomes, len(paths)))
        size = sum(path.stat().st_size for path in paths)
        self.sections.append(RACE.format(len(paths), size / 1000))
        self.sections += [markdown.race(outcomes, len(paths)), *(f"*{note}*" for note in notes)]

    def grow(self, largest: int) -> None:
        """One document after another, up to so many."""
        with tempfile.TemporaryDirectory() as folder:
            self.steps = growth.measure(powers(largest), 1, Path(folder))
        self.sections += ["## Growth", GROWTH, markdown.growth(self.steps)]

    def draw(self, out: Path) -> None:
        """The plot, where there is what draws it."""
        if importlib.util.find_spec("matplotlib") is None:
            self.sections.append("*No plot: matplotlib is not installed; try pip install -e '.[bench]'*")
            return
        from benchmarks import plot

        plot.draw(out, self.started, self.races, self.steps)
        self.sections.append(f"![The same as bars and lines]({out.name})")

    def report(self, arguments: Sequence[str], rounds: int) -> str:
        """All of it as Markdown: how it was measured, which targets are missed, the parts."""
        command = shlex.join(["scripts/benchmark.py", *arguments])
        over = "; ".join(
            f"{r.comparison.name} takes {r.ratio:.2f} times as long as {r.comparison.against_name} "
            f"(aim {r.comparison.target})"
            for r in self.missed
        )
        top = ["# Benchmark", f"`{command}`: {machine()}; medians of {rounds} rounds."]
        return "\n\n".join([*top, *([f"What is missed: {over}."] if over else []), *self.sections]) + "\n"


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("documents", type=Path, nargs="*", metavar="DOCUMENT")
    parser.add_argument("--rounds", type=int, default=9, help="measured runs of each command and contestant")
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="this part; may be given more than once"
    )
    parser.add_argument("--growth", type=int, default=10_000, help="documents checked in one process at most")
    parser.add_argument(
        "--quick", action="store_true", help="one round, one document of a kind, growth to 10"
    )
    parser.add_argument(
        "--out", type=Path, default=BUILD / "benchmark", help="folder of benchmark.md and .png"
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 1 where a ratio is over its target, 2 where there is nothing to measure."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = options_of(arguments)
    missing = [path for path in options.documents if not path.is_file()]
    if missing or options.rounds < 1 or options.growth < 1:
        print(f"no such file: {missing[0]}" if missing else "rounds and growth start at 1", file=sys.stderr)
        return 2
    parts, rounds, largest = options.only or PARTS, options.rounds, options.growth
    documents = options.documents or usual_documents()
    of_kind: dict[Kind, list[Path]] = {
        "text": [path for path in documents if path.suffix.lower() != ".pdf"],
        "pdf": [path for path in documents if path.suffix.lower() == ".pdf"],
    }
    if options.quick:
        rounds, largest = 1, min(10, largest)
        of_kind = {kind: paths[:1] for kind, paths in of_kind.items()}
    options.out.mkdir(parents=True, exist_ok=True)
    measured = Measured()
    if "starting" in parts:
        given = (path for path in options.documents if path in of_kind["text"])
        measured.start(next(given, SAMPLE), rounds)
    for kind, paths in of_kind.items():
        if kind in parts:
            measured.race(kind, paths, rounds)
    if "growth" in parts:
        measured.grow(largest)
    if not (measured.started or measured.races or measured.steps):
        print("nothing to measure: no document of this kind", file=sys.stderr)
        return 2
    measured.draw(options.out / "benchmark.png")
    report = measured.report(arguments, rounds)
    (options.out / "benchmark.md").write_text(report, "utf8")
    print(report)
    return 1 if measured.missed else 0


if __name__ == "__main__":
    sys.exit(main())
