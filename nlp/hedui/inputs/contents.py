"""One place → the documents in it: a file is one, an archive or a crawl holds many. By content, not by name."""

import gzip
import io
import zlib
from functools import partial

from hedui.inputs.budget import MAX_BYTES, MAX_DEPTH, Budget
from hedui.inputs.given import Expansion, Input, Known, Place, Refused
from hedui.inputs.opening import buffered, opened, whole
from hedui.inputs.zips import members
from hedui.reading.containers import HEAD, container, is_package
from hedui.reading.errors import UnreadableInput


def contents(place: Place) -> Expansion:
    """The documents at a place, one after the other; what cannot be read is told in between and stops nothing.

    No more than one document is held in memory, archives inside archives apart.
    """
    try:
        with opened(place.path) as file:
            yield from _inside(file, place.path, place.known, Budget(), 0)
    except UnreadableInput as error:
        yield Refused(place.path, error)


def _inside(file: io.BufferedReader, source: str, known: Known, budget: Budget, depth: int) -> Expansion:
    kind = container(file.peek(HEAD)[:HEAD])
    if kind == "zip":
        file = file if file.seekable() else buffered(io.BytesIO(whole(file, MAX_BYTES)))
        kind = None if is_package(file) else kind
    if kind is None:
        yield Input(source, whole(file, MAX_BYTES), known)
        return
    if depth >= MAX_DEPTH:
        raise UnreadableInput("nested", limit=MAX_DEPTH)
    if kind == "zip":
        yield from members(
            file, source, budget, partial(_member, known=known, budget=budget, depth=depth + 1)
        )
    elif kind == "warc":
        yield from _crawl(file, source, known, depth)
    else:
        yield from _gunzipped(file, source, known, depth)


def _member(data: bytes, source: str, known: Known, budget: Budget, depth: int) -> Expansion:
    """What the bytes of a member yield; the member alone is refused where they are broken."""
    if container(data[:HEAD]) is None:
        yield Input(source, data, known)
        return
    try:
        yield from _inside(buffered(io.BytesIO(data)), source, known, budget, depth)
    except UnreadableInput as error:
        yield Refused(source, error)


def _crawl(file: io.BufferedReader | gzip.GzipFile, source: str, known: Known, depth: int) -> Expansion:
    from hedui.inputs.crawls import records

    def inside(data: bytes, name: str, told: Known) -> Expansion:
        return _member(data, name, known.over(told), Budget(), depth + 1)

    yield from records(file, source, inside)


def _gunzipped(file: io.BufferedReader, source: str, known: Known, depth: int) -> Expansion:
    """A crawl, packed record by record or as a whole; anything else is one document that was packed."""
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            if container(unpacked.peek(HEAD)[:HEAD]) == "warc":
                yield from _crawl(unpacked, source, known, depth)
            else:
                yield from _member(whole(unpacked, MAX_BYTES), source, known, Budget(), depth + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableInput("gzip_broken", error=type(error).__name__) from error
