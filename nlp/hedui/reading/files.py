"""The bytes of files, within the limit of all readers."""

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from hedui.reading.errors import UnreadableInput

MAX_BYTES = 200_000_000  # the most that any reader takes
_HANDED_OVER = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # pipes that the shell has opened for us


def load(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file.

    Raises OSError where the system refuses, and UnreadableInput for a file beyond the limit and for what is no
    file: a pipe that nobody may ever write to, a device that never ends.
    """
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode) and not os.fspath(path).startswith(_HANDED_OVER):
        raise UnreadableInput("no_file")
    with Path(path).open("rb") as file:
        return _bounded(file)


def load_stdin() -> bytes:
    """The bytes of the standard input. Raises UnreadableInput beyond the limit."""
    return _bounded(sys.stdin.buffer)


def _bounded(file: BinaryIO) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    return data
