"""Zip archives: their members one by one, nothing written to disk, none held longer than it is worked on."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from typing import BinaryIO

from hedui.inputs.budget import Budget
from hedui.inputs.given import Expansion, Refused, Skipped
from hedui.inputs.names import Sources, is_hidden, is_taken, plain
from hedui.reading.errors import UnreadableInput

_UTF8 = 0x800  # the flag of a name in UTF-8
_ENCRYPTED = 0x1
# What a damaged member, or one packed in a way that Python does not know, makes zipfile stumble over.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def members(
    file: BinaryIO, source: str, budget: Budget, inside: Callable[[bytes, str], Expansion]
) -> Expansion:
    """What the members of an archive yield, in its order; `inside` tells what the bytes of one do.

    A member that cannot be read costs only itself. Raises UnreadableInput where the archive itself is broken, has
    too many members or none that is read.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED as error:
        raise UnreadableInput("zip_broken", error=type(error).__name__) from error
    with archive:
        budget.enter(len(archive.infolist()))
        sources = Sources(source)
        skipped: Counter[str] = Counter()
        found = False
        for info in archive.infolist():
            name = member_name(info)
            if (
                info.is_dir()
                or not plain(name)
                or name.endswith("\\")
                or is_hidden(tuple(plain(name).split("/")))
            ):
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                skipped["skipped_links"] += 1
            elif not is_taken(name):
                skipped["skipped_members"] += 1
            else:
                found = True
                place = sources.name(plain(name))
                try:
                    data = _data(archive, info, budget)
                except UnreadableInput as error:
                    yield Refused(place, error)
                    continue
                yield from inside(data, place)
                del data
        for reason, count in skipped.items():
            yield Skipped(source, reason, count)
        if not found:
            raise UnreadableInput("no_members")


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Without the flag of UTF-8 the format says CP437, and China writes GBK (or UTF-8)."""
    name = info.orig_filename
    if info.flag_bits & _UTF8:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _data(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """A member unpacked, never more of it than it said that it would be."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableInput("member_encrypted")
    budget.take(info.file_size, info.compress_size)
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)
    except _DAMAGED as error:
        raise UnreadableInput("member_broken", error=type(error).__name__) from error
