"""Old Word files and rich text → Document, by LibreOffice: in time, in bounds, and gone with whoever asked for it."""

import os
import select
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from corpus.formats.docx_parts import docx, paragraph
from hedui.reading import read
from hedui.reading.word import legacy
from readers import refusal

PROSE = "本年支出合计2946.25万元，比上年增加136.40万元，增长4.85%。"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OLD_WORD = OLD + "WordDocument".encode("utf-16-le")


def _soffice(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", os.fspath(folder))


def test_old_word_files_go_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(docx(paragraph(PROSE)))
    copy = (
        "import pathlib, sys\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n"
        f"(out / 'document.docx').write_bytes(pathlib.Path({os.fspath(made)!r}).read_bytes())"
    )
    _soffice(tmp_path, copy, monkeypatch)
    assert read(OLD_WORD, "a.doc").text == PROSE + "\n"
    assert read(b"{\\rtf1 x}", "a.doc").text == PROSE + "\n"
    _soffice(tmp_path, "raise SystemExit(1)", monkeypatch)
    assert refusal(OLD_WORD) == "office_failed"
    _soffice(tmp_path, "pass", monkeypatch)
    assert refusal(OLD_WORD) == "office_failed"


def test_libreoffice_ends_in_time_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    sleeper = f"import os, time; os.open({os.fspath(alive)!r}, os.O_WRONLY); time.sleep(60)"
    _soffice(
        tmp_path,
        f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {sleeper!r}])\n" + sleeper,
        monkeypatch,
    )
    reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    monkeypatch.setattr(legacy, "MAX_SECONDS", 0.5)
    assert refusal(OLD_WORD) == "too_slow"
    os.set_blocking(reader, True)
    assert os.read(reader, 1) == b""  # the end comes once nobody holds the other side any more
    os.close(reader)


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_libreoffice_ends_with_the_process_that_asked_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is killed at its limit of time can end nothing itself."""
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    _soffice(
        tmp_path,
        f"import os, time; os.write(os.open({os.fspath(alive)!r}, os.O_WRONLY), b'x'); time.sleep(60)",
        monkeypatch,
    )
    reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    asking = f"from hedui.reading.word import legacy; legacy.read({OLD_WORD!r}, 'a.doc')"
    with subprocess.Popen([sys.executable, "-c", asking]) as process:
        while not select.select([reader], [], [], 30)[0] or not os.read(reader, 1):
            time.sleep(0.01)  # nobody has opened the other side yet
        process.kill()
    assert select.select([reader], [], [], 30)[0]
    assert os.read(reader, 1) == b""  # nobody holds the other side any more
    os.close(reader)


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="needs LibreOffice (apt install libreoffice-writer-nogui)"
)
def test_rich_text_through_the_real_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path))
    inner = "".join(
        c if c.isascii() else f"\\u{ord(c) - (ord(c) > 32767) * 65536}?" for c in f"一、支出\n{PROSE}"
    )
    data = ("{\\rtf1\\ansi " + inner.replace("\n", "\\par ") + "}").encode()
    assert read(data, "").text == f"一、支出\n\n{PROSE}\n"
    assert not os.listdir(tmp_path)


def test_without_libreoffice_old_files_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    assert refusal(OLD_WORD) == "office_missing"
    assert refusal(OLD) == "office"
