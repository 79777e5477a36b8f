"""Files that once crashed a reader, or took its time or memory (tests/crashes): each ends as its index says."""

import tomllib
from pathlib import Path

import pytest

import hedui
from fuzzing.trial import sound

FOLDER = Path(__file__).parent / "crashes"
INDEX = tomllib.loads((FOLDER / "index.toml").read_text("utf8"))


def test_every_file_is_in_the_index_and_small() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.name != "index.toml"}
    assert files.keys() == INDEX.keys()
    assert max(files.values()) < 5000


@pytest.mark.parametrize("name", INDEX)
def test_a_past_crash_ends_as_it_should(name: str) -> None:
    try:
        report = hedui.check((FOLDER / name).read_bytes())
    except hedui.UnreadableInput as error:
        end = error.key
    else:
        end = "read"
        sound(report)
    assert end in INDEX[name]["ends"]
