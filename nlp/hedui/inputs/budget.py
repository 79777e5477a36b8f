"""How much one input may unpack to: memory and time stay bounded whatever an archive holds."""

from dataclasses import dataclass

from hedui.reading.errors import UnreadableInput

MAX_BYTES = 200_000_000  # of one document, and of an archive inside another
MAX_TOTAL = 20_000_000_000  # bytes of all members of an archive, those of archives inside it too
MAX_ENTRIES = 100_000  # members, likewise
MAX_DEPTH = 3  # archives inside one another
MAX_RATIO = 300  # of a member's size to its packed size; only looked at where it is more than RATIO_FROM
RATIO_FROM = 10_000_000


@dataclass(slots=True)
class Budget:
    """What is left to unpack of one archive."""

    total: int = MAX_TOTAL
    entries: int = MAX_ENTRIES

    def take(self, size: int, packed: int) -> None:
        """Account for a member before it is unpacked. Raises UnreadableInput where it is too much."""
        if size > MAX_BYTES or size > max(RATIO_FROM, MAX_RATIO * packed):
            raise UnreadableInput("too_large_unpacked", limit=MAX_BYTES // 1_000_000)
        if size > self.total:
            raise UnreadableInput("too_large_unpacked", limit=MAX_TOTAL // 1_000_000)
        self.total -= size

    def enter(self, entries: int) -> None:
        """Account for the members of an archive. Raises UnreadableInput where they are too many."""
        if entries > self.entries:
            raise UnreadableInput("too_many_entries", limit=MAX_ENTRIES)
        self.entries -= entries
