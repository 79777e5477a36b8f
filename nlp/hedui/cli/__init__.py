"""The command line. Nothing is imported here that `--version` does not need: each command loads its own."""

import errno
import os
import sys
import traceback
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from hedui.cli.options import Group, Option, complain, language, language_option
from hedui.messages import say
from hedui.version import __version__

_COMMANDS = {
    "check": "hedui.cli.check",
    "crosscheck": "hedui.cli.crosscheck",
    "extract": "hedui.cli.extract",
    "build": "hedui.cli.build",
    "load": "hedui.cli.load",
    "rules": "hedui.cli.rules",
    "explain": "hedui.cli.rules",
    "patterns": "hedui.cli.patterns",
    "serve": "hedui.cli.serve",
    "debug": "hedui.cli.debug",
    "export": "hedui.cli.export",
    "sample": "hedui.cli.sample",
    "schema": "hedui.cli.schema",
}
_READER_LEFT = 141  # what a shell tells of a program that a closed pipe ended: 128 + SIGPIPE


class LazyGroup(Group):
    """A group whose commands are imported when they are run, and listed without being imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands that this installation has."""
        return [name for name, module in _COMMANDS.items() if find_spec(module)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command; None where there is none of this name."""
        module = _COMMANDS.get(name)
        if module is None:
            return None
        if find_spec(module) is None:
            raise click.UsageError(say("error.command_missing", language(ctx), name=name))
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whoever closes the pipe that it prints to ends it, and click would call that 1: findings."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            told = say("error.output", language(ctx), path=error.filename or "-", error=error.strerror)
            raise click.ClickException(told) from error


@click.group(cls=LazyGroup, name="main", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="hedui %(version)s", cls=Option, help="help.version")
@language_option
def cli() -> None:
    """Read final-account disclosures and show where they contradict themselves."""


def main() -> None:
    """The entry point of the console script. Exit codes are those of the command; 2 for whatever stops it, but for a
    reader who has seen enough (`| head`): that is no failure, and told to nobody."""
    try:
        code = _run()
    except BrokenPipeError:
        for stream in (1, 2):  # Python flushes once more as it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        code = _READER_LEFT
    sys.exit(code)


def _run() -> int:
    """The exit code. Raises BrokenPipeError where what is printed is read no further."""
    try:
        code = cli.main(prog_name="hedui", standalone_mode=False)
    except click.ClickException as error:
        if isinstance(error.__cause__, BrokenPipeError):
            raise error.__cause__ from None
        complain(error)
        return 2
    except click.Abort:
        return 2
    except Exception:  # a defect; its traceback is what a report of it needs, and 1 would mean findings
        traceback.print_exc()
        return 2
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
