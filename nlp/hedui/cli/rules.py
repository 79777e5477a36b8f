"""`hedui rules` and `hedui explain CODE`: what is checked, and what a finding means."""

import shutil

import click

from hedui import rules as library
from hedui.cli.options import Command, language, language_option
from hedui.cli.selection import find_codes
from hedui.report.wrap import wrap


@click.command(cls=Command)
@language_option
def rules() -> None:
    """List all rules."""
    for code, rule in library.rules().items():
        click.echo(f"{code}  {rule.title.in_language(language())}")


@click.command(cls=Command)
@click.argument("codes", metavar="CODE…", nargs=-1, required=True)
@language_option
def explain(codes: tuple[str, ...]) -> None:
    """Explain rules, given by code or prefix."""
    width = min(shutil.get_terminal_size().columns, 100)
    prefixes = find_codes(codes, language())
    wanted = [rule for rule in library.rules().values() if rule.code.startswith(prefixes)]
    for number, rule in enumerate(wanted):
        heading = f"{rule.code} {rule.title.in_language(language())}"
        click.echo(("\n" if number else "") + click.style(heading, bold=True) + f" ({rule.family})\n")
        for paragraph in rule.explanation.in_language(language()).splitlines():
            for line in wrap(paragraph, width - 2):
                click.echo(f"  {line}")
