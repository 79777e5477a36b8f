"""What is wrong with a command line, in the user's language: click itself speaks English alone."""

from collections.abc import Sequence

import click

from hedui.messages import Language, say


def in_words(error: click.ClickException, lang: Language) -> str:
    """The error in one sentence; one that is no mistake known here says what it says by itself."""
    if isinstance(error, click.MissingParameter) and error.param:
        return say("error.missing", lang, name=_name(error.param))
    if isinstance(error, click.BadParameter) and error.param:
        return say("error.bad_value", lang, name=_name(error.param)) + _wanted(error.param.type, lang)
    if isinstance(error, click.NoSuchOption):
        near = _near(error.possibilities, lang)
        return say("error.no_option", lang, name=error.option_name, near=near).rstrip()
    if isinstance(error, click.BadOptionUsage):
        return say("error.option_use", lang, name=error.option_name)
    command = getattr(error, "command_name", None)  # of an exception that click has since 8.4
    if command is not None:
        near = _near(getattr(error, "possibilities", None), lang)
        return say("error.no_command", lang, name=command, near=near).rstrip()
    return error.format_message()


def _name(param: click.Parameter) -> str:
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _wanted(kind: object, lang: Language) -> str:
    """What a value may be, where that can be told."""
    if isinstance(kind, click.Choice):
        return say("error.choices", lang, values=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return say("error.range", lang, low=kind.min, high=kind.max)
    return say("error.wants_file", lang) if isinstance(kind, click.Path) else ""


def _near(names: Sequence[str] | None, lang: Language) -> str:
    return say("error.near", lang, codes=", ".join(names)) if names else ""
