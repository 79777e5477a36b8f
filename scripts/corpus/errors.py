"""Plants contradictions: a slip is kept only if the document can no longer be true, and graded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.accounts import Accounts
from corpus.across import disagreement, restated
from corpus.misnaming import certainty_of, old_name, wrong_code, wrong_group
from corpus.pieces import Cell, Cue, Figure, Piece
from corpus.printing import Habits
from corpus.relations import Contradiction, audit, systems
from corpus.slips import (
    Edit,
    Scene,
    Slip,
    another_base,
    budget_of_another,
    left_in,
    outside,
    residue,
    restated_base,
    sentence_after,
    share_of_another,
    wrong_beside_table,
    wrong_cell,
    wrong_date,
    wrong_direction,
    wrong_figure,
    wrong_order,
    wrong_rate,
    wrong_reason,
    wrong_unit,
    wrong_whole,
    wrong_year,
)
from corpus.truth import Finding

SLIPS: dict[str, list[Slip]] = {
    "change": [wrong_rate, wrong_rate, wrong_figure("change"), left_in],
    "direction": [wrong_direction],
    "completion": [wrong_figure("completion_rate"), budget_of_another],
    "budget_words": [wrong_order],
    "share": [wrong_whole, share_of_another],
    "sum": [wrong_figure("amount"), left_in],
    "repeat": [wrong_figure("amount"), left_in],
    "unit": [wrong_unit],
    "count": [wrong_figure("count"), left_in],
    "table": [wrong_cell, wrong_beside_table],
    "average": [wrong_figure("average")],
    "reason": [wrong_reason],
    "template": [residue],
    "year": [wrong_year, wrong_date],
    "classification": [old_name, wrong_group, wrong_code],
    "cross": [another_base, another_base, another_base, restated_base],
}
"""The slips of each family."""

ATTEMPTS = 60
WORDS = ("reason", "template", "year", "classification")
"""Families that contradict by words, not by arithmetic."""
RENAMED = {
    "direction": ("change", "sum", "completion"),
    "unit": ("change", "share", "sum", "repeat", "completion"),
}
"""What a slip of these families looks like to the audit."""
FEW = 6
"""Contradictions about more figures than this are told by themselves."""
KIN = (
    {"change", "direction", "reason", "repeat", "unit"},
    {"completion", "budget_words", "repeat", "sum"},
    {"share", "sum", "repeat", "table"},
    {"sum", "repeat", "count", "unit", "table"},
    {"unit", "sum", "share", "change", "repeat"},
    {"change", "sum"},
)
"""Families that describe one slip from two sides: such contradictions are told as one."""


def plant(
    scene: Scene, count: int, families: Sequence[str] = tuple(SLIPS)
) -> tuple[list[Piece], list[Finding]]:
    """Plants up to `count` errors of some families, far enough apart not to mix; returns the pieces and the truth."""
    pieces, findings = list(scene.pieces), list[Finding]()
    accounts, habits, rng = scene.accounts, scene.habits, scene.rng
    edited: set[int] = set()
    claimed: set[int] = set()
    for _ in range(count):
        for _ in range(ATTEMPTS):
            family = rng.choice(families)
            edit = rng.choice(SLIPS[family])(replace(scene, pieces=pieces))
            if not edit or not outside(edit, pieces) or claimed & set(edit):
                continue
            changed = [edit.get(place, piece) for place, piece in enumerate(pieces)]
            near = _near(changed, accounts, edit)
            if edited & near:
                continue
            if family == "cross":
                found = list(_across(edit, pieces, changed, scene))
            else:
                found = list(_judge(family, edit, pieces, changed, accounts, habits))
            if found:
                pieces = changed
                findings += found
                edited |= set(edit)
                claimed |= near
                break
    return pieces, findings


def _near(pieces: list[Piece], accounts: Accounts, edit: Edit) -> set[int]:
    """Everything that is read together with an edited piece, and the sentence around it."""
    near = set(edit)
    for place in edit:
        near |= {p for system in systems(pieces, accounts, place) for p in system.places}
        near |= set(range(max(0, place - 12), min(len(pieces), place + 12)))
    return near


def _judge(
    family: str, edit: Edit, before: list[Piece], pieces: list[Piece], accounts: Accounts, habits: Habits
) -> Iterable[Finding]:
    """The truth about a slip, its own family first; nothing if the document can still be true."""
    place = next(iter(edit))
    why = "; ".join(
        f"{_text(before[p])} became {_text(pieces[p])}" for p in edit if _text(before[p]) != _text(pieces[p])
    )
    if family in WORDS:
        yield from _by_words(family, place, before, pieces, why)
        return
    found = audit(pieces, accounts, habits, place)
    own = [c for c in found if c.family == family or c.family in RENAMED.get(family, ())]
    twice = any(c.family == "repeat" for c in found) and not _akin("repeat", family)
    if not own or twice:  # a figure that is printed twice is first of all a repeat
        return
    first = min(own, key=lambda c: (c.certainty != "certain", len(c.places)))
    akin = [c for c in found if c is first or (_akin(c.family, family) and len(c.places) <= FEW)]
    whole = akin + [c for c in own if c not in akin and len(c.places) <= FEW]
    yield _finding(whole, first.certainty, family, place, why, core=True)
    for other in found:
        if other not in akin:
            yield _finding([other], other.certainty, other.family, place, why, core=False)


def _akin(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in KIN)


def _finding(
    contradictions: list[Contradiction], certainty: str, family: str, place: int, why: str, core: bool
) -> Finding:
    places = sorted(set().union(*(c.places for c in contradictions)))
    return Finding(certainty, family, tuple(places), place, why, core)


def _by_words(
    family: str, place: int, before: list[Piece], pieces: list[Piece], why: str
) -> Iterable[Finding]:
    """A contradiction or residue in words: with the figures that the words are about."""
    cue = pieces[place]
    assert isinstance(cue, Cue)
    ahead = [p for p, piece in sentence_after(pieces, place) if isinstance(piece, Figure)]
    if family == "classification":
        was = before[place]
        assert isinstance(was, Cue)
        about = [p for p, x in sentence_after(pieces, place) if _of_item(x, cue)]
        yield Finding(certainty_of(was, cue, before), family, tuple(about), place, why)
    elif family == "reason":
        back = range(place - 1, max(0, place - 40), -1)
        about = [p for p in back if _is_change(pieces[p], cue)][:2]
        yield Finding("certain", family, tuple(sorted(about)), place, why)
    elif cue.kind == "date":  # every figure of the sentence is now last year's
        yield Finding("likely", family, tuple(ahead), place, why)
    elif family == "year":
        yield Finding("certain", family, tuple(ahead[:2]), place, why)
    else:
        yield Finding("note", family, tuple(ahead[:1]) if cue.kind == "direction" else (), place, why)


def _of_item(piece: Piece, cue: Cue) -> bool:
    """Whether a figure or cell behind the name of an item is of that item."""
    return isinstance(piece, Cell) or (isinstance(piece, Figure) and piece.quantity == cue.quantity)


def _across(edit: Edit, before: list[Piece], pieces: list[Piece], scene: Scene) -> Iterable[Finding]:
    """The truth about a base that is not what last year's document states; this year's agrees with itself."""
    figure = pieces[next(iter(edit))]
    assert isinstance(figure, Figure)
    assert scene.before is not None
    if any(audit(pieces, scene.accounts, scene.habits, place) for place in edit):
        return
    certainty = disagreement(pieces, scene.before, figure.quantity, scene.habits)
    if certainty:
        certainty = "note" if restated(pieces, figure.quantity) else certainty
        why = "; ".join(f"{_text(before[p])} became {_text(pieces[p])}" for p in edit)
        figures = tuple(p for p in edit if isinstance(pieces[p], Figure))
        yield Finding(certainty, "cross", figures, next(iter(edit)), why)


def _is_change(piece: Piece, cue: Cue) -> bool:
    """Whether a figure takes part in the change that a reason explains."""
    if not isinstance(piece, Figure) or piece.quantity != cue.quantity:
        return False
    told = {var for var, _ in piece.form} | {piece.per} - {None}
    return told <= {(cue.quantity, "final"), (cue.quantity, cue.basis)}


def _text(piece: Piece) -> str:
    return (
        piece.printed.value + piece.printed.unit
        if isinstance(piece, Figure | Cell)
        else str(getattr(piece, "text", piece))
    )
