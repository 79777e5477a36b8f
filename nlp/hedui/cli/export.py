"""`hedui export`: tables of a claims database as files for other programs."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    database_failed,
    format_option,
    language,
    language_option,
    missing,
    tell,
    warn,
)
from hedui.cli.target import target
from hedui.messages import say

if TYPE_CHECKING:
    from hedui.store.dictionary import Table


@click.command(cls=Command)
@click.argument("db", metavar="DB", type=click.Path(path_type=Path))
@format_option(["csv", "jsonl", "parquet", "gold"], "help.export_format")
@click.option("--table", "tables", cls=Option, metavar="NAME", multiple=True, help="help.table")
@click.option("--out", cls=Option, type=click.Path(path_type=Path), help="help.export_out")
@click.option("--redact", cls=Option, is_flag=True, help="help.redact")
@click.option("--with-text", cls=Option, is_flag=True, help="help.export_text")
@click.option("--bom", cls=Option, is_flag=True, help="help.bom")
@language_option
def export(
    db: Path, form: str, tables: tuple[str, ...], out: Path | None, redact: bool, with_text: bool, bom: bool
) -> None:
    """Write tables of a claims database as files for other programs."""
    from hedui.export.redacted import Redaction
    from hedui.export.writing import Export, Occupied
    from hedui.report.output import write
    from hedui.store.opening import existing

    lang = language()
    if form == "gold":
        if tables or redact or with_text or bom or out is None:
            raise click.UsageError(say("error.export_gold", lang))
        _gold(db, out)
        return
    chosen = _chosen(tables)
    place = target(out, [], lang, db)
    to_screen = place is None and len(chosen) == 1 and form != "parquet"
    if place is None and not to_screen:
        raise click.UsageError(say("error.export_out", lang))
    try:
        with closing(existing(db)) as connection:
            job = Export(connection, chosen, form, with_text, bom and form == "csv")
            job.redaction = Redaction(connection) if redact else None
            if place is None:
                write(job.lines(chosen[0]), None, color=True)  # nothing of the data is left out as a colour
            elif len(chosen) == 1 and not place.is_dir() and (place.suffix or place.exists()):
                job.to_file(place)
            else:
                job.to_folder(place, db.stem, datetime.now(UTC).date(), lang)
            for note in job.notes(lang):
                warn(str(place or db), note)
    except ImportError as error:
        raise missing(error, lang, "parquet") from error
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error
    except Occupied as error:
        raise RunFailed(say("error.export_occupied", lang, path=place)) from error
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=place or "-", error=error.strerror)) from error


def _gold(db: Path, folder: Path) -> None:
    """Write the annotations that reviews make; documents with findings that nobody judged are told and left out."""
    from hedui.export.gold import Gold, annotations
    from hedui.store.opening import existing

    lang, written = language(), 0
    try:
        with closing(existing(db)) as connection:
            for made in annotations(connection):
                if isinstance(made, Gold):
                    made.write(folder)
                    written += 1
                else:
                    warn(made.source, say("export.unfinished", lang, count=made.left))
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=folder, error=error.strerror)) from error
    if not written:
        raise RunFailed(say("error.no_reviews", lang, path=db))
    tell(str(folder), say("export.gold", lang, count=written))


def _chosen(names: tuple[str, ...]) -> "list[Table]":
    """The tables of these names. Raises click.UsageError for a name that is none, naming those there are."""
    from hedui.export.tables import known
    from hedui.store.dictionary import dictionary

    try:
        return known(names)
    except KeyError as error:
        lang = language()
        raise click.UsageError(
            say("error.no_table", lang, name=error.args[0], names=", ".join(dictionary()))
        ) from error
