"""`hedui sample`: a sheet of claims or findings to be judged by hand, and what the judged sheet tells of all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click

from hedui.cli.options import (
    Command,
    Option,
    RunFailed,
    colour,
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

_SHOWN = 20  # mistakes of a sheet that are told one by one


@click.command(cls=Command)
@click.argument("db", metavar="DB", type=click.Path(path_type=Path))
@click.option(
    "--of", "of", cls=Option, type=click.Choice(["findings", "claims"]), default="findings", help="help.of"
)
@click.option("--size", cls=Option, type=click.IntRange(1, 1_000_000), default=200, help="help.size")
@click.option("--by", cls=Option, metavar="COLUMN", multiple=True, help="help.by")
@click.option("--seed", cls=Option, type=int, default=1, help="help.seed")
@click.option("--out", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.sample_out")
@click.option(
    "--read", "sheet", cls=Option, type=click.Path(dir_okay=False, path_type=Path), help="help.sample_read"
)
@format_option(["text", "json"])
@click.option("--record", "reviewer", cls=Option, metavar="NAME", help="help.record")
@language_option
def sample(
    db: Path,
    of: str,
    size: int,
    by: tuple[str, ...],
    seed: int,
    out: Path | None,
    sheet: Path | None,
    form: str,
    reviewer: str | None,
) -> None:
    """Draw a sample to be judged by hand, or read it back as estimates."""
    lang = language()
    try:
        if sheet is None:
            _draw(db, of, size, by, seed, out)
        else:
            _read(db, sheet, target(out, [str(sheet)], lang, db), form, reviewer)
    except ImportError as error:
        raise missing(error, lang, "sheets") from error
    except sqlite3.Error as error:
        raise database_failed(error, db, lang) from error


def _draw(db: Path, of: str, size: int, by: tuple[str, ...], seed: int, out: Path | None) -> None:
    from hedui.report.output import whole, write
    from hedui.sample.drawing import KINDS, STRATA, TooSmall, draw, shown, told
    from hedui.sample.sheet import as_csv, row, write_workbook
    from hedui.store.opening import existing

    lang = language()
    kind = next(each for each in KINDS if each == of)
    names = [name.strip() for value in by for name in value.split(",") if name.strip()]
    if unknown := [name for name in names if name not in STRATA[kind]]:
        choices = ", ".join(sorted(STRATA[kind]))
        raise click.UsageError(say("error.no_stratum", lang, name=unknown[0], names=choices))
    place = target(out, [], lang, db)
    with closing(existing(db)) as connection:
        try:
            drawn = draw(connection, kind, size, names, seed)
        except TooSmall as error:
            raise RunFailed(say("error.too_few", lang, size=size, strata=error.strata)) from error
        if not drawn:
            raise RunFailed(say("error.nothing_to_sample", lang, path=db))
        words = told(kind, drawn, names, seed)
        found = ((each, shown(connection, kind, each.id)) for each in drawn)
        rows = (row(kind, words, each, now, lang) for each, now in found if now)
        try:
            if place is not None and place.suffix.lower() == ".xlsx":
                with whole(place) as file:
                    write_workbook(kind, rows, lang, file)
            else:
                write(as_csv(kind, rows, lang), place, color=True)
        except OSError as error:
            raise RunFailed(say("error.output", lang, path=place or "-", error=error.strerror)) from error
    strata = len({each.stratum for each in drawn})
    tell(str(place or db), say("sample.drawn", lang, rows=len(drawn), strata=strata))


def _read(db: Path, sheet: Path, place: Path | None, form: str, reviewer: str | None) -> None:
    from hedui.report.output import write
    from hedui.sample.filled import BadSheet, read_sheet
    from hedui.sample.recording import record, stale
    from hedui.sample.telling import as_json, as_text
    from hedui.store import Store
    from hedui.store.opening import existing

    lang = language()
    try:
        filled = read_sheet(sheet, lang)
        with closing(existing(db)) as connection:
            old = stale(connection, filled)
        if reviewer is not None:
            with closing(Store(db)) as store:
                new = record(store, filled, reviewer, lang)
            tell(str(db), say("sample.recorded", lang, count=new))
        elif old:
            warn(str(sheet), say("sample.some_stale", lang, count=len(old)))
    except BadSheet as error:
        for reason in error.reasons[:_SHOWN]:
            warn(str(sheet), reason, error=True)
        raise RunFailed(say("error.bad_sheet", lang, path=sheet, count=len(error.reasons))) from error
    except OSError as error:
        raise RunFailed(say("error.sheet", lang, path=sheet, error=error.strerror)) from error
    try:
        write(as_json(filled) if form == "json" else as_text(filled, lang), place, colour())
    except OSError as error:
        raise RunFailed(say("error.output", lang, path=place or "-", error=error.strerror)) from error
