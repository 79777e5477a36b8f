"""Chinese fonts of the system, cut down to the characters that a document needs, for embedding in a PDF."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FACES = {"song": "uming.ttc", "kai": "ukai.ttc"}
"""The files of the fonts, by the way they look."""
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class MissingFont(Exception):
    """A font that is not installed; says what to do about it."""


@dataclass(frozen=True, slots=True)
class Face:
    """A TrueType font with some characters: its name, its file, and the glyph of each character."""

    name: str
    data: bytes
    glyphs: dict[str, int]


@cache
def find(face: str) -> Path:
    """The file of one of FACES. Raises MissingFont."""
    for folder in map(Path, FOLDERS):
        for path in folder.expanduser().rglob(FACES[face]):
            return path
    raise MissingFont(
        f"The font {FACES[face]} is missing: run scripts/install_fonts.sh (as root, on Debian or Ubuntu), or put "
        f"it below {FOLDERS[-1]}."
    )


def subset(face: str, characters: set[str]) -> Face:
    """One of FACES with no more than these characters; those that it lacks are left out. Raises MissingFont."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    cutter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True))
    cutter.populate(text="".join(sorted(characters)))
    out = io.BytesIO()
    with TTFont(find(face), fontNumber=0, lazy=True, recalcTimestamp=False) as font:
        for table in {"GSUB", "GPOS", "DSIG", "FFTM", "BDF "} & set(font.keys()):
            del font[table]
        cutter.subset(font)
        font.save(out)
    with TTFont(io.BytesIO(out.getvalue())) as known:
        glyphs = {chr(code): known.getGlyphID(name) for code, name in known.getBestCmap().items()}
    return Face(f"HEDUIA+{Path(FACES[face]).stem}", out.getvalue(), glyphs)
