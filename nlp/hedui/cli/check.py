"""`hedui check`: files in, contradictions out."""

import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import click

from hedui import rules
from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    colour,
    database_failed,
    files_argument,
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
from hedui.messages import say
from hedui.model import Report
from hedui.report.json import as_json, as_jsonl
from hedui.report.output import write
from hedui.report.terminal import Style, as_text
from hedui.report.warning import in_words


@click.command(cls=Command)
@files_argument
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    help="help.format",
)
@click.option("--with-text", cls=Option, is_flag=True, help="help.with_text")
@click.option("--select", cls=Option, metavar="CODES", multiple=True, help="help.select")
@click.option("--ignore", cls=Option, metavar="CODES", multiple=True, help="help.ignore")
@click.option("--fail-on", cls=Option, type=click.Choice(FAIL_ON), default="certain", help="help.fail_on")
@click.option("--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.out")
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
    out = target(out, places.files, lang, db)
    run = Run(places, api.check, lang, warn, verbose, pdf_engine=pdf_engine, together=together)
    seen: set[str] = set()

    def narrowed(full: Iterable[Report]) -> Iterator[Report]:
        for report in (narrow(each, chosen, dropped) for each in full):
            seen.update(finding.certainty for finding in report.findings)
            for warning in report.warnings:
                warn(report.document.source, in_words(warning, lang))
            yield report

    try:
        with ExitStack() as stack:
            full: Iterator[Report] = run.reports()
            if db is not None:
                from hedui.store import Store

                stored = stack.enter_context(Store(db)).keep(full, run.failures)
                full = stack.enter_context(closing(stored))  # before the database is closed
            stream = narrowed(full)  # the database keeps what --select and --ignore leave out
            if form == "text":
                seen_colour = out is None and sys.stdout.isatty() and colour() is None
                width = min(shutil.get_terminal_size().columns, 100)
                titles = {code: rule.title.in_language(lang) for code, rule in rules.rules().items()}
                chunks = as_text(stream, run.failures, Style(lang, width, seen_colour, verbose), titles)
            else:
                chunks = (as_json if form == "json" else as_jsonl)(stream, run.failures, with_text)
            write(chunks, out, colour())
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=out or "-", error=error.strerror)) from error
    ctx.exit(exit_code(seen, bool(run.failures), fail_on))
