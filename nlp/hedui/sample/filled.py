"""A sheet that was filled in → verdicts. Whatever is wrong with it is told row by row."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

from hedui.messages import Language, say
from hedui.reading.text import decode
from hedui.sample.drawing import TOLD, Kind
from hedui.sample.estimates import Stratum
from hedui.sample.sheet import FIELDS, columns, headings, verdicts

Verdict = Literal["right", "wrong", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "unsure")

_EVERYTHING = ("all", "全部")  # of the fields


class BadSheet(ValueError):
    """The sheet cannot be used; `reasons` are sentences, each naming its row."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Judged:
    """One row that was judged: `number` is that of the sheet's row, `cells` what the sheet says by column."""

    number: int
    id: str
    stratum: str
    stratum_size: int
    verdict: Verdict | None
    wrong: tuple[str, ...]
    comment: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled sheet: what it samples, and its rows."""

    of: Kind
    rows: tuple[Judged, ...]

    @property
    def judged(self) -> list[Judged]:
        """The rows with a verdict that says something."""
        return [row for row in self.rows if row.verdict in ("right", "wrong")]

    def strata(self, field: str | None = None) -> list[Stratum]:
        """The strata with how many rows are right: in one field, or altogether."""
        sizes = {row.stratum: row.stratum_size for row in self.rows}
        judged = Counter(row.stratum for row in self.judged)
        right = Counter(
            row.stratum
            for row in self.judged
            if (row.verdict == "right" if field is None else field not in row.wrong)
        )
        return [Stratum(name, size, judged[name], right[name]) for name, size in sorted(sizes.items())]


def read_sheet(path: Path, lang: Language) -> Filled:
    """The verdicts of a sheet, CSV or workbook. Raises BadSheet, OSError, ImportError without openpyxl."""
    table = _workbook(path, lang) if path.suffix.lower() == ".xlsx" else _csv(path, lang)
    head = next(table, [])
    names = [_column(text) for text in head]
    of: Kind = "claims" if "value" in names else "findings"
    lacking = [headings()[name].in_language(lang) for name in columns(of) if name not in names]
    if lacking:
        raise BadSheet([say("sample.no_columns", lang, columns=", ".join(lacking))])
    rows: list[Judged] = []
    reasons: list[str] = []
    for number, cells in enumerate(table, 2):
        texts = {name: _text(cell) for name, cell in zip(names, cells, strict=False) if name}
        if any(texts.values()):
            try:
                rows.append(_row(of, number, texts, lang))
            except _BadRow as error:
                reasons.append(say("sample.row", lang, row=number, reason=error))
    if not reasons:
        reasons = list(_together(rows, lang))
    if reasons:
        raise BadSheet(reasons)
    return Filled(of, tuple(rows))


class _BadRow(ValueError):
    """What is wrong with a row, in words."""


def _row(of: Kind, number: int, texts: Mapping[str, str], lang: Language) -> Judged:
    """One row. Raises _BadRow."""

    def bad(key: str, **more: object) -> _BadRow:
        return _BadRow(say(f"sample.{key}", lang, **more))

    size = texts.get("stratum_size", "").removesuffix(".0")
    if not texts.get("id") or not size.isdigit() or not int(size):
        raise bad("no_id")
    verdict = _verdict(texts.get("verdict", ""))
    if texts.get("verdict") and verdict is None:
        offered = ", ".join(word for told in verdicts().values() for word in told[lang][:1])
        raise bad("bad_verdict", word=texts["verdict"], words=offered)
    wrong: list[str] = []
    for word in texts.get("wrong", "").replace("，", ",").replace("、", ",").replace(";", ",").split(","):
        name = _column(word)
        if word.strip().lower() in _EVERYTHING:
            wrong += FIELDS[of]
        elif name in FIELDS[of]:
            wrong.append(name)
        elif word.strip():
            fields = ", ".join(headings()[field].in_language(lang) for field in FIELDS[of])
            raise bad("bad_field", word=word.strip(), words=fields)
    if wrong and verdict != "wrong":
        raise bad("wrong_but_not")
    if verdict == "wrong" and of == "claims" and not wrong:
        raise bad("wrong_where")
    comment = texts.get("comment", "")
    return Judged(
        number,
        texts["id"],
        texts.get("stratum", ""),
        int(size),
        verdict,
        tuple(dict.fromkeys(wrong)),
        comment,
        texts,
    )


def _together(rows: list[Judged], lang: Language) -> Iterator[str]:
    """What is wrong with rows that are right each by itself."""
    seen: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for row in rows:
        reason = None
        if row.id in seen:
            reason = say("sample.twice", lang, id=row.id, row=seen[row.id])
        elif sizes.setdefault(row.stratum, row.stratum_size) != row.stratum_size:
            reason = say("sample.sizes", lang, stratum=row.stratum)
        elif row.cells.get("sample") != rows[0].cells.get("sample"):
            reason = say("sample.mixed", lang)
        if reason:
            yield say("sample.row", lang, row=row.number, reason=reason)
        seen.setdefault(row.id, row.number)
    told = TOLD.match(rows[0].cells.get("sample", "")) if rows else None
    if told is None:
        yield say("sample.untold", lang)
    elif len(rows) != int(told["drawn"]) or sum(sizes.values()) != int(told["whole"]):
        yield say("sample.incomplete", lang, rows=len(rows), drawn=told["drawn"])
    judged = {row.stratum for row in rows if row.verdict in ("right", "wrong")}
    if unjudged := sorted(sizes.keys() - judged):
        yield say("sample.unjudged", lang, strata=say("export.comma", lang).join(unjudged))


def _verdict(text: str) -> Verdict | None:
    told, word = verdicts(), text.strip().lower().removesuffix(".0")
    return next(
        (verdict for verdict in VERDICTS if word in (*told[verdict]["zh"], *told[verdict]["en"])), None
    )


def _column(text: Any) -> str | None:
    """The name of a column by its heading in either language."""
    wanted = str(text or "").strip().lower()
    return next(
        (n for n, head in headings().items() if wanted in (n, head.zh.lower(), head.en.lower())), None
    )


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _csv(path: Path, lang: Language) -> Iterator[list[Any]]:
    from hedui.reading.errors import UnreadableInput

    try:
        text = decode(path.read_bytes())
    except UnreadableInput as error:
        raise BadSheet([error.say(lang)]) from error
    yield from csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))


def _workbook(path: Path, lang: Language) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise BadSheet([say("sample.no_workbook", lang)]) from error
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield list(row)
