"""Names and places that are no plain files, given, written to or found in a folder: told in words, harmless."""

import json
import os
import socket
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archives import zipped
from hedui.cli import cli
from hedui.inputs import Refused, gather

TEXT = "某某局2024年度部门决算\n\n2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。\n"
ESCAPES = "\x1b]0;title\x07\x1b[8m\x9b31m\u202e"


def run(*arguments: object, lang: str = "en") -> Result:
    result = CliRunner().invoke(cli, [*map(str, arguments), "--lang", lang])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(TEXT, "utf8")
    return made


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may open everything; for a while this process is somebody else."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if before == 0:
            os.seteuid(0)


def test_links_to_files_are_read_and_links_to_folders_are_told(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "far.txt").write_text(TEXT, "utf8")
    (folder / "linked.txt").symlink_to(other / "far.txt")
    (folder / "linked-folder").symlink_to(other)
    (folder / "loop").symlink_to(".")
    (folder / ".hidden-link").symlink_to(other)
    (folder / "gone.txt").symlink_to("nowhere.txt")
    places = gather([str(folder)])
    assert [Path(path).name for path in places.found] == ["a.txt", "linked.txt"]
    assert [(Path(r.source).name, r.error.key) for r in places.refused] == [("gone.txt", "broken_link")]
    assert [(s.reason, s.count) for s in places.skipped] == [("skipped_folder_links", 2)]
    (tmp_path / "named").symlink_to(other)  # one that is named is meant
    assert len(gather([str(tmp_path / "named")]).found) == 1


def test_what_is_no_file(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(folder)  # names of sockets are short
        listener.bind("socket.txt")
        os.chdir(here)
        assert [(s.reason, s.count) for s in gather([str(folder)]).skipped] == [("skipped_special", 2)]
        given = [folder / "pipe.txt", folder / "socket.txt", "/dev/zero"]
        for command in (["check", *given], ["build", *given, "claims.db", "--jobs", "1"]):
            for lang, word in (("en", "pipe or a device"), ("zh", "而是管道")):
                result = run(*command, *(["--retry-failed"] if command[0] == "build" else []), lang=lang)
                assert result.exit_code == 3
                assert result.stderr.count(word) == 3


def test_a_folder_without_permission_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name)).chmod(0o755)
        (folder / "a.txt").write_text(TEXT, "utf8")
        (locked := folder / "locked").mkdir(mode=0)
        with as_nobody():
            places = gather([name])
        assert [Path(path).name for path in places.found] == ["a.txt"]
        assert [(Path(r.source).name, r.error.key) for r in places.refused] == [("locked", "permission")]
        locked.chmod(0o700)


@pytest.mark.parametrize("name", ["x" * 300 + ".txt", "x/" * 3000, "a.txt/b.txt", "nul\0.txt"])
def test_names_that_no_file_can_have(folder: Path, name: str) -> None:
    result = run("check", folder / "a.txt", folder / name, "--format", "json", "--fail-on", "never")
    assert result.exit_code == 3
    told = json.loads(result.stdout)
    assert len(told["documents"]) == len(told["failures"]) == 1
    assert isinstance(gather([name]).found, dict)


def test_a_list_that_names_them(folder: Path) -> None:
    (folder.parent / "list.txt").write_text(f"in/a.txt\n{'x' * 300}.txt\n", "utf8")
    result = run("check", "--files-from", "list.txt", "--fail-on", "never")
    assert result.exit_code == 3
    assert "Documents: 1" in result.stdout


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_of_a_document_or_its_name_commands_the_terminal(folder: Path, form: str) -> None:
    name = f"evil{ESCAPES}\n.txt"
    evil = (
        TEXT.replace("某某局", "某\x1b[8m局")
        .replace("支出合计", f"支出{ESCAPES[:-1]}合计")
        .replace("增加", "增\u202e加")
    )
    (folder / name).write_text(evil, "utf8")
    (folder / f"gone{name}").symlink_to("nowhere")
    for command in (
        ["check", folder, "-v", "--format", form, "--fail-on", "never"],
        ["check", folder / f"no{name}"],
        ["check", folder, "--no-such-option" + ESCAPES],
        ["build", folder, "claims.db", "--dry-run"],
    ):
        result = run(*command)
        printed = result.stdout + result.stderr
        assert printed
        assert not set(printed) & set("\x1b\x07\x9b\u202e")
        assert not any(line.strip() == ".txt" for line in printed.splitlines())


def test_programs_get_the_true_name(folder: Path) -> None:
    (folder / "odd\n\x1b.txt").write_text(TEXT, "utf8")
    (folder / os.fsdecode(b"\xff.txt")).write_text(TEXT, "utf8")
    told = json.loads(run("check", folder, "--format", "json", "--fail-on", "never").stdout)
    sources = {Path(document["document"]["source"]).name for document in told["documents"]}
    assert sources == {"a.txt", "odd\n\x1b.txt", r"\udcff.txt"}


def test_outputs_that_cannot_be_written(folder: Path) -> None:
    before = sorted(os.listdir())
    Path("circle").symlink_to("circle")
    for out in ("in", "none/x", "in/a.txt/x", "circle", "o" * 300, "/dev/full"):
        for lang in ("zh", "en"):
            result = run("check", "in/a.txt", "--out", out, lang=lang)
            assert result.exit_code == 2, out
            assert result.stderr.strip()
    os.unlink("circle")
    assert sorted(os.listdir()) == before


def test_an_output_that_is_a_link_keeps_it(folder: Path) -> None:
    Path("link").symlink_to("target.txt")
    for _ in range(2):  # the file is not there yet, and then it is
        assert run("check", "in/a.txt", "--out", "link").exit_code == 1
        assert Path("link").is_symlink()
        assert "CHG001" in Path("target.txt").read_text("utf8")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(os.stat("target.txt").st_mode) == 0o666 & ~mask


def test_a_database_over_an_input_is_refused(folder: Path) -> None:
    for command in (["check", "in/a.txt", "--db", "in/a.txt"], ["build", "in/a.txt", "in/a.txt"]):
        assert run(*command).exit_code == 2
    for command in (["crosscheck"], ["export", "--out", "x"], ["sample", "--out", "x.csv", "--size", "1"]):
        assert run(command[0], "in/a.txt", *command[1:]).exit_code == 2
    assert (folder / "a.txt").read_text("utf8") == TEXT


def test_members_of_archives_lead_nowhere(folder: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    members = [
        *((name, TEXT.encode()) for name in ("../../up.txt", "/etc/absolute.txt", "C:\\x\\drive.txt")),
        (link, b"/etc/passwd"),
    ]
    (folder / "evil.zip").write_bytes(zipped(members))
    (folder / "a.txt").unlink()
    before = sorted(path for path in folder.parent.rglob("*"))
    result = run("check", "in/evil.zip", "--format", "json", "--fail-on", "never")
    told = json.loads(result.stdout)
    sources = [document["document"]["source"] for document in told["documents"]]
    assert sources == [f"in/evil.zip!{name}" for name in ("up.txt", "etc/absolute.txt", "x/drive.txt")]
    assert "1 symbolic links" in result.stderr
    assert sorted(path for path in folder.parent.rglob("*")) == before


def test_a_refused_place_has_words_in_both_languages(folder: Path) -> None:
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (refused,) = gather([str(folder)]).refused
    assert isinstance(refused, Refused)
    assert all(refused.error.say(lang) for lang in ("zh", "en"))
