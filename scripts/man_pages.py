"""Write the manual pages of hedui and of each of its commands, from the texts of `--help`.

Usage: python scripts/man_pages.py FOLDER [zh|en]
"""

import sys
from pathlib import Path

import click
from click_man.man import ManPage

from hedui import __version__
from hedui.cli import cli
from hedui.cli.options import language
from hedui.messages import known, say


def write(command: click.Command, ctx: click.Context, folder: Path) -> None:
    """The page of a command, and those of the commands below it."""
    page = ManPage(ctx.command_path)
    page.version = __version__
    with ctx:
        page.short_help = command.get_short_help_str()
        page.synopsis = " ".join(command.collect_usage_pieces(ctx))
        options = [each for each in command.get_params(ctx) if isinstance(each, click.Option)]
        page.options = [record for each in options if (record := each.get_help_record(ctx))]
    after = f"help.after.{command.name}"
    lang = language(ctx)
    page.description = page.short_help + (f"\n\n{say(after, lang)}" if known(after) else "")
    if isinstance(command, click.Group):
        below = {name: command.get_command(ctx, name) for name in command.list_commands(ctx)}
        page.commands = [(name, each.get_short_help_str()) for name, each in below.items() if each]
        for name, each in below.items():
            if each:
                write(each, click.Context(each, info_name=name, parent=ctx), folder)
    text = str(page)
    (folder / f"{ctx.command_path.replace(' ', '-')}.1").write_text(text + "\n", encoding="utf-8")


def main(folder: str, lang: str = "en") -> None:
    """Write all pages into a folder, which is made where it is missing."""
    ctx = click.Context(cli, info_name="hedui")
    ctx.meta["hedui.lang"] = lang
    Path(folder).mkdir(parents=True, exist_ok=True)
    write(cli, ctx, Path(folder))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
