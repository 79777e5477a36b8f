"""The command line: formats, selection, exit codes, bad inputs, languages; and the names that `import hedui` has."""

import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.formats.pdf_pages import PageMaker, pdf
from hedui import api
from hedui.cli import cli, main
from hedui.model import Document, Report
from hedui.reading import ocr

CHECKOUT = Path(__file__).resolve().parent.parent

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, report: Report) -> Run:
    """Run the command line on a pipeline that finds the same in every document that holds the word 支出."""

    def check(document: Document) -> Report:
        found = report if "支出" in document.text else replace(report, findings=(), relations=(), claims=())
        return replace(found, document=replace(report.document, id=document.id, source=document.source))

    monkeypatch.setattr(api, "check", check)
    monkeypatch.setattr(api, "extract", lambda document: replace(check(document), findings=(), relations=()))
    monkeypatch.delenv("HEDUI_LANG", raising=False)
    return lambda *arguments, **more: CliRunner().invoke(cli, [str(part) for part in arguments], **more)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.txt"
    path.write_text("某某局2024年度部门决算\n本年支出合计100万元。\n", "utf8")
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_text("某某局2024年度部门决算\n本年收入合计100万元。\n", "utf8")
    return path


def test_exit_codes(run: Run, bad: Path, clean: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert run("check", clean).exit_code == 0
    assert run("check", bad).exit_code == 1
    assert run("check", bad, "--fail-on", "note").exit_code == 1
    assert run("check", bad, "--fail-on", "never").exit_code == 0
    assert run("check", missing, clean).exit_code == 3
    assert run("check", missing, bad).exit_code == 1
    assert run("check", missing, bad, "--fail-on", "never").exit_code == 3
    assert run("check").exit_code == 2
    assert run("check", bad, "--format", "odd").exit_code == 2
    assert run("check", bad, "--out", tmp_path / "no" / "such" / "folder.txt").exit_code == 2
    assert run("check", bad, "--db", clean).exit_code == 2
    assert run("check", bad, "--db", tmp_path / "no" / "such" / "folder.db").exit_code == 2


def test_fail_on_compares_certainties(
    run: Run, bad: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    likely = replace(report, findings=(replace(report.findings[0], certainty="likely"),))
    monkeypatch.setattr(api, "check", lambda document: likely)
    codes = {
        level: run("check", bad, "--fail-on", level).exit_code for level in ("certain", "likely", "note")
    }
    assert codes == {"certain": 0, "likely": 1, "note": 1}


def test_bad_inputs_never_stop_the_others(run: Run, bad: Path, tmp_path: Path) -> None:
    inputs = {name: tmp_path / name for name in ("empty.txt", "binary.txt", "report.pdf", "missing.txt")}
    inputs["empty.txt"].write_bytes(b"")
    inputs["binary.txt"].write_bytes(bytes(range(256)) * 20)
    inputs["report.pdf"].write_bytes(b"%PDF-1.7\n")
    result = run("check", *inputs.values(), bad, "--format", "json", "--lang", "en")
    shown = json.loads(result.stdout)
    assert [document["document"]["source"] for document in shown["documents"]] == [str(bad)]
    failures = {failure["source"]: failure["reason"] for failure in shown["failures"]}
    lines = result.stderr.splitlines()
    assert len(lines) == len(failures)
    for path in inputs.values():
        if str(path) in failures:
            assert any(line.startswith(f"{path}: error: {failures[str(path)]}") for line in lines)
    assert {"empty.txt", "binary.txt", "missing.txt"} <= {Path(source).name for source in failures}


def test_a_defect_on_one_document_is_reported_and_survived(
    run: Run, bad: Path, clean: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(document: Document) -> Report:
        if "bad" in document.source:
            raise ZeroDivisionError("oh")
        return replace(report, findings=())

    monkeypatch.setattr(api, "check", check)
    result = run("check", bad, clean, "--format", "json")
    assert result.exit_code == 3
    assert "ZeroDivisionError" in json.loads(result.stdout)["failures"][0]["reason"]


def test_folders_are_walked_in_order(run: Run, bad: Path, clean: Path, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    deep = tmp_path / "below" / "a.txt"
    deep.write_bytes(clean.read_bytes())
    (tmp_path / "photo.bmp").write_bytes(b"BM")
    (tmp_path / ".hidden.txt").write_text("x")
    result = run("check", tmp_path, bad, "--format", "jsonl")
    sources = [json.loads(line)["document"]["source"] for line in result.stdout.splitlines()]
    assert sources == [str(bad), str(deep), str(clean)]
    assert "1" in result.stderr
    (tmp_path / "empty").mkdir()
    assert run("check", tmp_path / "empty").exit_code == 3


def test_standard_input(run: Run, bad: Path) -> None:
    result = run("check", "-", "--format", "json", input=bad.read_bytes())
    assert json.loads(result.stdout)["documents"][0]["document"]["source"] == "-"
    assert result.exit_code == 1


def test_with_text(run: Run, bad: Path) -> None:
    shown = json.loads(run("check", bad, "--format", "json", "--with-text").stdout)
    assert "支出合计" in shown["documents"][0]["document"]["text"]


def test_select_and_ignore(run: Run, bad: Path) -> None:
    def rules(*options: str) -> tuple[list[str], list[str]]:
        document = json.loads(run("check", bad, "--format", "json", *options).stdout)["documents"][0]
        return [f["rule"] for f in document["findings"]], [r["rule"] for r in document["relations"]]

    assert rules("--select", "chg") == (["CHG001"], ["CHG001"])
    assert rules("--ignore", "CHG") == ([], ["SUM001", "SHR001"])
    assert rules("--select", "CHG,SUM", "--ignore", "CHG001") == ([], ["SUM001"])
    assert rules("--ignore", "CHG", "--select", "CHG001") == (["CHG001"], ["CHG001"])
    assert run("check", bad, "--ignore", "CHG").exit_code == 0


def test_unknown_codes_name_near_ones(run: Run, bad: Path) -> None:
    for arguments in (["check", bad, "--select", "CHG0O1"], ["explain", "CHG0O1"]):
        result = run(*arguments, "--lang", "en")
        assert result.exit_code == 2
        assert "CHG001" in result.stderr


def test_output_file_and_database(run: Run, bad: Path, tmp_path: Path) -> None:
    out, db = tmp_path / "out.txt", tmp_path / "claims.db"
    result = run("check", bad, tmp_path / "missing.txt", "--out", out, "--db", db, color=True)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "CHG001" in out.read_text("utf8")
    assert "\x1b" not in out.read_text("utf8")
    with sqlite3.connect(db) as connection:
        rows = connection.execute("SELECT status, count(*) FROM documents GROUP BY status").fetchall()
    assert rows == [("failed", 1), ("ok", 1)]


def test_selection_narrows_what_is_shown_but_not_what_is_stored(run: Run, bad: Path, tmp_path: Path) -> None:
    db = tmp_path / "claims.db"
    result = run("check", bad, "--ignore", "CHG", "--db", db)
    assert result.exit_code == 0
    assert "CHG001" not in result.stdout
    with sqlite3.connect(db) as connection:
        rules = [
            rule
            for (rule,) in connection.execute(
                "SELECT rule FROM relations UNION ALL SELECT rule FROM findings"
            )
        ]
    assert sorted(rules) == ["CHG001", "CHG001", "SHR001", "SUM001"]


@pytest.mark.parametrize("command", ["check", "extract"])
def test_the_output_never_overwrites_an_input(run: Run, bad: Path, command: str) -> None:
    before = bad.read_bytes()
    link = bad.with_name("link.txt")
    link.symlink_to(bad)
    for out, inputs in ((bad, bad), (link, bad), (bad, bad.parent), (bad.parent / "." / "bad.txt", bad)):
        result = run(command, inputs, "--out", out, "--lang", "en")
        assert result.exit_code == 2
        assert "one of the inputs" in result.stderr
    assert bad.read_bytes() == before


def test_the_output_is_not_the_database(run: Run, bad: Path, tmp_path: Path) -> None:
    db = tmp_path / "claims.db"
    for _ in range(2):  # the database is not there yet, and then it is
        assert run("check", bad, "--db", db, "--out", db).exit_code == 2
        assert run("check", bad, "--db", db).exit_code == 1


def test_a_dash_is_the_standard_output(run: Run, bad: Path) -> None:
    assert run("check", bad, "--out", "-").stdout == run("check", bad).stdout
    assert run("extract", bad, "--out", "-").stdout == run("extract", bad).stdout
    assert not Path("-").exists()


def test_languages(run: Run, bad: Path) -> None:
    assert "增长率" in run("check", bad).stdout
    assert "The rate" in run("check", bad, "--lang", "en").stdout
    assert "The rate" in run("--lang", "en", "check", bad).stdout
    assert "The rate" in run("check", bad, env={"HEDUI_LANG": "en"}).stdout
    assert "用法" in run("check", "--help").stdout
    assert "Usage" in run("check", "--lang", "en", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "FILE…"),
        (["chek"], "chek"),
        (["check", "x", "--format", "odd"], "jsonl"),
        (["check", "x", "--formt", "json"], "--format"),
        (["check", "x", "--out"], "--out"),
        (["check", "x", "--out", "."], "--out"),
        (["check", "x", "--verbose=1"], "--verbose"),
        (["patterns", "tst"], "tst"),
        (["patterns", "try", "x", "--year", "1"], "1949"),
        (["rules", "x"], "x"),
    ],
)
def test_mistakes_are_told_in_the_users_language(
    arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang in ("zh", "en"):
        monkeypatch.setenv("HEDUI_LANG", lang)
        monkeypatch.setattr(sys, "argv", ["hedui", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 2
        line, *more = capsys.readouterr().err.splitlines()
        assert not more
        assert told in line
        chinese = any("一" <= char <= "鿿" for char in line)
        assert chinese == (lang == "zh")
        assert lang == "en" or not re.search("[a-z]{3,} [a-z]{3,}", line.partition("用法见")[0])


@pytest.mark.parametrize(
    "arguments",
    [["check", "x", "--formt", "json"], ["export", "none.db", "--out", "x"], ["serve", "none.db"]],
)
def test_the_option_decides_the_language_of_mistakes(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEDUI_LANG", "zh")
    monkeypatch.setattr(sys, "argv", ["hedui", *arguments, "--lang", "en"])
    with pytest.raises(SystemExit):
        main()
    assert not any("一" <= char <= "鿿" for char in capsys.readouterr().err)


def test_what_is_no_disclosure_is_read_with_a_warning(
    run: Run, bad: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = replace(report, findings=(), warnings=("not_a_disclosure",))
    monkeypatch.setattr(api, "check", lambda document: odd)
    result = run("check", bad, "--lang", "en")
    assert result.exit_code == 0
    assert "does not look like" in result.stderr


def test_pages_without_readable_text_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    good, scan = PageMaker(), PageMaker()
    good.text(104, 100, "某某局2024年度部门决算")
    scan.picture()
    path = tmp_path / "part.pdf"
    path.write_bytes(pdf([good, scan, scan, good, scan]))
    assert hedui.check(path).warnings == hedui.extract(path).warnings == ("unreadable_pages:2–3, 5",)
    for command in ("check", "extract"):
        result = CliRunner().invoke(cli, [command, str(path), "--lang", "en"])
        assert result.exit_code == 0
        assert "nothing checked: 2–3, 5." in result.stderr
    assert "2–3, 5" in CliRunner().invoke(cli, ["check", str(path), "-v"]).stdout


def test_extract(run: Run, bad: Path) -> None:
    lines = run("extract", bad).stdout.splitlines()
    assert [json.loads(line)["value"] for line in lines] == ["100.00", "20.00", "30.00"]
    rows = list(csv.DictReader(io.StringIO(run("extract", bad, "--format", "csv").stdout)))
    assert {row["source"] for row in rows} == {str(bad)}
    assert run("extract", "no-such-file.txt").exit_code == 3


def test_rules_and_explain(run: Run) -> None:
    listed = [line.split()[0] for line in run("rules").stdout.splitlines()]
    assert listed == sorted(listed)
    assert "CHG001" in listed
    assert run("explain", "CHG001").stdout.startswith("CHG001")
    assert run("explain", "chg", "--lang", "en").stdout.count("CHG0") >= 2


def test_public_face(bad: Path) -> None:
    document = hedui.read(bad)
    assert document.text == bad.read_text("utf8")
    assert hedui.read(document) is document
    assert hedui.read(bad.read_bytes()).text == document.text
    assert hedui.read(text=document.text).text == document.text
    with pytest.raises(FileNotFoundError):
        hedui.read("2024年度部门决算：支出合计100万元")
    with pytest.raises(TypeError):
        hedui.read()
    with pytest.raises(TypeError):
        hedui.read(bad, text="x")
    with pytest.raises(hedui.UnreadableInput):
        hedui.read(b"")
    with pytest.raises(AttributeError):
        hedui.no_such_name  # noqa: B018
