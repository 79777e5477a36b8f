"""`hedui load`: a folder of Parquet files, or some of its documents, into a database."""

import sqlite3
from pathlib import Path

import click

from hedui.cli.cluster import EXTRA
from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    database_failed,
    language,
    language_option,
    missing,
    warn,
)
from hedui.messages import say


@click.command(cls=Command)
@click.argument("out", metavar="OUT")
@click.argument("db", metavar="DB", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--where", cls=Option, metavar="SQL", help="help.where")
@language_option
@click.pass_context
def load(ctx: click.Context, out: str, db: Path, where: str | None) -> None:
    """Make a database of the Parquet files of `hedui build --dask`."""
    lang = language(ctx)
    try:
        from hedui.cluster.folder import OWN, SUCCESS, Folder
        from hedui.cluster.load import BadCondition, load
        from hedui.store import Store

        folder = Folder(out)
        if not folder.exists(OWN):
            raise RunFailed(say("error.no_parquet", lang, out=out))
        if not folder.exists(SUCCESS):
            warn(out, say("warning.unfinished", lang))
        with Store(db) as store:
            count = sum(load(folder, store, where))
    except ImportError as error:
        raise missing(error, lang, EXTRA) from error
    except BadCondition as error:
        raise click.UsageError(say("error.where", lang, error=error)) from error
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error
    except OSError as error:
        raise RunFailed(say("error.no_parquet", lang, out=out)) from error
    click.echo(say("load.done", lang, count=count, db=db))
