"""What an attempt at a partition is doing, written where the next attempt finds it should this one's process die.

Documents are examined in processes of their own, so hardly one kills the worker itself; one that does would kill the
next worker too. The first attempt writes nothing but that it has begun. One that follows a death writes down each
thing before it does it, and what two attempts died of is not tried again.
"""

import json
from collections import Counter
from types import TracebackType
from typing import Self

from hedui.cluster.folder import OWN, Folder
from hedui.cluster.partitions import Partition

DEATHS = 2  # of workers at one and the same thing: the first may have been chance


class Diary:
    """As a context manager it lasts as long as the attempt; what ends by an exception is no death."""

    def __init__(self, folder: Folder, partition: Partition) -> None:
        self._folder, self._fingerprint = folder, partition.fingerprint
        self._name = f"{partition.name}.diary"
        before = folder.read_json(OWN, self._name)
        if before is not None and before["fingerprint"] != self._fingerprint:
            before = None  # of other inputs
        self.careful = before is not None
        self._deaths = Counter(before["deaths"] if before else ())
        if before and before["at"] is not None:
            self._deaths[before["at"]] += 1

    def __enter__(self) -> Self:
        self._write(None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._folder.remove(OWN, self._name)
        else:
            self._write(None)

    def begin(self, what: str) -> None:
        """What is done from now on."""
        if self.careful:
            self._write(what)

    def is_deadly(self, what: str) -> bool:
        """Whether workers have died of it."""
        return self._deaths[what] >= DEATHS

    def _write(self, at: str | None) -> None:
        told = {"fingerprint": self._fingerprint, "deaths": self._deaths, "at": at}
        self._folder.write(json.dumps(told).encode("utf-8", "surrogatepass"), OWN, self._name)
