"""How fast a corpus is built by one worker and by two, what that takes, and how fast it is looked through again."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from trials.content import content
from trials.watching import Process, Run, watched

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Speed:
    """A corpus, built anew by `jobs` workers, and built again unchanged."""

    name: str
    documents: int
    jobs: int
    first: Run
    again: Run

    @property
    def rate(self) -> float:
        """Documents a second on the wall."""
        return self.documents / self.first.seconds

    @property
    def undisturbed_rate(self) -> float:
        """Documents a second, had no other program used the processors."""
        return self.documents / self.first.undisturbed

    @property
    def parent(self) -> float:
        """Which part of the time the parent was busy."""
        return self.first.main.busy / self.first.undisturbed


def speeds(folder: Path, jobs: tuple[int, ...], scratch: Path) -> list[Speed]:
    """Build a corpus by each number of workers. Raises AssertionError where that changes what is in the database."""
    found, held = [], []
    for count in jobs:
        db = scratch / f"{folder.name}-{count}.db"
        command = [sys.executable, "-m", "hedui", "build", str(folder), str(db), "--jobs", str(count)]
        command += ["--format", "json"]
        first = watched(command)
        again = watched(command)
        told = json.loads(first.output)["run"]
        assert json.loads(again.output)["run"]["unchanged"] == told["read"]
        held.append(content(db))
        found.append(Speed(folder.name, told["read"] + told["failed"], count, first, again))
        for rest in scratch.glob(f"{db.name}*"):
            os.unlink(rest)
    assert all(each == held[0] for each in held)
    return found


def memory(workers: list[Process]) -> list[tuple[float, float, float]]:
    """By quarter of the run: median and most megabytes that a worker held at a look, and how many looks were taken
    at workers of any age."""
    begun, ended = min(w.first for w in workers), max(w.last for w in workers)
    quarters: list[list[int]] = [[], [], [], []]
    for worker in workers:
        step = (worker.last - worker.first) / max(1, len(worker.memory) - 1)
        for number, held in enumerate(worker.memory):
            part = (worker.first + number * step - begun) / (ended - begun)
            quarters[min(3, int(4 * part))].append(held)
    return [(median(held) / MB, max(held) / MB, len(held)) for held in quarters if held]
