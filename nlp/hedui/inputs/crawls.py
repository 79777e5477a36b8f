"""Web crawls (WARC): each response that holds a document, with its address and the time it was fetched."""

import gzip
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.message import Message
from email.utils import parsedate_to_datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from hedui.inputs.budget import MAX_BYTES
from hedui.inputs.given import Expansion, Known, Refused, Skipped
from hedui.inputs.http_body import body
from hedui.inputs.names import Sources, printable
from hedui.reading.errors import UnreadableInput

MAX_HEADERS = 1_000_000  # bytes of the headers of a record, and of what may stand between two
MAX_SKIPPED = 5_000_000_000  # bytes of a record that is passed over
CHINA = timezone(timedelta(hours=8))  # days are told as where the documents come from

# Other records than `response` and `resource` that stand for one, without the bytes that came.
_WITHOUT_BYTES = ("revisit", "conversion", "continuation")
# Kinds of content that are never a document; what is of another kind, or of none, is tried.
_NEVER = (
    *("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "text/dns", "application/json"),
    *("application/javascript", "application/x-javascript", "application/font", "application/x-font"),
    *("text/xml", "application/xml", "application/rss", "application/atom", "application/x-shockwave"),
)
_HTTP = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)


def records(
    file: io.BufferedReader | gzip.GzipFile, source: str, inside: Callable[[bytes, str, Known], Expansion]
) -> Expansion:
    """What the responses of a crawl yield, in its order; `inside` tells what the bytes of one do.

    A response that cannot be read costs only itself. Where the file is cut off or broken, what came before is
    kept and UnreadableInput is raised at the end.
    """
    sources = Sources(source)
    skipped: Counter[str] = Counter()
    end: UnreadableInput | None = None
    try:
        for headers, block in _records(file):
            if headers.get_header("WARC-Type") in _WITHOUT_BYTES:
                skipped["skipped_revisits"] += 1
                continue
            http, start = _http(headers, block)
            if reason := _reason(headers, http):
                skipped[reason] += 1
                continue
            url = headers.get_header("WARC-Target-URI") or ""
            place = sources.name(printable(url))
            try:
                data = _document(headers, block, http, start)
            except UnreadableInput as error:
                yield Refused(place, error)
                continue
            del block  # the next one is read before this name would let go of it
            yield from inside(data, place, _known(url, headers, http))
    except UnreadableInput as error:
        end = error
    for reason, count in skipped.items():
        yield Skipped(source, reason, count)
    if end:
        raise end


class _Stream:
    """A file that is read no further than allowed. warcio takes the end of a damaged file for that of the crawl,
    and would read a line without end to its end; here both are errors."""

    def __init__(self, file: io.BufferedReader | gzip.GzipFile) -> None:
        self._file = file
        self.allowed = 0

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._file.read1(size)  # less than asked for, but what comes before a damage is not lost
        except (EOFError, OSError, zlib.error) as error:
            raise UnreadableInput("crawl_broken", error=type(error).__name__) from error
        self.allowed -= len(data)
        if self.allowed < 0:
            raise UnreadableInput("crawl_broken", error="record")
        return data


class _Walk(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
    """The records of a crawl, without the remarks that warcio prints."""

    INC_RECORD = ""


def _records(file: io.BufferedReader | gzip.GzipFile) -> Iterator[tuple[StatusAndHeaders, bytes | None]]:
    """Headers and bytes of the records that stand for responses; None for the bytes where they are too many.

    Raises UnreadableInput where the crawl is broken or cut off.
    """
    stream = _Stream(file)
    stream.allowed = MAX_HEADERS
    walk = _Walk(stream, no_record_parse=True)
    try:
        for record in walk:
            length = record.length
            if length is None or length > MAX_SKIPPED:
                raise UnreadableInput("crawl_broken", error="Content-Length")
            stream.allowed = length + MAX_HEADERS
            if record.rec_type in ("response", "resource", *_WITHOUT_BYTES):
                block = None
                if length <= MAX_BYTES + MAX_HEADERS:
                    block = record.raw_stream.read(length)
                    if len(block) < length:
                        raise UnreadableInput("crawl_cut")
                yield record.rec_headers, block
                del block
    except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
        raise UnreadableInput("crawl_broken", error=type(error).__name__) from error


def _http(headers: StatusAndHeaders, block: bytes | None) -> tuple[StatusAndHeaders | None, int]:
    """The headers of the response and where its body begins; None for a resource, which has none."""
    target = headers.get_header("WARC-Target-URI") or ""
    if (
        headers.get_header("WARC-Type") != "response"
        or not block
        or not target.startswith(("http:", "https:"))
    ):
        return None, 0
    reader = io.BytesIO(block[:MAX_HEADERS])
    return _HTTP.parse(reader), reader.tell()


def _reason(headers: StatusAndHeaders, http: StatusAndHeaders | None) -> str | None:
    """Why a response is no document, as the key of a message."""
    if http and http.get_statuscode() != "200":
        return "skipped_status"
    kind = (http or headers).get_header("Content-Type") or ""
    return "skipped_types" if kind.strip().lower().startswith(_NEVER) else None


def _document(
    headers: StatusAndHeaders, block: bytes | None, http: StatusAndHeaders | None, start: int
) -> bytes:
    if block is None or len(block) - start > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    if headers.get_header("WARC-Truncated"):
        raise UnreadableInput("record_truncated")
    return body(block[start:], http) if http else block


def _known(url: str, headers: StatusAndHeaders, http: StatusAndHeaders | None) -> Known:
    retrieved = _moment(headers.get_header("WARC-Date"))
    modified = _modified(http.get_header("Last-Modified") if http else None, retrieved)
    return Known.of(
        "http",
        url=url or None,
        retrieved=retrieved,
        modified=modified,
        charset=_charset(http) if http else None,
    )


def _charset(http: StatusAndHeaders) -> str | None:
    """What a server says of the characters of its answer."""
    told = Message()
    told["Content-Type"] = (http.get_header("Content-Type") or "").replace("\n", " ").replace("\r", " ")
    return told.get_content_charset()


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _modified(text: str | None, retrieved: datetime | None) -> date | None:
    """The day of `Last-Modified`; None where it is that of the answer, as of pages made on demand."""
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if retrieved and moment > retrieved - timedelta(minutes=5):
        return None
    return moment.astimezone(CHINA).date()
