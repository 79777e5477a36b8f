"""The report that a person reads on a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import click

from hedui.messages import Language, say
from hedui.model import Failure, Finding, Report
from hedui.report.findings import (
    CERTAINTIES,
    by_certainty,
    elsewhere,
    expectation,
    message,
    nothing_found,
    suspicions_in_short,
)
from hedui.report.left_open import place, undecided
from hedui.report.passage import passages
from hedui.report.tally import in_all, tallies
from hedui.report.warning import in_words
from hedui.report.wrap import wrap

_COLOUR = {"certain": "red", "likely": "yellow", "note": "cyan"}

# Passages shown of one finding; a sum over a table can have dozens.
_PASSAGES = 4


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: language, width in columns, whether in colour, whether to show what was left open."""

    lang: Language
    width: int = 80
    colour: bool = False
    verbose: bool = False

    def mark(self, figure: str) -> str:
        """A figure that takes part: underlined where that can be seen, else in lenticular brackets."""
        return click.style(figure, bold=True, underline=True) if self.colour else f"【{figure}】"

    def lines(self, text: str, indent: int, first: str = "") -> str:
        """Wrapped and indented; `first` stands in the indent of the first line."""
        wrapped = wrap(text, max(20, self.width - indent))
        return "".join(
            (" " * (indent - len(first)) + first if number == 0 else " " * indent) + line + "\n"
            for number, line in enumerate(wrapped)
        )


def as_text(
    reports: Iterable[Report], failures: list[Failure], style: Style, titles: Mapping[str, str]
) -> Iterator[str]:
    """Document by document, then a summary. `titles` names the rules; `failures` may grow meanwhile."""
    totals: Counter[str] = Counter()
    documents = 0
    example = ""
    for report in reports:
        documents += 1
        totals.update(finding.certainty for finding in report.findings)
        example = example or next((finding.rule for finding in by_certainty(report.findings)), "")
        yield from _document(report, style, titles)
    summary = say("report.summary", style.lang, documents=documents, **{c: totals[c] for c in CERTAINTIES})
    if failures:
        summary += say("report.summary_failures", style.lang, failures=len(failures))
    yield style.lines(click.style(summary, bold=True), 0)
    if example:
        yield style.lines(say("report.more", style.lang, code=example), 0)


def _document(report: Report, style: Style, titles: Mapping[str, str]) -> Iterator[str]:
    document = report.document
    title = document.title or say("report.untitled", style.lang)
    yield "\n" + click.style(document.source or title, bold=True) + "\n"
    about = [title] if document.source else []
    if document.publisher and document.publisher not in title:
        about.append(document.publisher)
    if document.fiscal_year:
        about.append(say("report.year", style.lang, year=document.fiscal_year))
    if about:
        yield style.lines(" · ".join(about), 2)
    if style.verbose:
        for warning in report.warnings:
            yield style.lines(click.style(in_words(warning, style.lang), fg="yellow"), 4, "! ")
    yield style.lines(in_all(report, style.lang), 2)
    if families := [
        f"{tally.name(style.lang)} {tally.held}/{tally.failed}/{tally.undecidable}"
        for tally in tallies(report)
    ]:
        listed = say("list.dot", style.lang).join(families)
        yield style.lines(say("report.families", style.lang, families=listed), 2)
    findings = by_certainty(report.findings)
    if not findings:
        status = {relation.status for relation in report.relations}
        fg = "green" if "held" in status and "failed" not in status else "yellow"
        yield style.lines(click.style(nothing_found(report, style.lang), fg=fg), 2)
    for finding in findings:
        yield "\n"
        yield from _finding(report, finding, style, titles)
    if style.verbose:
        yield from _left_open(report, style)
    yield "\n"


def _finding(report: Report, finding: Finding, style: Style, titles: Mapping[str, str]) -> Iterator[str]:
    certainty = say(f"certainty.{finding.certainty}", style.lang)
    head = [
        click.style(f"{finding.rule} {certainty}", fg=_COLOUR[finding.certainty], bold=True),
        place(report.document, finding.page, finding.start, style.lang),
    ]
    if finding.rule in titles:
        head.append(titles[finding.rule])
    yield style.lines(" · ".join(head), 2)
    shown = passages(report, finding)
    colon = say("report.colon", style.lang)
    for passage in shown[:_PASSAGES]:
        where = place(report.document, passage.page, passage.start, style.lang)
        yield style.lines((where + colon if len(shown) > 1 else "") + passage.marked(style.mark), 6, "│ ")
    if len(shown) > _PASSAGES:
        yield style.lines(say("report.shortened", style.lang, count=len(shown) - _PASSAGES), 6, "│ ")
    for other in finding.elsewhere:
        where, (before, figure, after) = elsewhere(other, style.lang)
        yield style.lines(where + colon + before + style.mark(figure) + after, 6, "│ ")
    yield style.lines(message(finding, style.lang), 6, "→ ")
    suspects = suspicions_in_short(report, finding, style.lang)
    for line in suspects:
        yield style.lines(line, 6)
    if not suspects and not finding.elsewhere and (expected := expectation(finding, style.lang)):
        yield style.lines(expected, 6)


def _left_open(report: Report, style: Style) -> Iterator[str]:
    """What could not be decided, and the figures that nothing explains, each with its place."""
    count = sum(relation.status == "undecidable" for relation in report.relations)
    if count:
        heading = say("report.undecidable", style.lang, count=count)
        yield "\n  " + click.style(heading, bold=True) + "\n"
    for why, lines in undecided(report, style.lang):
        yield style.lines(why, 4)
        for line in lines:
            yield style.lines(line, 6)
    unexplained = [other for other in report.others if other.kind == "unexplained"]
    if unexplained:
        heading = say("report.unexplained", style.lang, count=len(unexplained))
        yield "\n  " + click.style(heading, bold=True) + "\n"
        text = report.document.text
        for other in unexplained:
            before = text[max(0, other.start - 20) : other.start].rpartition("\n")[2]
            figure = style.mark(text[other.start : other.end])
            where = place(report.document, None, other.start, style.lang)
            yield style.lines(where + say("report.colon", style.lang) + before + figure, 4)
