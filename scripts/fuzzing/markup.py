"""Mutations of what is written in tags: web pages, and the parts of Word files and workbooks."""

import random
from collections import defaultdict

import regex

from fuzzing.plain import of_text, times

TAG = regex.compile(rb"<[^<>]*>")
ENDS = regex.compile(
    rb"<(/?)((?:w:|text:|table:)?(?:p|tr|tc|tbl|table|td|th|li|row|c|si|table-row|table-cell))(?=[\s>])[^<>]*(?<!/)>"
)
"""Where paragraphs, rows and cells begin and end: what has an order."""
ATTRIBUTE = regex.compile(rb'\b([\w:]+)="([^"<>]*)"')
WORDS = regex.compile(rb">(\s*+[^<>\s][^<>]*+)<")
UNWRITTEN = bytes([*range(9), 11, 12, *range(14, 32)]) + b"<&"
"""Bytes that a part of a package may not hold."""
VALUES = (b"", b"0", b"-1", b"99999999", b"true", b"A1:XFD1048576", b"ZZZ9", b"rId1", b"none", b"1" * 400)


def of_tags(data: bytes, rng: random.Random) -> bytes:
    """Tags lost, doubled, swapped, nested deeply, or with attributes that mean something else."""
    tags = list(TAG.finditer(data))
    for _ in range(rng.choice((1, 2, 8, 32)) if tags else 0):
        tag = rng.choice(tags)
        other = rng.choice(tags).group()
        new = rng.choice(
            (
                b"",
                other,
                times(tag.group(), rng.choice((2, 50, 2000))),
                tag.group() + other,
                tag.group()[:-1],
                tag.group()[:-1] + b' colspan="99999" rowspan="-1" style="display:none" hidden>',
                b"<![CDATA[",
                b"<!--",
                b"&#x110000;",
            )
        )
        data = data.replace(tag.group(), new, 1)
    return data


def of_attributes(data: bytes, rng: random.Random) -> bytes:
    """Attributes with the value of another, or one that is none."""
    for _ in range(rng.choice((1, 1, 4))):
        known = list(ATTRIBUTE.finditer(data))
        if not known:
            return data
        found = rng.choice(known)
        new = rng.choice((rng.choice(known)[2], rng.choice(VALUES)))
        data = data[: found.start(2)] + new + data[found.end(2) :]
    return data


def of_words(data: bytes, rng: random.Random) -> bytes:
    """What stands between tags mutated as a text, the tags left as they are."""
    for _ in range(rng.choice((1, 2, 8))):
        known = [found for found in WORDS.finditer(data) if found[1].strip()]
        if not known:
            return data
        found = rng.choice(known)
        new = of_text(found[1], rng).translate(None, UNWRITTEN)
        data = data[: found.start(1)] + new + data[found.end(1) :]
    return data


def of_order(data: bytes, rng: random.Random) -> bytes:
    """Paragraphs, rows and cells swapped, lost, repeated, or one inside the other."""
    for _ in range(rng.choice((1, 1, 3))):
        elements = _elements(data)
        if not elements:
            return data
        name = rng.choice(sorted(elements))
        others = elements[name if rng.random() < 0.8 else rng.choice(sorted(elements))]
        (a, b), (c, d) = sorted((rng.choice(elements[name]), rng.choice(others)))
        one, other = data[a:b], data[c:d]
        if b <= c and rng.random() < 0.5:
            data = data[:a] + other + data[b:c] + one + data[d:]
        else:
            new = rng.choice(
                (b"", times(one, rng.choice((2, 100))), one + other, one[: one.index(b">") + 1] + other)
            )
            data = data[:a] + new + data[b:]
    return data


def _elements(data: bytes) -> dict[bytes, list[tuple[int, int]]]:
    """Where elements begin and end, by name."""
    found: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    begun: dict[bytes, list[int]] = defaultdict(list)
    for end in ENDS.finditer(data):
        if not end[1]:
            begun[end[2]].append(end.start())
        elif begun[end[2]]:
            found[end[2]].append((begun[end[2]].pop(), end.end()))
    return found
