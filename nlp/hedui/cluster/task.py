"""What a Dask task does: it reads the documents of a partition, has each examined, and writes the partition's files.

A second worker that does the same task writes the same files under the same names, so it may be done as often as
workers die.
"""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import pyarrow as pa

from hedui.cluster.diary import DEATHS, Diary
from hedui.cluster.folder import SHARED, TABLES, Folder, Mark
from hedui.cluster.partitions import Partition, Share
from hedui.cluster.piece import Piece, Settings
from hedui.corpus.outcome import Outcome
from hedui.corpus.pool import Pool
from hedui.corpus.worker import WARM
from hedui.inputs import Given, Input, Refused, Skipped, contents
from hedui.inputs.names import spelled
from hedui.inputs.remote import is_url
from hedui.messages import say
from hedui.reading.errors import UnreadableInput
from hedui.version import __version__

_DEADLY = UnreadableInput("deadly", times=DEATHS)


class OtherVersion(RuntimeError):
    """A worker of the cluster has another version of hedui than the one that began the run."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of a run share: the folder to write to, the one that paths are relative to, how to read."""

    out: str
    base: str
    settings: Settings
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Done:
    """What a task reports: the mark that it has set, and the outcome of every input."""

    mark: Mark
    outcomes: list[Outcome]


def work(partition: Partition, job: Job) -> Done:
    """Read, examine and write one partition. Raises OtherVersion, and OSError where the files cannot be written."""
    if job.version != __version__:
        raise OtherVersion(__version__)
    with suppress(AssertionError):  # Dask's workers are daemons, which may have no processes of their own
        multiprocessing.current_process().daemon = False
    folder = Folder(job.out)
    with Diary(folder, partition) as diary:
        attempt = _Attempt(partition, job, diary)
        attempt.run()
        done = attempt.done()
        folder.finish(done.mark, attempt.tables())
    return done


class _Attempt:
    """The pieces of a partition, of each document the one that was told from the least source."""

    def __init__(self, partition: Partition, job: Job, diary: Diary) -> None:
        self._partition, self._job, self._diary = partition, job, diary
        self._pieces: dict[str, Piece] = {}
        self._sources: list[pa.Table] = []
        self._outcomes: list[Outcome] = []

    def run(self) -> None:
        settings = self._job.settings
        for refused in self._partition.refused:
            self._keep(settings.refused(refused.source, refused.error))
        pool: Pool[Input, Piece]
        with Pool(settings.examined, settings.start, 1, settings.seconds, WARM) as pool:
            for given in self._inputs():
                while pool.waiting and (pool.full or pool.ready):
                    self._take(pool)
                pool.submit(given)
                while self._diary.careful and pool.waiting:
                    self._take(pool)
            while pool.waiting:
                self._take(pool)

    def done(self) -> Done:
        failures = [(each.source, each.reason) for each in self._outcomes if each.status == "failed"]
        read = sum(each.status == "read" for each in self._outcomes)
        own = self._partition
        mark = Mark(own.name, own.fingerprint, __version__, own.paths, read, sorted(failures))
        return Done(mark, self._outcomes)

    def tables(self) -> dict[str, pa.Table]:
        """All rows, in an order that is that of the sources alone."""
        pieces = sorted(self._pieces.values(), key=lambda piece: piece.outcome.source)
        names = [name for name in (*TABLES, *SHARED) if name != "sources"]
        made = {name: pa.concat_tables([piece.tables[name] for piece in pieces]) for name in names}
        return made | {"sources": pa.concat_tables(self._sources).sort_by("source")}

    def _inputs(self) -> Iterator[Input]:
        """The documents to examine; whatever else there is becomes a piece or an outcome on the way."""
        settings = self._job.settings
        for share in self._partition.shares:
            for given in self._given(share):
                if isinstance(given, Skipped):
                    reason = say(f"warning.{given.reason}", settings.lang, count=given.count)
                    self._outcomes.append(Outcome(spelled(given.source), "skipped", reason))
                elif isinstance(given, Refused):
                    self._keep(settings.refused(given.source, given.error))
                elif self._diary.is_deadly(given.source):
                    self._keep(settings.refused(given.source, _DEADLY, given.fingerprint()))
                else:
                    self._diary.begin(given.source)
                    yield given

    def _given(self, share: Share) -> Iterator[Given]:
        """What is in a share, under the names that the one who began the run knows."""
        path = share.place.path
        full = path if is_url(path) else os.path.join(self._job.base, path)
        opening = f"{path}!"  # what lies in a file is read by the worker itself
        if self._diary.is_deadly(opening):
            yield Refused(path, _DEADLY)
            return
        self._diary.begin(opening)
        try:
            for at, given in enumerate(contents(replace(share.place, path=full))):
                if at % share.of == share.number:
                    yield replace(given, source=path + given.source[len(full) :])
                    self._diary.begin(opening)
        except Exception as error:  # a defect on one archive must not cost the others
            yield Refused(path, UnreadableInput("internal", error=f"{type(error).__name__}: {error}"))

    def _take(self, pool: Pool[Input, Piece]) -> None:
        given, result = pool.result()
        if isinstance(result, UnreadableInput):  # its process died of it
            result = self._job.settings.refused(given.source, result, given.fingerprint())
        self._keep(result)

    def _keep(self, piece: Piece) -> None:
        self._outcomes.append(piece.outcome)
        self._sources.append(piece.tables["sources"])
        other = self._pieces.get(piece.document)
        if other is None or piece.outcome.source < other.outcome.source:
            self._pieces[piece.document] = piece
