"""`hedui serve`: the claims database in a browser."""

import sqlite3
from pathlib import Path

import click

from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    database_failed,
    language,
    language_option,
    missing,
)
from hedui.messages import say

PORT = 8001


@click.command(cls=Command)
@click.argument("db", metavar="DB", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--host", cls=Option, default="127.0.0.1", show_default=True, help="help.host")
@click.option(
    "--port", cls=Option, type=click.IntRange(0, 65535), default=PORT, show_default=True, help="help.port"
)
@click.option("--edit", cls=Option, is_flag=True, help="help.edit")
@language_option
@click.pass_context
def serve(ctx: click.Context, db: Path, host: str, port: int, edit: bool) -> None:
    """Show a claims database in the browser."""
    lang = language(ctx)
    if not db.is_file():
        raise RunFailed(say("error.no_database", lang, path=db))
    try:
        import uvicorn

        from hedui.store import Store
        from hedui.web.app import application
        from hedui.web.site import site
    except ImportError as error:
        raise missing(error, lang, "web") from error
    try:
        Store(db).close()  # brings an older database to the present schema
        served = application(db.resolve(), lang, edit, host)
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error
    ours = site(served)
    assert ours is not None
    address = f"http://{host}:{port}/"
    click.echo(say("serve.at", lang, address=address), err=True)
    if ours.token:
        click.echo(say("serve.token", lang, address=f"{address}login?token={ours.token}"), err=True)
    uvicorn.run(served.app(), host=host, port=port, log_level="warning")
