"""Which mutations tell most of which format."""

import random
from collections.abc import Callable

from fuzzing.markup import of_attributes, of_order, of_tags, of_words
from fuzzing.packed import of_pages, of_parts, of_picture, of_records
from fuzzing.plain import MOST, of_bytes, of_numbers, of_places, of_text

Mutation = Callable[[bytes, random.Random], bytes]

PACKAGE = (of_parts, of_parts, of_parts, of_bytes)
BY_KIND: dict[str, tuple[Mutation, ...]] = {
    ".txt": (of_text, of_text, of_text, of_bytes),
    ".html": (of_tags, of_order, of_order, of_words, of_words, of_attributes, of_text, of_bytes),
    ".docx": PACKAGE,
    ".xlsx": PACKAGE,
    ".ods": PACKAGE,
    ".zip": PACKAGE,
    ".pdf": (of_pages, of_pages, of_pages, of_numbers, of_bytes),
    ".warc": (of_records, of_records, of_records, of_bytes),
    ".xls": (of_places, of_places, of_places, of_bytes),
    ".doc": (of_places, of_bytes),
    ".rtf": (of_numbers, of_text, of_bytes),
    ".png": (of_picture, of_bytes),
}
"""By ending; for any other those of bytes."""


def mutated(data: bytes, kind: str, rng: random.Random) -> bytes:
    """A file of a kind (its ending) with one mutation, now and then with several."""
    for _ in range(rng.choice((1, 1, 1, 3))):
        data = rng.choice(BY_KIND.get(kind, (of_bytes,)))(data, rng)[:MOST]
    return data
