"""The consoles of the documentation: blocks of ```console, in which `$ ` begins a command and its output follows.

`python scripts/tutorials.py` runs those of all pages, each page in a folder of its own that has `corpora/`, and writes
what comes out into blocks that say something else. `[…]` stands for any text. tests/test_tutorials.py compares.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from click import Command
from click.testing import CliRunner

CHECKOUT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    page for page in (CHECKOUT / "docs").rglob("*.md") if "```console\n" in page.read_text(encoding="utf-8")
)
CHANGING = (  # from one run to the next: lines of progress are dropped, seconds and bytes become `[…]`
    (re.compile(r"^(?:\d+ (?:of \d+ )?documents done|已处理 \d+).*\n", re.MULTILINE), ""),
    (re.compile(r"[\d.]+ s, [\d.]+ documents a second|(?<=用时 )[\d.]+ 秒，每秒 [\d.]+ 份"), "[…]"),
    (re.compile(r'(?<="seconds": )[\d.]+, "memory": \d+'), "[…]"),
)
ANYTHING = re.compile(r"\n?\[…\]\n?")

_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


class Step(NamedTuple):
    """A command, and what a page says that it prints."""

    command: str
    output: str


def steps(page: str) -> Iterator[Step]:
    """All commands of the text of a page, in their order."""
    for block in _BLOCK.findall(page):
        for step in _STEP.finditer(block):
            yield Step(step["command"], step["output"])


class Console:
    """Runs commands one after the other in a folder that has `corpora/`."""

    def __init__(self, folder: Path) -> None:
        (folder / "corpora").symlink_to(CHECKOUT / "corpora")
        self._folder = folder
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        self._variables = {"COLUMNS": "80", "NO_COLOR": "1", "PATH": path}
        self._code = 0

    def run(self, command: str) -> str:
        """What a command prints, on either stream, but for what changes from one run to the next."""
        printed = self._run(command)
        for pattern, instead in CHANGING:
            printed = pattern.sub(instead, printed)
        return printed

    def _run(self, command: str) -> str:
        """hedui and sqlite-utils run in this process, which saves seconds."""
        words = shlex.split(command.replace("\\\n", ""), comments=True)
        if words[0] == "export":
            self._variables |= dict(word.split("=", 1) for word in words[1:])
            return ""
        if words == ["echo", "$?"]:
            return f"{self._code}\n"
        with chdir(self._folder):
            if words[0] in ("hedui", "sqlite-utils"):
                result = CliRunner(env=self._variables).invoke(_command(words[0]), words[1:])
                self._code = result.exit_code
                return result.output
            done = subprocess.run(
                ["bash", "-c", command],
                env=os.environ | self._variables,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            self._code = done.returncode
            return done.stdout


def _command(name: str) -> Command:
    if name == "hedui":
        from hedui.cli import cli

        return cli
    from sqlite_utils.cli import cli as other

    assert isinstance(other, Command)
    return other


def same(said: str, printed: str) -> bool:
    """Whether a page says what a command prints; blanks at the ends of lines do not count."""
    pattern = ".*?".join(re.escape(part) for part in ANYTHING.split(_trimmed(said)))
    return re.fullmatch(pattern, _trimmed(printed), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def refreshed(page: str, console: Console) -> str:
    """The text of a page with the output of its commands as it is now."""

    def step(found: re.Match[str]) -> str:
        printed = console.run(found["command"])
        if same(found["output"], printed):
            return found[0]
        text = _trimmed(printed)
        return f"$ {found['command']}\n" + (f"{text}\n" if text else "")

    return _BLOCK.sub(lambda block: _STEP.sub(step, block[0]), page)


def main() -> None:
    """Refresh all pages, and name those that changed."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            new = refreshed(text, Console(Path(folder)))
        if new != text:
            page.write_text(new, encoding="utf-8")
            print(page.relative_to(CHECKOUT))


if __name__ == "__main__":
    main()
