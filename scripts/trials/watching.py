"""What the processes of a run take, as Linux tells it: time of the processor, time that they waited for one that
others had, and memory.

On a machine that others use, too, the time on the wall says little. A process that is ready to work and gets no
processor is counted as waiting by the kernel; taken away, that leaves the time of a machine of one's own.
"""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 0.25  # seconds between two looks
_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Process:
    """One process: seconds of the processor, seconds it waited for one, when it was first and last seen, and its
    resident bytes at each look."""

    parent: int
    first: float
    last: float = 0.0
    busy: float = 0.0
    waited: float = 0.0
    memory: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """A command that has ended: seconds on the wall, what it printed, its own process, those that it started, and
    the workers, which those started."""

    seconds: float
    output: str
    main: Process
    started: list[Process]
    workers: list[Process]

    @property
    def busy(self) -> float:
        """Seconds of the processor, of all processes."""
        return sum(process.busy for process in (self.main, *self.started, *self.workers))

    @property
    def undisturbed(self) -> float:
        """Seconds on the wall without those in which its workers, on the average, waited for a processor."""
        if not self.workers:
            return self.seconds - self.main.waited
        lives = sum(worker.last - worker.first for worker in self.workers)
        waited = sum(worker.waited for worker in self.workers)
        return self.seconds * (1 - waited / lives)


def watched(command: Sequence[str]) -> Run:
    """Run a command to its end and watch it and its descendants. Raises CalledProcessError for other exit codes
    than 0 and 3."""
    begun = time.monotonic()
    seen: dict[int, Process] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        ended = threading.Event()
        looker = threading.Thread(target=_look, args=(process.pid, seen, ended))
        looker.start()
        output, _ = process.communicate()
        seconds = time.monotonic() - begun
        ended.set()
        looker.join()
    if process.returncode not in (0, 3):
        raise subprocess.CalledProcessError(process.returncode, command)
    main = seen.pop(process.pid)
    started = [other for other in seen.values() if other.parent == process.pid]
    workers = [other for other in seen.values() if other.parent != process.pid]
    return Run(seconds, output, main, started, workers)


def _look(root: int, seen: dict[int, Process], ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        now = time.monotonic()
        family = {root}
        for pid, parent in sorted(_parents().items()):  # children have higher numbers, but after a wrap
            if parent in family:
                family.add(pid)
        for pid in family:
            try:
                _measure(seen.setdefault(pid, Process(0, now)), pid, now)
            except (OSError, ValueError, IndexError):
                continue  # it has just ended


def _measure(process: Process, pid: int, now: float) -> None:
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    busy = (int(fields[11]) + int(fields[12])) / _TICK
    waited = 0.0
    for thread in (_PROC / str(pid) / "task").iterdir():
        waited += int((thread / "schedstat").read_text().split()[1]) / 1e9
    if held := int(fields[21]) * os.sysconf("SC_PAGE_SIZE"):  # none of one that has ended
        process.memory.append(held)
    process.parent, process.last, process.busy, process.waited = int(fields[1]), now, busy, waited


def _parents() -> dict[int, int]:
    found = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    return found
