"""How people get a figure or a word wrong: each slip proposes what would stand in its place instead."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.pieces import Cue, Figure, Piece
from corpus.printing import Habits, Printed
from corpus.wording import load, opposite

Edit = dict[int, Piece]
"""Pieces to put in the place of others; the first is the slip itself."""

Slip = Callable[[list[Piece], Habits, random.Random], Edit | None]
MONEY = ("amount", "change")


@dataclass(frozen=True, slots=True)
class _Places:
    """Picks a random figure or cue of a kind."""

    pieces: list[Piece]
    rng: random.Random

    def figure(self, *measures: str) -> tuple[int, Figure] | None:
        found = [
            (p, x)
            for p, x in enumerate(self.pieces)
            if isinstance(x, Figure) and x.measure in measures and x.truth
        ]
        return self.rng.choice(found) if found else None

    def cue(self, kind: str) -> tuple[int, Cue] | None:
        found = [(p, x) for p, x in enumerate(self.pieces) if isinstance(x, Cue) and x.kind == kind]
        return self.rng.choice(found) if found else None


def misprint(printed: Printed, rng: random.Random) -> Printed:
    """The same number with one digit wrong or two neighbours swapped."""
    digits = [i for i, c in enumerate(printed.value) if c.isdigit()]
    chars = list(printed.value)
    pairs = [(i, j) for i, j in pairwise(digits) if chars[i] != chars[j]]
    pairs = [(i, j) for i, j in pairs if i or chars[j] != "0"]  # no number starts with a zero
    if pairs and rng.random() < 0.35:
        i, j = rng.choice(pairs)
        chars[i], chars[j] = chars[j], chars[i]
    else:
        i = rng.choice(digits)
        chars[i] = rng.choice([d for d in "123456789" if d != chars[i]])
    return replace(printed, value="".join(chars))


def wrong_figure(*measures: str) -> Slip:
    """A figure of one of these measures misprinted."""

    def slip(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
        found = _Places(pieces, rng).figure(*measures)
        return {found[0]: replace(found[1], printed=misprint(found[1].printed, rng))} if found else None

    return slip


def wrong_rate(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """A rate misprinted, printed as a fraction, taken of the current value, or the difference itself."""
    found = _Places(pieces, rng).figure("change_rate")
    if not found:
        return None
    place, figure = found
    assert figure.truth is not None
    current = figure.truth / (1 + figure.truth * figure.sign) if figure.truth * figure.sign > -1 else None
    options = [misprint(figure.printed, rng), misprint(figure.printed, rng), habits.rate(figure.truth / 100)]
    if current:
        options.append(habits.rate(current))
    before = next((x for x in reversed(pieces[max(0, place - 5) : place]) if isinstance(x, Figure)), None)
    if before and before.measure == "change":
        options.append(Printed(before.printed.value.replace(",", ""), figure.printed.unit))
    return {place: replace(figure, printed=rng.choice(options))}


def wrong_whole(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """A share misprinted, or that of another line."""
    found = _Places(pieces, rng).figure("share")
    if not found:
        return None
    place, figure = found
    others = [x.printed for x in pieces if isinstance(x, Figure) and x.measure == "share" and x.truth]
    printed = rng.choice([misprint(figure.printed, rng), misprint(figure.printed, rng), rng.choice(others)])
    return {place: replace(figure, printed=printed)}


def wrong_unit(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """元 for 万元 or the reverse."""
    found = _Places(pieces, rng).figure(*MONEY)
    if not found:
        return None
    unit = "元" if found[1].printed.unit == "万元" else "万元"
    return {found[0]: replace(found[1], printed=replace(found[1].printed, unit=unit))}


def wrong_direction(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """The opposite word before a difference or a rate."""
    found = _Places(pieces, rng).cue("direction")
    if not found:
        return None
    place, cue = found
    ahead = next(
        (p for p in range(place + 1, place + 4) if p < len(pieces) and isinstance(pieces[p], Figure)), None
    )
    figure = pieces[ahead] if ahead else None
    if ahead is None or not isinstance(figure, Figure) or not figure.truth:
        return None
    turned = "down" if figure.direction == "up" else "up"
    return {
        ahead: replace(figure, sign=-figure.sign, direction=turned),
        place: replace(cue, text=opposite(cue.text), sign=-cue.sign),
    }


def wrong_order(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """大于, 小于 or 等于 where another of them is true."""
    found = _Places(pieces, rng).cue("order")
    if not found:
        return None
    words = load("phrases")["order"]
    sign = rng.choice([s for s in (-1, 0, 1) if s != found[1].sign])
    return {found[0]: replace(found[1], text=words[{1: "above", -1: "below", 0: "equal"}[sign]], sign=sign)}


def wrong_reason(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """A reason that explains the opposite."""
    found = _Places(pieces, rng).cue("reason")
    if not found or not found[1].sign:
        return None
    words = load("phrases")["reasons"]["up" if found[1].sign < 0 else "down"]
    return {found[0]: replace(found[1], text=rng.choice(words))}


def residue(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """Template text that was to be deleted."""
    words = load("phrases")["residue"]
    kind = rng.choice(["direction", "order", "reason"])
    found = _Places(pieces, rng).cue(kind)
    if not found:
        return None
    place, cue = found
    other = opposite(cue.text) if kind == "direction" else ""
    return {place: replace(cue, text=rng.choice(words[kind]).format(text=cue.text, opposite=other))}


def wrong_year(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """The document's own year as the year compared with; not where that year's amount is printed right behind."""
    found = _Places(pieces, rng).cue("year")
    if not found:
        return None
    ahead = next((x for _, x in sentence_after(pieces, found[0]) if isinstance(x, Figure)), None)
    if not ahead or ahead.measure == "amount":
        return None
    return {found[0]: replace(found[1], text=str(int(found[1].text) + 1))}


def wrong_date(pieces: list[Piece], habits: Habits, rng: random.Random) -> Edit | None:
    """Last year's date left in; the figures of its sentence are then about last year, by the words."""
    found = _Places(pieces, rng).cue("date")
    if not found:
        return None
    edit: Edit = {found[0]: replace(found[1], text=str(int(found[1].text) - 1))}
    for place, piece in sentence_after(pieces, found[0]):
        if isinstance(piece, Figure) and piece.year:
            edit[place] = replace(piece, year=piece.year - 1)
    return edit


