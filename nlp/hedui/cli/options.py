"""What all commands share: help in the user's language, `--lang`, and lines on stderr."""

import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hedui.cli.mistakes import in_words
from hedui.messages import LANGUAGES, Language, default_language, known, say

if TYPE_CHECKING:
    from sqlite3 import Error

    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])

_LANG = "hedui.lang"


def complain(error: click.ClickException) -> None:
    """An error of usage or of the run, as one line on stderr."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    lang: Language = getattr(error, _LANG, None) or language(ctx)
    text = in_words(error, lang)
    if ctx is not None:
        text += " " + say("error.usage", lang, command=ctx.command_path)
    warn("hedui", text, error=True, lang=lang)


class RunFailed(click.ClickException):
    """The run itself failed: the message is one line that says what to do."""

    exit_code = 2


def language(ctx: click.Context | None = None) -> Language:
    """The language to speak: of `--lang`, else of the environment, else Chinese."""
    ctx = ctx or click.get_current_context(silent=True)
    chosen: Language | None = ctx.meta.get(_LANG) if ctx else None
    return chosen or default_language()


class Option(click.Option):
    """An option whose `help` is the key of a message."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help text, for the help page."""
        key = self.help
        self.help = say(key, language(ctx)) if key else None
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = key


class Command(click.Command):
    """A command whose help page is in the user's language; its text is the message `help.NAME`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; raises click.UsageError, in the user's language, for arguments too many."""
        allowed, ctx.allow_extra_args = ctx.allow_extra_args, True
        words = [word for arg in args for word in arg.split("=", 1)]
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError:  # be it before `--lang` was come to
            told = (after for word, after in pairwise(words) if word == "--lang" and after in LANGUAGES)
            ctx.meta.setdefault(_LANG, next(told, None))
            raise
        if rest and not allowed and not ctx.resilient_parsing:
            raise click.UsageError(say("error.extra", language(ctx), words=" ".join(rest)), ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run; an error takes the language along, as nobody knows the context once it is reported."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            if not hasattr(error, _LANG):
                setattr(error, _LANG, language(ctx))
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("help.help", language(ctx))
        return option

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """What a shell offers for the last word, described in the user's language."""
        items = super().shell_complete(ctx, incomplete)
        for item in items:
            if item.help and known(item.help):
                item.help = say(item.help, language(ctx))
        return items

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line of the list of commands."""
        return _help(self, click.get_current_context(silent=True))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of the help page."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("help.usage", language(ctx)) + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        _write_text(formatter, _help(self, ctx))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What is worth knowing besides: the message `help.after.NAME`, where there is one."""
        if known(f"help.after.{self.name}"):
            _write_text(formatter, say(f"help.after.{self.name}", language(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, one a line."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(say("help.options", language(ctx))):
            formatter.write_dl(records)


class Group(Command, click.Group):
    """A group of such commands. Its list of commands needs none of them imported."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        lang = language(ctx)
        rows = [(name, say(f"help.{name}", lang)) for name in self.list_commands(ctx)]
        with formatter.section(say("help.commands", lang)):
            formatter.write_dl(rows)


def _help(command: click.Command, ctx: click.Context | None) -> str:
    key = f"help.{command.name}"
    return say(key, language(ctx)) if known(key) else (command.help or "")


def _write_text(formatter: click.HelpFormatter, text: str) -> None:
    from hedui.report.wrap import wrap

    formatter.write_paragraph()
    with formatter.indentation():
        for line in wrap(text, formatter.width - formatter.current_indent):
            formatter.write(" " * formatter.current_indent + line + "\n")


def _remember(ctx: click.Context, _param: click.Parameter, value: Language | None) -> None:
    if value:
        ctx.meta[_LANG] = value


def language_option(command: F) -> F:
    """Add `--lang`, which `language()` then answers with. It is eager, so that it reaches the help page."""
    return click.option(
        "--lang",
        cls=Option,
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_remember,
        help="help.lang",
    )(command)


def format_option(names: Sequence[str], help: str = "help.format") -> Callable[[F], F]:
    """Add `--format`, as the argument `form`; the first of the names unless told."""
    return click.option("--format", "form", cls=Option, type=click.Choice(names), default=names[0], help=help)


def pdf_engine_option(command: F) -> F:
    """Add `--pdf-engine`."""
    return click.option(
        "--pdf-engine",
        cls=Option,
        type=click.Choice(["pdfminer", "pdfium"]),
        default="pdfminer",
        help="help.pdf_engine",
    )(command)


def missing(error: ImportError, lang: Language, extra: str = "pictures") -> RunFailed:
    """What to say where an extra of the package is not installed."""
    return RunFailed(say("error.extra_missing", lang, extra=extra, module=error.name))


def database_failed(error: "Error", path: Path | None, lang: Language) -> RunFailed:
    """What to say where the claims database cannot be opened, read or written."""
    from hedui.store import NewerSchema
    from hedui.store.opening import Unusable

    key = "newer_database" if isinstance(error, NewerSchema) else "database"
    if isinstance(error, Unusable):
        key = error.key
    return RunFailed(say(f"error.{key}", lang, path=path, error=error))


def files_argument(command: F) -> F:
    """Add the arguments FILE… and `--files-from`, one of which `named` asks for."""
    argument = click.argument("files", metavar="FILE…", nargs=-1, shell_complete=complete_file)
    return argument(files_option(command))


def complete_file(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Let the shell offer its files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def files_option(command: F) -> F:
    """Add `--files-from`."""
    return click.option("--files-from", cls=Option, metavar="FILE", multiple=True, help="help.files_from")(
        command
    )


def named(ctx: click.Context, files: tuple[str, ...], lists: tuple[str, ...]) -> tuple[str, ...]:
    """The files named one by one. Raises click.UsageError where neither files nor lists of them are given."""
    if not files and not lists:
        argument = next(param for param in ctx.command.params if param.name == "files")
        raise click.MissingParameter(ctx=ctx, param=argument)
    return files


def warn(source: str, text: str, error: bool = False, lang: Language | None = None) -> None:
    """One line on stderr: what it is about, how grave it is, what to do; in the language of the run unless told."""
    from hedui.report.quiet import harmless

    label = say("error.label" if error else "error.warning_label", lang or language())
    label = click.style(label, fg="red" if error else "yellow")
    click.echo(f"{_shown(source)}: {label}: {harmless(text)}", err=True, color=colour())


def tell(source: str, text: str) -> None:
    """One line on stderr: what it is about, and what was done; nothing is the matter."""
    click.echo(f"{_shown(source)}: {text}", err=True)


def _shown(source: str) -> str:
    from hedui.inputs.names import printable

    return "<stdin>" if source == "-" else printable(source)


def colour() -> bool | None:
    """False where NO_COLOR forbids colour (no-color.org); None leaves it to the kind of stream."""
    return False if os.environ.get("NO_COLOR") else None
