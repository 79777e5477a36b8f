"""Mutations of bytes, of characters and lines, of tags, and of the parts of an archive."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable

import regex

Mutation = Callable[[bytes, random.Random], bytes]

MOST = 2_000_000
"""Bytes of a mutated file: larger ones are the business of scripts/make_broken.py."""
STRANGE = (
    *(
        "\x00",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\u3000",
        "\ufffd",
        "\U0001f600",
        "\ue000",
        "\u0301",
        "\r",
        "\x0b",
        "\x85",
    ),
    *(
        "９",
        "．",
        "，",
        "%",
        "％",
        "－",
        "—",
        "万",
        "亿",
        "元",
        "0",
        "-",
        ".",
        "(",
        "）",
        "〇",
        "壹",
        "½",
        "²",
        "年",
        "，其中：",
    ),
)
PIECE = regex.compile(r"<[^<>]*>|\d[\d,.]*|[\p{Han}]+|\s+|.", regex.DOTALL)
TAG = regex.compile(rb"<[^<>]*>")


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


def of_text(data: bytes, rng: random.Random) -> bytes:
    """Characters, numbers, words and lines changed, lost, doubled, swapped; strange ones put in; another encoding."""
    text = data.decode("utf8", "replace")
    for _ in range(rng.choice((1, 2, 4, 16))):
        text = rng.choice((_characters, _pieces, _lines, _repeated))(text, rng)
    if rng.random() < 0.1:
        return text.encode(rng.choice(("gb18030", "utf-16", "utf-16-be", "big5", "utf-32")), "replace")
    return text.encode("utf8", "replace")


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
                tag.group() * rng.choice((2, 50, 2000)),
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


def of_parts(data: bytes, rng: random.Random) -> bytes:
    """A part of an archive (Word, workbook) mutated, lost, or in the place of another; bytes where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError, OSError):
        return of_bytes(data, rng)
    if not parts:
        return data
    for _ in range(rng.choice((1, 1, 3))):
        number = rng.randrange(len(parts))
        name, held = parts[number]
        if rng.random() < 0.1:
            held = b""
        elif rng.random() < 0.1:
            held = rng.choice(parts)[1]
        else:
            held = rng.choice((of_tags, of_tags, of_text, of_bytes))(held, rng)
        parts[number] = name, held
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts:
            archive.writestr(name, held)
    return made.getvalue()


BY_KIND: dict[str, tuple[Mutation, ...]] = {
    ".txt": (of_text, of_text, of_text, of_bytes),
    ".html": (of_tags, of_tags, of_text, of_bytes),
    ".docx": (of_parts, of_parts, of_parts, of_bytes),
    ".xlsx": (of_parts, of_parts, of_parts, of_bytes),
    ".pdf": (of_bytes,),
}
"""Which mutations tell most of a format; those of bytes for any other."""


def mutated(data: bytes, kind: str, rng: random.Random) -> bytes:
    """A file of a kind (its ending) with one mutation, now and then with several."""
    for _ in range(rng.choice((1, 1, 1, 3))):
        data = rng.choice(BY_KIND.get(kind, (of_bytes,)))(data, rng)[:MOST]
    return data


def _characters(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(STRANGE) * rng.choice((1, 1, 3, 500)) + text[place + rng.randrange(3) :]


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
                pieces[first] *= rng.choice((2, 2, 400))
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


def _repeated(text: str, rng: random.Random) -> str:
    start = rng.randrange(len(text) + 1)
    piece = text[start : start + rng.choice((1, 2, 10, 100))]
    return text[:start] + piece * rng.choice((2, 30, 1000)) + text[start:]
