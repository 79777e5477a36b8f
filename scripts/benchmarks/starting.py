"""Whole processes of hedui as ratios to what their parts cost alone: what a person waits for.

Both commands of a comparison run in turns, so that whatever else goes on meets both.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
    """What is compared, with the project's targets; `document` is UTF-8 text."""
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
    """Run both commands in turns, once more than told: the first round warms the disk cache."""
    first: list[float] = []
    second: list[float] = []
    for _ in range(rounds + 1):
        first.append(seconds(comparison.measured))
        second.append(seconds(comparison.against))
    return Result(comparison, statistics.median(first[1:]), statistics.median(second[1:]))
