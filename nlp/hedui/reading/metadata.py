"""What a document says of itself: title, publisher, fiscal year, kind, day of publication, and where it says so."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import regex

from hedui.lines import RESIDUE, line_rules
from hedui.reading.triage import OTHER, knowledge, triage

REACH = 200_000  # characters that are looked at: several times the longest disclosures
HEAD = 3000  # characters in which a title is looked for
LONGEST = 80  # characters of a title
LINES = 3  # that a title may be broken into


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a document; None where nothing is. `origins` tells by field where it was found:

    `title` the document's title, `text` another place in its text, `page` the elements of a web page around the
    article, `http` the request and headers of a crawl, `manifest` a list that named the document.
    """

    title: str | None = None
    publisher: str | None = None
    fiscal_year: int | None = None
    kind: str | None = None
    published: date | None = None
    origins: dict[str, str] = field(default_factory=dict)


@cache
def _expression(section: str, name: str) -> regex.Pattern[str]:
    return regex.compile(knowledge()[section][name], regex.MULTILINE)


@cache
def _publishers() -> tuple[regex.Pattern[str], ...]:
    told = knowledge()["publisher"]
    return tuple(regex.compile(e.replace("{body}", told["body"]), regex.MULTILINE) for e in told["text"])


def describe(text: str) -> Description:
    """What a text says of itself."""
    squeezed = squeeze(text[:REACH])
    title = _title(squeezed[:HEAD])
    found: dict[str, tuple[object, str]] = {"title": (title, "text")}
    named = _expression("publisher", "title").match(title) if title else None
    found["publisher"] = (named["publisher"], "title") if named else (_publisher(squeezed), "text")
    found["fiscal_year"] = fiscal_year(squeezed, title)
    told = triage(squeezed, title)
    found["kind"] = (None if told.kind == OTHER else told.kind, "title" if told.from_title else "text")
    found["published"] = (_published(text), "text")
    return Description(
        **{name: value for name, (value, _) in found.items()},  # type: ignore[arg-type]
        origins={name: origin for name, (value, origin) in found.items() if value is not None},
    )


def publisher_of_tables(text: str) -> str | None:
    """The body that the first table of a text names as its own."""
    named = _expression("table", "publisher").search(squeeze(text))
    return named["publisher"] if named else None


def squeeze(text: str) -> str:
    """The text without residue and blanks inside lines; tabs, which part the cells of tables, are kept."""
    return regex.sub(r"[^\S\n\t]+", "", RESIDUE.sub("", text))


def _title(head: str) -> str | None:
    """The first line, or few short lines together, that name a document; lines of the contents do not count."""
    lines = list(_lines(head))
    expression, publisher = _expression("title", "expression"), _expression("publisher", "title")
    for first in range(len(lines)):
        few = lines[first : first + LINES]
        joined = ["".join(few[: count + 1]) for count in range(len(few))]
        # A line that is a whole title leaves those before it out: they are no part of it.
        whole = [line for line in few if publisher.match(line)]
        matching = [line for line in joined if len(line) <= LONGEST and expression.fullmatch(line)]
        if matching:
            found = next((line for line in whole if expression.fullmatch(line)), matching[0])
            return _expression("title", "trim").sub("", found)
    return None


def _lines(head: str) -> Iterator[str]:
    """The lines that may be a title or a part of one."""
    contents, enumerator = line_rules().line["contents"], line_rules().enumerator
    skip = _expression("title", "skip")
    for line in head.split("\n"):
        line = line.strip("#* ")
        if line and not (contents.search(line) or enumerator.match(line) or skip.fullmatch(line)):
            yield line


def _publisher(squeezed: str) -> str | None:
    """The public body that a text without a title of use names as its own."""
    for expression in _publishers():
        if found := expression.search(squeezed):
            return str(found["publisher"])
    return None


def fiscal_year(squeezed: str, title: str | None) -> tuple[int | None, str]:
    """The year of the title, else the one that the text speaks of most; those of accounts and budgets weigh more."""
    if title and (first := _expression("year", "weighty").search(title)):
        return int(first["year"]), "title"
    votes: Counter[int] = Counter()
    for match in _expression("year", "expression").finditer(squeezed):
        votes[int(match["year"])] += 1
    for match in _expression("year", "weighty").finditer(squeezed):
        votes[int(match["year"])] += knowledge()["year"]["heading_weight"]
    return (max(votes, key=lambda year: (votes[year], year)) if votes else None), "text"


def _published(text: str) -> date | None:
    """The day of publication, as the first lines name it or the last line bears it."""
    last = text.rstrip().rpartition("\n")[2].strip()
    found = _expression("published", "head").search(text[:HEAD]) or _expression(
        "published", "last"
    ).fullmatch(last)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
