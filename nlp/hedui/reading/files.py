"""The bytes of files, within the limit of all readers."""

import errno
import os
import stat
from pathlib import Path

from hedui.reading.errors import UnreadableInput

MAX_BYTES = 200_000_000  # the most that any reader takes
_HANDED_OVER = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # pipes that the shell has opened for us


def load(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file.

    Raises OSError where the system refuses, and UnreadableInput for a file beyond the limit and for what is no
    file: a pipe that nobody may ever write to, a device that never ends.
    """
    ends(path)
    with Path(path).open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    return data


def ends(path: str | os.PathLike[str]) -> None:
    """Raises OSError where there is nothing, and UnreadableInput where reading may never end."""
    try:
        mode = os.stat(path).st_mode
    except ValueError as error:  # NUL in the name: of a list that `find -print0` wrote, say
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from error
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode) and not os.fspath(path).startswith(_HANDED_OVER):
        raise UnreadableInput("no_file")
