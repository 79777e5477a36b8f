"""Mutations of what needs no format to be understood: bytes, numbers, characters, words, lines."""

import random
from typing import AnyStr

import regex

STRANGE = (
    *"\x00\ufeff\u200b\u202e\u3000\ufffd\U0001f600\ue000\u0301\r\x0b\x85\u2028\f\t",
    *"９．，%％‰－—+0-.()（）〇壹½²①Ⅲ年月、；：。“”其",
    *("万", "亿", "元", "万元", "亿元", "百万元", "个百分点", "人次", "倍", "，其中：", "与上年持平", "合计"),
    *("1e400", "0.000000000001", "9" * 60, "1,2,3,4", "１２，３４５．６７", "NaN", "-0.00"),
)
"""Characters and words that mean something, or nothing, at the wrong place."""
EXTREMES = (
    "0",
    "1",
    "-1",
    "255",
    "65535",
    "65536",
    "-2147483648",
    "2147483647",
    "9" * 20,
    "1e400",
    "0.00001",
)
"""Numbers of a file's own: lengths, counts, offsets, sizes."""
WIDE = str.maketrans("0123456789.,%()", "０１２３４５６７８９．，％（）")
ENCODINGS = ("gb18030", "utf-16", "utf-16-be", "big5", "utf-32")
SURROGATE = b"\xed\xa0\x80"
PIECE = regex.compile(r"<[^<>]*>|\d[\d,.]*|[\p{Han}]+|\s+|.", regex.DOTALL)
NUMBER = regex.compile(r"\d[\d,.]*")
UNIT = regex.compile(r"亿元|万元|元|个百分点|[%％]|人次|万|亿|年")
ASCII_NUMBER = regex.compile(rb"\d+")


MOST = 500_000
"""Bytes of a mutated file, some ten times those of a disclosure: what larger ones take is the business of
scripts/make_broken.py."""


def times(piece: AnyStr, count: int) -> AnyStr:
    """A piece repeated, though to no more than MOST."""
    return piece * min(count, MOST // max(len(piece), 1))


def of_bytes(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed, lost, doubled or moved; the end cut off."""
    mutable = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        if not mutable:
            break
        start = rng.randrange(len(mutable))
        end = min(len(mutable), start + rng.choice((1, 2, 16, 256, 4096)))
        match rng.randrange(6):
            case 0:
                mutable[start] = rng.randrange(256)
            case 1:
                del mutable[start:end]
            case 2:
                mutable[start:start] = mutable[start:end]
            case 3:
                mutable[start:end] = bytes(rng.randrange(256) for _ in range(end - start))
            case 4:
                place = rng.randrange(len(mutable))
                mutable[place:place] = mutable[start:end]
            case 5:
                if rng.random() < 0.2:
                    del mutable[start:]
    return bytes(mutable)


def of_places(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed or swapped where they are, so that all else keeps its place: for files that lead by offsets."""
    mutable = bytearray(data)
    for _ in range(rng.choice((1, 4, 16, 64)) if mutable else 0):
        start, size = rng.randrange(len(mutable)), rng.choice((1, 1, 2, 4, 64))
        held = mutable[start : start + size]
        other = rng.randrange(len(mutable))
        new = rng.choice(
            (bytes(len(held)), b"\xff" * len(held), rng.randbytes(len(held)), data[other : other + len(held)])
        )
        mutable[start : start + len(new)] = new
    return bytes(mutable)


def of_numbers(data: bytes, rng: random.Random) -> bytes:
    """Numbers written in a file (lengths, counts, references) in the place of one another, or beyond all measure."""
    for _ in range(rng.choice((1, 1, 4))):
        numbers = list(ASCII_NUMBER.finditer(data))
        if not numbers:
            return data
        found = rng.choice(numbers)
        new = rng.choice(numbers).group() if rng.random() < 0.4 else rng.choice(EXTREMES).encode()
        data = data[: found.start()] + new + data[found.end() :]
    return data


def of_text(data: bytes, rng: random.Random) -> bytes:
    """Characters, numbers, units, words, lines and passages changed, lost, doubled or swapped; another encoding."""
    text = data.decode("utf8", "replace")
    for _ in range(rng.choice((1, 2, 4, 16))):
        text = rng.choice((_characters, _numbers, _units, _pieces, _lines, _passages, _repeated))(text, rng)
    if rng.random() < 0.1:
        return text.encode(rng.choice(ENCODINGS), "replace")
    out = text.encode("utf8", "replace")
    if rng.random() < 0.05:
        place = rng.randrange(len(out) + 1)
        out = out[:place] + SURROGATE + out[place:]
    return out


def _characters(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(STRANGE) * rng.choice((1, 1, 3, 500)) + text[place + rng.randrange(3) :]


def _numbers(text: str, rng: random.Random) -> str:
    """Numbers swapped, made wide, of other digits or of many."""
    numbers = list(NUMBER.finditer(text))
    if not numbers:
        return text
    found, other = rng.choice(numbers), rng.choice(numbers).group()
    digits = "".join(rng.choice("0123456789,.") for _ in range(rng.choice((1, 3, 9, 30))))
    new = rng.choice((other, found.group().translate(WIDE), digits, "0.00", found.group().replace(".", "")))
    return text[: found.start()] + new + text[found.end() :]


def _units(text: str, rng: random.Random) -> str:
    units = list(UNIT.finditer(text))
    if not units:
        return text
    found = rng.choice(units)
    return text[: found.start()] + rng.choice(("", rng.choice(units).group())) + text[found.end() :]


def _pieces(text: str, rng: random.Random) -> str:
    pieces = PIECE.findall(text)
    if pieces:
        first, second = rng.randrange(len(pieces)), rng.randrange(len(pieces))
        match rng.randrange(3):
            case 0:
                pieces[first], pieces[second] = pieces[second], pieces[first]
            case 1:
                del pieces[first]
            case 2:
                pieces[first] = times(pieces[first], rng.choice((2, 2, 400)))
    return "".join(pieces)


def _lines(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            lines[first], lines[second] = lines[second], lines[first]
        case 1:
            del lines[first]
        case 2:
            lines[first:first] = lines[second : second + rng.choice((1, 20))]
        case 3:
            lines[first : first + 2] = ["".join(lines[first : first + 2])]
        case 4:
            cut = rng.randrange(len(lines[first]) + 1)
            lines[first : first + 1] = [lines[first][:cut], lines[first][cut:]]
    return "\n".join(lines)


def _passages(text: str, rng: random.Random) -> str:
    """The order of all lines, of those of a part, or of the cells of a row."""
    lines = text.split("\n")
    start = rng.randrange(len(lines))
    end = start + rng.choice((1, 5, 30, len(lines)))
    part = lines[start:end]
    if len(part) == 1:
        cells = part[0].split("\t")
        rng.shuffle(cells)
        part = ["\t".join(cells)]
    elif rng.random() < 0.5:
        part.reverse()
    else:
        rng.shuffle(part)
    return "\n".join([*lines[:start], *part, *lines[end:]])


def _repeated(text: str, rng: random.Random) -> str:
    start = rng.randrange(len(text) + 1)
    piece = text[start : start + rng.choice((1, 2, 10, 100))]
    return text[:start] + times(piece, rng.choice((2, 30, 1000))) + text[start:]
