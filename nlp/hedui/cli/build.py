"""`hedui build`: many files into a database."""

import os
import sqlite3
import time
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing
from importlib.util import find_spec
from pathlib import Path

import click

from hedui.cli.cluster import Cluster
from hedui.cli.following import Batch, follow, sum_up
from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    complete_file,
    database_failed,
    files_option,
    format_option,
    language,
    language_option,
    missing,
    named,
    pdf_engine_option,
)
from hedui.cli.target import target
from hedui.corpus.build import Limits, run
from hedui.corpus.outcome import Outcome
from hedui.corpus.summary import Tally, holdings
from hedui.corpus.survey import Survey, Task
from hedui.inputs import Refused, gather
from hedui.inputs.names import printable, spelled
from hedui.messages import Language, say
from hedui.report.json import dump
from hedui.store import Store


@click.command(cls=Command)
@click.argument("files", metavar="FILE…", nargs=-1, shell_complete=complete_file)
@click.argument("db", metavar="DB", required=False)
@files_option
@click.option("--jobs", cls=Option, type=click.IntRange(1, 1000), help="help.jobs")
@click.option(
    "--max-seconds", cls=Option, type=click.IntRange(1, 86400), default=600, help="help.max_seconds"
)
@click.option(
    "--max-memory", cls=Option, type=click.IntRange(500, 10**6), default=2000, help="help.max_memory"
)
@click.option("--retry-failed", cls=Option, is_flag=True, help="help.retry_failed")
@click.option("--dry-run", cls=Option, is_flag=True, help="help.dry_run")
@click.option("--dask", cls=Option, metavar="ADDRESS|local", help="help.dask")
@click.option("--parquet", cls=Option, metavar="OUT", help="help.parquet")
@click.option("--partitions", cls=Option, type=click.IntRange(1, 99_999), help="help.partitions")
@click.option("--prune", cls=Option, is_flag=True, help="help.prune")
@click.option("--log", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.log")
@format_option(["text", "json"], "help.format_build")
@pdf_engine_option
@language_option
@click.pass_context
def build(
    ctx: click.Context,
    files: tuple[str, ...],
    db: str | None,
    files_from: tuple[str, ...],
    jobs: int | None,
    max_seconds: int,
    max_memory: int,
    retry_failed: bool,
    dry_run: bool,
    dask: str | None,
    parquet: str | None,
    partitions: int | None,
    prune: bool,
    log: Path | None,
    form: str,
    pdf_engine: str,
) -> None:
    """Check many files into a database."""
    lang = language(ctx)
    limits = Limits(jobs or _cores(), max_seconds, max_memory * 1_000_000)
    cluster = Cluster.of(dask, parquet, partitions, prune, dry_run, lang)
    path = _database(ctx, db) if cluster is None else None
    files = files if path or db is None else (*files, db)
    places = gather(named(ctx, files, files_from), files_from)
    log = target(log, places.files, lang, path, "--log")
    if pdf_engine == "pdfium" and find_spec("pypdfium2") is None:
        raise missing(ImportError(name="pypdfium2"), lang)
    batch = Batch(places, retry_failed, limits, log, form, pdf_engine, lang)
    try:
        if cluster is not None:
            failed = cluster.build(batch)
        else:
            assert path is not None
            failed = _plan(batch, path) if dry_run else _built(batch, path)
    except sqlite3.Error as error:
        raise database_failed(error, path, lang) from error
    except BrokenProcessPool as error:
        raise RunFailed(say("error.workers", lang, error=error)) from error
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=log or "-", error=error.strerror)) from error
    ctx.exit(3 if failed else 0)


def _database(ctx: click.Context, name: str | None) -> Path:
    """The database that is named last. Raises click.UsageError where none is, or a folder."""
    argument = next(param for param in ctx.command.params if param.name == "db")
    if name is None:
        raise click.MissingParameter(ctx=ctx, param=argument)
    path = click.Path(dir_okay=False, path_type=Path).convert(name, argument, ctx)
    assert isinstance(path, Path)
    return path


def _built(batch: Batch, db: Path) -> bool:
    """Run, show how it goes, sum it up; whether some inputs could not be read."""
    begun = time.monotonic()
    tally = Tally()
    with Store(db) as store:
        survey = Survey(batch.places, store, batch.lang, batch.retry_failed)
        with closing(run(survey, store, db, batch.limits, batch.lang, batch.pdf_engine)) as outcomes:
            follow(outcomes, tally, lambda: survey.total, batch)
        held = holdings(store)
    sum_up(tally, time.monotonic() - begun, held, batch)
    return bool(tally.failures)


def _plan(batch: Batch, db: Path) -> bool:
    """List what a run would do; whether some inputs cannot be read."""
    with ExitStack() as stack:
        store = stack.enter_context(closing(Store(db))) if db.exists() else None
        failed = False
        for found in Survey(batch.places, store, batch.lang, batch.retry_failed):
            what, source, reason = _intent(found, batch.lang)
            failed = failed or what in ("failed", "failed_before")
            if batch.form == "json":
                click.echo(dump({"source": source, "todo": what, "reason": reason}))
            else:
                todo = say(f"build.todo_{what}", batch.lang)
                click.echo(f"{todo}  {printable(source)}" + (f": {reason}" if reason else ""))
    return failed


def _intent(found: Task | Refused | Outcome, lang: Language) -> tuple[str, str, str]:
    """What would be done with an input (`new`, `changed`, `retry`, or how it stands), its source, and the reason."""
    if isinstance(found, Task):
        return found.why, found.source, ""
    if isinstance(found, Refused):
        return "failed", spelled(found.source), found.error.say(lang)
    return found.status, found.source, found.reason


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
