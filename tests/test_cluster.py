"""Past one machine: what a cluster writes is what a plain build writes, whatever its workers and documents do."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import deadly
from archives import zipped
from hedui.cli import cli
from hedui.corpus import work
from hedui.corpus.outcome import Outcome
from hedui.inputs import Place, gather
from hedui.store.schema import TABLES as COLUMNS
from trials.content import Content, content

pytest.importorskip("distributed", reason="needs the extra hedui[cluster]")

import fsspec
from distributed import Client
from pyarrow import parquet

from hedui.cluster.build import OtherInputs, Unchanged, build
from hedui.cluster.connect import connected
from hedui.cluster.folder import SHARED, SUCCESS, TABLES, Folder, OtherLayout
from hedui.cluster.partitions import SHARE, Share, count, partitions, shares
from hedui.cluster.piece import Settings
from hedui.cluster.task import Job

SETTINGS = Settings("en", "pdfminer", 60, 800_000_000, work.examine)


def text(number: int) -> bytes:
    body = f"{number}号局2024年度部门决算\n\n2024年度支出合计{100 + number}.00万元，比上年增加20.00万元，增长30.00%。\n"
    return body.encode()


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some texts, two of them twice, an archive with more, and an empty file; named so that no test depends on chance,
    as the folder that names are relative to is no part of them."""
    monkeypatch.chdir(tmp_path)
    folder = Path("corpus")
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_bytes(text(number))
    for number in (1, 6):
        (folder / f"again{number}.txt").write_bytes(text(number))
    members = [("z.txt", text(7)), ("in.txt", text(20)), ("a.jpg", b"x")]
    (folder / "b.zip").write_bytes(zipped(members))
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def local() -> Iterator[Client]:
    """A cluster of two workers of this machine."""
    with connected("local", 2) as client:
        yield client


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--lang", "en"])


def made(
    sources: Sequence[Path | str],
    out: Path | str,
    client: Client,
    settings: Settings = SETTINGS,
    **more: object,
) -> list[object]:
    """What a run on a cluster tells."""
    job = Job(str(out), os.getcwd(), settings)
    return list(build(gather(map(str, sources)), Folder(str(out)), client, job, **more))  # type: ignore[arg-type]


def loaded(out: Path | str, db: Path, *options: str) -> Content:
    assert run("load", out, db, *options).exit_code == 0
    return content(db)


def written(out: Path) -> Content:
    """The rows of the Parquet files, all but those that only a database has, in the shape of `content`."""
    held = {}
    for name in (*TABLES, *SHARED):
        rows = parquet.read_table(out / name).to_pylist()
        assert all(list(row) == list(COLUMNS[name]) for row in rows)
        kept = [
            column for column in COLUMNS[name] if column != "run" and (name, column) != ("sentences", "id")
        ]
        held[name] = sorted((tuple(row[column] for column in kept) for row in rows), key=repr)
    return held


def plain(sources: Sequence[Path | str], db: Path) -> Content:
    run("build", *sources, db, "--jobs", 2)
    return content(db)


