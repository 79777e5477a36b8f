"""`hedui build`: what is known is skipped, what is poisonous harms no other, what was ended early goes on."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import deadly
from archives import warc, zipped
from hedui.cli import cli
from hedui.corpus import build as batch
from hedui.corpus.survey import Survey
from hedui.inputs import gather
from hedui.store import Store
from trials import poison
from trials.content import content

MEGABYTES = 1_000_000
PROGRESS = re.compile(r"\d+ of \d+ documents done · [\d.]+ a second · 0 failed · [\d:]+ left")


def text(number: int) -> str:
    return f"{number}号局2024年度部门决算\n\n2024年度支出合计{100 + number}.00万元，比上年增加20.00万元，增长30.00%。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three texts, one of them twice, an archive with one more, and an empty file."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(text(number), "utf8")
    (folder / "again.txt").write_text(text(1), "utf8")
    (folder / "b.zip").write_bytes(zipped([("in.txt", text(7).encode()), ("a.jpg", b"x")]))
    (folder / "empty.txt").write_bytes(b"")
    return folder


def run(*arguments: object, **more: object) -> Result:
    arguments = ("build", *arguments, "--jobs", 2, "--lang", "en")
    return CliRunner().invoke(cli, [str(part) for part in arguments], **more)  # type: ignore[arg-type]


def summary(result: Result) -> dict[str, dict[str, object]]:
    shown: dict[str, dict[str, object]] = json.loads(result.stdout)
    return shown


def counted(result: Result) -> tuple[object, ...]:
    """How many were read, failed, unchanged, failed before."""
    found = summary(result)["run"]
    return tuple(found[name] for name in ("read", "failed", "unchanged", "failed_before"))


def test_all_are_read_once(corpus: Path, tmp_path: Path) -> None:
    db, log = tmp_path / "claims.db", tmp_path / "log.jsonl"
    first = run(corpus, tmp_path / "missing.txt", db, "--format", "json", "--log", log)
    assert counted(first) == (5, 2, 0, 0)
    assert first.exit_code == 3
    held = content(db)
    assert len(held["documents"]) == 4 + 2
    assert summary(first)["database"]["status"] == {"ok": 5, "failed": 2}
    assert summary(first)["database"]["year"] == {"2024": 4}
    assert summary(first)["database"]["rule"]
    empty, missing = f"{corpus}/empty.txt", f"{tmp_path}/missing.txt"
    assert {failure["source"] for failure in summary(first)["failures"]} == {empty, missing}  # type: ignore[index]
    assert f"{empty}: error: the file is empty" in first.stderr
    assert f"{corpus}/b.zip: warning: 1 other files" in first.stderr
    lines = [json.loads(line) for line in log.read_text("utf8").splitlines()]
    assert sorted(line["status"] for line in lines) == [*["failed"] * 2, *["read"] * 5, "skipped"]
    read = next(line for line in lines if line["source"] == f"{corpus}/b.zip!in.txt")
    assert (
        sum(line["claims"] for line in lines) == len(held["claims"]) + read["claims"]
    )  # one text stands twice
    assert read["seconds"] > 0
    assert read["memory"] > 10 * MEGABYTES
    assert next(line for line in lines if line["source"] == empty)["reason"]

    again = run(corpus, tmp_path / "missing.txt", db, "--format", "json", "--log", log)
    assert counted(again) == (0, 0, 5, 2)
    assert again.exit_code == 3  # the database still lacks them
    assert f"{empty}: warning: not tried again" in again.stderr
    assert content(db) == held
    assert len(log.read_text("utf8").splitlines()) == 2 * len(lines)


def test_what_has_changed_is_read_again(corpus: Path, tmp_path: Path) -> None:
    db = tmp_path / "claims.db"
    run(corpus, db)
    (corpus / "0.txt").write_text(text(50), "utf8")
    (corpus / "empty.txt").write_text(text(51), "utf8")
    (corpus / "b.zip").write_bytes(zipped([("in.txt", text(52).encode())]))
    (corpus / "new.txt").write_text(text(53), "utf8")
    assert counted(run(corpus, db, "--format", "json")) == (4, 0, 3, 0)
    fresh = tmp_path / "fresh.db"
    run(corpus, fresh)
    assert content(db) == content(fresh)


def test_a_failure_is_tried_again_when_asked(corpus: Path, tmp_path: Path) -> None:
    db = tmp_path / "claims.db"
    run(corpus, db)
    assert counted(run(corpus, db, "--retry-failed", "--format", "json")) == (0, 1, 5, 0)


def test_the_version_counts(corpus: Path, tmp_path: Path) -> None:
    db = tmp_path / "claims.db"
    run(corpus, db)
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE sources SET version = '0' WHERE source LIKE '%/0.txt'")
    assert counted(run(corpus, db, "--format", "json")) == (1, 0, 4, 1)


def test_what_is_known_of_a_document_counts(corpus: Path, tmp_path: Path) -> None:
    db, manifest = tmp_path / "claims.db", corpus / "m.csv"
    for year, expected in ((2023, (1, 0, 0, 0)), (2023, (0, 0, 1, 0)), (2022, (1, 0, 0, 0))):
        manifest.write_text(f"path,year\n0.txt,{year}\n", "utf8")
        assert counted(run(manifest, db, "--format", "json")) == expected
    assert summary(run(manifest, db, "--format", "json"))["database"]["year"] == {"2022": 1}


def test_sources_of_all_kinds(corpus: Path, tmp_path: Path) -> None:
    db, crawl = tmp_path / "claims.db", tmp_path / "c.warc.gz"
    url = "https://example.gov.cn/1.txt"
    crawl.write_bytes(warc([(url, text(8).encode(), {"Content-Type": "text/plain"})], packed=True))
    paths = f"{corpus}/0.txt\n{crawl}\n".encode()
    assert counted(run("--files-from", "-", db, "--format", "json", input=paths)) == (2, 0, 0, 0)
    assert counted(run("--files-from", "-", db, "--format", "json", input=paths)) == (0, 0, 2, 0)
    piped = run("-", db, "--format", "json", input=text(9).encode())
    assert counted(piped) == (1, 0, 0, 0)
    sources = {row[1] for row in content(db)["documents"]}
    assert sources == {f"{corpus}/0.txt", f"{crawl}!{url}", "-"}


def test_a_dry_run_only_tells(corpus: Path, tmp_path: Path) -> None:
    db = tmp_path / "claims.db"
    before = run(corpus, db, "--dry-run")
    assert f"read  {corpus}/0.txt" in before.stdout
    assert not db.exists()
    run(corpus, db)
    (corpus / "0.txt").write_text(text(50), "utf8")
    held = content(db)
    result = run(corpus, tmp_path / "missing.txt", db, "--dry-run", "--retry-failed", "--format", "json")
    told = {entry["source"]: entry["todo"] for entry in map(json.loads, result.stdout.splitlines())}
    names = {source.removeprefix(f"{corpus}/"): todo for source, todo in told.items()}
    assert names == {
        "0.txt": "changed",
        "1.txt": "unchanged",
        "2.txt": "unchanged",
        "again.txt": "unchanged",
        "b.zip": "skipped",
        "b.zip!in.txt": "unchanged",
        "empty.txt": "retry",
        f"{tmp_path}/missing.txt": "failed",
    }
    assert result.exit_code == 3
    assert content(db) == held


def test_mistakes_are_told(corpus: Path, tmp_path: Path) -> None:
    note = corpus / "0.txt"
    for arguments in (
        (corpus,),
        (tmp_path / "claims.db",),
        (corpus, corpus / "1.txt"),
        (corpus, tmp_path / "no" / "claims.db"),
        (corpus, tmp_path / "claims.db", "--log", tmp_path / "no" / "log"),
        (corpus, tmp_path / "claims.db", "--log", note),
    ):
        before = note.read_bytes()
        assert run(*arguments).exit_code == 2, arguments
        assert note.read_bytes() == before


def test_what_a_document_makes_fail_unforeseen_is_recorded_and_ends_nothing(tmp_path: Path) -> None:
    folder, db = tmp_path / "corpus", tmp_path / "claims.db"
    folder.mkdir()
    for name in ("a", "torn", "z"):
        (folder / f"{name}.txt").write_text(text(0), "utf8")
    with Store(db) as store:
        survey = Survey(gather([str(folder)]), store, "en")
        limits = batch.Limits(jobs=1, seconds=60, memory=2000 * MEGABYTES)
        outcomes = list(batch.run(survey, store, db, limits, "en", examine=deadly.torn))
    assert {Path(o.source).stem: o.status for o in outcomes} == {"a": "read", "torn": "failed", "z": "read"}
    assert "ValueError: a defect" in next(o.reason for o in outcomes if o.status == "failed")


def test_poison_harms_no_other(tmp_path: Path) -> None:
    folder, db = tmp_path / "corpus", tmp_path / "claims.db"
    folder.mkdir()
    kinds = poison.POISONS.keys() - {"spin"}  # ends as a hanging one does, and each takes its time
    for name in kinds:
        (folder / f"{name}_.txt").write_text(text(0), "utf8")
    for number in range(20):
        (folder / f"good{number}.txt").write_text(text(number), "utf8")
    limits = batch.Limits(jobs=2, seconds=8, memory=800 * MEGABYTES)
    with Store(db) as store:
        survey = Survey(gather([str(folder)]), store, "en")
        outcomes = {
            Path(o.source).stem: o for o in batch.run(survey, store, db, limits, "en", examine=poison.examine)
        }
        overdue = store.seen(str(folder / "hang_.txt"))
    assert {name for name, outcome in outcomes.items() if outcome.status == "read"} == {
        f"good{number}" for number in range(20)
    }
    reasons = {name[:-1]: outcomes[name].reason for name in outcomes if name.endswith("_")}
    assert reasons.keys() == kinds
    told = {
        **dict.fromkeys(("hang", "deaf"), "limit of 8 seconds"),
        "memory": "more memory",
        "native-memory": "SIGABRT",
        "crash": "SIGSEGV",
        "leave": "exit code 7",
        "killed": "SIGKILL",
        "deep": "SIGSEGV",
    }
    assert {name: reason for name, reason in reasons.items() if told[name] not in reason} == {}
    held = content(db)
    assert len([row for row in held["sources"] if "ok" in row]) == 20
    assert len([row for row in held["sources"] if "failed" in row]) == len(told)
    assert overdue is not None
    assert overdue.fingerprint  # so that it is not tried again


def process(*arguments: object) -> "subprocess.Popen[str]":
    """`hedui build` by itself, in a session of its own; it heeds Ctrl-C even where the tests do not."""
    command = [sys.executable, "-m", "hedui", "build", *map(str, arguments), "--jobs", "2", "--lang", "en"]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def until(condition: Callable[[], bool]) -> None:
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to pass in a minute")


def lines(log: Path) -> int:
    return len(log.read_text("utf8").splitlines()) if log.exists() else 0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts of some length, some of them the same."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(30):
        body = "".join(text(number % 25 + 100 * part) for part in range(4))
        (folder / f"{number}.txt").write_text(body, "utf8")
    return folder


def test_killed_and_begun_again(many: Path, tmp_path: Path) -> None:
    for times in (6, 15):
        log = tmp_path / f"{times}.jsonl"
        with process(many, tmp_path / "killed.db", "--log", log) as running:
            until(lambda log=log, times=times: lines(log) >= times)  # type: ignore[misc]
            running.send_signal(signal.SIGKILL)
        content(tmp_path / "killed.db")
    last = run(many, tmp_path / "killed.db", "--format", "json")
    assert summary(last)["run"]["unchanged"] >= 15  # type: ignore[operator]
    assert last.exit_code == 0
    run(many, tmp_path / "whole.db")
    assert content(tmp_path / "killed.db") == content(tmp_path / "whole.db")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(tmp_path: Path, number: signal.Signals) -> None:
    db, log, folder = tmp_path / "claims.db", tmp_path / "log.jsonl", tmp_path / "very many"
    folder.mkdir()
    for place in range(400):  # more than are read before a busy machine comes to interrupt
        (folder / f"{place}.txt").write_text(text(place), "utf8")
    with process(folder, db, "--log", log) as running:
        until(lambda: lines(log) >= 5)
        if number == signal.SIGINT:
            os.killpg(running.pid, number)  # as a terminal does
        else:
            running.send_signal(number)
        _, errors = running.communicate(timeout=60)
        until(lambda: not alive(running.pid))
    assert running.returncode == 2
    *earlier, last = errors.splitlines()
    assert "run the same command again" in last
    # A slow machine has time to tell how far it is; nothing else is said.
    assert [line for line in earlier if not PROGRESS.fullmatch(line)] == []
    assert len(content(db)["sources"]) >= lines(log)


def alive(group: int) -> bool:
    """Whether any process of a session is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
