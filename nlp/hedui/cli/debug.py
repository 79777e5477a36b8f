"""`hedui debug page`: what was read on a page, drawn on a picture of it."""

import sys
from pathlib import Path

import click

from hedui.cli.options import Command, Group, Option, RunFailed, language, language_option, missing
from hedui.cli.target import target
from hedui.inputs.opening import opened
from hedui.messages import say
from hedui.reading.errors import UnreadableInput


@click.group(cls=Group)
@language_option
def debug() -> None:
    """See how a document was read."""


@debug.command(name="page", cls=Command)
@click.argument("file", metavar="FILE")
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@click.option(
    "--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), required=True, help="help.out_png"
)
@language_option
def page(file: str, number: int, out: Path) -> None:
    """Draw the words, lines, tables, figures, claims and findings of a PDF's page on a picture of it."""
    from hedui import api
    from hedui.report.page_picture import COLOURS, page_picture

    lang = language()
    chosen = target(out, [file], lang)
    try:
        with opened(file) as stream:
            data = stream.read()
        image = page_picture(data, api.check(data), number)
    except ImportError as error:
        raise missing(error, lang) from error
    except UnreadableInput as error:
        raise RunFailed(f"{file}: {error.say(lang)}") from error
    try:
        image.save(chosen or sys.stdout.buffer, "PNG")
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=out, error=error.strerror)) from error
    for kind, colour in COLOURS.items():
        click.echo(f"{colour}  {say(f'debug.{kind}', lang)}", err=True)
