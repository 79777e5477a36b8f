"""`hedui export`: what comes out equals what is in the database; whole or not at all; nothing of persons on request."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hedui import __version__
from hedui.cli import cli
from hedui.export.tables import DEFAULT
from hedui.model import Claim, Elsewhere, OtherFigure, Report
from hedui.redaction import MASK
from hedui.store import Store
from hedui.store.dictionary import dictionary

Run = Callable[..., Result]

ODD = '“三公”, "quoted"\n\r\n=1+1；'


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(cli, ["export", *map(str, words), "--lang", "en"])


@pytest.fixture
def db(tmp_path: Path, report: Report) -> Path:
    """A database of two documents with odd texts and long numbers, and a review."""
    long = replace(report.claims[0], amount="123456789012345.675", value="12345678901.234567", subject=ODD)
    other = replace(report, document=replace(report.document, id="d0", source="z.txt", title=""))
    path = tmp_path / "claims.db"
    with Store(path) as store:
        store.add(replace(report, claims=(long, *report.claims[1:])))
        store.add(other)
        store.review("d1:f1", "rejected", "韦小川", "")
    return path


def stored(db: Path, name: str) -> list[dict[str, Any]]:
    columns = [
        column.name for column in dictionary()[name].columns if (name, column.name) != ("documents", "text")
    ]
    with closing(sqlite3.connect(db)) as connection:
        named = ", ".join(f'"{column}"' for column in columns)
        rows = connection.execute(f"SELECT {named} FROM {name}").fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def from_csv(path: Path, name: str) -> list[dict[str, Any]]:
    """By hand, as Python's reader does not tell nothing from a text without characters."""
    kinds = {
        column.name: {"integer": int, "real": float, "text": str}[column.type]
        for column in dictionary()[name].columns
    }
    text = (
        path.read_bytes().decode().replace(',"",', ",\0,").replace(',"",', ",\0,").replace(',""\n', ",\0\n")
    )
    return [
        {key: None if cell == "" else "" if cell == "\0" else kinds[key](cell) for key, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def from_jsonl(path: Path, name: str) -> list[dict[str, Any]]:
    nested = {column.name for column in dictionary()[name].columns if column.json}
    rows = [json.loads(line) for line in path.read_text("utf8").splitlines()]
    dump = json.JSONEncoder(ensure_ascii=False).encode
    return [{k: dump(v) if k in nested and v is not None else v for k, v in row.items()} for row in rows]


def from_parquet(path: Path, name: str) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow")
    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


@pytest.mark.parametrize(
    ("form", "read"),
    [("csv", from_csv), ("jsonl", from_jsonl), ("parquet", from_parquet)],
    ids=lambda it: str(it)[:5],
)
def test_what_comes_out_is_what_is_in_the_database(
    run: Run, db: Path, tmp_path: Path, form: str, read: Callable[[Path, str], list[dict[str, Any]]]
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="needs pyarrow")
    out = tmp_path / "out"
    result = run(db, "--format", form, "--out", out)
    assert result.exit_code == 0, result.output
    assert {path.name for path in out.iterdir()} == {
        "README.md",
        "CITATION.cff",
        *(f"{t}.{form}" for t in DEFAULT),
    }
    for name in DEFAULT:
        expected = stored(db, name)
        if form == "parquet":
            exact = [column.name for column in dictionary()[name].columns if column.decimal]
            for row in expected:
                row |= {column: row[column] and Decimal(row[column]) for column in exact}
        assert sorted(read(out / f"{name}.{form}", name), key=str) == sorted(expected, key=str), name
    readme = (out / "README.md").read_text("utf8")
    assert f"hedui {__version__}" in readme
    assert f"| `claims.{form}` | 6 |" in readme
    assert f'version: "{__version__}"' in (out / "CITATION.cff").read_text("utf8")


def test_the_order_does_not_depend_on_that_of_writing(run: Run, tmp_path: Path, report: Report) -> None:
    reports = [
        replace(report, document=replace(report.document, id=name, source=name)) for name in ("b", "a", "c")
    ]
    made = []
    for name, order in (("1", reports), ("2", reports[::-1])):
        with Store(tmp_path / f"{name}.db") as store:
            for each in order:
                store.add(each)
        assert run(tmp_path / f"{name}.db", "--out", tmp_path / name).exit_code == 0
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.csv")})
    assert made[0] == made[1]


def test_one_table_goes_to_a_file_or_the_screen(run: Run, db: Path, tmp_path: Path) -> None:
    out = tmp_path / "rates.csv"
    assert run(db, "--table", "error_rate", "--out", out, "--bom").exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfrule,publisher,")
    assert run(db, "--table", "error_rate").output == out.read_text("utf-8-sig")
    assert "text" not in json.loads(
        run(db, "--table", "documents", "--format", "jsonl").output.splitlines()[0]
    )
    told = run(db, "--table", "documents", "--format", "jsonl", "--with-text").output.splitlines()
    assert "支出合计" in json.loads(told[0])["text"]


def test_mistakes_are_told_and_cost_nothing(run: Run, db: Path, tmp_path: Path) -> None:
    note, missing = tmp_path / "note.txt", tmp_path / "missing.db"
    note.write_text("no database " * 99)
    later = tmp_path / "later.db"
    sqlite3.connect(later).execute("CREATE TABLE documents (id)").connection.close()
    older = tmp_path / "older.db"
    older.write_bytes(db.read_bytes())
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("PRAGMA user_version = 1")
    for words, told in (
        ((missing, "--out", tmp_path / "o"), "there is no database"),
        ((note, "--out", tmp_path / "o"), "is no database of hedui"),
        ((later, "--out", tmp_path / "o"), "is no database of hedui"),
        ((older, "--out", tmp_path / "o"), "earlier version"),
        ((db,), "--out"),
        ((db, "--table", "claimz", "--out", tmp_path / "o"), "claimz"),
        ((db, "--table", "claims", "--out", db), "choose another"),
        ((db, "--out", note), "cannot write"),
    ):
        result = run(*words)
        assert (result.exit_code, bool(result.exception)) == (1, True) or result.exit_code == 2
        said = getattr(result.exception, "message", "") + result.output
        assert told in said, (words, said)
    assert not (tmp_path / "o").exists()
    assert not missing.exists()


def test_what_is_there_stays_until_all_is_written(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run(db, "--out", out).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with Store(db) as store:
        store.db.execute("DELETE FROM others")
        store.db.conn.commit()
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr("hedui.export.citation.cff", full)
        assert run(db, "--out", out).exit_code == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert run(db, "--out", out).exit_code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} != before


def test_a_readme_of_something_else_is_not_overwritten(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# My project\n")
    result = run(db, "--out", tmp_path)
    assert result.exit_code == 2
    assert "README.md" in result.output
    assert (tmp_path / "README.md").read_text() == "# My project\n"
    assert not (tmp_path / "claims.csv").exists()


def test_numbers_too_long_for_a_decimal_are_counted(run: Run, tmp_path: Path, report: Report) -> None:
    pytest.importorskip("pyarrow", reason="needs pyarrow")
    amounts = ("1" * 27, "1" * 26 + ".123456789012", "0.1234567890123", "1E+3")
    claims = [
        replace(report.claims[0], id=f"x{number}", amount=amount) for number, amount in enumerate(amounts)
    ]
    with Store(tmp_path / "long.db") as store:
        store.add(replace(report, claims=(*report.claims, *claims)))
    out = tmp_path / "claims.parquet"
    result = run(tmp_path / "long.db", "--format", "parquet", "--table", "claims", "--out", out)
    assert result.exit_code == 0
    assert "2 numbers are too long" in result.output
    read = {row["id"]: row["amount"] for row in from_parquet(out, "claims")}
    assert [read[f"d1:x{n}"] for n in range(4)] == [None, Decimal(amounts[1]), None, Decimal(1000)]


def test_nothing_of_persons_on_request(run: Run, tmp_path: Path, report: Report) -> None:
    sentence = "联系人：韦小川，电话：62345678，公用经费62345679元。"
    text = f"某某局2024年度部门决算\n{sentence}\n"
    first = text.index(sentence)

    def at(figure: str) -> dict[str, Any]:
        return {"start": text.index(figure), "end": text.index(figure) + len(figure)}

    claim = Claim(
        "c1",
        "d1",
        "narrative",
        value="62345679",
        unit="元",
        low="62345679",
        high="62345679",
        metric="total_income",
        measure="amount",
        sentence=sentence,
        sentence_start=first,
        **at("62345679元"),
    )
    other = OtherFigure(value="62345678", unit="", kind="other", sentence=sentence, **at("62345678，"))
    place = {
        "claim": "d1:c1",
        "document": "d1",
        "source": "p.txt",
        "page": None,
        "line": 2,
        **at("62345679元"),
    }
    finding = replace(
        report.findings[0],
        elsewhere=(Elsewhere(figure="62345679元", quote=sentence, at=sentence.index("62345679元"), **place),),
        quote=sentence,
        start=first,
        end=first + len(sentence),
        claims=("c1",),
        relation=None,
    )
    document = replace(report.document, text=text)
    with Store(tmp_path / "p.db") as store:
        store.add(Report(document, (claim,), (other,), (), (), (finding,)))
        store.review("d1:f1", "confirmed", "房小龄", "已电话13812345678核实")
    result = run(tmp_path / "p.db", "--format", "jsonl", "--redact", "--with-text", "--out", tmp_path / "o")
    assert result.exit_code == 0
    assert "telephone numbers" in result.output
    assert "% of the characters" in (tmp_path / "o" / "README.md").read_text("utf8")
    shown = sentence.replace("韦小川", MASK * 3).replace("62345678", MASK * 8)
    for name, column in (
        ("claims", "sentence"),
        ("others", "sentence"),
        ("findings", "quote"),
        ("reviews", "quote"),
    ):
        (row,) = from_jsonl(tmp_path / "o" / f"{name}.jsonl", name)
        assert row[column] == shown
    (found,) = from_jsonl(tmp_path / "o" / "findings.jsonl", "findings")
    assert json.loads(found["elsewhere"])[0]["quote"] == shown
    everything = "".join(path.read_text("utf8") for path in (tmp_path / "o").glob("*.jsonl"))
    for told in ("韦小川", "房小龄", '62345678"', "13812345678"):
        assert told not in everything
    assert '"value": "62345679"' in everything
    (told,) = from_jsonl(tmp_path / "o" / "documents.jsonl", "documents")
    assert len(told["text"]) == len(text)
