"""Where a report goes: the screen, or a file that is there whole or not at all."""

import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click


def write(chunks: Iterable[str | bytes], out: Path | None, color: bool | None = None) -> None:
    """Write to `out`, or to the standard output.

    Raises OSError where `out` cannot be written; it is then what it was before.
    """
    if out is None:
        _to_screen(chunks, color)
        return
    with whole(out) as file:
        file.writelines(map(_bytes, chunks))


def _to_screen(chunks: Iterable[str | bytes], color: bool | None) -> None:
    from hedui.report.quiet import on_screen

    seen = sys.stdout.isatty()
    for chunk in chunks:
        shown = on_screen(chunk) if seen and isinstance(chunk, str) else chunk
        click.echo(shown, nl=False, color=color)
    sys.stdout.flush()


@contextmanager
def whole(out: Path) -> Iterator[IO[bytes]]:
    """A file beside `out` to write to, which takes its place at the end; after an error `out` is what it was before.

    A device or a named pipe is written to as it is. Raises OSError where that cannot be done.
    """
    if out.exists() and not out.is_file():
        with out.open("wb") as file:
            yield file
        return
    try:
        target = out.resolve()  # through a link, to the file that it names
    except RuntimeError as error:  # links in a circle, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _bytes(chunk: str | bytes) -> bytes:
    return chunk if isinstance(chunk, bytes) else click.unstyle(chunk).encode()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
