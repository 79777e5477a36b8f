"""Every entry point, in processes that are refused the network and all places but those given: none needs them.

A hook in every interpreter, those of workers too, refuses and logs; afterwards the home, the folder of the inputs and
the folder for temporary files are as they were.
"""

import os
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
SENTENCE = "2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。"
TEXT = f"某某局2024年度部门决算\n\n一、支出情况\n\n{SENTENCE}\n"
RTF = r"{\rtf1\ansi budget 2024}"

CUSTOMIZE = """
import sys
sys.path.insert(0, {guard!r})
from guard import enforce
sys.path.remove({guard!r})
from pathlib import Path
enforce(Path({log!r}), [Path({work!r})], Path({temporary!r}))
"""
COMMANDS = """
import sys
from hedui.cli import main

def run(line, code):
    sys.argv = ["hedui", *line.split()]
    try:
        main()
        ended = 0
    except SystemExit as ended_by:
        ended = ended_by.code or 0
    assert ended == code, (line, ended)

if __name__ == "__main__":
    for line in sys.stdin.read().splitlines():
        code, _, rest = line.partition(" ")
        run(rest, int(code))
"""


class Cage:
    """A home, a folder for temporary files, one of inputs, one to work in; only the last may change."""

    def __init__(self, folder: Path) -> None:
        """`folder` has a short name, as the sockets of worker processes are in the temporary one."""
        self.work, self.home, self.temporary, self.inputs = made = tuple(
            folder / name for name in ("work", "home", "temporary", "inputs")
        )
        for each in made:
            each.mkdir(mode=0o700)
        self.log = folder / "against-the-rules.log"
        (customize := folder / "customize").mkdir()
        (customize / "sitecustomize.py").write_text(
            CUSTOMIZE.format(
                guard=str(CHECKOUT / "scripts" / "broken"),
                log=str(self.log),
                work=str(self.work),
                temporary=str(self.temporary),
            ),
            "utf8",
        )
        (self.inputs / "one.txt").write_text(TEXT, "utf8")
        (self.inputs / "again.txt").write_text(TEXT.replace("2024", "2023"), "utf8")
        (self.inputs / "broken.docx").write_bytes(b"PK\x03\x04 broken")
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "PYTEST_", "COVERAGE"))},
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": f"{customize}{os.pathsep}{CHECKOUT / 'nlp'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, code: str, given: str = "") -> str:
        """Run a program in the cage; what it prints. Nothing may be against the rules, or left over."""
        script = self.work / "program.py"
        script.write_text(code, "utf8")
        done = subprocess.run(
            [sys.executable, str(script)],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf8",
            cwd=self.work,
            env=self.environment,
            timeout=300,
        )
        script.unlink()
        assert done.returncode == 0, done.stderr[-3000:]
        self.look()
        return done.stdout

    def look(self) -> None:
        """Nothing was against the rules, and nothing is left over."""
        assert not self.log.exists(), self.log.read_text("utf8")
        assert sorted(path.name for path in self.inputs.iterdir()) == ["again.txt", "broken.docx", "one.txt"]
        assert os.listdir(self.home) == []
        assert os.listdir(self.temporary) == []


@pytest.fixture
def cage() -> Iterator[Cage]:
    with tempfile.TemporaryDirectory(prefix="cage-") as folder:
        yield Cage(Path(folder).resolve())


def test_the_cage_holds(cage: Cage) -> None:
    code = """
import os, socket, sqlite3, sys
done = []
def attempt(what):
    try: what()
    except PermissionError: done.append(1)
attempt(lambda: socket.getaddrinfo("example.org", 80))
attempt(lambda: socket.create_connection(("192.0.2.1", 80), 1))
attempt(lambda: open(os.path.expanduser("~/x"), "w"))
attempt(lambda: sqlite3.connect(os.path.expanduser("~/x.db")))
attempt(lambda: os.mkdir(os.environ["TMPDIR"] + "/for-everybody"))
attempt(lambda: os.rename("program.py", "../x"))
socket.create_server(("127.0.0.1", 0)).close()
open("allowed", "w").close()
print(len(done))
"""
    with pytest.raises(AssertionError, match=r"example\.org"):
        cage.run(code)
    assert len(cage.log.read_text("utf8").splitlines()) == 6


def test_commands(cage: Cage) -> None:
    one, again = (cage.inputs / name for name in ("one.txt", "again.txt"))
    forms = ("text", "html", "markdown", "csv", "sarif", "json", "jsonl")
    lines = [f"1 check {one} --format {form} --out out.{form}" for form in forms]
    lines += [
        f"1 check {one} {again} --db checked.db --together",
        f"3 check {cage.inputs} --fail-on never",
        f"0 extract {one} --format csv --out claims.csv",
        f"3 build {cage.inputs} claims.db --jobs 2 --log build.jsonl",
        "0 crosscheck claims.db",
        "0 export claims.db --out data --format csv",
        "2 export claims.db --out gold.jsonl --format gold",
        "0 sample claims.db --size 2 --out sheet.csv",
        "0 schema",
        "0 rules",
        "0 explain CHG001",
        "0 patterns try 2024年度支出合计100.00万元",
    ]
    cage.run(COMMANDS, "\n".join(lines))
    made = {path.name for path in cage.work.iterdir()} - {"claims.db-wal", "claims.db-shm"}  # of readers
    wanted = {"checked.db", "claims.csv", "claims.db", "build.jsonl", "data", "sheet.csv"}
    assert made == wanted | {f"out.{form}" for form in forms}


