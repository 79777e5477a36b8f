"""The commands and the Python of docs/research.md run, in their order, on a small corpus."""

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from hedui.cli import cli

TEXT = (Path(__file__).parents[1] / "docs" / "research.md").read_text("utf8")


def test_the_examples_for_researchers_run(
    samples: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(module, reason=f"needs {module}")
    monkeypatch.chdir(tmp_path)
    Path("corpus").mkdir()
    for path in samples[:2]:
        shutil.copy(path, "corpus")
    for language, block in re.findall(r"^```(sh|python)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL):
        if language == "python":
            exec(compile(block, "docs/research.md", "exec"), {})
            assert capsys.readouterr().out
            continue
        for line in block.splitlines():
            done = CliRunner().invoke(cli, shlex.split(line)[1:])
            assert done.exit_code == 0, (line, done.output)
            if "--out sheet.csv" in line:
                _judge(Path("sheet.csv"))
    assert Path("metadata.json").exists()


def _judge(sheet: Path) -> None:
    """Fill in that every row is right."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    at = head.index("判断")
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *([*row[:at], "对", *row[at + 1 :]] for row in rows)])
