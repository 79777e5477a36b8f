"""A batch as it runs: what became of each input is counted, logged and shown, and summed up at the end."""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from hedui.cli.options import RunFailed, warn
from hedui.corpus.build import Limits
from hedui.corpus.log import Log
from hedui.corpus.outcome import Outcome
from hedui.corpus.progress import Progress
from hedui.corpus.summary import Tally, as_dict, as_text
from hedui.inputs import Places
from hedui.messages import Language, say
from hedui.report.json import dump


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch is asked for, wherever its work is done."""

    places: Places
    retry_failed: bool
    limits: Limits
    log: Path | None
    form: str
    pdf_engine: str
    lang: Language


def follow(
    outcomes: Iterable[Outcome],
    tally: Tally,
    total: Callable[[], int | None],
    batch: Batch,
    interrupted: str = "build.interrupted",
) -> None:
    """Count, log and show outcomes until there are no more. `total` tells how many there will be, where it is known;
    `interrupted` is the key of what to say where the run is ended.

    Raises RunFailed where a person, or whoever manages batches, ends the run; OSError where the log cannot be written.
    """
    with ExitStack() as stack:
        written = stack.enter_context(Log(batch.log)) if batch.log else None
        progress = stack.enter_context(closing(Progress(batch.lang)))
        stack.enter_context(_terminable())
        try:
            for outcome in outcomes:
                tally.add(outcome)
                if written:
                    written.write(outcome)
                _tell(outcome, progress, batch.lang)
                progress.update(outcome, total())
        except KeyboardInterrupt:
            done = tally.count("read") + tally.count("failed")
            raise RunFailed(say(interrupted, batch.lang, done=done)) from None


def sum_up(tally: Tally, seconds: float, held: Mapping[str, Mapping[str, int]], batch: Batch) -> None:
    """Print the summary, as `text` or `json`."""
    if batch.form == "json":
        click.echo(dump(as_dict(tally, seconds, held)))
    else:
        click.echo("\n".join(as_text(tally, seconds, held, batch.lang)))


def _tell(outcome: Outcome, progress: Progress, lang: Language) -> None:
    """A line on stderr for what a person has to know of."""
    if outcome.status in ("read", "unchanged"):
        return
    reason = outcome.reason
    if outcome.status == "failed_before":
        reason = say("build.not_again", lang, reason=reason)
    with progress.paused():
        warn(outcome.source, reason, error=outcome.status == "failed")


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
