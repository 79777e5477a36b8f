"""What all reports say of a finding: in which order, and who is under suspicion."""

from collections.abc import Iterable
from pathlib import PurePath

from hedui.messages import Language, say
from hedui.model import Certainty, Document, Elsewhere, Finding, Report, Suspect

CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "note")


def by_certainty(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one report, the most certain first, in reading order among equals."""
    return sorted(findings, key=lambda found: (CERTAINTIES.index(found.certainty), found.start))


def title(document: Document, lang: Language) -> str:
    """What a document is called: by its title, else by its file."""
    return document.title or PurePath(document.source).name or say("report.untitled", lang)


def nothing_found(report: Report, lang: Language) -> str:
    """What to say of a report without findings: what fails without being reported is no clean document."""
    status = {relation.status for relation in report.relations}
    key = "withheld" if "failed" in status else "clean" if "held" in status else "unchecked"
    return say(f"report.{key}", lang)


def message(finding: Finding, lang: Language) -> str:
    """What a finding says, in one of the languages."""
    return finding.message if lang == "zh" else finding.message_en


def suspicion(report: Report, suspect: Suspect, lang: Language) -> str:
    """Which figure may be to blame, what would fit, and how the slip may have come about."""
    text = say("report.suspect", lang, printed=_printed(report, suspect), value=suspect.value)
    how = suspect.how if lang == "zh" else suspect.how_en
    return text + say("report.how", lang, how=how) if how else text


def suspicions_in_short(report: Report, finding: Finding, lang: Language) -> list[str]:
    """The first suspect in full, and in a line of its own what the others would have to be."""
    if not finding.suspects:
        return []
    first, *rest = finding.suspects
    others = say("list.comma", lang).join(f"{_printed(report, other)} → {other.value}" for other in rest)
    return [suspicion(report, first, lang)] + ([say("report.or", lang, others=others)] if rest else [])


def _printed(report: Report, suspect: Suspect) -> str:
    return next((c.value + c.unit for c in report.claims if c.id == suspect.claim), suspect.claim)


def expectation(finding: Finding, lang: Language) -> str:
    """What is stated and what would be expected; nothing where the finding says no more than its message."""
    if not finding.expected or finding.expected in finding.message:
        return ""
    return say("report.expected", lang, stated=finding.stated, expected=finding.expected)


def elsewhere(other: Elsewhere, lang: Language) -> tuple[str, tuple[str, str, str]]:
    """Where a figure of another document stands, and it with the words before and after it."""
    where = say("report.page", lang, page=other.page) if other.page is not None else ""
    if not where and other.line is not None:
        where = say("report.line", lang, line=other.line)
    words = (other.quote[: other.at], other.figure, other.quote[other.at + other.end - other.start :])
    before, figure, after = (part.replace("\n", "").replace("\t", " ") for part in words)
    return f"{PurePath(other.source).name} {where}".strip(), (before, figure, after)
