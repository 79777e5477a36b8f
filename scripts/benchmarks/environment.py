"""What the benchmark's processes run in: a virtual environment of their own, or this one; and what they import."""

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

QUIETLY = ("--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "10")


def interpreter(folder: Path, packages: Sequence[str]) -> str | None:
    """The Python of a virtual environment in `folder` with the packages; None where they cannot be had.

    Made once: a folder whose environment is complete is used again.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    complete = folder / "complete"
    if complete.exists() and complete.read_text("utf8").split("\n") == list(packages):
        return str(python)
    try:
        venv.create(folder, clear=True, with_pip=True)
    except subprocess.CalledProcessError:  # Debian's Python without ensurepip
        return None
    install = [str(python), "-m", "pip", "install", *QUIETLY, *packages]
    if subprocess.run(install, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        return None
    complete.write_text("\n".join(packages), "utf8")
    return str(python)


def importing() -> dict[str, str]:
    """The environment variables of a process that imports `benchmarks`."""
    paths = [str(Path(__file__).resolve().parent.parent), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
