"""How much memory this process holds."""

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of what getrusage counts in


def resident() -> int:
    """Bytes held now; where the system does not say (no /proc), the most ever held."""
    return _status("VmRSS") or _most()


def peak() -> int:
    """The most bytes ever held. Linux lets getrusage inherit the parent's peak, so /proc is asked first."""
    return _status("VmHWM") or _most()


def _status(name: str) -> int:
    if not STATUS.exists():
        return 0
    for line in STATUS.read_text("ascii", "replace").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    return 0


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
