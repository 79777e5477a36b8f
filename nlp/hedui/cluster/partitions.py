"""Inputs → partitions: groups that depend on the names and sizes of the inputs alone, never on the order of a run.

A file goes to the partition that a hash of its name says, so that a file that is added or altered concerns one
partition and no other. A large archive goes to many: each takes every so manieth of its documents.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from hedui.inputs import Place, Places, Refused
from hedui.inputs.names import CONTAINERS, spelled
from hedui.inputs.remote import is_url, state
from hedui.version import __version__

PACKED = 16_000  # bytes that a document is supposed to take in an archive
MANY = 1_000  # documents of a partition, on the average
SHARE = MANY * PACKED  # bytes of an archive that make a share of it
FEW = 16  # documents that are worth a partition where there are not yet
ENOUGH = 64  # partitions for the workers to begin with


@dataclass(frozen=True, slots=True)
class Share:
    """The documents of a place, or of a large archive every `of`th one from `number` on.

    `size` in bytes; `state` is another once the file is another (its time of change, say), empty where there is none.
    """

    place: Place
    size: int = 0
    state: str = ""
    number: int = 0
    of: int = 1

    @property
    def packed(self) -> bool:
        """Whether the name of the file says that it holds many documents."""
        return self.place.path.lower().endswith(CONTAINERS)


@dataclass(frozen=True, slots=True)
class Partition:
    """What one task works on: shares of places, and names that lead nowhere, which are to be written down as such."""

    name: str
    shares: tuple[Share, ...]
    refused: tuple[Refused, ...]

    @property
    def fingerprint(self) -> str:
        """Tells whether its files are those of these inputs, as this version reads them."""
        shares = [
            [share.place.path, share.size, share.state, share.number, share.of, str(share.place.known)]
            for share in self.shares
        ]
        refused = [[each.source, str(each.error)] for each in self.refused]
        told = json.dumps([__version__, shares, refused])
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def paths(self) -> list[str]:
        """The names of its places."""
        return sorted({spelled(share.place.path) for share in self.shares})


def shares(places: Places) -> list[Share]:
    """The places as shares; all are looked at, none is opened."""
    found = []
    for place in places.found.values():
        size, changes = _state(place.path)
        whole = Share(place, size, changes)
        of = max(1, -(-size // SHARE)) if whole.packed else 1
        found += [replace(whole, number=number, of=of) for number in range(of)]
    return found


def count(found: list[Share]) -> int:
    """How many partitions these shares are worth."""
    documents = sum(max(1, share.size // share.of // PACKED) if share.packed else 1 for share in found)
    several = min(-(-documents // FEW), ENOUGH)
    return max(1, several, -(-documents // MANY))


def partitions(found: Iterable[Share], refused: Iterable[Refused], number: int) -> list[Partition]:
    """The partitions, out of `number`, that anything falls to."""
    groups: dict[int, tuple[list[Share], list[Refused]]] = {}
    for share in sorted(found, key=lambda share: (share.place.path, share.number)):
        groups.setdefault(_group(share.place.path, share.number, number), ([], []))[0].append(share)
    for each in sorted(refused, key=lambda each: each.source):
        groups.setdefault(_group(each.source, 0, number), ([], []))[1].append(each)
    return [Partition(f"{at:05}", tuple(own), tuple(bad)) for at, (own, bad) in sorted(groups.items())]


def _group(path: str, share: int, number: int) -> int:
    told = f"{path}\0{share}".encode("utf-8", "surrogatepass")
    return int.from_bytes(sha256(told).digest()[:8]) % number


def _state(path: str) -> tuple[int, str]:
    """The size of a file and what tells its state; of what is not there the worker will say so."""
    try:
        if is_url(path):
            return state(path)
        found = Path(path).stat()
    except OSError:
        return 0, ""
    return found.st_size, str(found.st_mtime_ns)
