"""Files of object stores and other file systems, named by URLs (`s3://bucket/2024/a.pdf`) and reached by fsspec."""

from typing import Any, BinaryIO

import regex

from hedui.reading.errors import UnreadableInput

_URL = regex.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # a scheme of one letter would be a drive
_STATE = ("ETag", "etag", "md5Hash", "checksum", "mtime", "LastModified", "last_modified", "created")


def is_url(path: str) -> bool:
    """Whether a path names something beyond the local file system."""
    return _URL.match(path) is not None


def open_url(url: str) -> BinaryIO:
    """The file at a URL, opened to be read. Raises OSError where there is none, UnreadableInput for all else."""
    system, path = _system(url)
    try:
        file: BinaryIO = system.open(path, "rb")
    except OSError:
        raise
    except Exception as error:  # each plugin has exceptions of its own
        raise UnreadableInput("remote", error=f"{type(error).__name__}: {error}") from error
    return file


def walk(url: str) -> list[tuple[str, tuple[str, ...]]] | None:
    """The URLs of all files below a folder, sorted, with the parts of their names from there on.

    None where the URL is no folder. Raises UnreadableInput.
    """
    system, path = _system(url)
    try:
        if not system.isdir(path):
            return None
        found = [(name, name[len(path) :].strip("/")) for name in sorted(system.find(path))]
        return [(system.unstrip_protocol(name), tuple(rest.split("/"))) for name, rest in found]
    except Exception as error:
        raise UnreadableInput("remote", error=f"{type(error).__name__}: {error}") from error


def state(url: str) -> tuple[int, str]:
    """The size of a file in bytes, and what its system says that is another once the file is another.

    Raises OSError. What a listing has told already is not asked for again.
    """
    system, path = _system(url)
    info: dict[str, Any] = system.info(path)
    return int(info.get("size") or 0), " ".join(str(info[name]) for name in _STATE if name in info)


def _system(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it. Raises UnreadableInput, where a package is missing, say."""
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(url)
    except ImportError as error:
        raise UnreadableInput("remote_missing", error=error) from error
    except Exception as error:
        raise UnreadableInput("remote", error=f"{type(error).__name__}: {error}") from error
    return system, path
