"""How much was checked of each family of rules, with what result, and what was missing where nothing could be said."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from hedui.messages import Language, say
from hedui.model import Relation, Report, Status
from hedui.rules import families, rules, word

STATUSES: tuple[Status, ...] = ("held", "failed", "undecidable")


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
        name = families().get(self.family)
        return name.in_language(lang) if name else self.family

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
        by_family.setdefault(family_of(relation.rule), []).append(relation)
    return tuple(
        Tally(
            family,
            **results(found),
            missing=dict(Counter(r.reason for r in found if r.status == "undecidable")),
        )
        for family, found in sorted(by_family.items())
    )


def family_of(code: str) -> str:
    """The family of a rule; of one that a database has of another version, its code."""
    rule = rules().get(code)
    return rule.family if rule else code


def results(relations: Iterable[Relation]) -> dict[str, int]:
    """How many relations there are of each of STATUSES."""
    found = Counter(relation.status for relation in relations)
    return {status: found[status] for status in STATUSES}


def in_all(report: Report, lang: Language) -> str:
    """How many figures a report has, and what became of all relations."""
    figures = len(report.claims) + len(report.others)
    return say(
        "report.counts", lang, figures=figures, checked=len(report.relations), **results(report.relations)
    )
