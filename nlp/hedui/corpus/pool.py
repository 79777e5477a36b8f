"""Worker processes: each task within a limit of time, and none lost but the one that a worker dies of."""

import math
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from tempfile import gettempdir
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from hedui.reading.errors import UnreadableInput

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2  # tasks handed out for each worker, so that none waits for the next one
MAX_TASKS = 500  # of a worker; a fresh one is there at once and holds what it was born with
MAX_BREAKS = 3  # of the pool as a whole, without a task done in between: its workers cannot start
LONGEST = 70  # bytes of the name of a folder in which a socket can lie, whatever the system
GRACE = 10  # seconds after which a worker ends itself that nobody has ended: its parent is gone


class Pool(Generic[T, R]):
    """`jobs` workers that turn tasks into results. As a context manager it ends the workers.

    `work` and `start`, which each worker calls once before, have to be known by name in a module.
    """

    def __init__(
        self, work: Callable[[T], R], start: Callable[[], None], jobs: int, seconds: float, preload: str
    ) -> None:
        """`preload` names a module that is imported once for all workers, where the system can copy processes."""
        self._work, self._start, self._jobs, self._seconds = work, start, jobs, seconds
        self._context = _context(preload)
        self._pool = self._opened()
        self._waiting: dict[ProcessFuture[R], T] = {}
        self._done: SimpleQueue[ProcessFuture[R]] = SimpleQueue()
        self._breaks = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @property
    def waiting(self) -> list[T]:
        """The tasks that are handed out and not done."""
        return list(self._waiting.values())

    @property
    def full(self) -> bool:
        """Whether another task would find no worker soon."""
        return len(self._waiting) >= AHEAD * self._jobs

    @property
    def ready(self) -> bool:
        """Whether `result` would return at once."""
        return not self._done.empty()

    def submit(self, task: T) -> None:
        """Hand out a task. Raises BrokenProcessPool where no worker can be started."""
        try:
            future = self._pool.schedule(_run, args=(self._work, task, self._seconds), timeout=self._seconds)
        except RuntimeError:  # broken since the last look
            self._reopen()
            self.submit(task)
            return
        self._waiting[future] = task
        future.add_done_callback(lambda _: self._done.put(future))

    def result(self) -> tuple[T, R | UnreadableInput]:
        """The next task that is done and what came of it: its result, or how its worker died.

        Raises what the work raised, and BrokenProcessPool where no worker can be started.
        """
        while True:
            future = self._done.get()
            if future not in self._waiting:
                continue  # of a pool that broke
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                self._reopen()
                continue
            self._breaks = 0
            task = self._waiting.pop(future)
            if isinstance(error, ProcessExpired):
                return task, self._died(error.exitcode)
            if isinstance(error, TimeoutError):
                return task, self._died(None)
            return task, future.result()

    def _died(self, code: int | None) -> UnreadableInput:
        """How a worker ended: by a signal, with an exit code, or, None, by the limit of time."""
        if code is None or (hasattr(signal, "SIGALRM") and code == -signal.SIGALRM):
            return UnreadableInput("overdue", limit=f"{self._seconds:g}")
        try:
            how = signal.Signals(-code).name
        except ValueError:
            how = f"exit code {code}"
        return UnreadableInput("crashed", how=how)

    def _opened(self) -> ProcessPool:
        return ProcessPool(self._jobs, MAX_TASKS, _begin, (self._start,), self._context)

    def _reopen(self) -> None:
        """New workers, and all tasks again that are not done: those had no fault in it."""
        self._breaks += 1
        if self._breaks > MAX_BREAKS:
            raise BrokenProcessPool(f"no worker could be started in {MAX_BREAKS} attempts")
        self._close()
        self._pool = self._opened()
        again = [future for future in self._waiting if not future.done() or future.exception() is not None]
        for task in [self._waiting.pop(future) for future in again]:
            self.submit(task)

    def _close(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _context(preload: str) -> Any:
    """How processes are started: as copies of one that has loaded everything, where the system can do that safely.

    That one listens at a socket in the folder for temporary files, and systems take short names of sockets only.
    """
    short = len(os.fsencode(gettempdir())) <= LONGEST
    if not short or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


def _begin(start: Callable[[], None]) -> None:
    """A worker begins. When it is asked to end it leaves by an exception, so that what it holds is given back."""
    signal.signal(signal.SIGTERM, _leave)
    start()


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _run(work: Callable[[T], R], task: T, seconds: float) -> R:
    """One task, in a worker."""
    alarm: Callable[[int], int] = getattr(signal, "alarm", lambda seconds: 0)
    alarm(math.ceil(seconds) + GRACE)
    try:
        return work(task)
    except SystemExit:
        os._exit(128 + signal.SIGTERM)  # else it would be taken for what came of the task
    finally:
        alarm(0)
