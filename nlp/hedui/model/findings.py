"""What holds and what fails between claims: relations, and the findings that people read."""

from dataclasses import dataclass
from typing import Literal

from hedui.model.document import Box

Certainty = Literal["certain", "likely", "note"]
Status = Literal["held", "failed", "undecidable"]


@dataclass(frozen=True, slots=True)
class Role:
    """The part that one claim plays in a relation: `result`, `part`, `whole`, `rate`, `difference` …"""

    claim: str
    role: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What ought to hold between claims, and whether it does. Intervals are printed as text for people.

    `reason` tells of an undecidable relation why, and of any other what it takes for granted, if anything.
    """

    id: str
    rule: str
    status: Status
    claims: tuple[Role, ...]
    stated: str = ""
    expected: str = ""
    gap: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be to blame, what would fit, and how the slip may have come about, in Chinese and English."""

    claim: str
    value: str
    how: str
    how_en: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A figure of another document that takes part in a finding, and where it stands there.

    `claim` is its id with that of its document before it; `at` is where the figure stands in the `quote`.
    """

    claim: str
    document: str
    source: str
    page: int | None
    line: int | None
    start: int
    end: int
    figure: str
    quote: str
    at: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction or a note, as a person reads it."""

    id: str
    rule: str
    family: str
    certainty: Certainty
    message: str
    message_en: str
    start: int
    end: int
    quote: str
    claims: tuple[str, ...]
    relation: str | None = None
    stated: str = ""
    expected: str = ""
    page: int | None = None
    box: Box | None = None
    suspects: tuple[Suspect, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
