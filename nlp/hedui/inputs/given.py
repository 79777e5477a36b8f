"""The values of an expansion: places, the bytes of single documents, what was refused, what was passed over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from hedui import reading
from hedui.model import Document
from hedui.reading.errors import UnreadableInput

STDIN = "-"

_FIELDS = ("url", "publisher", "fiscal_year", "retrieved", "modified", "charset")
_WINS = ("url", "publisher", "fiscal_year", "retrieved")  # over what a document says of itself


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document before it is read; `origins` tells by field from where.

    `retrieved` is when a crawler fetched it, `modified` the day its server gave as that of its last change, `charset`
    what the server said of its characters.
    """

    url: str | None = None
    publisher: str | None = None
    fiscal_year: int | None = None
    retrieved: datetime | None = None
    modified: date | None = None
    charset: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, origin: str, **fields: Any) -> "Known":
        """What one origin knows: `manifest` or `http`."""
        told = {name: value for name, value in fields.items() if value is not None}
        return cls(**told, origins=dict.fromkeys(told, origin))

    def over(self, other: "Known") -> "Known":
        """Both together; where both know, this one holds."""
        own = {name: value for name in _FIELDS if (value := getattr(self, name)) is not None}
        return replace(other, **own, origins={**other.origins, **self.origins})

    def complete(self, document: Document) -> Document:
        """The document with what is known of it from elsewhere."""
        told = {name: value for name in _WINS if (value := getattr(self, name)) is not None}
        origins = {name: self.origins[name] for name in told if name != "retrieved"}
        if document.published is None and self.modified is not None:
            told["published"] = self.modified
            origins["published"] = self.origins["modified"]
        return replace(document, **told, origins={**document.origins, **origins}) if told else document


NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Place:
    """A file (or `-`, the standard input) and what is known of the documents in it."""

    path: str
    known: Known = NOTHING


@dataclass(frozen=True, slots=True)
class Input:
    """The bytes of one document: `source` is a path, `archive.zip!inner/path` or `crawl.warc.gz!URL`."""

    source: str
    data: bytes = field(repr=False)
    known: Known = NOTHING

    def fingerprint(self) -> str:
        """Tells whether this was read before: a hash of the bytes and of what is known of them."""
        known = [str(getattr(self.known, name)) for name in _FIELDS]
        return sha256(
            sha256(self.data).digest() + "\0".join(known).encode("utf-8", "surrogatepass")
        ).hexdigest()

    def read(self, pdf_engine: str = "pdfminer") -> Document:
        """The document, with what is known of it from elsewhere. Raises what `reading.read` raises."""
        return self.known.complete(
            reading.read(self.data, self.source, pdf_engine, charset=self.known.charset)
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that cannot be read, and why."""

    source: str
    error: UnreadableInput


@dataclass(frozen=True, slots=True)
class Skipped:
    """How many parts of `source` were passed over; `warning.REASON` of the messages says why."""

    source: str
    reason: str
    count: int


Given = Input | Refused | Skipped
Expansion = Iterator[Given]
