"""How much memory this process holds, and may hold. Where the system does not say or does not bound it, so be it."""

import sys
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_STATUS = Path("/proc/self/status")
_FORGET = Path("/proc/self/clear_refs")
_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of what getrusage counts in


def bound(limit: int) -> None:
    """Let this process, and each that it starts, ask for no more than `limit` bytes; beyond, Python raises MemoryError.

    Memory is counted that is asked for, not addresses: libraries reserve many of those and never use them.
    """
    if resource is not None:
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def resident() -> int:
    """Bytes held now; where the system does not say (no /proc), the most ever held."""
    return _status("VmRSS") or _most()


def peak() -> int:
    """The most bytes held since the start or `forget_peak`.

    Linux lets getrusage inherit the parent's peak, so /proc is asked first.
    """
    return _status("VmHWM") or _most()


def forget_peak() -> None:
    """Begin a new peak, where the system can (Linux)."""
    with suppress(OSError):
        _FORGET.write_text("5", "ascii")


def _status(name: str) -> int:
    if not _STATUS.exists():
        return 0
    for line in _STATUS.read_text("ascii", "replace").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    return 0


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT if resource is not None else 0
