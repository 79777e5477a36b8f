"""What a visitor of `hedui serve` may try: odd names, hosts, methods and sizes, and files that are no originals."""

import shutil
import sqlite3
from pathlib import Path
from urllib.parse import unquote

import pytest

import hedui
from hedui.inputs import Input
from hedui.store import Store

pytest.importorskip("datasette", reason="needs datasette (the extra web)")
from corpus.formats.pdf import typeset
from hedui.web import uploads
from hedui.web.app import application
from visitors import Visitor

TEXT = "某某局2024年度部门决算\n\n2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。\n"


@pytest.fixture
def reader(tmp_path: Path) -> Visitor:
    """A visitor of a site with a PDF, whose pages are shown from the file that it was read from."""
    data = typeset(TEXT)
    (tmp_path / "report.pdf").write_bytes(data)
    given = Input(str(tmp_path / "report.pdf"), data)
    with Store(tmp_path / "claims.db") as store:
        store.add(hedui.check(given.read()), fingerprint=given.fingerprint())
    return Visitor(application(tmp_path / "claims.db", "zh"))


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\a.txt",
        "/etc/passwd",
        "a\x1b[31m.txt",
        "<b>.txt",
        "x" * 5000 + ".txt",
        "..",
        "/",
    ],
)
def test_names_of_uploads_lead_nowhere(reader: Visitor, name: str) -> None:
    answer = reader.post("/check", files={"file": (name, TEXT.encode())})
    if len(name) > 1000:
        assert answer.status_code == 400
        return
    assert answer.status_code == 303
    shown = reader.ask(answer.headers["location"])
    assert shown.status_code == 200
    assert "/etc/" not in shown.text
    assert "<b>.txt" not in shown.text
    assert "\x1b" not in shown.text
    assert len(shown.text) < 200_000


def test_odd_methods_are_refused(reader: Visitor) -> None:
    for path in ("/", "/check", "/claims", "/nothing"):
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "ODD"):
            assert reader.ask(path, method).status_code == 405
        for method in ("HEAD", "OPTIONS"):
            assert reader.ask(path, method).status_code < 500


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]", "localhost@evil.example"]
)
def test_other_hosts_are_refused(reader: Visitor, host: str) -> None:
    for path in ("/", "/check", "/claims.json", "/-/static/app.css"):
        assert reader.ask(path, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("length", ["-1", "x", "9" * 30, str(uploads.MAX_BYTES * 2)])
def test_sizes_that_are_told_wrongly(reader: Visitor, length: str) -> None:
    headers = {"content-length": length, "content-type": "multipart/form-data; boundary=b"}
    assert 400 <= reader.ask("/check", "POST", content=b"--b--", headers=headers).status_code < 500


def test_a_huge_upload_is_refused_before_it_is_held(reader: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    answer = reader.post("/check", files={"file": ("a.txt", b"x" * 100_000)})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path", ["/static/../../secret", "/-/static/%2e%2e/%2e%2e/app.py", "/hedui/../app.py", "/%00"]
)
def test_paths_lead_out_of_nothing(reader: Visitor, path: str) -> None:
    answer = reader.ask(path)
    assert answer.status_code in (302, 400, 404)
    assert "import" not in unquote(answer.text)


def test_only_the_file_that_was_read_is_shown(reader: Visitor, tmp_path: Path) -> None:
    """A database that somebody made may name any file as the original of a document."""
    with sqlite3.connect(tmp_path / "claims.db") as connection:
        (name,) = connection.execute("SELECT id FROM documents").fetchone()
    picture = f"/document/{name}/page/1.webp"
    assert reader.ask(picture).status_code == 200
    shutil.copy(tmp_path / "report.pdf", tmp_path / "other.pdf")
    with (tmp_path / "other.pdf").open("ab") as file:
        file.write(b"\n% private")
    connection = sqlite3.connect(tmp_path / "claims.db")
    for other in (tmp_path / "other.pdf", Path("/etc/passwd"), Path("/dev/zero"), tmp_path):
        connection.execute("UPDATE documents SET source = ?", [str(other)])
        connection.execute("UPDATE sources SET source = ?", [str(other)])
        connection.commit()
        assert reader.ask(picture).status_code in (404, 422), other
    connection.close()
