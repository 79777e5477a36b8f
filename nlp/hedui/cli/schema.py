"""`hedui schema`: what the tables and columns of the claims database mean, and the JSON that programs are given."""

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
@click.option(
    "--json-schema",
    "kind",
    cls=Option,
    type=click.Choice(["report", "line", "claim", "log"]),
    help="help.json_schema",
)
@click.option("--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.out")
@language_option
def schema(form: str, name: str, kind: str | None, out: Path | None) -> None:
    """Describe the tables, views and columns of the claims database."""
    from hedui.report.output import write
    from hedui.schemas.database import as_datasette, as_json, as_markdown
    from hedui.schemas.outputs import as_json_schema

    lang = language()
    made: dict[str, Callable[[Language], Iterator[str]]] = {
        "markdown": as_markdown,
        "json": as_json,
        "datasette": partial(as_datasette, database=name),
    }
    try:
        text = made[form](lang) if kind is None else as_json_schema(kind, lang)
        write(text, target(out, [], lang), colour())
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=out or "-", error=error.strerror)) from error
