"""What a heading says of the sentences below it: what they speak of, of which year, and whether it is planned."""

from collections.abc import Callable, Container, Sequence
from functools import cache, lru_cache

from hedui.claims.discourse import Discourse, Quantity, primary_metric
from hedui.claims.lexing import Token, lex
from hedui.claims.names import heading_quantity
from hedui.figures import scan
from hedui.lexicon import project_ends
from hedui.lines import line_rules
from hedui.model import Document
from hedui.patterns import Pattern
from hedui.reading.triage import TWO_YEARS
from hedui.segmentation.sentences import Sentence
from hedui.values import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """What a title announces, and of which year; a `silent` one is of what stands above it: 具体情况.

    `project` is the one that a title on performance may be the name of: 1.养老服务项目。
    """

    quantity: Quantity | None
    year: int | None
    silent: bool
    project: Quantity | None = None


def enter(sentence: Sentence, discourse: Discourse, document: Document, makers: tuple[Pattern, ...]) -> None:
    """The first sentence below a heading: what its headings announce is spoken of."""
    headings = [heading(title, makers) for title in reversed(sentence.section)]
    quantity = next((each.quantity for each in headings if not each.silent), None)
    year = headings[0].year if headings else None
    discourse.enter_section(sentence.section, sentence.kind, quantity, year)
    discourse.planned = document.kind == "department_budget"
    if document.kind in TWO_YEARS:
        _plan(sentence.section, discourse, year)


def _plan(section: tuple[str, ...], discourse: Discourse, year: int | None) -> None:
    """Below a heading that announces a budget the figures are planned, and of the year that it names.

    A heading without a year is of the year of the budget that it stands below.
    """
    for title in reversed(section):
        if line_rules().planned.search(title):
            years = {m.year for m in scan(title)[1] if m.year}
            discourse.planned = True
            discourse.section_year = year or (years.pop() if len(years) == 1 else None)
            if discourse.section_year:
                return


@lru_cache(maxsize=5_000)
def heading(title: str, makers: tuple[Pattern, ...]) -> Heading:
    """A title as it is read. Disclosures share most of theirs."""
    tokens = lex(title, words, makers)
    year = next((t.year for t in tokens if t.type == "moment" and t.year), None)
    silent = not any(t.type in ("subject", "item") or (t.entry and t.entry.metrics) for t in tokens)
    return Heading(heading_quantity(tokens), year, silent, _project(title.rstrip("。："), tokens))


def _project(title: str, tokens: Sequence[Token]) -> Quantity | None:
    """The project that a title is the name of, if it may be one."""
    names = (t.entry for t in tokens if t.type == "subject" and t.entry and not t.entry.only)
    known = any(primary_metric(entry, []) not in (None, "other") for entry in names)
    cued = any(t.type in ("budget", "final", "completion") for t in tokens)
    return None if known or cued or not title.endswith(project_ends()) else Quantity("other", title)


def words(text: str) -> Container[tuple[int, int]]:
    """Where the words of a stretch of text begin and end."""
    return _boundaries()(text)


@cache
def _boundaries() -> Callable[[str], Container[tuple[int, int]]]:
    """spaCy and jieba are loaded when the first short cue needs them."""
    from hedui.segmentation.tokens import boundaries

    return boundaries
