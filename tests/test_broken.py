"""Broken and hostile inputs (scripts/broken): each ends as it should, within its limits, and harms nothing."""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from broken import READ, Case, cases
from broken.guard import Guard
from broken.places import places
from hedui.cli import cli
from hedui.reading import SUFFIXES

PARTS = 8  # of all cases, so that several processes share them


@pytest.fixture(scope="module")
def guard() -> Guard:
    hedui.check(text="2024年度支出合计1.00万元。")  # loads what is loaded once
    return Guard()


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It takes seconds a file; scripts/make_broken.py runs the same cases with it."""
    monkeypatch.setenv("PATH", os.fspath(tmp_path))


def end(case: Case, guard: Guard) -> str:
    """How a case ends, or what it did against the rules."""
    data, found = case.data(), READ
    guard.begin()
    try:
        hedui.check(data)
    except hedui.UnreadableInput as error:
        found = error.key if all(error.say(lang) for lang in ("zh", "en")) else "without words"
    finally:
        against = guard.end()
    return "; ".join(against) or found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_broken_input_ends_as_it_should(part: int, guard: Guard) -> None:
    ends = {case.name: (end(case, guard), case.ends) for case in cases()[part::PARTS]}
    assert not {name: found for name, (found, allowed) in ends.items() if found not in allowed}


def test_there_are_many_cases_of_every_format() -> None:
    endings = Counter(Path(case.name).suffix for case in cases())
    assert endings.total() >= 60
    assert min(endings[ending] for ending in (".txt", ".html", ".docx", ".xlsx", ".png", ".pdf", ".rtf")) > 5


def test_one_run_over_a_folder_lists_every_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, and what is none: pipes, devices, links without an end, names that are no text."""
    folder, work = tmp_path / "inputs", tmp_path / "work"
    folder.mkdir()
    work.mkdir()
    refused = set()
    for case in (c for c in cases() if READ not in c.ends and c.small < 20_000):
        (folder / case.name).write_bytes(case.data())
        refused.add(case.name)
    made = places(folder)
    monkeypatch.chdir(work)
    result = _run("check", str(folder), "--format", "json", "--fail-on", "never", "--out", "out.json")
    assert result.exit_code == 3
    told = json.loads((work / "out.json").read_text("utf8"))
    failed = {Path(failure["source"]).name for failure in told["failures"]}
    read = {Path(document["document"]["source"]).name for document in told["documents"]}
    links = {"link-to-nothing.txt", "link-to-itself.txt"}
    assert failed == {name for name in refused if Path(name).suffix in SUFFIXES} | links
    assert "pipes, devices" in result.stderr
    assert "symbolic links to folders" in result.stderr
    assert read >= {"line\nbreak.txt", "-.txt", "--help.txt"}
    assert all(failure["reason"] for failure in told["failures"])
    assert "Traceback" not in result.output
    assert os.listdir(work) == ["out.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inputs", "work"]
    named = _run("check", *map(str, made), "--format", "json", "--fail-on", "never", "--out", "named.json")
    assert named.exit_code == 3
    told = json.loads((work / "named.json").read_text("utf8"))
    failed = {Path(failure["source"]).name for failure in told["failures"]}
    assert failed >= {"link-to-nothing.txt", "link-to-itself.txt", "pipe.txt", "device.txt", "empty-folder"}


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--lang", "en"])
