"""What a worker process does with one document: read it, examine it, and write what came of it.

Rows are made before the database is locked, and written in one transaction: a worker that dies leaves nothing half
done, and holds up no other for longer than the writing takes.
"""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from hedui.corpus import memory
from hedui.corpus.outcome import Outcome
from hedui.corpus.work import told
from hedui.inputs import Input, Place, Refused, Skipped, contents
from hedui.inputs.names import spelled
from hedui.messages import Language
from hedui.model import Failure, Report
from hedui.reading.errors import UnreadableInput
from hedui.store import Store

WARM = "hedui.corpus.warm"

Examine = Callable[[Input, Language, str], Report | Failure]


@dataclass(frozen=True, slots=True)
class Settings:
    """What all workers of a run share: the database and the run's id in it, the language of reasons, what reads PDFs,
    the most bytes of memory, and what is done with a document."""

    database: str
    run: int
    lang: Language
    pdf_engine: str
    max_memory: int
    examine: Examine


_worker: "_Worker"  # of this process


def start(settings: Settings) -> None:
    """Begin to be a worker; once a process."""
    global _worker
    import_module(WARM)  # where processes are not copied from one that has it
    memory.bound(settings.max_memory)
    _worker = _Worker(settings)


def record(what: Place | Input) -> Outcome:
    """Read, examine and write one document. Raises sqlite3.Error where the database cannot be written."""
    return _worker.record(what)


class _Worker:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = Store(settings.database, run=settings.run)

    def record(self, what: Place | Input) -> Outcome:
        begun = time.monotonic()
        memory.forget_peak()
        source = what.path if isinstance(what, Place) else what.source
        fingerprint: str | None = None
        wrong: Failure | UnreadableInput
        try:
            given = _document(what) if isinstance(what, Place) else what
            fingerprint = given.fingerprint()
            result = self._settings.examine(given, self._settings.lang, self._settings.pdf_engine)
            if isinstance(result, Report):
                self._store.add(result, fingerprint)
                return Outcome.of(result, time.monotonic() - begun, memory.peak())
            wrong = result
        except sqlite3.Error:
            raise
        except Exception as error:
            wrong = told(error)
        # From here on what the document took is free again: to say that memory ran out takes some of it.
        failure = (
            wrong if isinstance(wrong, Failure) else Failure(spelled(source), wrong.say(self._settings.lang))
        )
        self._store.add_failure(failure, fingerprint)
        return Outcome(failure.source, "failed", failure.reason, time.monotonic() - begun, memory.peak())


def _document(place: Place) -> Input:
    """The one document of a place. Raises UnreadableInput."""
    for given in contents(place):
        if isinstance(given, Input):
            return given
        if isinstance(given, Refused):
            raise given.error
        assert isinstance(given, Skipped)
    raise UnreadableInput("empty")
