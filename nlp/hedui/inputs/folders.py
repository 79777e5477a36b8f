"""The files below a folder, sorted; what is there and cannot be gone through is told, not lost."""

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hedui.inputs.given import STDIN, Refused
from hedui.inputs.names import is_hidden, is_taken
from hedui.reading.errors import UnreadableInput

Walked = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Inside:
    """Files, each with the parts of its name from the folder on; folders that cannot be opened; how many entries were
    passed over, by the reason (`warning.REASON` of the messages)."""

    files: list[Walked] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def walked(path: str) -> Inside | None:
    """What is below a folder; None for what is no folder, be it that there is nothing.

    A link to a file is that file, wherever it lies, as if it had been named; a link to a folder is passed over, so that
    no walk is without end and no file comes twice.
    """
    if path == STDIN or not os.path.isdir(path):
        return None
    inside = Inside()

    def refuse(error: OSError) -> None:
        told = UnreadableInput("system", error=error.strerror or error)
        where = str(error.filename or path)
        inside.refused.append(
            Refused(where, UnreadableInput("permission") if isinstance(error, PermissionError) else told)
        )

    for folder, below, names in os.walk(path, onerror=refuse):
        here = Path(folder)
        at = here.relative_to(path).parts
        links = [name for name in below if os.path.islink(here / name) and not is_hidden((*at, name))]
        inside.skipped["skipped_folder_links"] += len(links)
        below[:] = sorted(name for name in below if not is_hidden((*at, name)))
        for name in names:
            _put(inside, here / name, (*at, name))
    inside.files.sort(key=lambda file: Path(file[0]))
    return inside


def _put(inside: Inside, path: Path, parts: tuple[str, ...]) -> None:
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:  # a link to nothing, or to itself
        if is_taken(path.name) and not is_hidden(parts):
            told = (
                UnreadableInput("broken_link")
                if path.is_symlink()
                else UnreadableInput("system", error=error.strerror or error)
            )
            inside.refused.append(Refused(str(path), told))
        return
    if regular:
        inside.files.append((str(path), parts))
    elif is_taken(path.name) and not is_hidden(parts):
        inside.skipped["skipped_special"] += 1
