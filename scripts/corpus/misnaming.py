"""How people get a classification item wrong: an old name, another group above it, another item's code."""

import re
from dataclasses import replace

from corpus.catalogue import former_names, name_of, printed_codes
from corpus.pieces import Cell, Cue, Figure, Piece
from corpus.slips import Edit, Scene, sentence_after

LEVELS = (3, 5, 7)


def old_name(scene: Scene) -> Edit | None:
    """A name that was no longer in force that year, in the narrative or in a table."""
    found = scene.cue(scene.rng.choice(["item", "item", "name"]))
    if not found:
        return None
    place, cue = found
    code = code_of(cue)
    for part in (code[:digits] for digits in LEVELS if digits <= len(code)):
        name, last = former_names().get(part, ("", 0))
        if name and last < scene.accounts.year and name_of(part) in cue.text:
            return _renamed(scene, place, cue, name_of(part), name)
    return None


def wrong_group(scene: Scene) -> Edit | None:
    """An item under a group (款) of another class that the document has, or under the name of its own class."""
    found = scene.cue("item")
    if not found:
        return None
    place, cue = found
    code = code_of(cue)
    groups = sorted({e.code[:5] for e in scene.accounts.body.entries} - {code[:5]})
    if len(code) < 7 or not groups or name_of(code[:5]) not in _group(cue.text):
        return None
    other = name_of(scene.rng.choice([*groups, code[:3]]))
    return None if other == name_of(code[:5]) else _renamed(scene, place, cue, name_of(code[:5]), other)


def wrong_code(scene: Scene) -> Edit | None:
    """The code of another item of the same group, in a table or where the narrative prints codes."""
    found = scene.cue(scene.rng.choice(["item", "code"]))
    if not found:
        return None
    place, cue = found
    code = code_of(cue)
    others = [e.code for e in scene.accounts.body.entries if e.code[:5] == code[:5] and e.code != code]
    if len(code) < 7 or not others:
        return None
    other = scene.rng.choice(others)
    if cue.kind == "item":
        text = re.sub(rf"({re.escape(name_of(code))}（?){code[5:]}(?=[（项])", rf"\g<1>{other[5:]}", cue.text)
        return {place: replace(cue, text=text)} if text != cue.text else None
    edit: Edit = {place: replace(cue, text=other)}
    for p, piece in sentence_after(scene.pieces, place):
        if isinstance(piece, Cell):
            edit[p] = replace(piece, code=other, item=other)
    return edit


def _group(path: str) -> str:
    """The part of a path that names the group."""
    return re.split(r"[（(]\d*类[）)]", path)[-1] if "款" in path else ""


def _renamed(scene: Scene, place: int, cue: Cue, old: str, new: str) -> Edit:
    """A name in a path or a row replaced, with what the figures and cells behind it are then called."""
    edit: Edit = {place: replace(cue, text=cue.text.replace(old, new, 1))}
    for p, piece in sentence_after(scene.pieces, place):
        if isinstance(piece, Figure) and piece.quantity == cue.quantity and piece.item:
            edit[p] = replace(piece, item=piece.item.replace(old, new, 1))
        elif isinstance(piece, Cell) and piece.name == old:
            edit[p] = replace(piece, name=new)
    return edit


def code_of(cue: Cue) -> str:
    """The right code of the item that a cue names."""
    return cue.quantity.rpartition(":")[2]


def certainty_of(before: Cue, after: Cue, pieces: list[Piece]) -> str:
    """An old name alone is a note; what the document's own tables or names known from print contradict is certain."""
    code = code_of(before)
    tabled = any(isinstance(x, Cue) and x.kind == "code" and x.text == code for x in pieces)
    old = any(name in after.text and name not in before.text for name, _ in former_names().values())
    if old:
        return "certain" if tabled and before.kind == "item" else "note"
    return "certain" if tabled or code in printed_codes() else "likely"
