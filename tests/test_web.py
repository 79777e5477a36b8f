"""The claims database in a browser: pages, search, reviews, uploads, and what a visitor may not do or see."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import hedui
from hedui.model import Failure
from hedui.store import Store
from hostile import WORDS, hostile

pytest.importorskip("datasette", reason="needs datasette (the extra web)")
from hedui.web import uploads
from hedui.web.app import application
from hedui.web.site import site
from visitors import Visitor

OWN = ("/", "/search?q=接待", "/plots", "/check")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> Path:
    """A database of the samples, of a hostile disclosure and of a file that could not be read."""
    path = tmp_path_factory.mktemp("secret-folder") / "claims.db"
    with Store(path) as store:
        for sample in samples[:4]:
            store.add(hedui.check(sample))
        store.add(hostile())
        store.add_failure(Failure(str(path.parent / "gone.pdf"), "gone"))
    return path


@pytest.fixture
def reader(database: Path) -> Visitor:
    """A visitor of the read-only site."""
    return Visitor(application(database, "zh"))


@pytest.fixture
def editor(database: Path) -> Visitor:
    """Somebody who has logged in."""
    visitor = Visitor(application(database, "zh", edit=True))
    ours = site(visitor.served)
    assert ours is not None
    answer = visitor.post("/login", data={"name": "审核员", "token": ours.token})
    assert answer.status_code == 302
    return visitor


@pytest.fixture
def document(database: Path, samples: list[Path]) -> Iterator[hedui.Report]:
    """The first document with findings."""
    store = Store(database)
    report = next(
        report for path in samples if (report := store.report(hedui.read(path).id)) and report.findings
    )
    yield report
    store.close()


def test_pages(reader: Visitor, document: hedui.Report) -> None:
    start = reader.ask("/")
    assert start.status_code == 200
    assert document.findings[-1].rule in start.text
    found = reader.ask("/search", params={"q": "接待"})
    assert 'ol class="sentences"' in found.text
    assert "接待" in found.text
    links = re.findall(r'href="(/document/[^"]+)"', found.text)
    page, _, anchor = links[0].partition("#")
    assert f'id="{anchor}"' in reader.ask(page).text
    shown = reader.ask(f"/document/{document.document.id}").text
    for finding in document.findings:
        assert finding.message[:12].replace('"', "&#34;") in shown
    moved = reader.ask(f"/finding/{document.findings[0].id}")
    page, _, anchor = moved.headers["location"].partition("#")
    assert f'id="{anchor}"' in reader.ask(page).text
    body = reader.ask("/body", params={"name": document.document.publisher})
    assert "<circle" in body.text
    assert "<rect" in reader.ask("/plots").text


def test_every_link_of_a_document_page_leads_somewhere(reader: Visitor, document: hedui.Report) -> None:
    shown = reader.ask(f"/document/{document.document.id}").text
    anchors = set(re.findall(r'\bid="([^"]+)"', shown))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= anchors
    for link in set(re.findall(r'href="(/[^"#]*)', shown)):
        assert reader.ask(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize(
    "path", ["/document/nothing", "/finding/nothing:f1", "/body?name=nobody", "/check/none"]
)
def test_what_is_not_there(reader: Visitor, path: str) -> None:
    assert reader.ask(path).status_code == 404


def test_a_language_is_kept(reader: Visitor) -> None:
    assert '<html lang="zh-CN">' in reader.ask("/").text
    assert '<html lang="en">' in reader.ask("/?lang=en").text
    assert '<html lang="en">' in reader.ask("/plots").text


def test_no_script_but_ours_may_run(reader: Visitor, document: hedui.Report) -> None:
    for path in (*OWN, f"/document/{document.document.id}", "/claims/claims", "/claims", "/claims/findings"):
        answer = reader.ask(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text), path
        assert not re.search(r"<style", answer.text), path
        assert not re.search(r"<[^<>]*\son\w+=", answer.text), path
        if not path.startswith("/claims"):
            assert "unsafe" not in policy
            assert 'style="' not in answer.text


def test_text_of_documents_is_only_shown(reader: Visitor) -> None:
    name = hostile().document.id
    ours = (f"/document/{name}", f"/document/{name}?show=pages&at=<script>alert(2)", "/", "/plots", "/body")
    tables = [f"/claims/{table}" for table in ("claims", "documents", "findings_reviewed", "sentences")]
    searches = [f"/search?q={quote(words)}" for words in (*WORDS, "支出合计", "主要用于")]
    for path in (*ours, *tables, *searches):
        answer = reader.ask(path)
        assert answer.status_code in (200, 404), path
        shown = answer.text
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert 'href="javascript:' not in shown
    shown = reader.ask(f"/document/{name}").text
    assert "{{ 7 * 7 }}" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert len(WORDS) == 6


def test_no_path_of_the_server_is_told(reader: Visitor, database: Path, document: hedui.Report) -> None:
    folder = database.parent.name
    queries = ["SELECT * FROM documents", "SELECT source FROM sources", "SELECT * FROM claims_with_names"]
    paths = [*OWN, f"/document/{document.document.id}", "/claims/documents", "/claims/documents.json"]
    for path in paths:
        assert folder not in reader.ask(path).text, path
    for sql in queries:
        answer = reader.ask("/claims.json", params={"sql": sql})
        assert answer.status_code == 200
        assert folder not in answer.text, sql
    for path in ("databases", "metadata", "plugins", "versions", "settings", "threads"):
        assert reader.ask(f"/-/{path}").status_code == 404
        assert reader.ask(f"/-/{path}.json").status_code == 404


def test_queries_read_only_and_not_for_ever(reader: Visitor) -> None:
    for sql in ("DELETE FROM claims", "ATTACH '/etc/passwd' AS x", "UPDATE documents SET title = 1"):
        assert reader.ask("/claims.json", params={"sql": sql}).status_code == 400
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    assert reader.ask("/claims.json", params={"sql": endless}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"origin": "http://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "null"},
    ],
)
def test_requests_of_other_sites_are_refused(reader: Visitor, headers: dict[str, str]) -> None:
    answer = reader.ask("/check", "POST", headers=headers, files={"file": ("a.txt", b"x")})
    assert answer.status_code == 403


def test_a_read_only_site_has_no_editors(reader: Visitor, document: hedui.Report) -> None:
    assert reader.ask("/login").status_code == 404
    form = {"finding": document.findings[0].id, "verdict": "confirmed"}
    assert reader.ask("/review", "POST", data=form).status_code == 403
    assert "/review" not in reader.ask(f"/document/{document.document.id}").text


def test_only_who_knows_the_token_is_an_editor(database: Path, document: hedui.Report) -> None:
    visitor = Visitor(application(database, "zh", edit=True))
    for told in ({"name": "x", "token": "wrong"}, {"name": "", "token": "wrong"}):
        assert visitor.post("/login", data=told).status_code == 403
    form = {"finding": document.findings[0].id, "verdict": "confirmed"}
    assert visitor.ask("/review", "POST", data=form).status_code == 403


def test_a_review_is_kept_and_shown(editor: Visitor, database: Path, document: hedui.Report) -> None:
    page = f"/document/{document.document.id}"
    form = {"finding": document.findings[0].id, "verdict": "rejected", "comment": "<b>四舍五入</b>"}
    assert editor.post("/review", page, data=form).status_code == 302
    shown = editor.ask(page).text
    assert "&lt;b&gt;四舍五入" in shown
    assert "审核员" in shown
    assert editor.post("/review", page, data=form | {"verdict": "perhaps"}).status_code == 400
    assert editor.post("/review", page, data=form | {"finding": "x:f1"}).status_code == 404
    assert editor.ask("/review", "POST", data=form).status_code == 403, "without the form's token"
    assert editor.post("/logout", page).status_code == 302
    editor.cookies.pop("ds_actor")
    assert "/review" not in editor.ask(page).text


def finished(visitor: Visitor, job: str) -> Any:
    """The page of an upload once it is checked."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if visitor.ask(job, headers={"accept": "application/json"}).json()["done"]:
            return visitor.ask(job)
    raise AssertionError("the upload was never checked")


