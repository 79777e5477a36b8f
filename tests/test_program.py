"""hedui as people start it: what it loads, where its output goes, what it says of the samples."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hedui

CHECKOUT = Path(__file__).resolve().parent.parent


def python(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf8", **more
    )


HEAVY = {"spacy", "jieba", "numpy", "sqlite_utils", "pdfminer", "jinja2", "pikepdf", "PIL", "pypdfium2"}
ENTRY = """
import sys; from hedui.cli import main; sys.argv = ['hedui', *{}]
try: main()
except SystemExit: pass
"""


@pytest.mark.parametrize(
    "code",
    [
        "import sys, hedui\n",
        ENTRY.format(["--version"]),
        ENTRY.format(["--help"]),
        ENTRY.format(["explain", "CHG001"]),
        ENTRY.format(["rules"]),
    ],
)
def test_nothing_heavy_is_loaded_for_small_things(code: str) -> None:
    result = python("-c", code + "print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)")
    assert result.returncode == 0, result.stderr
    assert not HEAVY & set(result.stderr.split())


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("rules", 141),
        ("schema --out /dev/stdout", 141),
        ("check {}/shanghai-2024.txt --format json", 141),  # no verdict, as not all was looked at
    ],
)
def test_a_reader_who_has_seen_enough_is_told_nothing(command: str, code: int) -> None:
    words = command.format(CHECKOUT / "corpora" / "samples")
    script = f"{sys.executable} -m hedui {words} | true; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert (result.stderr, result.returncode) == ("", code)


def test_the_folder_for_temporary_files_may_have_a_long_name(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    (tmp_path / "a.txt").write_text("某某局2024年度部门决算\n本年支出合计100万元。\n", "utf8")
    command = ("-m", "hedui", "build", "a.txt", "claims.db", "--jobs", "1")
    result = python(*command, cwd=tmp_path, env=os.environ | {"TMPDIR": str(long)})
    assert result.returncode == 0, result.stderr


def test_the_command_line_can_be_run_as_a_module() -> None:
    result = python("-m", "hedui", "--version", env=os.environ | {"PYTHONIOENCODING": "utf8"})
    assert result.stdout.strip() == f"hedui {hedui.__version__}"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_finding_shown_in_the_readme_is_real(name: str) -> None:
    block = (CHECKOUT / name).read_text("utf8").split("```text\n$ hedui ")[1].split("\n```")[0]
    command, *paragraphs = block.split("\n\n")
    result = python("-m", "hedui", *command.split(), cwd=CHECKOUT, env=os.environ | {"COLUMNS": "80"})
    assert len(paragraphs) == 3
    for paragraph in paragraphs:
        assert paragraph in result.stdout, f"put the present output of `hedui {command}` into {name}"


def test_samples_from_end_to_end(samples: list[Path]) -> None:
    for path in samples:
        report = hedui.check(path)
        shown = json.loads(json.dumps(report.to_dict(with_text=True)))
        text = shown["document"]["text"]
        claims = {claim["id"]: claim for claim in shown["claims"]}
        assert len(claims) == len(shown["claims"]) > 50
        for claim in shown["claims"]:
            printed = text[claim["start"] : claim["end"]]
            assert claim["value"].lstrip("-") in printed.replace(" ", "")
        for finding in shown["findings"]:
            assert set(finding["claims"]) <= set(claims)
            assert finding["message"]
            assert finding["message_en"]
            assert len(finding["quote"]) <= 120


def test_real_documents_are_read_whole(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        report = hedui.check(path)
        assert not report.warnings, path.name
        assert report.claims, path.name


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_is_one_line_and_no_verdict() -> None:
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "hedui", "rules", "--lang", "en"], stdout=full, stderr=subprocess.PIPE
        )
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert b"cannot write -: No space left on device" in result.stderr
