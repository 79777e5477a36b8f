"""`hedui check`: files in, contradictions out."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hedui.cli.formats import FORMATS, PICTURED, Form
from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    colour,
    database_failed,
    files_argument,
    format_option,
    language,
    language_option,
    named,
    pdf_engine_option,
    warn,
)
from hedui.cli.run import Run
from hedui.cli.selection import find_codes, narrow
from hedui.cli.target import target
from hedui.cli.verdict import FAIL_ON, exit_code
from hedui.inputs import gather
from hedui.messages import Language, say
from hedui.model import Report
from hedui.report.output import write
from hedui.report.warning import in_words

if TYPE_CHECKING:
    from hedui.report.identity import Baseline


@click.command(cls=Command)
@files_argument
@format_option(FORMATS, "help.check_format")
@click.option("--with-text", cls=Option, is_flag=True, help="help.with_text")
@click.option("--select", cls=Option, metavar="CODES", multiple=True, help="help.select")
@click.option("--ignore", cls=Option, metavar="CODES", multiple=True, help="help.ignore")
@click.option("--fail-on", cls=Option, type=click.Choice(FAIL_ON), default="certain", help="help.fail_on")
@click.option("--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.out")
@click.option("--baseline", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.baseline")
@click.option("--db", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.db")
@pdf_engine_option
@click.option("--together", cls=Option, is_flag=True, help="help.together")
@click.option("-v", "--verbose", cls=Option, is_flag=True, help="help.verbose")
@language_option
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[str, ...],
    files_from: tuple[str, ...],
    form: str,
    with_text: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    out: Path | None,
    baseline: Path | None,
    db: Path | None,
    pdf_engine: str,
    together: bool,
    verbose: bool,
) -> None:
    """Check files and list what contradicts itself."""
    from hedui import api

    lang = language(ctx)
    chosen, dropped = find_codes(select, lang), find_codes(ignore, lang)
    places = gather(named(ctx, files, files_from), files_from)
    format_ = Form(form, lang, out, with_text, verbose)
    known = _baseline(baseline, lang)
    out = target(out, [*places.files, *([str(baseline)] if baseline else [])], lang, db)
    keep = form in PICTURED
    run = Run(places, api.check, lang, warn, verbose, pdf_engine=pdf_engine, together=together, keep=keep)
    seen: set[str] = set()

    def narrowed(full: Iterable[Report]) -> Iterator[Report]:
        for report in (narrow(each, chosen, dropped) for each in full):
            source = report.document.source
            if known:
                count = len(report.findings)
                report = known.without_known(report)
                if count > len(report.findings):
                    warn(source, say("warning.known", lang, count=count - len(report.findings)))
            seen.update(finding.certainty for finding in report.findings)
            for warning in report.warnings:
                warn(source, in_words(warning, lang))
            yield report

    try:
        with ExitStack() as stack:
            full: Iterator[Report] = run.reports()
            if db is not None:
                from hedui.store import Store

                stored = stack.enter_context(Store(db)).keep(full, run.failures)
                full = stack.enter_context(closing(stored))  # before the database is closed
            stream = narrowed(full)  # the database keeps what --select and --ignore leave out
            write(format_.of(stream, run), out, colour())
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=out or "-", error=error.strerror)) from error
    ctx.exit(exit_code(seen, bool(run.failures), fail_on))


def _baseline(path: Path | None, lang: Language) -> "Baseline | None":
    """The findings of an earlier run. Raises RunFailed where the file cannot be read, or is no such run."""
    if path is None:
        return None
    from hedui.report.identity import Baseline, NoBaseline

    try:
        return Baseline(path)
    except NoBaseline as error:
        raise RunFailed(say("error.baseline", lang, path=path)) from error
    except OSError as error:
        raise RunFailed(f"{path}: {say('unreadable.system', lang, error=error.strerror)}") from error
