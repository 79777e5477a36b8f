"""Tables of a database into one file, or into a folder with a README: all of it, or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from hedui.export import citation
from hedui.export.lines import as_csv, as_jsonl
from hedui.export.redacted import Redaction
from hedui.export.tables import Extract, columns, count, extract
from hedui.messages import Language, say
from hedui.report.output import whole
from hedui.store.dictionary import Table

_BOM = "\ufeff"
_README, _CITATION = "README.md", "CITATION.cff"


class Occupied(Exception):
    """The folder holds a README of something else, which would be overwritten."""


@dataclass(slots=True)
class Export:
    """What is to be written: `form` is `csv`, `jsonl` or `parquet`.

    `lost` counts the exact numbers that Parquet has no room for.
    """

    connection: sqlite3.Connection
    tables: list[Table]
    form: str
    with_text: bool = False
    bom: bool = False
    redaction: Redaction | None = None
    lost: int = field(default=0, init=False)

    def lines(self, table: Table) -> Iterator[str]:
        """A table as text, piece by piece."""
        if self.bom:
            yield _BOM
        yield from (as_csv if self.form == "csv" else as_jsonl)(self._extract(table))

    def to_file(self, out: Path) -> None:
        """The one table there is. Raises OSError where it cannot be written, ImportError without pyarrow."""
        with whole(out) as file:
            self._write(self.tables[0], file)

    def to_folder(self, folder: Path, database: str, day: date, lang: Language) -> None:
        """A file for each table, with a README and a CITATION.cff. Raises Occupied, OSError, ImportError."""
        if not _ours(folder / _README):
            raise Occupied
        folder.mkdir(parents=True, exist_ok=True)
        files = {
            table.name: (f"{table.name}.{self.form}", count(self.connection, table)) for table in self.tables
        }
        with ExitStack() as stack:
            for table in self.tables:
                self._write(table, stack.enter_context(whole(folder / files[table.name][0])))
            told = citation.readme(database, day, files, self._described(), self.notes(lang), lang)
            stack.enter_context(whole(folder / _README)).writelines(chunk.encode() for chunk in told)
            cff = citation.cff(database, day, files, lang)
            stack.enter_context(whole(folder / _CITATION)).write(cff.encode())

    def notes(self, lang: Language) -> list[str]:
        """What those who use the files ought to know, once they are written."""
        notes = []
        if self.redaction:
            notes.append(self.redaction.summary(lang))
        if self.lost:
            notes.append(say("export.lost", lang, count=self.lost))
        return notes

    def _extract(self, table: Table) -> Extract:
        found = extract(self.connection, table, self.with_text)
        return self.redaction(found) if self.redaction else found

    def _write(self, table: Table, file: IO[bytes]) -> None:
        if self.form == "parquet":
            from hedui.export.parquet import write_parquet

            self.lost += write_parquet(self._extract(table), file)
        else:
            file.writelines(line.encode() for line in self.lines(table))

    def _described(self) -> list[Table]:
        return [
            Table(table.name, table.is_view, table.words, columns(table, self.with_text))
            for table in self.tables
        ]


def _ours(readme: Path) -> bool:
    """Whether a README may be written there: there is none, or one of an earlier export."""
    try:
        with readme.open(encoding="utf-8", errors="replace") as file:
            return file.readline().strip() == citation.MARK
    except FileNotFoundError:
        return True
