"""Work on files that may be hostile: in a process of its own, with limits of time and memory."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from pebble import ProcessPool

from hedui.corpus import memory


class Workers:
    """One process, made anew where it died, after so many tasks, or where a task took longer than its seconds."""

    def __init__(self, seconds: float, megabytes: int) -> None:
        self._seconds, self._bytes = seconds, megabytes * 2**20
        self._pool: ProcessPool | None = None

    def begin(self, task: Callable[..., Any], arguments: Sequence[object]) -> "Future[Any]":
        """Have a task done after those that wait; its future raises TimeoutError, or ProcessExpired where it died."""
        if self._pool is None or not self._pool.active:
            # not copied from this process, whose threads may hold locks that nobody would open in the copy
            fresh = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(1, 50, memory.bound, [self._bytes], fresh)
        future: Future[Any] = self._pool.schedule(task, args=list(arguments), timeout=self._seconds)
        return future
