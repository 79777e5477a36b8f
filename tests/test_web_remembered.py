"""What the pages keep: found once for all who ask, forgotten when the database changes or there is no room."""

import asyncio
import time
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="needs datasette (the extra web)")

from hedui.web import remembered
from hedui.web.remembered import Overview, Shelf, settled, state


def test_many_who_ask_at_once_are_answered_by_one() -> None:
    made: list[str] = []
    shelf: Shelf[str] = Shelf(10, len)

    async def make() -> str:
        await asyncio.sleep(0.01)
        made.append("x")
        return "answer"

    async def ask() -> list[str]:
        return [*await asyncio.gather(*(shelf.get("a", make) for _ in range(5))), await shelf.get("a", make)]

    assert asyncio.run(ask()) == ["answer"] * 6
    assert made == ["x"]
    assert asyncio.run(shelf.get("b", make)) == "answer"
    assert len(made) == 2
    asyncio.run(shelf.get("a", make))
    assert len(made) == 3, "both had no room"


def test_an_error_is_kept_by_nobody() -> None:
    shelf: Shelf[str] = Shelf(10, len)

    async def fail() -> str:
        raise ValueError("broken")

    async def make() -> str:
        return "answer"

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(shelf.get("a", fail))
    assert asyncio.run(shelf.get("a", make)) == "answer"


def test_a_change_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_PATIENCE", 0)
    file = tmp_path / "claims.db"
    file.write_text("one")
    overview: Overview[str] = Overview()

    async def make() -> str:
        return file.read_text()

    assert asyncio.run(overview.get(file, make)) == "one"
    before = state(file)
    file.write_text("another")
    assert state(file) != before
    assert asyncio.run(overview.get(file, make)) == "another"
    (tmp_path / "claims.db-wal").write_text("log")
    assert len(state(file)) == 2


def test_a_write_of_this_moment_may_not_be_the_last_of_its_time() -> None:
    assert settled(((0, 1),))
    assert not settled(((0, 1), (time.time_ns() + 10**12, 1)))
