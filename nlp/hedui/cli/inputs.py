"""The inputs that a command line names: files, folders, standard input."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hedui.reading import SUFFIXES
from hedui.reading.errors import UnreadableInput
from hedui.reading.files import load as load_file
from hedui.reading.files import load_stdin

STDIN = "-"


@dataclass(slots=True)
class Inputs:
    """What to read, in order and each once; folders without any; how many files of a folder were skipped."""

    sources: list[str] = field(default_factory=list)
    empty: list[tuple[str, UnreadableInput]] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)


def gather(names: Iterable[str]) -> Inputs:
    """Expand folders to the readable files below them, sorted; hidden files and folders are left alone."""
    inputs = Inputs()
    sources: dict[str, None] = {}
    for name in names:
        folder = Path(name)
        if name == STDIN or not folder.is_dir():
            sources[name] = None
            continue
        files = [
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
        readable = [path for path in files if path.suffix.lower() in SUFFIXES]
        if not readable:
            inputs.empty.append((name, UnreadableInput("no_files", suffixes=" ".join(sorted(SUFFIXES)))))
        elif len(files) > len(readable):
            inputs.skipped[name] = len(files) - len(readable)
        sources.update(dict.fromkeys(map(str, readable)))
    inputs.sources = list(sources)
    return inputs


def load(source: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises UnreadableInput where the system refuses."""
    try:
        return load_stdin() if source == STDIN else load_file(source)
    except FileNotFoundError:
        raise UnreadableInput("missing") from None
    except PermissionError:
        raise UnreadableInput("permission") from None
    except OSError as error:
        raise UnreadableInput("system", error=error.strerror or error) from error
