"""The examples of docs/python.md and of the docstrings of `hedui.api` run; logging is quiet unless asked."""

import doctest
import logging
from pathlib import Path

import pytest

import hedui
from hedui import api
from hedui.corpus.outcome import Outcome

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


def test_a_build_tells_its_progress_and_goes_on_where_it_was_ended(
    samples: list[Path], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 and no more")
    sources, database = [bad, *samples[:2]], tmp_path / "claims.db"
    seen: list[tuple[str, int | None]] = []

    def stop(outcome: Outcome, total: int | None) -> None:
        seen.append((outcome.status, total))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        hedui.build(sources, database, progress=stop)
    assert len(seen) == 1
    tally = hedui.build(
        sources, database, progress=lambda outcome, total: seen.append((outcome.status, total))
    )
    assert len(seen) == 4
    assert {total for _, total in seen} == {3}
    assert tally.statuses.total() == 3
    assert [failure.source for failure in tally.failures] == [str(bad)]
    assert hedui.build(sources, database).statuses == {"unchanged": 2, "failed_before": 1}


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
