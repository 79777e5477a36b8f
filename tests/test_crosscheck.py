"""`hedui crosscheck`: the documents of each body in a claims database, written so that it can be run again."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.generate import generate, save
from hedui.cli import cli
from hedui.model import Report
from hedui.store import Store


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--lang", "en"], env={"COLUMNS": "100"})


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Three years of two bodies and what else they publish, with errors between them."""
    folder = tmp_path_factory.mktemp("made")
    for made in generate(6, seed=5, years=3, errors=2, related=True, families=["cross"]):
        save(made, folder)
    return [hedui.check(path) for path in sorted(folder.glob("*.txt"))]


@pytest.fixture
def database(reports: list[Report], tmp_path: Path) -> Path:
    path = tmp_path / "claims.db"
    with Store(path) as store:
        for report in reversed(reports):
            store.add(report)
    return path


def across(path: Path) -> list[list[tuple[object, ...]]]:
    """All rows of what was found between documents."""
    with Store(path) as store:
        selects = (
            "SELECT * FROM relations WHERE rule LIKE 'XDC%' ORDER BY id",
            "SELECT * FROM relation_claims WHERE relation LIKE '%:X%' ORDER BY relation, claim, role",
            "SELECT * FROM findings WHERE rule LIKE 'XDC%' ORDER BY id",
            "SELECT id, duplicate_of FROM documents WHERE duplicate_of IS NOT NULL ORDER BY id",
        )
        assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []
        return [store.db.execute(select).fetchall() for select in selects]


def test_the_database_finds_what_the_reports_do(database: Path, reports: list[Report]) -> None:
    result = run("crosscheck", database, "--format", "json")
    assert result.exit_code == 1
    documents = json.loads(result.stdout)["documents"]
    mine = {(d["document"]["id"], f["rule"], f["message"]) for d in documents for f in d["findings"]}
    theirs = {
        (report.document.id, f.rule, f.message)
        for report in hedui.cross(reports)
        for f in report.findings
        if f.rule.startswith("XDC")
    }
    assert mine == theirs
    assert len(mine) > 5
    for document in documents:
        claims = {claim["id"] for claim in document["claims"]}
        for finding in document["findings"]:
            foreign = {other["claim"] for other in finding["elsewhere"]}
            assert claims | foreign >= {c for c in finding["claims"] if c in claims or c in foreign}
            assert foreign
    assert "duplicates: " in result.stderr


def test_running_again_replaces(database: Path) -> None:
    assert run("crosscheck", database, "--fail-on", "never").exit_code == 0
    once = across(database)
    assert once[0]
    assert once[2]
    run("crosscheck", database)
    assert across(database) == once


def test_a_document_that_is_read_again_loses_what_rests_on_it(database: Path, reports: list[Report]) -> None:
    run("crosscheck", database)
    before = across(database)
    with Store(database) as store:
        store.add(reports[0])
    after = across(database)
    assert set(after[0]) <= set(before[0])
    assert not [row for row in after[1] if str(row[1]).startswith(reports[0].document.id)]
    run("crosscheck", database)
    assert across(database) == before


def test_a_copy_counts_once(tmp_path: Path, reports: list[Report]) -> None:
    path = tmp_path / "copies.db"
    report = next(r for r in reports if r.document.kind == "department_final")
    text = report.document.text
    copy = hedui.check(text=text.replace("。\n", "。 \n"))
    nameless = hedui.check(
        text="\n".join(text.replace(report.document.publisher or "", "本局").split("\n")[1:])
    )
    assert nameless.document.publisher is None
    with Store(path) as store:
        for one in (report, copy, nameless):
            store.add(one)
        total = "SELECT sum(decided) FROM error_rate"
        (both,) = store.db.execute(total).fetchone()
    result = run("crosscheck", path, "--fail-on", "never")
    assert "duplicates: 2" in result.stderr
    with Store(path) as store:
        (once,) = store.db.execute(total).fetchone()
        marked = store.db.execute("SELECT id FROM documents WHERE duplicate_of IS NULL").fetchall()
    assert len(marked) == 1
    assert once * 2 < both


def test_too_many_documents_of_one_name_are_left_out_and_told(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hedui.store.across.CROWD", 1)
    result = run("crosscheck", database)
    assert result.exit_code == 0
    assert "too many" in result.stderr
    assert not across(database)[0]


def test_there_is_no_database(tmp_path: Path) -> None:
    result = run("crosscheck", tmp_path / "none.db")
    assert result.exit_code == 2
    assert "none.db" in result.stderr


def test_checked_together_and_written_at_once(tmp_path: Path, reports: list[Report]) -> None:
    files = []
    for number, report in enumerate(r for r in reports[:4] if r.document.kind == "department_final"):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(report.document.text, "utf-8")
    path = tmp_path / "claims.db"
    assert run("check", *files, "--together", "--db", path, "--fail-on", "never").exit_code == 0
    rows = across(path)
    assert rows[0]
    run("crosscheck", path)
    assert [row[:4] for row in across(path)[0]] == [row[:4] for row in rows[0]]
