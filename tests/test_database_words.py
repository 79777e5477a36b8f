"""The data dictionary: every table, view and column has its words, and what is made of them is up to date."""

import asyncio
import json
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from hedui.cli import cli
from hedui.model import Report
from hedui.store import Store, gap_fen
from hedui.store.dictionary import dictionary, questions

CHECKOUT = Path(__file__).resolve().parent.parent
TOLD = tomllib.loads((CHECKOUT / "patterns" / "database.toml").read_text("utf8"))


@pytest.fixture
def database(tmp_path: Path, report: Report) -> Iterator[sqlite3.Connection]:
    with Store(tmp_path / "claims.db") as store:
        store.add(report)
    with closing(sqlite3.connect(tmp_path / "claims.db")) as connection:
        yield connection


def test_every_table_view_and_column_is_described(database: sqlite3.Connection) -> None:
    names = {
        name
        for name, kind in database.execute(
            "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"
        )
        if not name.startswith(("sentences_", "sqlite_"))
    }
    assert names == set(dictionary())
    for name, table in dictionary().items():
        columns = [column for _, column, *_ in database.execute(f"PRAGMA table_info({name})")]
        assert [column.name for column in table.columns] == columns
        for text in (table.words, *(column.words for column in table.columns)):
            assert text.zh
            assert text.en


def test_nothing_is_described_that_is_not_there() -> None:
    used = {column.name for table in dictionary().values() for column in table.columns}
    assert TOLD["columns"].keys() <= used
    for name, told in (TOLD["tables"] | TOLD["views"]).items():
        assert told["columns"].keys() <= {column.name for column in dictionary()[name].columns}


@pytest.mark.parametrize(("name", "lang"), [("database.md", "en"), ("database.zh.md", "zh")])
def test_the_docs_are_current(name: str, lang: str) -> None:
    made = CliRunner().invoke(cli, ["schema", "--lang", lang])
    assert made.exit_code == 0
    assert (CHECKOUT / "docs" / name).read_text("utf8") == made.output, (
        f"hedui schema --lang {lang} --out docs/{name}"
    )


def test_schema_as_json(tmp_path: Path) -> None:
    out = tmp_path / "schema.json"
    assert CliRunner().invoke(cli, ["schema", "--format", "json", "--out", str(out)]).exit_code == 0
    tables = {table["name"]: table for table in json.loads(out.read_text("utf8"))["tables"]}
    document = tables["claims"]["columns"][1]
    assert (document["name"], document["type"], document["refers"]) == ("document", "text", "documents.id")
    assert tables["error_rate"]["view"]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readmes_ask_the_same_questions(name: str) -> None:
    text = (CHECKOUT / name).read_text("utf8")
    for question in questions():
        told = question.sql
        for parameter, value in question.parameters.items():
            told = told.replace(f":{parameter}", f"'{value}'")
        assert told in text


def test_questions_are_answered_by_indexes(database: sqlite3.Connection) -> None:
    for question in questions():
        steps = [
            row[3]
            for row in database.execute(f"EXPLAIN QUERY PLAN {question.sql}", dict(question.parameters))
        ]
        read = [step for step in steps if step.startswith(("SCAN", "SEARCH")) and step != "SCAN error_rate"]
        assert read
        assert all(" USING " in step for step in read), (question.name, read)


def test_error_rates_of_one_body_look_at_its_documents_alone(database: sqlite3.Connection) -> None:
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM error_rate WHERE publisher = 'x'").fetchall()
    assert any("SEARCH documents" in row[3] for row in plan)
    assert any("SEARCH relations USING COVERING INDEX" in row[3] for row in plan)


def test_datasette_gives_the_same_answers(tmp_path: Path, report: Report) -> None:
    app = pytest.importorskip("datasette.app", reason="needs datasette")
    path = tmp_path / "claims.db"
    failed = replace(report.relations[0], gap="0.27万元")
    with Store(path) as store:
        store.add(replace(report, relations=(failed, *report.relations[1:])))
    metadata = json.loads(CliRunner().invoke(cli, ["schema", "--format", "datasette", "--lang", "en"]).output)
    served = app.Datasette(files=[str(path)], metadata=metadata)

    async def ask(address: str) -> Any:
        answer = await served.client.get(address)
        assert answer.status_code == 200, answer.text
        return answer

    with closing(sqlite3.connect(path)) as connection:
        for question in questions():
            parameters = dict.fromkeys(question.parameters, "20101")
            address = f"/claims/{question.name}.json?{urlencode(parameters | {'_shape': 'arrays'})}"
            expected = [list(row) for row in connection.execute(question.sql, parameters)]
            assert expected
            assert asyncio.run(ask(address)).json()["rows"] == expected
    assert dictionary()["claims"].words.en in asyncio.run(ask("/claims/claims")).text


@pytest.mark.parametrize(
    ("gap", "fen"),
    [
        ("0.27万元", 270000),
        ("35.99元", 3599),
        ("1.5亿元", 15000000000),
        ("2个", None),
        ("1.27%", None),
        ("", None),
    ],
)
def test_gaps_of_money_are_numbers(gap: str, fen: int | None) -> None:
    assert gap_fen(gap) == fen


def test_gaps_of_an_earlier_database_become_numbers(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "old.db"
    with Store(path) as store:
        store.add(report)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            DROP VIEW contradictions; DROP INDEX relations_gaps; ALTER TABLE relations DROP COLUMN gap_fen;
            UPDATE relations SET gap = '0.5万元' WHERE id = 'd1:r1';
            CREATE INDEX idx_relations_document ON relations (document);
            PRAGMA user_version = 2
            """
        )
    with Store(path) as store:
        assert store.db.execute("SELECT gap_yuan FROM contradictions").fetchall() == [(5000.0,)]
        assert "idx_relations_document" not in {index.name for index in store.db.table("relations").indexes}
