"""Which public body a document is of, and whether two documents are of one: by normalised name and region."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from hedui.across.knowledge import expression, expressions
from hedui.across.regions import leading, named
from hedui.model import Document
from hedui.reading.metadata import squeeze

HEAD = 3000  # characters that may tell the region of a place whose name is that of several


@dataclass(frozen=True, slots=True)
class Body:
    """A public body: its name without what tells the account, the division codes that its place can have, and the
    rest of the name. No codes where no division leads the name; `place` is whether the rest begins with a place that
    is in no table. `former` are names, without divisions, that its document says it had.
    """

    name: str
    codes: frozenset[str]
    rest: str
    place: bool = False
    former: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """That two documents are of one body; `why` is a key of the words `matches`, `certain` unless it is doubtful."""

    why: str = "certain"

    @property
    def certain(self) -> bool:
        """Whether nothing but the names was needed."""
        return self.why == "certain"


def body(name: str, around: str = "") -> Body:
    """The body of a name; text `around` it may tell which of several places of one name is meant."""
    plain = squeeze(name).replace("\t", "").replace("(", "（").replace(")", "）")
    plain = expression("bodies", "suffix").sub("", plain) or plain
    codes, rest = leading(plain)
    if len(codes) > 1:
        codes = named(around, codes)
    return Body(plain, codes, rest, bool(expression("bodies", "place").match(rest)))


def body_of(document: Document) -> Body | None:
    """The body that a document names as its own; None where it names none."""
    if not document.publisher:
        return None
    head = (document.title or "") + squeeze(document.text[:HEAD])
    found = body(document.publisher, head)
    former = {
        told["former"]
        for e in expressions("bodies", "renamed")
        for told in e.finditer(head)
        if _of(told, found)
    }
    return replace(found, former=frozenset(body(name).rest for name in former))


def _of(told: regex.Match[str], present: Body) -> bool:
    now = body(told["present"])
    return now.rest == present.rest and _compatible(now, present)


def match(one: Body, other: Body) -> Match | None:
    """Whether two names are of one body, and why that is not certain; None where they are of two.

    Names that differ are of one body only where a document tells of the change.
    """
    if one.rest != other.rest:
        renamed = one.rest in other.former or other.rest in one.former
        return Match("renamed") if renamed and _compatible(one, other) else None
    if one.codes and other.codes:
        common = one.codes & other.codes
        if not common:
            return None
        return Match() if len(one.codes | other.codes) == 1 else Match("place")
    if not one.codes and not other.codes:
        return Match() if one.place else Match("nameless")
    return Match("place") if one.place else None


def homes(bodies: Iterable[Body]) -> dict[Body, Body]:
    """For each of several bodies of one name the one that it is taken for, in no order.

    A name whose place is not wholly told is that of the one body that fits it; where several fit, or none, it stands
    for itself. A former name is that of the body that has it no more.
    """
    known = set(bodies)
    whole = [body for body in known if len(body.codes) == 1]
    renamed = [body for body in whole if body.former]  # few, where those of one name may be thousands
    found: dict[Body, Body] = {}
    for one in known:
        heirs = [other for other in renamed if one.rest in other.former and match(one, other)]
        fitting = heirs or ([one] if len(one.codes) == 1 else [other for other in whole if match(one, other)])
        names = {(other.rest, other.codes): other for other in fitting}
        home = next(iter(names.values())) if len(names) == 1 else one
        found[one] = replace(home, former=frozenset())
    return found


def _compatible(one: Body, other: Body) -> bool:
    return not one.codes or not other.codes or bool(one.codes & other.codes)
