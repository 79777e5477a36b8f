"""`hedui schema`: what the tables and columns of the claims database mean."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    colour,
    format_option,
    language,
    language_option,
)
from hedui.cli.target import target
from hedui.messages import Language, say


@click.command(cls=Command)
@format_option(["markdown", "json", "datasette"])
@click.option("--name", cls=Option, default="claims", help="help.schema_name")
@click.option("--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.out")
@language_option
def schema(form: str, name: str, out: Path | None) -> None:
    """Describe the tables, views and columns of the claims database."""
    from hedui.report.output import write
    from hedui.report.schema import as_datasette, as_json, as_markdown

    lang = language()
    made: dict[str, Callable[[Language], Iterator[str]]] = {
        "markdown": as_markdown,
        "json": as_json,
        "datasette": partial(as_datasette, database=name),
    }
    try:
        write(made[form](lang), target(out, [], lang), colour())
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=out or "-", error=error.strerror)) from error
