"""Where `--out` and its like write to: never over what the run reads, nor over its database."""

from collections.abc import Iterable
from pathlib import Path

import click

from hedui.inputs.given import STDIN
from hedui.messages import say

STDOUT = "-"


def target(
    out: Path | None, sources: Iterable[str], lang: str, db: Path | None = None, option: str = "--out"
) -> Path | None:
    """The file that an option names to write to; None for the standard output, which `-` means too.

    Raises click.UsageError where the file is one of the inputs or the database.
    """
    if out is None or str(out) == STDOUT:
        return None
    if db is not None and _same(out, db):
        raise click.UsageError(say("error.out_is_database", lang, path=out, option=option))
    if any(_same(out, Path(source)) for source in sources if source != STDIN):
        raise click.UsageError(say("error.out_is_input", lang, path=out, option=option))
    return out


def _same(one: Path, other: Path) -> bool:
    """Whether both name one regular file, be it through links or not there yet; devices may well be shared."""
    try:
        return one.is_file() and one.samefile(other) if one.exists() else one.resolve() == other.resolve()
    except (OSError, RuntimeError):  # the other is not there, or links in a circle (before Python 3.13)
        return False
