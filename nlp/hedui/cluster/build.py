"""The run: partitions handed to the workers of a Dask cluster, until all are finished; then the folder is settled.

A worker that dies is no matter: Dask gives its tasks to others. A task that several died of comes back, and is handed
out again as long as its diary (hedui.cluster.diary) has a document to blame; see there.
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

from distributed import Client, Future, KilledWorker, as_completed

from hedui.cluster.folder import SUCCESS, Folder, Mark
from hedui.cluster.partitions import Partition, count, partitions, shares
from hedui.cluster.settle import amiss, leave_out, write_shared
from hedui.cluster.task import Done, Job, OtherVersion, work
from hedui.corpus.outcome import Outcome
from hedui.inputs import Places
from hedui.messages import say

AGAIN = 2  # times that a task is tried again where its files could not be written, say
ROUNDS = 20  # times that a task is handed out although it kills workers
ROUNDS_TO_SETTLE = 5
AT_ONCE = 64  # tasks handed out at least, so that a cluster that grows by need sees a need


class OtherInputs(ValueError):
    """The folder holds inputs that are not among those of this run; `args` are how many, and the first one."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A partition that needs no work: the mark it was left with."""

    mark: Mark


def build(
    places: Places,
    folder: Folder,
    client: Client,
    job: Job,
    number: int | None = None,
    retry_failed: bool = False,
    prune: bool = False,
) -> Generator[Outcome | Unchanged]:
    """What becomes of every input, as soon as it is known; the folder is complete once the iterator ends.

    `number` is how many partitions a new folder is made of. Raises OtherLayout where the folder was begun with
    another number; OtherInputs where it holds what is not among the places, unless `prune` says that it may go;
    OSError where it cannot be written; OtherVersion or ImportError where the workers have another hedui, or none.
    """
    found = shares(places)
    folder.make()
    run = _Run(folder, client, job)
    made = partitions(found, places.refused, folder.layout(number, count(found)))
    wanted = {partition.name: partition for partition in made}
    gone = run.gone(wanted, prune)
    todo = []
    for partition in wanted.values():
        mark = run.marks.get(partition.name)
        if mark and mark.fingerprint == partition.fingerprint and not (retry_failed and mark.failures):
            yield Unchanged(mark)
        else:
            todo.append(partition)
    if not todo and not gone and folder.exists(SUCCESS):
        return
    folder.remove(SUCCESS)
    run.forget(gone)
    yield from run.work(todo)
    yield from run.settle(wanted)


class _Run:
    """`marks` are those of the partitions that are finished."""

    def __init__(self, folder: Folder, client: Client, job: Job) -> None:
        self._folder, self._client, self._job = folder, client, job
        self.marks = folder.marks()
        self._unfinished: set[str] = set()

    def gone(self, wanted: dict[str, Partition], prune: bool) -> set[str]:
        """The partitions that nothing falls to any more. Raises OtherInputs."""
        here = {path for partition in wanted.values() for path in partition.paths}
        paths = sorted({path for mark in self.marks.values() for path in mark.paths} - here)
        if paths and not prune:
            raise OtherInputs(len(paths), paths[0])
        return self.marks.keys() - wanted.keys()

    def forget(self, names: Iterable[str]) -> None:
        """Take it that partitions are not there."""
        for name in names:
            self._folder.unmark(name)
            del self.marks[name]

    def work(self, todo: Iterable[Partition]) -> Iterator[Outcome]:
        """Have partitions made, and tell what became of their inputs."""
        waiting = iter(todo)
        running: dict[Future, tuple[Partition, int]] = {}
        results = as_completed()

        def hand_out(partition: Partition, round_: int) -> None:
            future = self._client.submit(work, partition, self._job, pure=False, retries=AGAIN)
            running[future] = partition, round_
            results.add(future)

        def fill() -> None:
            most = max(AT_ONCE, 2 * sum(self._client.nthreads().values()))
            while len(running) < most and (partition := next(waiting, None)) is not None:
                hand_out(partition, 1)

        try:
            fill()
            while running:
                future = next(results)
                partition, round_ = running.pop(future)
                try:
                    done: Done = future.result()
                except KilledWorker as error:
                    if round_ < ROUNDS:
                        hand_out(partition, round_ + 1)
                    else:
                        yield self._failed(partition, error)
                except (OtherVersion, ImportError):
                    raise  # no other partition would fare better
                except Exception as error:  # of one partition; the others may do
                    yield self._failed(partition, error)
                else:
                    self.marks[partition.name] = done.mark
                    self._unfinished.discard(partition.name)
                    yield from done.outcomes
                fill()
        finally:
            self._client.cancel(list(running))

    def settle(self, wanted: dict[str, Partition]) -> Iterator[Outcome]:
        """Make the partitions one whole; where a document has lost its place, its next one is read again for it."""
        for _ in range(ROUNDS_TO_SETTLE if self.marks else 0):
            twice, untold = amiss(self._folder, self.marks)
            left = [
                self._client.submit(leave_out, self._job.out, self.marks[name], documents, pure=False)
                for name, documents in twice.items()
            ]
            self._client.gather(left)
            if not untold:
                break
            yield from self.work([wanted[name] for name in sorted(untold)])
        write_shared(self._folder, self.marks)
        self._folder.sweep(self.marks.values())
        if not self._unfinished:
            self._folder.write(b"", SUCCESS)

    def _failed(self, partition: Partition, error: Exception) -> Outcome:
        self._unfinished.add(partition.name)
        told = f"{type(error).__name__}: {error}"
        lang = self._job.settings.lang
        reason = say("cluster.partition", lang, count=len(partition.shares), error=told)
        return Outcome(f"{self._folder.url} {partition.name}", "failed", reason)
