"""Generated corpora: made once, and taken from as many documents as a trial wants."""

import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MAKE = Path(__file__).resolve().parents[1] / "make_corpus.py"
_GOLD = "gold"  # the truth of a corpus, a folder inside it


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with nothing but the documents of a trial, sorted."""

    folder: Path
    documents: Sequence[Path]

    @property
    def name(self) -> str:
        """Which of the corpora it is."""
        return self.folder.name

    def drawn(self, count: int) -> list[Path]:
        """So many of them, or all, by chance, and in the order of chance: any part of them has the same mix."""
        return random.Random(7).sample(self.documents, min(count, len(self.documents)))


def corpus(made: Path, count: int, form: str, seed: int, scratch: Path) -> Corpus:
    """The first documents of a generated corpus, which is made where it is not there, linked into a folder of their
    own. Raises SystemExit where one that is there has fewer of them."""
    if not made.exists():
        part = made.with_name(f"{made.name}.part")
        command = [sys.executable, str(_MAKE), "--documents", str(count), "--seed", str(seed)]
        command += ["--format", form, "--errors", "1", "--out", str(part)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        part.rename(made)
    found = sorted(path for path in made.iterdir() if path.name != _GOLD)[:count]
    if len(found) < count:
        raise SystemExit(f"{made} holds {len(found)} documents, not {count}: delete it, and it is made anew")
    folder = scratch / made.name
    folder.mkdir()
    for path in found:
        (folder / path.name).symlink_to(path.resolve())
    return Corpus(folder, [folder / path.name for path in found])


def listed(documents: Sequence[Path], path: Path) -> Path:
    """A list of documents, as `--files-from` reads it."""
    path.write_text("".join(f"{document}\n" for document in documents), "utf8")
    return path
