"""Names of files and members: which are taken up where a folder or an archive is walked, and how they are told."""

import regex

from hedui.reading import SUFFIXES

CONTAINERS = (".zip", ".warc", ".warc.gz")
TAKEN = tuple(sorted(SUFFIXES)) + CONTAINERS

_CONTROL = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]")
_DRIVE = regex.compile(r"[A-Za-z]:")
_LOCK = "~$"  # what Office puts beside a file that is open
_MAC = "__MACOSX"


def is_taken(name: str) -> bool:
    """Whether the ending of a name is one of those that are read."""
    return name.lower().endswith(TAKEN)


def is_hidden(parts: tuple[str, ...]) -> bool:
    """Whether a path below a folder or in an archive is one of the system's own, which nobody means."""
    return any(part.startswith(".") or part == _MAC for part in parts) or parts[-1].startswith(_LOCK)


def plain(name: str) -> str:
    """A name without what could lead out of a folder (drives, `..`) or alter a terminal (control characters)."""
    pieces = printable(name).replace("\\", "/").split("/")
    return "/".join(p for p in pieces if p not in ("", ".", "..") and not _DRIVE.fullmatch(p))


def printable(name: str) -> str:
    """A name without control characters, which could alter a terminal."""
    return _CONTROL.sub("\ufffd", name)


def spelled(source: str) -> str:
    """A name as text: bytes in it that are no characters are spelled out."""
    return source.encode("utf-8", "backslashreplace").decode()


class Sources:
    """Names for the members of one container; a name that comes again is numbered."""

    def __init__(self, container: str) -> None:
        self._container = container
        self._times: dict[str, int] = {}

    def name(self, member: str) -> str:
        """The source of the next member of this name: `archive.zip!a.txt`, then `archive.zip!a.txt (2)`."""
        times = self._times[member] = self._times.get(member, 0) + 1
        return f"{self._container}!{member}" + (f" ({times})" if times > 1 else "")
