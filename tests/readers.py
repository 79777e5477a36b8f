"""What the tests of all readers ask: the same claims from another format, and a clear refusal of bad bytes."""

import random
from collections.abc import Iterator, Sequence

import pytest

from hedui.model import Claim
from hedui.reading import UnreadableInput, read
from hedui.segmentation.layout import blocks


def said(claim: Claim) -> tuple[object, ...]:
    """What a claim says, apart from where it stands."""
    item = claim.item.printed if claim.item else None
    return (
        *(claim.origin, claim.value, claim.unit, claim.metric, item, claim.measure),
        *(claim.basis, claim.year, claim.versus, claim.direction),
    )


def paragraphs(text: str) -> str:
    """The text with every paragraph on one line and without page numbers."""
    out = []
    for block in blocks(text):
        if block.kind != "furniture":
            first = text.rfind("\n", 0, block.spans[0][0] + (block.kind == "row")) + 1
            out.append(text[first : block.spans[0][1]] + "".join(text[a:b] for a, b in block.spans[1:]))
    return "\n".join(out)


def refusal(data: bytes) -> str:
    """The key of the error that the bytes are refused with, which both languages can tell."""
    with pytest.raises(UnreadableInput) as caught:
        read(data, "")
    assert all(caught.value.say(lang) for lang in ("zh", "en"))
    return caught.value.key


def damaged(whole: bytes, seed: int, copies: int, first: int, counts: Sequence[int]) -> Iterator[bytes]:
    """Copies with as many places as one of `counts` altered at random, from byte `first` on."""
    chance = random.Random(seed)
    for _ in range(copies):
        data = bytearray(whole)
        for _ in range(chance.choice(counts)):
            at = chance.randrange(first, len(data))
            data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        yield bytes(data)
