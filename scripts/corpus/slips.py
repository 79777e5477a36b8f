"""How people get a figure or a word wrong: each slip proposes what would stand in its place instead."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from corpus.accounts import Accounts
from corpus.pieces import Cell, Cue, Figure, Piece
from corpus.printing import Habits, Printed
from corpus.wording import load, opposite

Edit = dict[int, Piece]
"""Pieces to put in the place of others; the first is the slip itself."""

MONEY = ("amount", "change")
WHOLES = ("expenditure_this_year", "income_this_year", "gpb_expenditure", "fiscal_expenditure", "gpb_basic")
"""What a share may be taken of by mistake."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A document in which something goes wrong, and last year's of the same body if there is one.

    Its methods pick a random figure, cue or cell of a kind.
    """

    pieces: list[Piece]
    accounts: Accounts
    habits: Habits
    rng: random.Random
    before: list[Piece] | None = None

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

    def cell(self) -> tuple[int, Cell] | None:
        found = [(p, x) for p, x in enumerate(self.pieces) if isinstance(x, Cell) and x.truth]
        return self.rng.choice(found) if found else None


Slip = Callable[[Scene], Edit | None]


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

    def slip(scene: Scene) -> Edit | None:
        found = scene.figure(*measures)
        return {found[0]: replace(found[1], printed=misprint(found[1].printed, scene.rng))} if found else None

    return slip


def wrong_rate(scene: Scene) -> Edit | None:
    """A rate misprinted, printed as a fraction, taken of the current value, or the difference itself."""
    found = scene.figure("change_rate")
    if not found:
        return None
    place, figure = found
    assert figure.truth is not None
    current = figure.truth / (1 + figure.truth * figure.sign) if figure.truth * figure.sign > -1 else None
    options = [
        misprint(figure.printed, scene.rng),
        misprint(figure.printed, scene.rng),
        scene.habits.rate(figure.truth / 100),
    ]
    if current:
        options.append(scene.habits.rate(current))
    before = next(
        (x for x in reversed(scene.pieces[max(0, place - 5) : place]) if isinstance(x, Figure)), None
    )
    if before and before.measure == "change":
        options.append(Printed(before.printed.value.replace(",", ""), figure.printed.unit))
    return {place: replace(figure, printed=scene.rng.choice(options))}


def wrong_whole(scene: Scene) -> Edit | None:
    """A share misprinted, or that of another line."""
    found = scene.figure("share")
    if not found:
        return None
    place, figure = found
    others = [x.printed for x in scene.pieces if isinstance(x, Figure) and x.measure == "share" and x.truth]
    slips = [misprint(figure.printed, scene.rng) for _ in range(2)]
    return {place: replace(figure, printed=scene.rng.choice([*slips, scene.rng.choice(others)]))}


def share_of_another(scene: Scene) -> Edit | None:
    """A share of another whole: of all expenditure or income instead of the account's own, or the reverse."""
    found = scene.figure("share")
    if not found:
        return None
    place, figure = found
    whole, amount = figure.per, scene.accounts.values[figure.quantity, "final"]
    others = [w for w in WHOLES if (w, "final") != whole and amount <= scene.accounts.values[w, "final"]]
    if not others:
        return None
    value = amount / scene.accounts.values[scene.rng.choice(others), "final"]
    return {place: replace(figure, printed=scene.habits.rate(value))}


def budget_of_another(scene: Scene) -> Edit | None:
    """An item's completion rate reckoned with the budget of the whole, or the whole's rate itself."""
    found = scene.figure("completion_rate")
    if not found or found[1].metric != "function_item":
        return None
    place, figure = found
    assert figure.per is not None
    values = scene.accounts.values
    total = values["gpb_expenditure", figure.per[1]]
    amount = values[scene.rng.choice([figure.quantity, "gpb_expenditure"]), "final"]
    return {place: replace(figure, printed=scene.habits.rate(amount / total))}


def left_in(scene: Scene) -> Edit | None:
    """Last year's amount or count left in."""
    found = scene.figure("amount", "count")
    if not found or found[1].basis not in ("final", None) or len(found[1].form) != 1:
        return None
    place, figure = found
    (quantity, basis), _ = figure.form[0]
    last = scene.accounts.values.get((quantity, "prior"))
    if basis != "final" or not last:
        return None
    count = figure.measure == "count"
    printed = replace(figure.printed, value=str(last)) if count else scene.habits.money(last)
    return {place: replace(figure, printed=printed)}


def wrong_cell(scene: Scene) -> Edit | None:
    """An amount of a table misprinted, or that of the row below."""
    found = scene.cell()
    if not found:
        return None
    place, cell = found
    rows = (x for x in scene.pieces[place + 1 :] if isinstance(x, Cell) and x.column == cell.column)
    below = next((x for x in rows if x.title == cell.title and x.truth), cell)
    printed = scene.rng.choice([misprint(cell.printed, scene.rng), below.printed])
    return {place: replace(cell, printed=printed)}


def wrong_beside_table(scene: Scene) -> Edit | None:
    """An amount of the narrative misprinted that a table states too."""
    tabled = {x.var for x in scene.pieces if isinstance(x, Cell) and x.printed.value}
    found = [
        (p, x)
        for p, x in enumerate(scene.pieces)
        if isinstance(x, Figure) and x.measure == "amount" and x.truth and x.form[0][0] in tabled
    ]
    if not found:
        return None
    place, figure = scene.rng.choice(found)
    return {place: replace(figure, printed=misprint(figure.printed, scene.rng))}


def wrong_unit(scene: Scene) -> Edit | None:
    """元 for 万元 or the reverse."""
    found = scene.figure(*MONEY)
    if not found:
        return None
    unit = "元" if found[1].printed.unit == "万元" else "万元"
    return {found[0]: replace(found[1], printed=replace(found[1].printed, unit=unit))}


