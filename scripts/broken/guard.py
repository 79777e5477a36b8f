"""Watches what the interpreter does: nothing may ask the network, or write where it was not told to.

Hooks of the interpreter do not see what libraries in C do by themselves; tests look at the folders, too.
"""

import ipaddress
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex", "socket.gethostbyaddr")
_ADDRESSES = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_CHANGES = (
    "os.chmod",
    "os.chown",
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
_DEVICES = ("/dev", "/proc/self")


def offence(event: str, args: tuple[Any, ...], folders: Sequence[Path], loopback: bool = False) -> str:
    """What an event of the interpreter does against the rules; empty where it does nothing.

    `folders` are those that may be written to; `loopback` allows connections within this machine.
    """
    if event in _NAMES or event == "urllib.Request":
        return "" if loopback and _is_here(args[0]) else f"{event} {args!r}"
    if event in _ADDRESSES:
        address = args[1] if len(args) > 1 else None
        here = not isinstance(address, tuple) or _is_here(
            address[0]
        )  # what is no tuple is a path: a Unix socket
        heard = loopback or event == "socket.bind"  # urllib3, as it is imported, looks whether there is IPv6
        return "" if heard and here else f"{event} {args[1:]!r}"
    if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITING):
        return ""
    if event == "os.rename":  # from where, to where
        return _outside(event, args[0], folders) or _outside(event, args[1], folders)
    if event in ("open", "sqlite3.connect", *_CHANGES):
        return _outside(event, args[0], folders)
    return ""


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(os.fsdecode(host)).is_loopback
    except (ValueError, TypeError):
        return False


def _outside(event: str, path: object, folders: Sequence[Path]) -> str:
    if not isinstance(path, (str, bytes, os.PathLike)):
        return ""  # a file that is open already
    name = os.fsdecode(path)
    if event == "sqlite3.connect":
        name = name.removeprefix("file:").partition("?")[0]
        if name in ("", ":memory:") or "mode=memory" in os.fsdecode(path) or "mode=ro" in os.fsdecode(path):
            return ""
    place = Path(os.path.abspath(name))
    if any(place.is_relative_to(folder) for folder in (*folders, *_DEVICES)) or "__pycache__" in place.parts:
        return ""
    return f"{event} {place}"


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

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if self._watching and (told := offence(event, args, [self._folder])):
            self.broken.append(told)


def enforce(log: Path, folders: Sequence[Path], temporary: Path) -> None:
    """Refuse for the rest of this process what is against the rules, and write it to a log, as some would take the
    refusal for a fault of the network. What is made in the folder for temporary files has to be private."""
    allowed = [*folders, temporary, log]

    def hook(event: str, args: tuple[Any, ...]) -> None:
        told = offence(event, args, allowed, loopback=True) or (
            "" if _is_private(event, args, temporary) else f"{event} {args!r}"
        )
        if told:
            descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.write(descriptor, f"{told}\n".encode())
            os.close(descriptor)
            raise PermissionError(told)

    sys.addaudithook(hook)


def _is_private(event: str, args: tuple[Any, ...], temporary: Path) -> bool:
    """Whether what is made in the folder for temporary files is this user's alone: made as `tempfile` makes it."""
    made = event == "os.mkdir" or (
        event == "open" and isinstance(args[2], int) and bool(args[2] & os.O_CREAT)
    )
    if not made or isinstance(args[0], int) or Path(os.fsdecode(args[0])).parent != temporary:
        return True
    if event == "os.mkdir":
        return bool(args[1] == 0o700)
    only = os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    return args[2] & only == only
