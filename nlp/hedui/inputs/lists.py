"""Lists of paths: one a line, or a manifest, a CSV file that tells what is known of each.

The paths of a list are meant as those of a command line; those of a manifest are relative to its own folder.
"""

import csv
import io
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import regex

from hedui.inputs.given import STDIN, Known, Place, Refused
from hedui.inputs.opening import opened, whole
from hedui.inputs.remote import is_url
from hedui.reading.errors import UnreadableInput

MAX_BYTES = 100_000_000
PATH = "path"  # the column that makes a CSV file a manifest; `url`, `publisher` and `year` may be left out

_YEAR = regex.compile(r"((?:19|20)\d\d)(?:年|年度)?")


def is_manifest(path: str) -> bool:
    """Whether a file is called .csv and its header has a column `path`."""
    if not path.lower().endswith(".csv"):
        return False
    try:
        with opened(path) as file:
            return PATH in _header(file.readline(10_000).decode("utf-8-sig", "replace"))
    except UnreadableInput:  # whoever reads it says what is wrong
        return False


def listed(path: str) -> Iterator[Place | Refused]:
    """The places that a list or manifest (or `-`, a list from the standard input) names, in its order."""
    try:
        text = _text(path)
        if PATH in _header(text.partition("\n")[0]):
            yield from _rows(text, path)
        else:
            yield from (Place(line.strip()) for line in text.splitlines() if line.strip())
    except (UnreadableInput, csv.Error) as error:
        told = error if isinstance(error, UnreadableInput) else UnreadableInput("manifest", error=error)
        yield Refused(path, told)


def _rows(text: str, path: str) -> Iterator[Place | Refused]:
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    names = [name.strip().lower() for name in next(rows)]
    for row in rows:
        told = dict(zip_longest(names, (value.strip() for value in row[: len(names)]), fillvalue=""))
        if not any(told.values()):
            continue
        if not told[PATH]:
            yield Refused(path, UnreadableInput("manifest_path", row=",".join(told.values())))
            continue
        place = _place(told[PATH], path)
        year = told.get("year")
        named = _YEAR.fullmatch(year) if year else None
        if year and not named:
            yield Refused(place, UnreadableInput("manifest_year", year=year))
            continue
        known = Known.of(
            "manifest",
            url=told.get("url") or None,
            publisher=told.get("publisher") or None,
            fiscal_year=int(named[1]) if named else None,
        )
        yield Place(place, known)


def _place(name: str, manifest: str) -> str:
    """A name in a manifest as a path or URL of its own."""
    if is_url(name):
        return name
    if is_url(manifest):
        return f"{manifest.rpartition('/')[0]}/{name}"
    folder = Path() if manifest == STDIN else Path(manifest).parent
    return str(folder / name)


def _header(line: str) -> list[str]:
    return [name.strip().strip('"').lower() for name in line.lstrip("\ufeff").strip().split(",")]


def _text(path: str) -> str:
    """The characters of a list, as UTF-8 or, as spreadsheet programs in China write, GB18030."""
    from hedui.reading.text import decode

    with opened(path) as file:
        return decode(whole(file, MAX_BYTES))
