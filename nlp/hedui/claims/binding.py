"""Figures and patterns: what the library says of each figure of a sentence, and which figures claim nothing."""

from collections.abc import Iterable, Mapping, Sequence

from hedui.claims import respective
from hedui.claims.lexing import Token, types_of
from hedui.model import Figure
from hedui.patterns import Match, Pattern, matches
from hedui.segmentation.sentences import Sentence
from hedui.values import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """A pattern's match and the slot of it that a figure fills."""

    match: Match
    slot: str

    @property
    def asserted(self) -> Mapping[str, str]:
        return self.match.pattern.asserts[self.slot]


def bind(
    tokens: list[Token], patterns: Sequence[Pattern], rows: Iterable[respective.Row]
) -> dict[int, Bound]:
    """The first pattern of the library that matches each figure; figures told respectively share one."""
    out: dict[int, Bound] = {}
    if not any(t.figure for t in tokens):
        return out
    for match in matches(types_of(tokens), patterns):
        for slot, position in match.slots:
            if slot in match.pattern.asserts:
                out.setdefault(position, Bound(match, slot))
    for run, _ in rows:
        if run[0] in out:
            out |= dict.fromkeys(run[1:], out[run[0]])
    return out


def no_claim(sentence: Sentence, tokens: Sequence[Token], i: int, bound: Bound | None) -> str | None:
    """Why a figure cannot be a claim, None where it can."""
    figure = tokens[i].figure
    assert figure is not None
    if sentence.kind == "glossary":
        return "glossary"
    if figure.kind == "time":
        return "date"
    if bound is None:
        return "unexplained"
    if figure.kind == "bare" and bound.match.start == i:
        # A number without a unit is an amount only behind a cue, or beside one that has a unit.
        after = next((t.figure for t in tokens[i + 1 : i + 5] if t.figure), None)
        if not after or after.kind != "money":
            return "unexplained"
    return bound.asserted.get("other")


def kind_of(figure: Figure, bound: Bound) -> str:
    """The kind that a figure's subject is looked up by."""
    if figure.kind in ("percent", "points") or (figure.kind == "bare" and bound.slot == "rate"):
        return "rate"
    return "money" if figure.kind == "bare" else figure.kind