def test_a_worker_that_is_killed_is_no_matter(corpus: Path, tmp_path: Path, local: Client) -> None:
    out, missing = tmp_path / "out", Path("missing.txt")
    job = Job(str(out), os.getcwd(), SETTINGS)
    places = gather([str(corpus), str(missing)])
    running = build(places, Folder(str(out)), local, job, number=5)
    outcomes = [next(running)]
    victim = next(iter(local.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    outcomes += list(running)
    statuses = sorted(outcome.status for outcome in outcomes if isinstance(outcome, Outcome))
    assert statuses == ["failed"] * 2 + ["read"] * 12 + ["skipped"]
    assert (out / SUCCESS).exists()
    expected = plain([corpus, missing], tmp_path / "plain.db")
    assert written(out) | {"reviews": []} == expected
    assert loaded(out, tmp_path / "loaded.db") == expected


def test_a_poisonous_document_harms_no_other(tmp_path: Path, local: Client) -> None:
    folder, out = tmp_path / "corpus", tmp_path / "out"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_bytes(text(number))
    for name in ("hang_.txt", "crash_.txt", "memory_.txt", "fells_.txt"):
        (folder / name).write_bytes(text(0))
    settings = replace(SETTINGS, seconds=12, examine=deadly.examine)  # a first document may take some
    outcomes = made([folder], out, local, settings, number=2)
    reasons = {Path(each.source).stem: each.reason for each in outcomes if isinstance(each, Outcome)}
    told = {"hang_": "12 seconds", "crash_": "SIGSEGV", "memory_": "more memory", "fells_": "2 workers died"}
    assert {name: told.get(name, "") in reason for name, reason in reasons.items()} == dict.fromkeys(
        reasons, True
    )
    assert reasons.keys() == told.keys() | set("0123")
    assert len([row for row in loaded(out, tmp_path / "a.db")["sources"] if "ok" in row]) == 4
    again = made([folder], out, local, settings)
    assert [each.mark.read for each in again if isinstance(each, Unchanged)]
    assert len(again) == 2  # nothing is tried for ever


@pytest.fixture(scope="module")
def inside() -> Iterator[Client]:
    """A cluster of threads, which sees the memory of this process."""
    with Client(
        processes=False, n_workers=1, threads_per_worker=2, dashboard_address="127.0.0.1:0"
    ) as client:
        yield client


def counts(told: list[object]) -> tuple[int, int]:
    """How many inputs were worked on, and how many partitions were left as they are."""
    return sum(isinstance(each, Outcome) for each in told), sum(isinstance(each, Unchanged) for each in told)


def test_only_what_changes_is_done_again(corpus: Path, tmp_path: Path, inside: Client) -> None:
    out = tmp_path / "out"
    places = gather([str(corpus)])
    ended = build(places, Folder(str(out)), inside, Job(str(out), os.getcwd(), SETTINGS), number=9)
    next(ended)
    ended.close()
    first = made([corpus], out, inside)
    assert counts(first)[1] > 0
    files = {path.name for path in (out / "claims").iterdir()}
    assert counts(made([corpus], out, inside))[0] == 0
    (corpus / "0.txt").write_bytes(text(50))
    (corpus / "6.txt").unlink()  # alone in its partition; now the other copy has to tell it
    with pytest.raises(OtherInputs):
        made([corpus], out, inside)
    some = counts(made([corpus], out, inside, prune=True))
    assert 0 < some[0] < 12
    assert some[1] == 4
    assert len(files & {path.name for path in (out / "claims").iterdir()}) == 4
    expected = plain([corpus], tmp_path / "plain.db")
    assert written(out) | {"reviews": []} == expected
    assert loaded(out, tmp_path / "loaded.db") == expected
    (corpus / "empty.txt").write_bytes(b"")
    os.utime(corpus / "empty.txt", ns=(0, 0))
    assert counts(made([corpus], out, inside, retry_failed=True))[0] > 0
    with pytest.raises(OtherLayout):
        made([corpus], out, inside, number=3)


def test_object_stores_and_large_archives(
    corpus: Path, tmp_path: Path, inside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hedui.cluster.partitions.SHARE", 100)
    store = fsspec.filesystem("memory")
    for path in corpus.iterdir():
        store.pipe_file(f"/corpus/{path.name}", path.read_bytes())
    store.pipe_file("/lists/m.csv", b"path,year\nmemory://corpus/3.txt,2019\n../corpus/gone.txt,\n")
    sources = ["memory://corpus", "memory://lists/m.csv"]
    assert len(shares(gather(sources))) > len(list(corpus.iterdir())) + 1
    made(sources, "memory://out", inside, number=4)
    expected = plain(sources, tmp_path / "plain.db")
    assert len(expected["documents"]) == 11
    assert loaded("memory://out", tmp_path / "loaded.db") == expected
    assert counts(made(sources, "memory://out", inside))[0] == 0


def test_addresses_that_lead_nowhere() -> None:
    result = run("check", "memory://nowhere/a.txt", "nothing://b/c.txt", "--fail-on", "never")
    assert result.exit_code == 3
    assert "memory://nowhere/a.txt: error: there is no such file" in result.stderr
    assert "nothing://b/c.txt: error: the address cannot be read" in result.stderr


def test_a_selection_is_what_a_build_of_it_would_be(corpus: Path, tmp_path: Path, inside: Client) -> None:
    out, db = tmp_path / "out", tmp_path / "some.db"
    made([corpus], out, inside, number=3)
    chosen = [corpus / name for name in ("0.txt", "1.txt", "again1.txt")]
    some = loaded(out, db, "--where", "source LIKE '%/0.txt' OR title LIKE '1号局%'")
    assert some == plain(chosen, tmp_path / "plain.db")
    rest = loaded(out, db, "--where", "true")
    assert rest == plain([corpus], tmp_path / "whole.db")
    wrong = run("load", out, tmp_path / "none.db", "--where", "colour = 'red'")
    assert wrong.exit_code == 2
    assert "colour" in wrong.stderr
    (out / SUCCESS).unlink()
    assert "not come to its end" in run("load", out, db).stderr


def test_partitions_depend_on_names_alone() -> None:
    found = shares(gather(f"{number}.txt" for number in range(40)))
    whole = partitions(found, [], 8)
    assert partitions(found[::-1], [], 8) == whole
    assert len(whole) == 8
    named = {partition.name: set(partition.paths) for partition in whole}
    fewer = {partition.name: set(partition.paths) for partition in partitions(found[1:], [], 8)}
    gone = found[0].place.path
    assert {name: paths - {gone} for name, paths in named.items()} == fewer
    known = replace(found[0].place, known=found[0].place.known.of("manifest", fiscal_year=2019))
    altered = partitions([replace(found[0], place=known), *found[1:]], [], 8)
    assert sum(a.fingerprint != b.fingerprint for a, b in zip(whole, altered, strict=True)) == 1


def test_how_many_partitions_there_are() -> None:
    def files(number: int, name: str = "a.pdf", size: int = 10**6) -> list[Share]:
        return [Share(Place(name), size)] * number

    assert [count(files(number)) for number in (0, 1, 40, 10**4, 10**6)] == [1, 1, 3, 64, 1000]
    assert count(files(3, "b.WARC.gz", SHARE)) == 64
    assert count(files(300, "b.WARC.gz", SHARE)) == 300


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("build", "a.txt", "--dask", "local"), "go together"),
        (("build", "a.txt", "b.db", "--prune"), "go together"),
        (("build", "a.txt", "--dask", "local", "--parquet", "o", "--dry-run"), "--dry-run does not"),
        (("build", "-", "--dask", "local", "--parquet", "o"), "standard input"),
        (("build", "a.txt", "--dask", "tcp://127.0.0.1:9", "--parquet", "o"), "127.0.0.1:9"),
        (("load", "nowhere", "b.db"), "no folder that hedui build --dask has written"),
    ],
)
def test_mistakes_are_told(
    arguments: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("hedui.cluster.connect.PATIENCE", 0.2)
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_dask_is_loaded_only_when_it_is_asked_for(tmp_path: Path) -> None:
    code = """
import sys
from click.testing import CliRunner
from hedui.cli import cli
CliRunner().invoke(cli, ["build", "missing.txt", "a.db"])
assert not {"dask", "distributed", "fsspec", "hedui.cluster"} & sys.modules.keys()
sys.modules["distributed"] = None
result = CliRunner().invoke(cli, ["build", "missing.txt", "--dask", "local", "--parquet", "out", "--lang", "en"])
print(result.stderr or result.exception)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "hedui[cluster]" in done.stdout