def wrong_direction(scene: Scene) -> Edit | None:
    """The opposite word before a difference or a rate."""
    found = scene.cue("direction")
    if not found:
        return None
    place, cue = found
    ahead = next(
        (
            p
            for p in range(place + 1, place + 4)
            if p < len(scene.pieces) and isinstance(scene.pieces[p], Figure)
        ),
        None,
    )
    figure = scene.pieces[ahead] if ahead else None
    if ahead is None or not isinstance(figure, Figure) or not figure.truth:
        return None
    turned = "down" if figure.direction == "up" else "up"
    return {
        ahead: replace(figure, sign=-figure.sign, direction=turned),
        place: replace(cue, text=opposite(cue.text), sign=-cue.sign),
    }


def wrong_order(scene: Scene) -> Edit | None:
    """大于, 小于 or 等于 where another of them is true."""
    found = scene.cue("order")
    if not found:
        return None
    words = load("phrases")["order"]
    sign = scene.rng.choice([s for s in (-1, 0, 1) if s != found[1].sign])
    return {found[0]: replace(found[1], text=words[{1: "above", -1: "below", 0: "equal"}[sign]], sign=sign)}


def wrong_reason(scene: Scene) -> Edit | None:
    """A reason that explains the opposite."""
    found = scene.cue("reason")
    if not found or not found[1].sign:
        return None
    words = load("phrases")["reasons"]["up" if found[1].sign < 0 else "down"]
    return {found[0]: replace(found[1], text=scene.rng.choice(words))}


def residue(scene: Scene) -> Edit | None:
    """Template text that was to be deleted."""
    words = load("phrases")["residue"]
    kind = scene.rng.choice(["direction", "order", "reason"])
    found = scene.cue(kind)
    if not found:
        return None
    place, cue = found
    other = opposite(cue.text) if kind == "direction" else ""
    return {place: replace(cue, text=scene.rng.choice(words[kind]).format(text=cue.text, opposite=other))}


def wrong_year(scene: Scene) -> Edit | None:
    """The document's own year as the year compared with; not where that year's amount is printed right behind."""
    found = scene.cue("year")
    if not found:
        return None
    ahead = next((x for _, x in sentence_after(scene.pieces, found[0]) if isinstance(x, Figure)), None)
    if not ahead or ahead.measure == "amount":
        return None
    return {found[0]: replace(found[1], text=str(int(found[1].text) + 1))}


def wrong_date(scene: Scene) -> Edit | None:
    """Last year's date left in; the figures of its sentence are then about last year, by the words."""
    found = scene.cue("date")
    if not found:
        return None
    edit: Edit = {found[0]: replace(found[1], text=str(int(found[1].text) - 1))}
    for place, piece in sentence_after(scene.pieces, found[0]):
        if isinstance(piece, Figure) and piece.year:
            edit[place] = replace(piece, year=piece.year - 1)
    return edit


def another_base(scene: Scene) -> Edit | None:
    """Another amount of last year than last year's document states; this year's document agrees with itself."""
    if scene.before is None:
        return None
    values = scene.accounts.values
    known = {x.form[0][0][0] for x in scene.before if isinstance(x, Figure) and x.basis == "final"}
    told = [x for x in scene.pieces if isinstance(x, Figure | Cue) and x.quantity in known]
    flat = {x.quantity for x in told if isinstance(x, Cue) and (x.kind, x.basis) == ("flat", "prior")}
    keys = sorted({x.quantity for x in told if isinstance(x, Figure) and prior_of(x)} - flat)
    if not keys:
        return None
    key = scene.rng.choice(keys)
    final, last = values[key, "final"], values[key, "prior"]
    wrong = Fraction(int(last * scene.rng.choice([80, 90, 96, 104, 110, 125])), 100)
    if not wrong or not last or (final > wrong) != (final > last) or final == last:
        return None
    return {
        p: replace(x, printed=_with_base(x, final, wrong, scene.habits))
        for p, x in enumerate(scene.pieces)
        if isinstance(x, Figure) and x.quantity == key and prior_of(x)
    }


def restated_base(scene: Scene) -> Edit | None:
    """The same with a reason: the words behind the change say that last year's amounts were restated."""
    edit = another_base(scene)
    told = next((x for x in (edit or {}).values() if isinstance(x, Figure)), None)
    reasons = [
        p
        for p, x in enumerate(scene.pieces)
        if told and isinstance(x, Cue) and (x.kind, x.quantity, x.basis) == ("reason", told.quantity, "prior")
    ]
    if not edit or not told or not reasons:
        return None
    words = load("phrases")["reasons"]["restated"]
    cues = {p: replace(scene.pieces[p], text=scene.rng.choice(words)) for p in reasons}  # type: ignore[type-var]
    return edit | cues


def prior_of(figure: Figure) -> bool:
    """Whether a figure states or implies last year's amount."""
    return any(var[1] == "prior" for var, _ in figure.form)


def _with_base(figure: Figure, final: Fraction, base: Fraction, habits: Habits) -> Printed:
    """What a prior amount, a change or its rate prints if last year's amount was `base`."""
    if figure.measure == "amount":
        return habits.money(base)
    gap = abs(final - base)
    return habits.rate(gap / base) if figure.measure == "change_rate" else habits.money(gap)


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
    if isinstance(after, str | Cue) or isinstance(before, str | Cue) or after.truth is None:
        return before != after
    low, high = after.printed.interval
    signs = isinstance(before, Figure) and isinstance(after, Figure) and before.sign != after.sign
    return not low <= after.truth <= high or signs
