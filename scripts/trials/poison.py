"""What no process survives, done by documents whose names say so, and by no other.

`examine` takes the place of what `hedui build` does with a document; names begin with the poison.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hedui.corpus import work
from hedui.inputs import Input
from hedui.messages import Language
from hedui.model import Report
from hedui.report.failure import Failure


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
    _nest(0)


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
    poison = POISONS.get(Path(given.source).name.split("_")[0])
    if poison is not None:
        poison()
    return work.examine(given, lang, pdf_engine)
