"""Mutations inside of what is packed: parts of archives, records of crawls, pages and objects of PDFs, pictures."""

import gzip
import io
import logging
import random
import warnings
import zipfile
import zlib
from collections.abc import Iterable

import pikepdf
from PIL import Image

from fuzzing.markup import of_attributes, of_order, of_tags, of_words
from fuzzing.plain import of_bytes, of_numbers, of_text

logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
WAYS = (
    of_words,
    of_words,
    of_order,
    of_order,
    of_attributes,
    of_attributes,
    of_numbers,
    of_tags,
    of_text,
    of_bytes,
)
"""For the parts of packages, whose tags have to fit, or nothing is read."""
UNPACKED = 20_000_000
"""Bytes of a part; larger ones are bombs, whose size is what is tried."""


def of_parts(data: bytes, rng: random.Random) -> bytes:
    """A part of an archive (Word, workbook) mutated, lost, doubled, or in the place of another; bytes if none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > UNPACKED:
                return of_bytes(data, rng)
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError, OSError):
        return of_bytes(data, rng)
    if not parts:
        return data
    for _ in range(rng.choice((1, 1, 3))):
        # The largest parts hold the words; the others tell how they belong together.
        number = rng.randrange(len(parts))
        if rng.random() < 0.5:
            number = max(range(len(parts)), key=lambda place: len(parts[place][1]))
        name, held = parts[number]
        match rng.randrange(20):
            case 0:
                held = b""
            case 1:
                held = rng.choice(parts)[1]
            case 2:
                name = rng.choice(parts)[0]
            case 3:
                parts.append((name, held))
            case _:
                held = rng.choice(WAYS)(held, rng)
        parts[number] = name, held
    return zipped(parts)


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of parts by their names, the same whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that repeat
        for name, held in parts:
            # A workbook of OpenDocument tells its kind by a first part that is not packed.
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), held, packing)
    return made.getvalue()


def of_records(data: bytes, rng: random.Random) -> bytes:
    """Headers, lengths and bodies of a crawl mutated, its records swapped, doubled or lost; packed as it was."""
    packed = data.startswith(b"\x1f\x8b")
    if packed:
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return of_bytes(data, rng)
    first, *others = data.split(b"WARC/1.0\r\n")
    records = [b"WARC/1.0\r\n" + record for record in others]
    match rng.randrange(6):
        case 0:
            rng.shuffle(records)
        case 1:
            records *= rng.choice((2, 20))
        case _ if records:
            number = rng.randrange(len(records))
            head, gap, body = records[number].partition(b"\r\n\r\n")
            if rng.random() < 0.5:
                head = rng.choice((of_numbers, of_text, of_bytes))(head, rng)
            else:
                body = rng.choice((of_numbers, of_text, of_tags, of_bytes))(body, rng)
            records[number] = head + gap + body
    if not packed:
        return first + b"".join(records)
    return b"".join(map(gzip.compress, records)) if rng.random() < 0.7 else gzip.compress(b"".join(records))


def of_pages(data: bytes, rng: random.Random) -> bytes:
    """Pages of a PDF swapped, repeated or lost, the instructions and objects of it mutated, and all packed anew."""
    made = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.objects) > 5000:
                return of_bytes(data, rng)
            for _ in range(rng.choice((1, 1, 3))):
                rng.choice((_order, _contents, _contents, _object, _object))(pdf, rng)
            modes = pikepdf.ObjectStreamMode
            pdf.save(made, object_stream_mode=rng.choice((modes.generate, modes.disable)), static_id=True)
    except Exception:  # of seeds that are broken already the library makes errors of every kind
        return of_bytes(data, rng)
    return made.getvalue()


def _order(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    first, second = rng.randrange(len(pdf.pages)), rng.randrange(len(pdf.pages))
    match rng.randrange(3):
        case 0:
            pdf.pages.insert(second, pdf.pages[first])
        case 1:
            pdf.pages.append(pdf.pages[first])
            del pdf.pages[first]
        case 2 if len(pdf.pages) > 1:
            del pdf.pages[first]


def _contents(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """The drawing instructions of a page: words of them, numbers, order."""
    page = rng.choice(list(pdf.pages))
    page.contents_coalesce()
    drawn = page.Contents.read_bytes()
    match rng.randrange(4):
        case 0:
            pieces = drawn.split(b"\n")
            first, second = rng.randrange(len(pieces)), rng.randrange(len(pieces))
            pieces[first], pieces[second] = pieces[second], pieces[first]
            drawn = b"\n".join(pieces)
        case 1:
            pieces = drawn.split(b" ")
            number = rng.randrange(len(pieces))
            pieces[number : number + 1] = [rng.choice(pieces)] * rng.choice((0, 1, 2, 1000))
            drawn = b" ".join(pieces)
        case 2:
            drawn = of_numbers(drawn, rng)
        case 3:
            drawn = of_bytes(drawn, rng)
    page.Contents = pdf.make_stream(drawn)


def _object(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """An entry of an object with a value of another kind, or the bytes of a stream mutated."""
    holders = [held for held in pdf.objects if isinstance(held, (pikepdf.Dictionary, pikepdf.Stream))]
    held = rng.choice(holders)
    if isinstance(held, pikepdf.Stream) and rng.random() < 0.5:
        held.write(rng.choice((of_numbers, of_bytes))(held.read_bytes(), rng))
        return
    keys = sorted(held.keys())
    other = rng.choice(holders)
    values = (
        *(0, -1, 2**31, 99999999, True, pikepdf.Name.Page, pikepdf.Name("/Identity-H"), pikepdf.String("x")),
        *(pikepdf.Array([]), pikepdf.Array([0, 0, 1, 100000]), pikepdf.Dictionary(), held, other),
        *(other[key] for key in sorted(other.keys())),
    )
    if keys:
        held[rng.choice(keys)] = rng.choice(values)


def of_picture(data: bytes, rng: random.Random) -> bytes:
    """A picture cut, turned, or of other measures, and packed anew."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as file:
            form, picture = file.format or "PNG", file.convert("L")
        width, height = picture.size
        match rng.randrange(4):
            case 0:
                picture = picture.rotate(rng.choice((2, 45, 90, 180)), expand=True)
            case 1:
                size = rng.choice(((1, height), (width, 1), (width, 12), (width // 9 + 1, height // 9 + 1)))
                picture = picture.resize(size)
            case 2:
                left, top = rng.randrange(width), rng.randrange(height)
                picture = picture.crop((left, top, width, height))
            case 3:
                limit = rng.randrange(256)
                picture = picture.point(lambda grey: 255 * (grey > limit))
        made = io.BytesIO()
        picture.save(made, form)
    except Exception:  # of seeds that are broken already the library makes errors of every kind
        return of_bytes(data, rng)
    return made.getvalue()
