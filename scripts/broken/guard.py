"""Watches what the interpreter does: no reader may ask the network or write outside of temporary folders."""

import os
import sys
import tempfile
from pathlib import Path

_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")
_CHANGES = (
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "shutil.rmtree",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Guard:
    """What was done against the rules since `begin`, and until `end`. A hook of the interpreter cannot be taken
    out again, so there is one for each process."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        self._watching = False
        self._folder = Path(tempfile.gettempdir()).resolve()
        sys.addaudithook(self._hook)

    def begin(self) -> None:
        """Watch from now on."""
        self.broken.clear()
        self._watching = True

    def end(self) -> list[str]:
        """Stop watching; what was done against the rules."""
        self._watching = False
        return list(self.broken)

    def _hook(self, event: str, args: tuple[object, ...]) -> None:
        if not self._watching:
            return
        if event in _NETWORK:
            self.broken.append(f"{event} {args[1:]}")
        elif (event == "open" and isinstance(args[2], int) and args[2] & _WRITING) or event in _CHANGES:
            self._place(event, args[0])

    def _place(self, event: str, path: object) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)) or os.fspath(path) == os.devnull:
            return  # a file that is open already
        place = Path(os.path.abspath(os.fsdecode(path)))
        if not place.is_relative_to(self._folder) and "__pycache__" not in place.parts:
            self.broken.append(f"{event} {place}")
