"""A run that is killed at random moments, and begun again each time."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from trials.content import content, sound


@dataclass(frozen=True, slots=True)
class Killed:
    """How a corpus was built in spite of it: documents that stood in the database after each kill, and whether in the
    end it held what an undisturbed run writes."""

    progress: list[int]
    same: bool


def kill(folder: Path, times: int, seconds: float, scratch: Path) -> Killed:
    """Kill a run `times` times, each at a moment of its first `seconds`; by turns the parent alone, whose workers
    then end by themselves, and all processes at once. Raises AssertionError where the database is damaged."""
    draw = random.Random(7)
    quiet = subprocess.DEVNULL
    db, whole = scratch / "killed.db", scratch / "whole.db"
    progress = []
    for number in range(times):
        running = subprocess.Popen(_command(folder, db), stdout=quiet, stderr=quiet, start_new_session=True)
        time.sleep(draw.uniform(0, seconds))
        if number % 2:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
        running.wait()
        progress.append(_known(db))
    for path in (db, whole):
        subprocess.run(_command(folder, path), check=True, stdout=quiet, stderr=quiet)
    return Killed(progress, content(db) == content(whole))


def _known(db: Path) -> int:
    try:
        return sound(db) if db.exists() else 0
    except sqlite3.OperationalError:  # killed before there was a table
        return 0


def _command(folder: Path, db: Path) -> list[str]:
    return [sys.executable, "-m", "hedui", "build", str(folder), str(db), "--jobs", "2"]
