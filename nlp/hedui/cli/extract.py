"""`hedui extract`: files in, claims out, one a line."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    colour,
    files_argument,
    format_option,
    language,
    language_option,
    named,
    pdf_engine_option,
    tell,
    warn,
)
from hedui.cli.run import Run
from hedui.cli.target import target
from hedui.inputs import gather
from hedui.messages import say
from hedui.model import Report
from hedui.report.csv import as_csv
from hedui.report.json import dump
from hedui.report.output import write
from hedui.report.warning import in_words


@click.command(cls=Command)
@files_argument
@format_option(["jsonl", "csv"])
@click.option("--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.out")
@pdf_engine_option
@click.option("-v", "--verbose", cls=Option, is_flag=True, help="help.verbose")
@language_option
@click.pass_context
def extract(
    ctx: click.Context,
    files: tuple[str, ...],
    files_from: tuple[str, ...],
    form: str,
    out: Path | None,
    pdf_engine: str,
    verbose: bool,
) -> None:
    """Extract the claims of files, one a line; what claims nothing is counted on stderr."""
    from hedui import api

    lang = language(ctx)
    places = gather(named(ctx, files, files_from), files_from)
    out = target(out, places.files, lang)
    run = Run(places, api.extract, lang, warn, verbose, pdf_engine=pdf_engine)

    def reports() -> Iterator[Report]:
        for report in run.reports():
            for warning in report.warnings:
                warn(report.document.source, in_words(warning, lang))
            unexplained = sum(other.kind == "unexplained" for other in report.others)
            counts = {"claims": len(report.claims), "others": len(report.others), "unexplained": unexplained}
            if verbose:
                tell(report.document.source, say("warning.unexplained", lang, **counts))
            yield report

    try:
        write(as_csv(reports()) if form == "csv" else _as_jsonl(reports()), out, colour())
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=out or "-", error=error.strerror)) from error
    ctx.exit(3 if run.failures else 0)


def _as_jsonl(reports: Iterable[Report]) -> Iterator[str]:
    for report in reports:
        for claim in report.claims:
            yield dump({"source": report.document.source, **asdict(claim)}) + "\n"
