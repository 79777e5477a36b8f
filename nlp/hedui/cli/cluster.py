"""`hedui build --dask`: the inputs into a folder of Parquet files, by the workers of a Dask cluster."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hedui.cli.following import Batch, follow, sum_up
from hedui.cli.options import RunFailed, missing
from hedui.corpus.outcome import Outcome
from hedui.corpus.summary import Tally
from hedui.corpus.work import examine
from hedui.inputs import Places
from hedui.inputs.given import STDIN
from hedui.inputs.names import CONTAINERS
from hedui.inputs.remote import is_url
from hedui.messages import Language, say

if TYPE_CHECKING:
    from hedui.cluster.build import Unchanged


EXTRA = "cluster"


def absolute(path: str) -> str:
    """A folder's path as workers that run in another folder know it; URLs are that already."""
    return path if is_url(path) else str(Path(path).absolute())


@dataclass(frozen=True, slots=True)
class Cluster:
    """The options of `hedui build` that concern a cluster."""

    address: str
    out: str
    partitions: int | None
    prune: bool

    @classmethod
    def of(
        cls,
        address: str | None,
        out: str | None,
        partitions: int | None,
        prune: bool,
        dry_run: bool,
        lang: Language,
    ) -> "Cluster | None":
        """The options as given; None where no cluster is asked for. Raises click.UsageError where they do not fit."""
        if address is not None and out is not None and not dry_run:
            return cls(address, absolute(out), partitions, prune)
        if address is None and out is None and partitions is None and not prune:
            return None
        raise click.UsageError(say("error.cluster_options", lang))

    def build(self, batch: Batch) -> bool:
        """Run, show how it goes, sum it up; whether some inputs could not be read.

        Raises RunFailed, and click.UsageError for the standard input, which workers cannot read.
        """
        places, limits, lang = batch.places, batch.limits, batch.lang
        if STDIN in places.found:
            raise click.UsageError(say("error.cluster_stdin", lang))
        try:
            from hedui.cluster.build import OtherInputs, build
            from hedui.cluster.connect import NoAnswer, connected
            from hedui.cluster.folder import Folder, OtherLayout
            from hedui.cluster.holdings import holdings
            from hedui.cluster.piece import Settings
            from hedui.cluster.task import Job, OtherVersion
        except ImportError as error:
            raise missing(error, lang, EXTRA) from error
        begun = time.monotonic()
        settings = Settings(lang, batch.pdf_engine, limits.seconds, limits.memory, examine)
        job = Job(self.out, os.getcwd(), settings)
        run = _Told(places, lang)
        try:
            folder = Folder(self.out)
            with (
                connected(self.address, limits.jobs) as client,
                closing(
                    build(places, folder, client, job, self.partitions, batch.retry_failed, self.prune)
                ) as made,
            ):
                told = run.outcomes(made)
                follow(told, run.tally, lambda: run.total, batch, "cluster.interrupted")
            held = holdings(folder)
        except NoAnswer as error:
            raise RunFailed(say("error.cluster_address", lang, address=error)) from error
        except OSError as error:
            path, reason = error.filename or self.out, error.strerror or error
            raise RunFailed(say("error.output", lang, path=path, error=reason)) from error
        except OtherInputs as error:
            count, first = error.args
            raise RunFailed(
                say("error.cluster_inputs", lang, out=self.out, count=count, first=first)
            ) from error
        except OtherLayout as error:
            raise RunFailed(say("error.cluster_layout", lang, out=self.out, number=error.args[0])) from error
        except OtherVersion as error:
            raise RunFailed(say("error.cluster_version", lang, version=error, own=job.version)) from error
        except ImportError as error:  # of a file system's plugin, or of the workers
            raise RunFailed(say("error.cluster_import", lang, error=error)) from error
        sum_up(run.tally, time.monotonic() - begun, held, batch)
        return bool(run.tally.failures)


class _Told:
    """What a run on a cluster tells, in the terms of one on this machine."""

    def __init__(self, places: Places, lang: Language) -> None:
        self.tally = Tally()
        self._places, self._lang = places, lang
        many = any(path.lower().endswith(CONTAINERS) for path in places.found)
        self.total: int | None = None if many else len(places.found) + len(places.refused)

    def outcomes(self, made: "Iterator[Outcome | Unchanged]") -> Iterator[Outcome]:
        """The outcomes of a run; partitions that are left as they are count as their documents."""
        for skipped in self._places.skipped:
            reason = say(f"warning.{skipped.reason}", self._lang, count=skipped.count)
            yield Outcome(skipped.source, "skipped", reason)
        for each in made:
            if isinstance(each, Outcome):
                yield each
                continue
            self.tally.statuses["unchanged"] += each.mark.read
            if self.total is not None:
                self.total -= each.mark.read
            for source, reason in each.mark.failures:
                yield Outcome(source, "failed_before", reason)
