"""A run that is killed at random moments, and begun again each time."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from trials.content import content, sound
from trials.corpora import listed


@dataclass(frozen=True, slots=True)
class Killed:
    """How many documents were built in spite of it, how many stood in the database after each kill, and whether in
    the end it held what an undisturbed run writes."""

    documents: int
    progress: list[int]
    same: bool


def kill(documents: Sequence[Path], times: int, scratch: Path) -> Killed:
    """Kill a run over some documents `times` times, each at a moment drawn by chance: some documents further, and up
    to half a second more. By turns the parent alone is killed, whose workers then end by themselves, and all
    processes at once.

    Raises AssertionError where the database is damaged.
    """
    draw = random.Random(7)
    quiet = subprocess.DEVNULL
    db, whole, log = scratch / "killed.db", scratch / "whole.db", scratch / "killed.jsonl"
    ahead = 2 * len(documents) // (times + 1)
    given = listed(documents, scratch / "killed.lst")
    progress = []
    for number in range(times):
        log.write_bytes(b"")
        running = subprocess.Popen(
            [*_command(given, db), "--log", str(log)], stdout=quiet, stderr=quiet, start_new_session=True
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
        subprocess.run(_command(given, path), check=True, stdout=quiet, stderr=quiet)
    return Killed(len(documents), progress, content(db) == content(whole))


def _known(db: Path) -> int:
    try:
        return sound(db) if db.exists() else 0
    except sqlite3.OperationalError:  # killed before there was a table
        return 0


def _command(given: Path, db: Path) -> list[str]:
    return [sys.executable, "-m", "hedui", "build", "--files-from", str(given), str(db), "--jobs", "2"]
