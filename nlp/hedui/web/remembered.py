"""Answers that are kept: found once, however many ask at the same time, and forgotten when the database changes."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

V = TypeVar("V")

State = tuple[tuple[int, int], ...]

_PATIENCE = 10  # times as long as it took to find an answer about everything, it is good enough
_TICK = 50_000_000  # nanoseconds: two writes that are closer may bear the same time


def state(path: Path) -> State:
    """Changes whenever something is written: time and size of the file and of its log."""
    files = [path, path.with_name(f"{path.name}-wal")]
    return tuple(
        (told.st_mtime_ns, told.st_size) for file in files if file.exists() and (told := file.stat())
    )


def settled(found: State) -> bool:
    """Whether the last write is so long ago that the next one is sure to make another state."""
    return time.time_ns() - max((when for when, _ in found), default=0) > _TICK


class Shelf(Generic[V]):
    """Answers by key, up to a weight of all together; those go first that were not asked for the longest."""

    def __init__(self, room: int, weigh: Callable[[V], int]) -> None:
        self._room, self._weigh = room, weigh
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._making: dict[Hashable, asyncio.Future[V]] = {}
        self._weight = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[V]], keep: bool = True) -> V:
        """The answer kept under a key; else what `make` gives, which runs once for all who wait for it."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        making = self._making.get(key)
        if making is None or making.get_loop() is not asyncio.get_running_loop():
            making = self._making[key] = asyncio.ensure_future(make())
            making.add_done_callback(lambda done: self._done(key, done, keep))
        return await asyncio.shield(making)

    def _done(self, key: Hashable, done: "asyncio.Future[V]", keep: bool) -> None:
        if self._making.get(key) is done:
            del self._making[key]
        if done.cancelled() or done.exception() or not keep:
            return
        self._kept[key] = done.result()
        self._weight += self._weigh(done.result())
        while self._weight > self._room:
            _, old = self._kept.popitem(last=False)
            self._weight -= self._weigh(old)


class Overview(Generic[V]):
    """An answer about a whole database, by its path: while it is written to, an older answer will do for a while."""

    def __init__(self) -> None:
        self._last: dict[Path, tuple[State, float, V]] = {}  # with the time until which it will do
        self._shelf: Shelf[V] = Shelf(0, lambda _: 1)

    async def get(self, path: Path, make: Callable[[], Awaitable[V]]) -> V:
        """The answer that `make` gives, or gave not long ago."""
        now = state(path)
        if path in self._last:
            before, until, answer = self._last[path]
            if before == now or time.monotonic() < until:
                return answer

        async def made() -> V:
            begun = time.monotonic()
            answer = await make()
            until = time.monotonic() + _PATIENCE * (time.monotonic() - begun)
            self._last[path] = now if settled(now) else (), until, answer
            return answer

        return await self._shelf.get(path, made)
