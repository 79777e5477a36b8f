"""No regular expression takes more than linear time on texts that nearly match it (scripts/regex_growth.py)."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "scripts" / "regex_growth.py"
STEEP = """
import regex_growth as growth
import regex
for text in (r"\\s+[xy]", r"(?<!\\s)\\s++[xy]"):
    print(growth.steep(growth.Watched(regex.compile(text)), 1000) is not None)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf8", cwd=SCRIPT.parent
    )


def test_every_expression_is_linear() -> None:
    result = run(str(SCRIPT), "--length", "400")
    assert result.returncode == 0, result.stdout + result.stderr
    assert int(result.stdout.split()[0]) > 200  # expressions


def test_a_quadratic_expression_is_found() -> None:
    result = run("-c", STEEP)
    assert result.stdout == "True\nFalse\n", result.stderr
