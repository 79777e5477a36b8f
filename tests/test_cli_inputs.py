"""The command line and the public face on archives, crawls and lists."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import hedui
from archives import warc, zipped
from hedui.cli import cli
from hedui.model import Failure

URL = "https://example.gov.cn/1.html"


def text(publisher: str) -> bytes:
    return f"{publisher}2024年度部门决算\n\n2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A crawl, an archive, a text and an archive that is cut off."""
    crawl = warc([(URL, text("甲市财政局"), {"Content-Type": "text/plain"})], packed=True)
    archive = zipped([("乙.txt", text("乙市财政局")), ("空.txt", b""), ("a.jpg", b"x")])
    for name, data in {
        "a.warc.gz": crawl + warc([(URL, b"", {})], packed=True, status="404 Not Found"),
        "b.zip": archive,
        "c.txt": text("丙市财政局"),
        "d.zip": archive[:-20],
    }.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run(*arguments: object, **more: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--lang", "en"], **more)  # type: ignore[arg-type]


def test_a_folder_of_everything(folder: Path) -> None:
    result = run("check", folder, "--format", "json")
    shown = json.loads(result.stdout)
    documents = [entry["document"] for entry in shown["documents"]]
    assert [document["source"] for document in documents] == [
        *(f"{folder}/a.warc.gz!{URL}", f"{folder}/b.zip!乙.txt", f"{folder}/c.txt"),
    ]
    assert [document["publisher"] for document in documents] == ["甲市财政局", "乙市财政局", "丙市财政局"]
    assert [document["url"] for document in documents] == [URL, None, None]
    assert documents[0]["retrieved"] == "2025-10-01T01:02:03+00:00"
    assert all(entry["findings"] for entry in shown["documents"])
    assert [entry["source"] for entry in shown["failures"]] == [f"{folder}/b.zip!空.txt", f"{folder}/d.zip"]
    assert f"{folder}/a.warc.gz: warning: 1 responses" in result.stderr
    assert f"{folder}/b.zip: warning: 1 other files" in result.stderr
    assert result.exit_code == 1
    lines = run("extract", folder).stdout.splitlines()
    assert {json.loads(line)["source"] for line in lines} == {document["source"] for document in documents}


def test_a_manifest_has_the_last_word(folder: Path) -> None:
    manifest = folder / "m.csv"
    manifest.write_text("path,url,publisher,year\nc.txt,https://example.gov.cn/c,丁市财政局,2023\n", "utf8")
    for arguments in ([manifest], ["--files-from", manifest], [folder / "c.txt", manifest]):
        shown = json.loads(run("check", *arguments, "--format", "json").stdout)["documents"]
        (document,) = [entry["document"] for entry in shown]
        assert (document["url"], document["publisher"]) == ("https://example.gov.cn/c", "丁市财政局")
        assert document["fiscal_year"] == 2023
        assert document["origins"]["publisher"] == document["origins"]["fiscal_year"] == "manifest"
    assert run("check", manifest, "--out", manifest).exit_code == 2


def test_paths_from_a_list_or_the_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    paths = "c.txt\nb.zip\n"
    (folder / "list").write_text(paths)
    for result in (
        run("check", "--files-from", "list", "--format", "jsonl"),
        run("check", "--files-from", "-", "--format", "jsonl", input=paths.encode()),
    ):
        documents = [json.loads(line) for line in result.stdout.splitlines()][:-1]
        assert [entry["document"]["source"] for entry in documents] == ["c.txt", "b.zip!乙.txt"]
    assert run("check", "--files-from", "missing").exit_code == 3
    neither = run("check")
    assert neither.exit_code == 2
    assert "FILE" in neither.stderr


def test_an_archive_on_the_standard_input(folder: Path) -> None:
    result = run("check", "-", "--format", "json", input=(folder / "b.zip").read_bytes())
    assert json.loads(result.stdout)["documents"][0]["document"]["source"] == "-!乙.txt"


def test_a_defect_in_the_middle_of_an_archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hedui.inputs import zips

    def broken(*_: object) -> bytes:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(zips, "_data", broken)
    result = run("check", folder / "b.zip", folder / "c.txt", "--format", "json")
    shown = json.loads(result.stdout)
    assert [entry["source"] for entry in shown["failures"]] == [str(folder / "b.zip")]
    assert len(shown["documents"]) == 1


def test_the_public_face(folder: Path) -> None:
    failures: list[Failure] = []
    documents = list(hedui.read_all(folder, failures))
    assert [document.publisher for document in documents] == ["甲市财政局", "乙市财政局", "丙市财政局"]
    assert [failure.source for failure in failures] == [f"{folder}/b.zip!空.txt", f"{folder}/d.zip"]
    with pytest.raises(hedui.UnreadableInput) as caught:
        list(hedui.read_all(folder))
    assert caught.value.__notes__ == [f"{folder}/b.zip!空.txt"]
    assert [document.source for document in hedui.read_all(folder / "c.txt")] == [str(folder / "c.txt")]
    with pytest.raises(hedui.UnreadableInput):
        list(hedui.read_all(folder / "missing.txt"))


@pytest.mark.parametrize("name", ["a.warc.gz", "b.zip"])
def test_one_document_is_asked_for_and_many_are_there(folder: Path, name: str) -> None:
    with pytest.raises(hedui.UnreadableInput, match=re.escape("hedui.read_all(path)")):
        hedui.read(folder / name)


def test_other_archives_are_refused_with_what_to_do(tmp_path: Path) -> None:
    for data in (b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c\0\4"):
        with pytest.raises(hedui.UnreadableInput, match="RAR or 7z"):
            hedui.read(data)


def test_a_crawl_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    with path.open("wb") as file:
        for _ in range(20):
            file.write(warc([(URL, b"x" * 1_000_000, {"Content-Type": "image/png"})] * 2))
        file.write(warc([(URL, text("甲市财政局"), {})]))
    script = (
        "import hedui, resource, sys; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "assert len(list(hedui.read_all(sys.argv[1]))) == 1; "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    assert path.stat().st_size > 40_000_000
    grown = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert int(grown.stdout) < 40_000  # kilobytes; some are the code that is loaded