def test_pictures_scans_and_spreadsheets(cage: Cage) -> None:
    """With the extras: pages drawn, notes in a PDF, scans recognised, tables as Parquet."""
    for module in ("pypdfium2", "pikepdf", "rapidocr", "pyarrow", "openpyxl"):
        pytest.importorskip(module)
    lines = [
        "0 check page.pdf --format html --out page.html --fail-on never",
        "0 check page.pdf --format pdf --out notes.pdf --fail-on never",
        "0 debug page page.pdf 1 --out page.png",
        "0 check page.png --format json --out scan.json --fail-on never",
        "0 check page.pdf --db claims.db --fail-on never",
        "0 export claims.db --format parquet --out data",
        "0 sample claims.db --size 1 --out sheet.xlsx",
    ]
    from corpus.formats.fonts import FACES, MissingFont
    from corpus.formats.pdf import typeset

    try:
        (cage.work / "page.pdf").write_bytes(typeset(TEXT, face=min(FACES)))
    except MissingFont as error:
        pytest.skip(str(error))
    cage.run(COMMANDS, "\n".join(lines))


def test_a_cluster_and_its_folder(cage: Cage) -> None:
    pytest.importorskip("distributed", reason="needs the extra hedui[cluster]")
    lines = [f"3 build {cage.inputs} --dask local --jobs 1 --parquet pieces", "0 load pieces claims.db"]
    cage.run(COMMANDS, "\n".join(lines))
    assert (cage.work / "claims.db").stat().st_size > 100_000


def test_the_python_api_and_the_spacy_component(cage: Cage) -> None:
    pytest.importorskip("pandas", reason="needs the extra hedui[frames]")
    code = f"""
import hedui, spacy
def main():
    inputs = {str(cage.inputs)!r}
    report = hedui.check(inputs + "/one.txt")
    assert report.findings and report.to_dict()
    assert hedui.check(text={TEXT!r}).claims
    assert hedui.extract({TEXT.encode()!r}).claims
    assert len(hedui.check_together([inputs + "/one.txt", inputs + "/again.txt"])) == 2
    assert len(list(hedui.read_all(inputs, []))) == 2
    assert hedui.cross([report])
    assert len(hedui.frame(report))
    hedui.build([inputs], "claims.db", jobs=1)
    nlp = spacy.blank("zh")
    nlp.add_pipe("hedui")
    assert nlp({SENTENCE!r}).spans["findings"]
if __name__ == "__main__":
    main()
"""
    cage.run(code)


@pytest.mark.skipif(os.name != "posix", reason="a program of the shell stands for LibreOffice")
def test_temporary_files_are_private_and_gone_after_an_error(cage: Cage) -> None:
    """What stands for LibreOffice tells how its folder is protected, and fails."""
    (programs := cage.work / "programs").mkdir()
    office = programs / "soffice"
    office.write_text(
        f'#!/bin/sh\nstat -c "%a %n" "$HOME" "$HOME"/document.rtf > {cage.work}/modes\nexit 1\n', "utf8"
    )
    office.chmod(0o755)
    (cage.work / "old.rtf").write_text(RTF, "utf8")
    cage.environment["PATH"] = f"{programs}{os.pathsep}{cage.environment['PATH']}"
    cage.run(COMMANDS, "3 check old.rtf\n2 check old.rtf --out no-such-folder/out.txt")
    mode, place = (cage.work / "modes").read_text("utf8").split()[:2]
    assert mode == "700"
    assert Path(place).parent == cage.temporary
    assert sorted(path.name for path in cage.work.iterdir()) == ["modes", "old.rtf", "programs"]


def test_an_output_in_the_making_is_private(tmp_path: Path) -> None:
    from hedui.report.output import whole

    out = tmp_path / "out.txt"
    modes = []

    def interrupted() -> None:
        with whole(out) as file:
            modes.append(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert modes == [0o600]
    assert os.listdir(tmp_path) == []


@pytest.fixture
def served(cage: Cage) -> Iterator[str]:
    """The address of a site in the cage."""
    pytest.importorskip("uvicorn", reason="needs the extra hedui[web]")
    cage.run(COMMANDS, f"1 check {cage.inputs / 'one.txt'} --db claims.db")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hedui", "serve", "claims.db", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=cage.work, env=cage.environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        told = process.communicate(timeout=30)[1]
    assert "Traceback" not in told
    cage.look()


def test_a_site_with_an_upload(served: str) -> None:
    import httpx

    with httpx.Client(base_url=served, transport=httpx.HTTPTransport(retries=20), timeout=60) as client:
        until = time.monotonic() + 60
        while True:
            try:
                assert client.get("/").status_code == 200
                break
            except httpx.ConnectError:
                assert time.monotonic() < until
                time.sleep(0.2)
        assert client.get("/search", params={"q": "支出合计"}).status_code == 200
        assert client.get("/claims.json").status_code == 200
        sent = client.post(
            "/check", files={"file": ("a.txt", TEXT.encode())}, headers={"accept": "application/json"}
        )
        job = sent.json()["job"]
        while not client.get(job, headers={"accept": "application/json"}).json()["done"]:
            assert time.monotonic() < until + 60
        assert "CHG001" in client.get(job).text
