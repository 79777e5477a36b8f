"""What a command line names → the places to read: files one by one, folders walked, lists followed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hedui.inputs.folders import Inside, walked
from hedui.inputs.given import NOTHING, Known, Place, Refused, Skipped
from hedui.inputs.lists import is_manifest, listed
from hedui.inputs.names import TAKEN, is_hidden, is_taken
from hedui.inputs.remote import is_url, walk
from hedui.reading.errors import UnreadableInput


@dataclass(slots=True)
class Places:
    """What to read, each once and in order; the lists that named it; what is not there; what was passed over."""

    found: dict[str, Place] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The paths of all files that are read."""
        return [*self.found, *self.lists]

    def _name(self, path: str, known: Known = NOTHING) -> None:
        """Add a file, or the files of a folder."""
        try:
            inside = _inside(path)
        except UnreadableInput as error:
            self.refused.append(Refused(path, error))
            return
        if inside is None:
            self._add(path, known)
            return
        files = [file for file, parts in inside.files if not is_hidden(parts)]
        taken = [file for file in files if is_taken(file)]
        self.refused.extend(inside.refused)
        if not taken and not inside.refused:
            self.refused.append(Refused(path, UnreadableInput("no_files", suffixes=" ".join(TAKEN))))
        passed = {"skipped": len(files) - len(taken) if taken else 0, **inside.skipped}
        self.skipped.extend(Skipped(path, reason, count) for reason, count in passed.items() if count)
        for file in taken:
            self._add(file, known)

    def _add(self, path: str, known: Known) -> None:
        """Add a file. What is known of one in two ways is put together."""
        before = self.found.get(path)
        self.found[path] = Place(path, known.over(before.known) if before else known)

    def _follow(self, path: str) -> None:
        self.lists.append(path)
        for entry in listed(path):
            if isinstance(entry, Refused):
                self.refused.append(entry)
            elif is_manifest(entry.path):
                self.refused.append(Refused(entry.path, UnreadableInput("list_in_list")))
            else:
                self._name(entry.path, entry.known)


def _inside(path: str) -> Inside | None:
    """What is in a folder, here or at a URL; None for what is no folder. Raises UnreadableInput."""
    if not is_url(path):
        return walked(path)
    found = walk(path)
    return None if found is None else Inside(found)


def gather(names: Iterable[str], lists: Iterable[str] = ()) -> Places:
    """The places that names (files, folders, manifests, `-`) and lists of names mean.

    Folders are walked, sorted; hidden files, and those with endings of kinds that are not read, are left alone.
    Links to files are files, links to folders are not followed.
    """
    places = Places()
    for name in names:
        places._follow(name) if is_manifest(name) else places._name(name)
    for name in lists:
        places._follow(name)
    return places
