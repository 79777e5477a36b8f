"""Plants contradictions: a slip is kept only if the document can no longer be true, and graded."""

from collections.abc import Iterable
from dataclasses import replace

from corpus.accounts import Accounts
from corpus.pieces import Cell, Cue, Figure, Piece
from corpus.printing import Habits
from corpus.relations import Contradiction, audit, systems
from corpus.slips import SLIPS, Edit, Scene, outside, sentence_after
from corpus.truth import Finding

ATTEMPTS = 60
WORDS = ("reason", "template", "year")
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
    {"share", "sum", "repeat"},
    {"sum", "repeat", "count", "unit"},
    {"unit", "sum", "share", "change", "repeat"},
    {"change", "sum"},
)
"""Families that describe one slip from two sides: such contradictions are told as one."""


def plant(scene: Scene, count: int) -> tuple[list[Piece], list[Finding]]:
    """Plants up to `count` errors, far enough apart not to mix; returns the pieces and the truth."""
    pieces, findings = list(scene.pieces), list[Finding]()
    accounts, habits, rng = scene.accounts, scene.habits, scene.rng
    edited: set[int] = set()
    claimed: set[int] = set()
    families = list(SLIPS)
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
        yield from _by_words(family, place, pieces, why)
        return
    found = audit(pieces, accounts, habits, place)
    own = [c for c in found if c.family == family or c.family in RENAMED.get(family, ())]
    if not own:
        return
    first = min(own, key=lambda c: (c.certainty != "certain", len(c.places)))
    akin = [c for c in found if c is first or (_akin(c.family, family) and len(c.places) <= FEW)]
    yield _finding(akin, first.certainty, family, place, why, core=True)
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


def _by_words(family: str, place: int, pieces: list[Piece], why: str) -> Iterable[Finding]:
    """A contradiction or residue in words: with the figures that the words are about."""
    cue = pieces[place]
    assert isinstance(cue, Cue)
    ahead = [p for p, piece in sentence_after(pieces, place) if isinstance(piece, Figure)]
    if family == "reason":
        back = range(place - 1, max(0, place - 14), -1)
        about = [p for p in back if _is_change(pieces[p], cue)][:2]
        yield Finding("certain", family, tuple(sorted(about)), place, why)
    elif cue.kind == "date":  # every figure of the sentence is now last year's
        yield Finding("likely", family, tuple(ahead), place, why)
    elif family == "year":
        yield Finding("certain", family, tuple(ahead[:2]), place, why)
    else:
        yield Finding("note", family, tuple(ahead[:1]) if cue.kind == "direction" else (), place, why)


def _is_change(piece: Piece, cue: Cue) -> bool:
    measures = ("change", "change_rate", "completion_rate")
    return isinstance(piece, Figure) and piece.quantity == cue.quantity and piece.measure in measures


def _text(piece: Piece) -> str:
    return (
        piece.printed.value + piece.printed.unit
        if isinstance(piece, Figure | Cell)
        else str(getattr(piece, "text", piece))
    )
