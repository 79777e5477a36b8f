"""What no process survives, done by documents whose names say so, and by no other.

`examine` takes the place of what `hedui build` does with a document; names begin with the poison.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from hedui.corpus import work
from hedui.corpus.build import Limits, run
from hedui.corpus.survey import Survey
from hedui.inputs import Input, gather
from hedui.messages import Language
from hedui.model import Failure, Report
from hedui.store import Store
from trials.content import content


def _hang() -> None:
    time.sleep(10_000)


def _spin() -> None:
    while True:
        pass


def _deaf() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _spin()


def _memory() -> None:
    held = []
    while True:
        held.append(bytes(50_000_000))


def _native_memory() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while libc.malloc(ctypes.c_size_t(50_000_000)):
        pass
    os.abort()  # as a C++ program does that cannot have memory


def _crash() -> None:
    ctypes.string_at(0)


def _leave() -> None:
    os._exit(7)


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _deep() -> None:
    sys.setrecursionlimit(10**9)
    threading.stack_size(2**17)  # it ends before Python, from 3.12 on, finds that C is too deep
    thread = threading.Thread(target=_nest, args=[0])
    thread.start()
    thread.join()


def _nest(depth: int) -> list[object]:
    return list(map(_nest, [depth + 1]))  # through C, whose stack ends


POISONS: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "spin": _spin,
    "deaf": _deaf,
    "memory": _memory,
    "native-memory": _native_memory,
    "crash": _crash,
    "leave": _leave,
    "killed": _killed,
    "deep": _deep,
}


def examine(given: Input, lang: Language, pdf_engine: str) -> Report | Failure:
    """The report of a good document; a poisonous one does its worst."""
    poison = POISONS.get(_kind(given.source))
    if poison is not None:
        poison()
    return work.examine(given, lang, pdf_engine)


@dataclass(frozen=True, slots=True)
class Poisoned:
    """What became of good documents and of poisonous ones: how many were read, and the reasons by kind of poison."""

    good: int
    read: int
    reasons: dict[str, list[str]]


def poisoned(texts: Sequence[Path], poisons: int, scratch: Path) -> Poisoned:
    """Build texts with poisonous ones strewn among them, as many of each kind as fit."""
    folder, db = scratch / "poisoned", scratch / "poisoned.db"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"good_{number}.txt").write_bytes(text.read_bytes())
    for number, kind in zip(range(poisons), cycle(POISONS), strict=False):
        # Named so that good ones come before and after, as folders are walked in the order of names.
        (folder / f"{kind}_{number}.txt").write_bytes(texts[0].read_bytes())
    with Store(db) as store:
        survey = Survey(gather([str(folder)]), store, "en")
        limits = Limits(jobs=2, seconds=20, memory=800_000_000)
        outcomes = list(run(survey, store, db, limits, "en", examine=examine))
    reasons: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.status == "failed":
            reasons.setdefault(_kind(outcome.source), []).append(outcome.reason)
    stored = content(db)["sources"]
    read = sum("ok" in row and _kind(str(row[0])) == "good" for row in stored)
    assert sum("failed" in row for row in stored) == poisons
    return Poisoned(len(texts), read, reasons)


def _kind(source: str) -> str:
    return Path(source).name.split("_")[0]