def sentence_after(pieces: list[Piece], place: int) -> Iterator[tuple[int, Piece]]:
    """The pieces behind one, up to the end of its sentence."""
    for p in range(place + 1, len(pieces)):
        piece = pieces[p]
        yield p, piece
        if isinstance(piece, str) and ("。" in piece or "\n" in piece):
            return


def outside(edit: Edit, pieces: list[Piece]) -> bool:
    """Whether the slip really prints something else than the truth rounds to."""
    place = next(iter(edit))
    before, after = pieces[place], edit[place]
    if not isinstance(after, Figure) or not isinstance(before, Figure) or after.truth is None:
        return before != after
    low, high = after.printed.interval
    return not low <= after.truth <= high or before.sign != after.sign


SLIPS: dict[str, list[Slip]] = {
    "change": [wrong_rate, wrong_rate, wrong_figure("change")],
    "direction": [wrong_direction],
    "completion": [wrong_figure("completion_rate")],
    "budget_words": [wrong_order],
    "share": [wrong_whole],
    "sum": [wrong_figure("amount")],
    "repeat": [wrong_figure("amount")],
    "unit": [wrong_unit],
    "count": [wrong_figure("count")],
    "average": [wrong_figure("average")],
    "reason": [wrong_reason],
    "template": [residue],
    "year": [wrong_year, wrong_date],
}
"""The slips of each family."""
