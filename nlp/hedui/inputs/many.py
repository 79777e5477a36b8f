"""Whether a place holds many documents, and about how many, told without reading it through."""

import os
import zipfile
from pathlib import Path

from hedui.inputs.given import Place
from hedui.inputs.names import is_taken
from hedui.reading.containers import HEAD, container, is_package


def is_single(place: Place) -> bool:
    """Whether a place is a file that holds one document; what is no file at all (a pipe, say) is not."""
    if not os.path.isfile(place.path):
        return False
    try:
        with Path(place.path).open("rb") as file:
            kind = container(file.read(HEAD))
            file.seek(0)
            return kind is None or (kind == "zip" and is_package(file))
    except OSError:  # whoever reads it says what is wrong
        return True


def expected(place: Place) -> int | None:
    """How many documents an archive will yield, those in archives inside it apart; None for anything else."""
    if not os.path.isfile(place.path):  # nobody may ever write to a pipe
        return None
    try:
        with zipfile.ZipFile(place.path) as archive:
            return sum(map(is_taken, archive.namelist()))
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return None
