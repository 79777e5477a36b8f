"""`hedui build`: many files into a database."""

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import click

from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    database_failed,
    files_option,
    language,
    language_option,
    missing,
    named,
    pdf_engine_option,
    warn,
)
from hedui.cli.target import target
from hedui.corpus.build import Limits
from hedui.corpus.build import build as run
from hedui.corpus.log import Log
from hedui.corpus.outcome import Outcome
from hedui.corpus.progress import Progress
from hedui.corpus.summary import Tally, as_dict, as_text, holdings
from hedui.corpus.survey import Survey, Task
from hedui.inputs import Places, Refused, gather
from hedui.inputs.names import spelled
from hedui.messages import Language, say
from hedui.report.json import dump
from hedui.store import Store


@click.command(cls=Command)
@click.argument("files", metavar="FILE…", nargs=-1)
@click.argument("db", metavar="DB", type=click.Path(dir_okay=False, path_type=Path))
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
@click.option("--log", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.log")
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(["text", "json"]),
    default="text",
    help="help.format_build",
)
@pdf_engine_option
@language_option
@click.pass_context
def build(
    ctx: click.Context,
    files: tuple[str, ...],
    db: Path,
    files_from: tuple[str, ...],
    jobs: int | None,
    max_seconds: int,
    max_memory: int,
    retry_failed: bool,
    dry_run: bool,
    log: Path | None,
    form: str,
    pdf_engine: str,
) -> None:
    """Check many files into a database."""
    lang = language(ctx)
    places = gather(named(ctx, files, files_from), files_from)
    log = target(log, places.files, lang, db, "--log")
    if pdf_engine == "pdfium" and find_spec("pypdfium2") is None:
        raise missing(ImportError(name="pypdfium2"), lang)
    limits = Limits(jobs or _cores(), max_seconds, max_memory * 1_000_000)
    try:
        if dry_run:
            failed = _plan(places, db, retry_failed, form, lang)
        else:
            failed = _built(places, db, retry_failed, limits, log, form, pdf_engine, lang)
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error
    except BrokenProcessPool as error:
        raise RunFailed(say("error.workers", lang, error=error)) from error
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=log or "-", error=error.strerror)) from error
    ctx.exit(3 if failed else 0)


def _built(
    places: Places,
    db: Path,
    retry_failed: bool,
    limits: Limits,
    log: Path | None,
    form: str,
    pdf_engine: str,
    lang: Language,
) -> bool:
    """Run, show how it goes, sum it up; whether some inputs could not be read."""
    begun = time.monotonic()
    tally = Tally()
    with ExitStack() as stack:
        written = stack.enter_context(Log(log)) if log else None
        store = stack.enter_context(Store(db))
        survey = Survey(places, store, lang, retry_failed)
        progress = stack.enter_context(closing(Progress(lang)))
        stack.enter_context(_terminable())
        outcomes = stack.enter_context(closing(run(survey, store, db, limits, lang, pdf_engine)))
        try:
            for outcome in outcomes:
                tally.add(outcome)
                if written:
                    written.write(outcome)
                _tell(outcome, progress, lang)
                progress.update(outcome, survey.total)
        except KeyboardInterrupt:
            done = tally.count("read") + tally.count("failed")
            raise RunFailed(say("build.interrupted", lang, done=done)) from None
        progress.close()
        held = holdings(store)
    seconds = time.monotonic() - begun
    if form == "json":
        click.echo(dump(as_dict(tally, seconds, held)))
    else:
        click.echo("\n".join(as_text(tally, seconds, held, lang)))
    return bool(tally.failures)


def _tell(outcome: Outcome, progress: Progress, lang: Language) -> None:
    """A line on stderr for what a person has to know of."""
    if outcome.status in ("read", "unchanged"):
        return
    reason = outcome.reason
    if outcome.status == "failed_before":
        reason = say("build.not_again", lang, reason=reason)
    with progress.paused():
        warn(outcome.source, reason, error=outcome.status == "failed")


def _plan(places: Places, db: Path, retry_failed: bool, form: str, lang: Language) -> bool:
    """List what a run would do; whether some inputs cannot be read."""
    with ExitStack() as stack:
        store = stack.enter_context(closing(Store(db))) if db.exists() else None
        failed = False
        for found in Survey(places, store, lang, retry_failed):
            what, source, reason = _intent(found, lang)
            failed = failed or what in ("failed", "failed_before")
            if form == "json":
                click.echo(dump({"source": source, "todo": what, "reason": reason}))
            else:
                click.echo(f"{say(f'build.todo_{what}', lang)}  {source}" + (f": {reason}" if reason else ""))
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


@contextmanager
def _terminable() -> Iterator[None]:
    """Asked to end by whoever manages batches, the run ends as it does by Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
