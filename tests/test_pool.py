"""Worker processes, what is handed to them, and how their progress is told."""

import os
import time
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

from archives import TEXT, warc, zipped
from hedui.corpus import progress
from hedui.corpus.outcome import Outcome
from hedui.corpus.pool import Pool
from hedui.corpus.progress import Progress
from hedui.corpus.survey import Survey
from hedui.corpus.worker import WARM
from hedui.inputs import Place, gather
from hedui.inputs.many import expected, is_single
from hedui.reading.errors import UnreadableInput


def double(number: int) -> int:
    if number == 13:
        os._exit(3)
    if number < 0:
        raise ValueError(number)
    return 2 * number


def nothing() -> None:
    pass


def fail_once(flag: Path) -> None:
    """A worker that cannot start, and one after it that can."""
    if not flag.exists():
        flag.touch()
        os._exit(1)


def fail() -> None:
    os._exit(1)


def results(pool: Pool[int, int], numbers: list[int]) -> dict[int, int | UnreadableInput]:
    found = {}
    for number in numbers:
        while pool.full:
            task, result = pool.result()
            found[task] = result
        pool.submit(number)
    while pool.waiting:
        task, result = pool.result()
        found[task] = result
    return found


def test_a_task_that_kills_its_worker_is_the_only_one_lost() -> None:
    with Pool(double, nothing, 2, 30, WARM) as pool:
        found = results(pool, list(range(20)))
    died = found.pop(13)
    assert isinstance(died, UnreadableInput)
    assert (died.key, died.fields) == ("crashed", {"how": "exit code 3"})
    assert found == {number: 2 * number for number in range(20) if number != 13}


def test_what_the_work_raises_is_raised() -> None:
    with Pool(double, nothing, 1, 30, WARM) as pool:
        pool.submit(-1)
        with pytest.raises(ValueError, match="-1"):
            pool.result()


def test_workers_that_could_not_start_are_replaced(tmp_path: Path) -> None:
    with Pool(double, partial(fail_once, tmp_path / "flag"), 1, 30, WARM) as pool:
        assert results(pool, [1, 2, 3]) == {1: 2, 2: 4, 3: 6}


def test_workers_that_can_never_start() -> None:
    with Pool(double, fail, 1, 30, WARM) as pool, pytest.raises(BrokenProcessPool, match="no worker"):
        results(pool, [1, 2, 3])


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Place]:
    """A text, a Word file by its looks, an archive of two, a crawl, and nothing at all."""
    record = [("https://example.gov.cn/1.txt", TEXT, {"Content-Type": "text/plain"})]
    files = {
        "a.txt": TEXT,
        "b.docx": zipped([("word/document.xml", b"x"), ("[Content_Types].xml", b"x")]),
        "c.zip": zipped([("1.txt", TEXT), ("2.txt", TEXT), ("photo.jpg", b"x")]),
        "d.warc.gz": warc(record * 2, packed=True),
        "e.zip": zipped([("1.txt", TEXT)])[:-10],
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return {name: Place(str(tmp_path / name)) for name in (*files, "missing.txt")}


def test_places_that_hold_many(places: dict[str, Place]) -> None:
    assert [name for name, place in places.items() if is_single(place)] == ["a.txt", "b.docx"]
    counts = {name: expected(place) for name, place in places.items() if not is_single(place)}
    assert counts == {"c.zip": 2, "d.warc.gz": None, "e.zip": None, "missing.txt": None}


def test_how_many_there_will_be(places: dict[str, Place]) -> None:
    survey = Survey(gather([place.path for place in places.values()]), None, "en")
    totals = [(Path(found.source).name, survey.total) for found in survey]
    assert totals[0] == ("a.txt", 6)
    assert ("c.zip!2.txt", 7) in totals
    assert ("1.txt (2)", None) in totals  # in the middle of a crawl
    assert survey.total == 8


def test_lines_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, *[4.0] * 9, 12.0, 13.0, 24.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(moments))
    shown = Progress("en", terminal=False)
    for number in range(10):
        shown.update(Outcome("a", "failed" if number else "read"), 20)
    shown.update(Outcome("a", "skipped"), 20)
    shown.update(Outcome("a", "read"), 20)
    shown.update(Outcome("a", "read"), None)
    shown.close()
    assert capsys.readouterr().err.splitlines() == [
        "10 of 20 documents done · 0.8 a second · 9 failed · 00:12 left",
        "12 documents done · 0.2 a second · 9 failed",
    ]


def test_a_bar_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    shown = Progress("en", terminal=True)
    shown.update(Outcome("a", "failed"), 20)
    time.sleep(0.6)
    shown.update(Outcome("a", "read"), 20)
    with shown.paused():
        print("a line")
    shown.close()
    told = capsys.readouterr()
    assert "2/20" in told.err
    assert "1 failed" in told.err
    assert told.out == "a line\n"
