"""The examples of docs/python.md and of the docstrings of `hedui.api` run; logging is quiet unless asked."""

import doctest
import logging
from pathlib import Path

import pytest

import hedui
from hedui import api

CHECKOUT = Path(__file__).resolve().parent.parent


def test_the_docstrings_of_the_api() -> None:
    pytest.importorskip("pandas", reason="needs pandas (the extra frames)")
    failed, tried = doctest.testmod(api)
    assert tried > 5
    assert not failed


def test_the_page_on_python(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="needs pandas (the extra frames)")
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.delenv("HEDUI_LANG", raising=False)
    text = (CHECKOUT / "docs" / "python.md").read_text("utf8").replace("```\n", "\n")
    page = doctest.DocTestParser().get_doctest(text, {}, "python.md", "python.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    failed, tried = runner.run(page)
    assert tried > 10
    assert not failed


def test_a_frame_of_nothing_has_the_columns_of_any(report: hedui.Report) -> None:
    pytest.importorskip("pandas", reason="needs pandas (the extra frames)")
    full, empty = hedui.frame(report), hedui.frame([])
    assert len(full) == len(report.claims)
    assert list(full.columns) == list(empty.columns)
    assert full.year.dtype == empty.year.dtype == "Int64"
    assert full.item_code[0] == "20101"


def test_logging_is_quiet_and_tells_what_was_done(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], samples: list[Path]
) -> None:
    hedui.check(samples[0])
    assert not caplog.records
    assert not capfd.readouterr().err
    with caplog.at_level(logging.DEBUG, "hedui"):
        hedui.check(samples[0])
    told = [record.getMessage() for record in caplog.records if record.name.startswith("hedui")]
    assert len(told) == 3
    assert all(str(samples[0]) in line for line in told)
    assert {record.levelno for record in caplog.records if record.name.startswith("hedui")} == {logging.DEBUG}
