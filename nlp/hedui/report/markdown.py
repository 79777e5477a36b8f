"""Findings as Markdown, for issue trackers and newsrooms: headings, the words quoted, what they contradict."""

from collections.abc import Iterable, Iterator, Mapping

import regex

from hedui.messages import Language, say
from hedui.model import Failure, Finding, Report
from hedui.report.findings import (
    CERTAINTIES,
    by_certainty,
    elsewhere,
    expectation,
    message,
    nothing_found,
    suspicion,
    title,
)
from hedui.report.left_open import place
from hedui.report.passage import passages
from hedui.report.quiet import harmless
from hedui.report.tally import STATUSES, in_all, tallies

_SPECIAL = regex.compile(r"[\\`*_\[\]<>#|~&$]|^[-+=]|(?<=^\d+)[.)](?=\s|$)")
_PASSAGES = 6


def as_markdown(
    reports: Iterable[Report], failures: list[Failure], lang: Language, titles: Mapping[str, str]
) -> Iterator[str]:
    """Document by document, the most certain findings first. `titles` names the rules; `failures` may grow."""
    for report in reports:
        document = report.document
        yield f"# {escaped(title(document, lang))}\n\n"
        told = [f"`{document.source}`"] if document.source and "`" not in document.source else []
        told.append(in_all(report, lang))
        yield say("list.dot", lang).join(told) + "\n\n"
        yield from _checked(report, lang)
        findings = by_certainty(report.findings)
        if not findings:
            yield nothing_found(report, lang) + "\n\n"
        for certainty in CERTAINTIES:
            group = [finding for finding in findings if finding.certainty == certainty]
            if group:
                yield f"## {say(f'certainty.{certainty}', lang)} ({len(group)})\n\n"
            for finding in group:
                yield from _finding(report, finding, lang, titles)
    if failures:
        yield f"# {say('html.failures', lang)}\n\n"
        for failure in failures:
            yield f"- **{escaped(failure.source)}** {escaped(failure.reason)}\n"


def _checked(report: Report, lang: Language) -> Iterator[str]:
    """A table of what was checked, a family of rules a row; nothing where nothing was."""
    found = tallies(report)
    if not found:
        return
    heads = [say(f"html.{name}", lang) for name in ("kind", *STATUSES, "missing")]
    yield f"| {' | '.join(heads)} |\n|---|---:|---:|---:|---|\n"
    for tally in found:
        cells = (tally.name(lang), tally.held, tally.failed, tally.undecidable, escaped(tally.gaps(lang)))
        yield f"| {' | '.join(map(str, cells))} |\n"
    yield "\n"


def escaped(text: str) -> str:
    """Text in one line that Markdown shows as it is, be it HTML or marks of Markdown."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(harmless(text).split()))


def _finding(report: Report, finding: Finding, lang: Language, titles: Mapping[str, str]) -> Iterator[str]:
    where = place(report.document, finding.page, finding.start, lang)
    yield f"### {finding.rule} {titles.get(finding.rule, '')} · {escaped(where)}\n\n"
    shown = passages(report, finding)
    for passage in shown[:_PASSAGES]:
        words = "".join(
            f"**{escaped(piece.text)}**" if piece.claim else escaped_inside(piece.text)
            for piece in passage.pieces
        )
        before = place(report.document, passage.page, passage.start, lang) + say("report.colon", lang)
        yield f"> {(escaped_inside(before) if len(shown) > 1 else '') + words}\n>\n"
    if len(shown) > _PASSAGES:
        yield f"> {say('report.shortened', lang, count=len(shown) - _PASSAGES)}\n>\n"
    for other in finding.elsewhere:
        where, (before, figure, after) = elsewhere(other, lang)
        words = escaped_inside(before) + f"**{escaped(figure)}**" + escaped_inside(after)
        yield f"> {escaped_inside(where + say('report.colon', lang))}{words}\n>\n"
    yield f"\n{escaped(message(finding, lang))}\n\n"
    lines = [suspicion(report, suspect, lang) for suspect in finding.suspects]
    if not lines and (expected := expectation(finding, lang)):
        lines = [expected]
    yield "".join(f"- {escaped(line)}\n" for line in lines) + ("\n" if lines else "")


def escaped_inside(text: str) -> str:
    """The same for words between others: blanks at their ends are kept."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return (" " if before else "") + escaped(text) + (" " if after and text.strip() else "")
