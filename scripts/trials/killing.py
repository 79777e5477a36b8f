"""A run that is killed at random moments, and begun again each time."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from trials.content import content, sound


@dataclass(frozen=True, slots=True)
class Killed:
    """How a corpus was built in spite of it: documents that stood in the database after each kill, and whether in the
    end it held what an undisturbed run writes."""

    progress: list[int]
    same: bool


def kill(folder: Path, times: int, scratch: Path) -> Killed:
    """Kill a run `times` times, each at a moment drawn by chance: some documents further, and up to half a second
    more. By turns the parent alone is killed, whose workers then end by themselves, and all processes at once.

    Raises AssertionError where the database is damaged.
    """
    draw = random.Random(7)
    quiet = subprocess.DEVNULL
    db, whole, log = scratch / "killed.db", scratch / "whole.db", scratch / "killed.jsonl"
    ahead = 2 * sum(path.is_file() for path in folder.iterdir()) // (times + 1)
    progress = []
    for number in range(times):
        log.write_bytes(b"")
        running = subprocess.Popen(
            [*_command(folder, db), "--log", str(log)], stdout=quiet, stderr=quiet, start_new_session=True
        )
        news = draw.randint(0, ahead)
        while running.poll() is None and log.read_text("utf8").count('"read"') < news:
            time.sleep(0.02)
        time.sleep(draw.uniform(0, 0.5))
        if number % 2:
            with suppress(ProcessLookupError):
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
