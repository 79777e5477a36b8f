"""Files opened, the standard input among them; what the system refuses becomes an error that says what to do."""

import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from hedui.inputs.given import STDIN
from hedui.inputs.remote import is_url, open_url
from hedui.reading.errors import UnreadableInput
from hedui.reading.files import ends


@contextmanager
def opened(path: str) -> Iterator[io.BufferedReader]:
    """A file, be it at a URL, or the standard input for `-`. Raises UnreadableInput where the system refuses."""
    try:
        if path == STDIN:
            given = sys.stdin.buffer
            yield given if isinstance(given, io.BufferedReader) else buffered(given)
        elif is_url(path):
            with open_url(path) as remote:
                yield buffered(remote)
        else:
            ends(path)
            with Path(path).open("rb") as file:
                yield file
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableInput("missing") from None
    except PermissionError:
        raise UnreadableInput("permission") from None
    except OSError as error:
        raise UnreadableInput("system", error=error.strerror or error) from error


def whole(file: BinaryIO | gzip.GzipFile, limit: int) -> bytes:
    """All bytes of a file, in memory. Raises UnreadableInput where they are more than the limit."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableInput("too_large", limit=limit // 1_000_000)
    return data


def buffered(file: BinaryIO) -> io.BufferedReader:
    """Another kind of file, a BytesIO say, so that its beginning can be looked at."""
    return io.BufferedReader(file)  # type: ignore[arg-type]  # it has all that is asked of it
