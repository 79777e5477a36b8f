"""`hedui patterns list|test|try`: the pattern library shown, tested by its examples, tried on a sentence."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from hedui.cli.options import Command, Group, Option, colour, language, language_option
from hedui.messages import say

if TYPE_CHECKING:
    from hedui.claims.lexing import Token
    from hedui.patterns import Example, Pattern
    from hedui.segmentation.sentences import Sentence

LEAST = 2  # examples that every pattern must have


@click.group(cls=Group)
@language_option
def patterns() -> None:
    """List, test and try the pattern library."""


@patterns.command(name="list", cls=Command)
@language_option
def list_patterns() -> None:
    """List the patterns: what each recognises and asserts, and how many examples it has."""
    from hedui.patterns import library

    for pattern in library():
        number = say("patterns.examples", language(), count=len(pattern.examples))
        click.echo(f"{click.style(pattern.id, bold=True)}  {number}", color=colour())
        click.echo(f"    {pattern.statement}")
        for line in _asserted(pattern):
            click.echo(f"    → {line}")


def _asserted(pattern: "Pattern") -> Iterator[str]:
    """What each slot asserts, one a line; for a maker of comparators what it makes."""
    if pattern.makes:
        yield say("patterns.makes", language(), comparator=pattern.makes)
    for slot, asserted in pattern.asserts.items():
        yield f"{{{slot}}} " + " ".join(f"{field}={value}" for field, value in asserted.items())


@patterns.command(name="test", cls=Command)
@language_option
@click.pass_context
def test_patterns(ctx: click.Context) -> None:
    """Run the examples of all patterns and forms."""
    from hedui.patterns import forms, library

    sets = [(pattern.id, pattern.examples) for pattern in library()]
    sets += [(" ".join(form.forms), (form,)) for form in forms()]
    failures = 0
    for pattern in library():
        if len(pattern.examples) < LEAST:
            failures += 1
            click.echo(f"{pattern.id}: {say('patterns.too_few', language(), least=LEAST)}")
    for name, examples in sets:
        for example in examples:
            problem = _problem(example)
            failures += bool(problem)
            if problem:
                click.echo("\n".join([f"{name}  {example.text}", *problem]), color=colour())
    count = sum(len(examples) for _, examples in sets)
    click.echo(say("patterns.tested", language(), examples=count, failures=failures))
    ctx.exit(1 if failures else 0)


def _problem(example: "Example") -> list[str]:
    """How an example fails, as the lines of a difference; nothing where it passes."""
    from hedui.examples import run

    try:
        failure = run(example)
    except ValueError as error:  # the example itself is written wrongly
        return [click.style(f"  ! {error}", fg="red")]
    if failure is None:
        return []
    missing = [click.style(f"  - {line}", fg="red") for line in failure.missing]
    return missing + [click.style(f"  + {line}", fg="green") for line in failure.unexpected]


@patterns.command(name="try", cls=Command)
@click.argument("sentence")
@click.option("--year", cls=Option, type=click.IntRange(1949, 2100), help="help.patterns_year")
@click.option("--heading", cls=Option, metavar="TEXT", help="help.patterns_heading")
@language_option
def try_patterns(sentence: str, year: int | None, heading: str | None) -> None:
    """Show the words of a sentence as the patterns see them, and the claims that come of it."""
    from hedui.claims import extract
    from hedui.examples import notation
    from hedui.reading.text import READER, document
    from hedui.segmentation import segment

    read = document(f"一、{heading}\n{sentence}" if heading else sentence, "-", READER)
    read = replace(read, fiscal_year=year or read.fiscal_year)
    structure = segment(read)
    extraction = extract(read, structure)
    meaning = {other.start: other.kind for other in extraction.others}
    meaning |= {claim.start: notation(claim, 0) for claim in extraction.claims}
    for part in structure.sentences:
        for token, pattern in _seen(part):
            start, _ = part.view.span(token.start, token.end)
            line = f"{_padded(token.text, 24)}{token.type:14}"
            if token.figure:
                line += f"{pattern or '—':28}{meaning.get(start, '')}"
            click.echo(line.rstrip())
    counts = {"claims": len(extraction.claims), "others": len(extraction.others)}
    click.echo(say("patterns.tried", language(), **counts))


def _seen(sentence: "Sentence") -> Iterator[tuple["Token", str | None]]:
    """The tokens of a sentence and, for each figure, the id of the first pattern that binds it."""
    from hedui.claims.lexing import lex, types_of
    from hedui.patterns import library, matches
    from hedui.segmentation.tokens import boundaries

    tokens = lex(sentence.view.text, boundaries, tuple(p for p in library() if p.makes))
    taken: dict[int, str] = {}
    for match in matches(types_of(tokens), [p for p in library() if not p.makes]):
        for slot, position in match.slots:
            if slot in match.pattern.asserts:
                taken.setdefault(position, match.pattern.id)
    for position, token in enumerate(tokens):
        yield token, taken.get(position)


def _padded(text: str, width: int) -> str:
    from hedui.report.wrap import columns

    return text + " " * max(2, width - columns(text))
