"""How fast a corpus is built by two workers and by one, what that takes, and how fast it is looked through again.

Two workers build all of it, in one run. One worker builds a part that is drawn by chance, in several runs, half of
them before and half of them after: so both see the machine at the same times. Rates are those from the first document
done to the last, without the start.
"""

import json
import math
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression, median

from trials.content import differing
from trials.corpora import Corpus, listed
from trials.watching import Look, Process, Run, watched

MB = 1_000_000
CHUNKS = 2  # runs of the one worker
ENOUGH = 20  # looks at a process that tell how its memory grows
PARTS = 8  # of all runs of one kind, to see how far rates differ


@dataclass(frozen=True, slots=True)
class Rate:
    """Documents a second of some part of a run: on the wall, and had no other program used the processors."""

    wall: float
    undisturbed: float


@dataclass(frozen=True, slots=True)
class Built:
    """Documents built by `jobs` workers in one or more runs."""

    documents: int
    jobs: int
    runs: list[Run]

    @property
    def parts(self) -> list[Rate]:
        """The rates of parts of it."""
        return [rate for run in self.runs for rate in _rates(run, PARTS // len(self.runs))]

    @property
    def whole(self) -> Rate:
        """The rate of all of it."""
        spans = [(run.looks[_first(run)], run.looks[_last(run)]) for run in self.runs]
        done = sum(b.done - a.done for a, b in spans)
        return Rate(done / sum(b.time - a.time for a, b in spans), done / sum(_own(a, b) for a, b in spans))

    @property
    def parent(self) -> float:
        """Which part of the time the parent was busy, its start included."""
        return sum(run.main.busy for run in self.runs) / sum(run.undisturbed for run in self.runs)

    @property
    def each(self) -> float:
        """Seconds of the processor that a document takes."""
        return sum(run.busy for run in self.runs) / self.documents

    @property
    def others(self) -> float:
        """Which part of all processors other programs had."""
        seconds = sum(run.seconds for run in self.runs)
        return sum(run.others * run.seconds for run in self.runs) / seconds


@dataclass(frozen=True, slots=True)
class Speed:
    """A corpus: built by one worker in part and by two in whole, and by these again, unchanged."""

    name: str
    one: Built
    two: Built
    again: Run


def speed(corpus: Corpus, part: int, scratch: Path) -> Speed:
    """Build a corpus by two workers, and `part` documents of it by one. Raises AssertionError where not every
    document is read, or where the number of workers changes what is in the database."""
    drawn = corpus.drawn(part)
    step = -(-len(drawn) // CHUNKS)
    lists = [
        listed(drawn[at : at + step], scratch / f"{corpus.name}-{at}.lst")
        for at in range(0, len(drawn), step)
    ]
    one_db, two_db = scratch / f"{corpus.name}-1.db", scratch / f"{corpus.name}-2.db"
    half = len(lists) // 2
    ones = [_build(["--files-from", str(path)], one_db, 1) for path in lists[:half]]
    two = _build([str(corpus.folder)], two_db, 2)
    again = _build([str(corpus.folder)], two_db, 2)
    ones += [_build(["--files-from", str(path)], one_db, 1) for path in lists[half:]]
    assert sum(_told(run)["read"] for run in ones) == len(drawn)
    assert _told(two)["read"] == _told(again)["unchanged"] == len(corpus.documents)
    assert differing(one_db, two_db) == []
    for name in (one_db.name, two_db.name):
        for rest in scratch.glob(f"{name}*"):
            rest.unlink()
    return Speed(corpus.name, Built(len(drawn), 1, ones), Built(len(corpus.documents), 2, [two]), again)


@dataclass(frozen=True, slots=True)
class Held:
    """Memory over a run, in megabytes: median and most by quarter of its documents; how much more is held for every
    1,000 documents done, by least squares over all looks but those of the first tenth; and the same for each process
    by itself, the median of all that lived long enough."""

    quarters: list[tuple[float, float]]
    slope: float
    own: float


def memory(processes: Sequence[Process], documents: int) -> Held:
    """What was held by each of some processes."""
    looks = [look for process in processes for look in process.memory]
    quarters: list[list[int]] = [[], [], [], []]
    for done, held in looks:
        quarters[min(3, 4 * done // documents)].append(held)
    told = [(median(held) / MB, max(held) / MB) if held else (0.0, 0.0) for held in quarters]
    settled = [look for look in looks if look[0] > documents / 10]
    each = [process.memory[len(process.memory) // 10 :] for process in processes]
    return Held(
        told, _slope(settled), median([_slope(own) for own in each if len(own) > ENOUGH] or [math.nan])
    )


def _slope(looks: Sequence[tuple[int, int]]) -> float:
    """Megabytes more for every 1,000 documents; NaN where the run is too short to tell."""
    if len({done for done, _ in looks}) < 2:
        return math.nan
    return 1000 / MB * linear_regression([done for done, _ in looks], [held for _, held in looks]).slope


def _build(what: list[str], db: Path, jobs: int) -> Run:
    log = db.with_suffix(".jsonl")
    command = [sys.executable, "-m", "hedui", "build", *what, str(db), "--jobs", str(jobs)]
    return watched([*command, "--format", "json", "--log", str(log)], log)


def _told(run: Run) -> dict[str, int]:
    told: dict[str, int] = json.loads(run.output)["run"]
    return told


def _rates(run: Run, parts: int) -> list[Rate]:
    """The rates of parts of a run, by as many documents each, as far as its looks can tell them apart."""
    first, last = _first(run), _last(run)
    done = [look.done for look in run.looks]
    span = done[last] - done[first]
    marks = sorted({bisect_left(done, done[first] + span * part / parts) for part in range(parts + 1)})
    pairs = [(run.looks[a], run.looks[b]) for a, b in pairwise(marks)]
    return [Rate((b.done - a.done) / (b.time - a.time), (b.done - a.done) / _own(a, b)) for a, b in pairs]


def _own(a: Look, b: Look) -> float:
    """Seconds between two looks without those that workers waited for a processor."""
    return (b.time - a.time) * (1 - (b.waited - a.waited) / max(b.lived - a.lived, b.time - a.time))


def _first(run: Run) -> int:
    """The first look at which a document was done."""
    return next(number for number, look in enumerate(run.looks) if look.done)


def _last(run: Run) -> int:
    """The first look at which all were."""
    return next(number for number, look in enumerate(run.looks) if look.done == run.looks[-1].done)
