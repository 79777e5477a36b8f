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
    """Write to `out`, or to the standard output. A reader that closes the pipe early ends it quietly.

    Raises OSError where `out` cannot be written; it is then what it was before.
    """
    if out is None:
        _to_screen(chunks, color)
    elif out.exists() and not out.is_file():  # a device or a named pipe: nothing to be renamed
        with out.open("wb") as file:
            file.writelines(map(_bytes, chunks))
    else:
        _to_file(chunks, out)


def _to_screen(chunks: Iterable[str | bytes], color: bool | None) -> None:
    from hedui.report.quiet import on_screen

    seen = sys.stdout.isatty()
    try:
        for chunk in chunks:
            shown = on_screen(chunk) if seen and isinstance(chunk, str) else chunk
            click.echo(shown, nl=False, color=color)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends; what is left must go nowhere instead of into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _to_file(chunks: Iterable[str | bytes], out: Path) -> None:
    with whole(out) as file:
        file.writelines(map(_bytes, chunks))


@contextmanager
def whole(out: Path) -> Iterator[IO[bytes]]:
    """A file beside `out` to write to, which takes its place at the end; after an error `out` is what it was before.

    Raises OSError where that cannot be done.
    """
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
