"""The batch: a survey's tasks spread over workers, each of which writes what it finds; this process hardly works.

Killed at any moment and begun again it goes on with what is missing, and ends with the same rows: each document is
written in one transaction, and no row depends on the order in which they are written.
"""

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hedui.corpus import worker
from hedui.corpus.outcome import Outcome
from hedui.corpus.pool import Pool
from hedui.corpus.summary import Tally
from hedui.corpus.survey import Survey, Task
from hedui.corpus.work import examine
from hedui.inputs import Input, Place, Refused, contents, gather
from hedui.inputs.names import spelled
from hedui.messages import Language, default_language
from hedui.model import Failure
from hedui.reading.errors import UnreadableInput
from hedui.store import Store

MAX_BYTES = 64_000_000  # of documents out of archives that wait for a worker, beyond the first


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers there are, and what each may take for one document: seconds, and bytes of memory."""

    jobs: int
    seconds: float = 600.0
    memory: int = 2_000_000_000


def build(
    paths: Iterable[str | os.PathLike[str]],
    database: str | os.PathLike[str],
    *,
    jobs: int = 1,
    max_seconds: float = 600.0,
    max_memory: int = 2_000_000_000,
    retry_failed: bool = False,
    progress: Callable[[Outcome, int | None], None] | None = None,
) -> Tally:
    """Check files, folders, archives, crawls and manifests into a claims database, as `hedui build` does: by `jobs`
    processes, each of which may take `max_seconds` and `max_memory` (bytes) for a document; what has not changed since
    an earlier call is passed over.

    `progress` is called in this process with what became of each input (`source`, `status`, `reason`, `seconds`,
    `findings` …) and with how many there are, as far as is known. An exception that it raises ends the run, which the
    same call goes on with later. The tally has `statuses` (a Counter) and `failures`. A script calls this below
    `if __name__ == "__main__":`, as new processes import it. Raises sqlite3.Error where the database cannot be written.
    """
    lang, path, tally = default_language(), Path(database), Tally()
    with Store(path) as store:
        survey = Survey(gather([os.fspath(each) for each in paths]), store, lang, retry_failed)
        with closing(run(survey, store, path, Limits(jobs, max_seconds, max_memory), lang)) as outcomes:
            for outcome in outcomes:
                tally.add(outcome)
                if progress:
                    progress(outcome, survey.total)
    return tally


def run(
    survey: Survey,
    store: Store,
    path: Path,
    limits: Limits,
    lang: Language = "zh",
    pdf_engine: str = "pdfminer",
    examine: worker.Examine = examine,
) -> Generator[Outcome]:
    """What becomes of every input, as soon as it is known. `store`, open at `path`, has begun a run.

    `examine` is what is done with a document; worker processes find it by its name in its module.
    Raises sqlite3.Error where the database cannot be written, BrokenProcessPool where no worker can be started.
    """
    assert store.run is not None
    settings = worker.Settings(str(path), store.run, lang, pdf_engine, limits.memory, examine)
    pool: Pool[Place | Input, Outcome]
    with Pool(
        worker.record, partial(worker.start, settings), limits.jobs, limits.seconds, worker.WARM
    ) as pool:
        clerk = _Clerk(store, lang)
        for found in survey:
            if isinstance(found, Outcome):
                yield found
                continue
            if isinstance(found, Refused):
                yield clerk.failed(found.source, found.error)
                continue
            while pool.ready or pool.full or _heavy(found, pool.waiting):
                yield clerk.settled(*pool.result())
            pool.submit(found.what)
        while pool.waiting:
            yield clerk.settled(*pool.result())


def _heavy(task: Task, waiting: list[Place | Input]) -> bool:
    """Whether the documents that wait take too much memory for one more."""
    held = sum(len(what.data) for what in waiting if isinstance(what, Input))
    return held > 0 and held + task.size > MAX_BYTES


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Writes what no worker could write."""

    store: Store
    lang: Language

    def settled(self, what: Place | Input, result: Outcome | UnreadableInput) -> Outcome:
        """The outcome of a task; the death of its worker is written down as that of the document."""
        if isinstance(result, Outcome):
            return result
        source = what.path if isinstance(what, Place) else what.source
        seen = self.store.seen(spelled(source))
        if seen is not None and seen.run == self.store.run:  # it died after its work was done
            return Outcome(spelled(source), "read" if seen.status == "ok" else "failed", seen.error or "")
        given = what if isinstance(what, Input) else next(iter(contents(what)), None)
        return self.failed(source, result, given.fingerprint() if isinstance(given, Input) else None)

    def failed(self, source: str, error: UnreadableInput, fingerprint: str | None = None) -> Outcome:
        """Write that an input cannot be read."""
        failure = Failure(spelled(source), error.say(self.lang))
        self.store.add_failure(failure, fingerprint)
        return Outcome(failure.source, "failed", failure.reason)