def test_a_file_is_checked_and_kept(editor: Visitor, database: Path) -> None:
    text = "某某县水务局2024年度部门决算\n\n2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。"
    answer = editor.post("/check", files={"file": ("../../a.txt", text.encode())})
    assert answer.status_code == 303
    job = answer.headers["location"]
    shown = finished(editor, job).text
    assert "CHG001" in shown
    assert "a.txt" in shown
    assert ".." not in re.search(r'class="source">([^<]*)', shown)[1]  # type: ignore[index]
    kept = editor.post(f"{job}/keep", job)
    assert kept.status_code == 303
    assert "CHG001" in editor.ask(kept.headers["location"]).text
    store = Store(database)
    assert store.report(hedui.read(text=text).id) is not None
    store.close()


def test_a_file_that_cannot_be_read(reader: Visitor) -> None:
    answer = reader.post(
        "/check", files={"file": ("a.bin", bytes(range(256)) * 20)}, headers={"accept": "application/json"}
    )
    assert finished(reader, answer.json()["job"]).status_code == 422
    assert reader.ask(answer.json()["job"] + "/keep", "POST").status_code == 403


def test_what_is_no_upload(reader: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader.post("/check", files={"other": (None, b"x")}).status_code == 400
    assert reader.post("/check", files={"file": ("a.txt", b"")}).status_code == 400
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    assert reader.post("/check", files={"file": ("a.txt", b"x" * 20_000)}).status_code == 413
