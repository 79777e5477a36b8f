"""`hedui crosscheck`: what the documents of a claims database say of one another."""

import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from hedui import rules
from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    colour,
    format_option,
    language,
    language_option,
    warn,
)
from hedui.cli.verdict import FAIL_ON, exit_code
from hedui.messages import say
from hedui.model import Report
from hedui.report.json import as_json, as_jsonl
from hedui.report.output import write
from hedui.report.terminal import Style, as_text


@click.command(cls=Command)
@click.argument("database", metavar="DB", type=click.Path(path_type=Path))
@format_option(["text", "json", "jsonl"])
@click.option("--fail-on", cls=Option, type=click.Choice(FAIL_ON), default="certain", help="help.fail_on")
@click.option("--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.out")
@language_option
@click.pass_context
def crosscheck(ctx: click.Context, database: Path, form: str, fail_on: str, out: Path | None) -> None:
    """Compare the documents of each body in a claims database, and mark duplicates."""
    from hedui.store import Store

    lang = language(ctx)
    if not database.is_file():
        raise RunFailed(say("error.no_database", lang, path=database))
    seen: set[str] = set()
    counts: Counter[str] = Counter()

    def reports(store: Store) -> Iterator[Report]:
        for found in store.crosscheck():
            counts["bodies"] += bool(found.reports)
            counts["documents"] += len(found.reports)
            counts["duplicates"] += len(found.duplicates)
            counts["crowd"] += found.crowd
            for report in map(_narrow, found.reports):
                counts.update(relation.status for relation in report.relations)
                seen.update(finding.certainty for finding in report.findings)
                if report.findings:
                    yield report

    try:
        store = Store(database)
        try:
            stream = reports(store)
            if form == "text":
                width = min(shutil.get_terminal_size().columns, 100)
                style = Style(lang, width, out is None and sys.stdout.isatty() and colour() is None)
                titles = {code: rule.title.in_language(lang) for code, rule in rules.rules().items()}
                chunks = as_text(stream, [], style, titles)
            else:
                chunks = (as_json if form == "json" else as_jsonl)(stream, [], False)
            write(chunks, out, colour())
        finally:
            store.close()
    except sqlite3.Error as error:
        raise RunFailed(say("error.database", lang, path=database, error=error)) from error
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=out or "-", error=error.strerror)) from error
    names = ("bodies", "documents", "duplicates", "held", "failed", "undecidable")
    click.echo(say("report.across", lang, **{name: counts[name] for name in names}), err=True)
    if counts["crowd"]:
        warn(str(database), say("report.crowd", lang, count=counts["crowd"]))
    ctx.exit(exit_code(seen, False, fail_on))


def _narrow(report: Report) -> Report:
    """What was found between documents, and the claims that take part in it."""
    from hedui.across import between

    found = between(report)
    own = f"{report.document.id}:"
    part = {role.claim.removeprefix(own) for relation in found.relations for role in relation.claims}
    claims = (replace(claim, id=claim.id.removeprefix(own)) for claim in report.claims)
    return replace(found, claims=tuple(claim for claim in claims if claim.id in part), others=())
