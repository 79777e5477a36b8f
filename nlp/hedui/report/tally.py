"""How much was checked of each family of rules, with what result, and what was missing where nothing could be said."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from hedui.messages import Language, say
from hedui.model import Relation, Report
from hedui.rules import families, rules, word


@dataclass(frozen=True, slots=True)
class Tally:
    """The relations of one family by their results; `missing` tells why some are undecidable, and how many each."""

    family: str
    held: int
    failed: int
    undecidable: int
    missing: dict[str, int]

    @property
    def checked(self) -> int:
        """All relations of the family."""
        return self.held + self.failed + self.undecidable

    def name(self, lang: Language) -> str:
        """What people call the family."""
        return families()[self.family].in_language(lang)

    def gaps(self, lang: Language) -> str:
        """What was missing, the most frequent first, each with its number; empty where nothing was."""
        found = sorted(self.missing.items(), key=lambda entry: (-entry[1], entry[0]))
        return say("list.comma", lang).join(f"{word('reasons', why, lang)} × {n}" for why, n in found)

    def to_dict(self) -> dict[str, Any]:
        """The tally as plain values."""
        return asdict(self)


def tallies(report: Report) -> tuple[Tally, ...]:
    """A tally for each family that has relations in a report, in the order of the families' names."""
    by_family: dict[str, list[Relation]] = {}
    for relation in report.relations:
        by_family.setdefault(rules()[relation.rule].family, []).append(relation)
    return tuple(_tally(family, found) for family, found in sorted(by_family.items()))


def _tally(family: str, relations: Iterable[Relation]) -> Tally:
    status: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for relation in relations:
        status[relation.status] += 1
        if relation.status == "undecidable":
            missing[relation.reason] += 1
    return Tally(family, status["held"], status["failed"], status["undecidable"], dict(missing))
