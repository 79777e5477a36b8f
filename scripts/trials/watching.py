"""What the processes of a run take, as Linux tells it: time of the processor, time that they waited for one that
others had, and memory.

On a machine that others use, too, the time on the wall says little. A process that is ready to work and gets no
processor is counted as waiting by the kernel; taken away, that leaves the time of a machine of one's own. Not all
waiting is the fault of others (parent and workers share the processors, too), so how much of them others had is told
beside.
"""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 0.5  # seconds between two looks
_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Process:
    """One process: seconds of the processor, seconds it waited for one, when it was first and last seen, and its
    resident bytes at each look, with how many documents were done by then."""

    parent: int
    first: float
    last: float = 0.0
    busy: float = 0.0
    waited: float = 0.0
    memory: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Look:
    """A moment of a run: how many documents are done, how long its workers have worked and waited for a processor
    so far."""

    time: float
    done: int
    lived: float
    waited: float


@dataclass(slots=True)
class Run:
    """A command that has ended: seconds on the wall, what it printed, its own process, those that it started, the
    workers, which those started, the part of all processors that other programs had, and the load average of the last
    minute before and after."""

    seconds: float
    output: str
    main: Process
    started: list[Process]
    workers: list[Process]
    looks: list[Look]
    others: float
    load: tuple[float, float]

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


def watched(command: Sequence[str], log: Path) -> Run:
    """Run a build that logs to `log` to its end, and watch it and its descendants. Raises RuntimeError, with what it
    said, for other exit codes than 0 and 3."""
    load, begun, used = os.getloadavg()[0], time.monotonic(), _used()
    log.write_bytes(b"")
    said = log.with_suffix(".err")
    with (
        said.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        watch = _Watch(process.pid, log)
        watch.start()
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}: {said.read_text()}")
    main = watch.seen.pop(process.pid)
    started = [other for other in watch.seen.values() if other.parent == process.pid]
    workers = [other for other in watch.seen.values() if other.parent != process.pid]
    if not started:
        main.busy = usage.ru_utime + usage.ru_stime  # to the end, not to the last look
    run = Run(seconds, output, main, started, workers, watch.looks, 0.0, (load, os.getloadavg()[0]))
    run.others = max(0.0, _used() - used - run.busy) / seconds / (os.cpu_count() or 1)
    return run


class _Watch(threading.Thread):
    """Looks at a process and its descendants until it is told to end."""

    def __init__(self, root: int, log: Path) -> None:
        super().__init__()
        self.seen: dict[int, Process] = {root: Process(0, time.monotonic())}
        self.looks: list[Look] = []
        self._root, self._ended = root, threading.Event()
        self._log, self._done = log.open("rb"), 0

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()
        self._look()  # for the last lines of the log
        self._log.close()

    def run(self) -> None:
        while not self._ended.wait(EVERY):
            self._look()

    def _look(self) -> None:
        now = time.monotonic()
        self._done += self._log.read().count(b'"read"')
        for pid in self._family():
            try:
                self._measure(self.seen.setdefault(pid, Process(0, now)), pid, now)
            except (OSError, ValueError, IndexError):
                continue  # it has just ended
        workers = [p for pid, p in self.seen.items() if self._root not in (pid, p.parent)]
        lived = sum(p.last - p.first for p in workers)
        self.looks.append(Look(now, self._done, lived, sum(p.waited for p in workers)))

    def _family(self) -> Iterator[int]:
        family = {self._root}
        for pid, parent in sorted(_parents().items()):  # children have higher numbers, but after a wrap
            if pid == self._root or parent in family:
                family.add(pid)
                yield pid

    def _measure(self, process: Process, pid: int, now: float) -> None:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        busy = (int(fields[11]) + int(fields[12])) / _TICK
        waited = 0.0
        for thread in (_PROC / str(pid) / "task").iterdir():
            waited += int((thread / "schedstat").read_text().split()[1]) / 1e9
        if held := int(fields[21]) * os.sysconf("SC_PAGE_SIZE"):  # none of one that has ended
            process.memory.append((self._done, held))
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


def _used() -> float:
    """Seconds that all processors were busy since the system began."""
    user, nice, system, _idle, _waiting, *rest = map(
        int, (_PROC / "stat").read_text().splitlines()[0].split()[1:9]
    )
    return (user + nice + system + sum(rest)) / _TICK
