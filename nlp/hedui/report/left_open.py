"""What a check left open: relations that could not be decided, figures that nothing explains."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath

from hedui.messages import Language, say
from hedui.model import Claim, Document, Relation, Report
from hedui.rules import word

# Figures named of one relation; a sum over a table can have dozens.
_FIGURES = 4


def undecided(report: Report, lang: Language) -> Iterator[tuple[str, list[str]]]:
    """The undecidable relations by rule and reason: a heading, then a line for each with place and figures."""
    claims = {claim.id: claim for claim in report.claims}
    left = sorted(
        (relation for relation in report.relations if relation.status == "undecidable"),
        key=lambda relation: (relation.rule, relation.reason),  # stable: in reading order below that
    )
    for (rule, reason), group in groupby(left, key=lambda relation: (relation.rule, relation.reason)):
        lines = [_figures(report.document, relation, claims, lang) for relation in group]
        yield (
            f"{rule} × {len(lines)} {word('reasons', reason, lang)}".rstrip(),
            [line for line in lines if line],
        )


def place(document: Document, page: int | None, start: int, lang: Language) -> str:
    """The sheet or page where there is one, else the line; before it the file, where there are several."""
    before = _file(document, start)
    if sheet := document.sheet_at(start):
        return before + say("report.sheet", lang, name=sheet)
    if page is None:
        page = document.page_at(start)
    if page is not None:
        return before + say("report.page", lang, page=page)
    return before + say("report.line", lang, line=document.line_at(start))


def _file(document: Document, start: int) -> str:
    """The file that a place is in, with a blank behind, where there are several; no folders unless they are needed."""
    file = document.file_at(start)
    if file is None:
        return ""
    names = [PurePath(other.source).name for other in document.files]
    name = PurePath(file.source).name
    return f"{name if names.count(name) == 1 else file.source} "


def _figures(document: Document, relation: Relation, claims: dict[str, Claim], lang: Language) -> str:
    """Where the first figure of a relation stands, and the figures with their labels; nothing if it has none."""
    # One figure may play two parts.
    taking = list(dict.fromkeys(role.claim for role in relation.claims if role.claim in claims))
    if not taking:
        return ""
    labels = [f"{_label(claims[name])} {claims[name].value}{claims[name].unit}".strip() for name in taking]
    if len(labels) > _FIGURES:
        labels[_FIGURES:] = ["…"]
    first = claims[taking[0]]
    where = place(document, first.page, first.start, lang)
    return where + say("report.colon", lang) + " · ".join(labels)


def _label(claim: Claim) -> str:
    return claim.subject or (claim.item.printed if claim.item else "")
