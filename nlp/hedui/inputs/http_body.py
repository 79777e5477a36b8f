"""The body of an HTTP response as a crawl keeps it: chunks joined, packing undone, within limits.

Crawlers keep the headers as they came but often the body as they understood it, so a body that does not look
chunked or packed is taken as it is.
"""

import io
import zlib

import regex
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders

from hedui.inputs.budget import MAX_BYTES
from hedui.reading.errors import UnreadableInput

_CHUNK = regex.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n")
_GZIP = b"\x1f\x8b"


def body(data: bytes, headers: StatusAndHeaders) -> bytes:
    """The bytes of the document itself. Raises UnreadableInput where they are damaged or too many."""
    if "chunked" in _tokens(headers, "Transfer-Encoding") and _CHUNK.match(data):
        try:
            data = ChunkedDataReader(io.BytesIO(data), raise_exceptions=True).read()
        except ChunkedDataException as error:
            raise UnreadableInput("member_broken", error="chunked") from error
    for packing in reversed(_tokens(headers, "Content-Encoding")):
        data = _unpacked(data, packing)
    return data


def _tokens(headers: StatusAndHeaders, name: str) -> list[str]:
    return [token.strip().lower() for token in (headers.get_header(name) or "").split(",")]


def _unpacked(data: bytes, packing: str) -> bytes:
    if packing in ("gzip", "x-gzip"):
        return _inflated(data, 16 + zlib.MAX_WBITS) if data.startswith(_GZIP) else data
    if packing == "deflate":
        try:
            return _inflated(data, zlib.MAX_WBITS)
        except UnreadableInput as error:
            if error.key == "too_large_unpacked":
                raise
            return _inflated(data, -zlib.MAX_WBITS)  # as some servers mean it
    if packing == "br":
        return _from_brotli(data)
    return data


def _inflated(data: bytes, window: int) -> bytes:
    unpacking = zlib.decompressobj(window)
    try:
        out = unpacking.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnreadableInput("member_broken", error="zlib") from error
    if len(out) > MAX_BYTES:
        raise UnreadableInput("too_large_unpacked", limit=MAX_BYTES // 1_000_000)
    if not unpacking.eof:
        raise UnreadableInput("member_broken", error="EOF")
    return out


def _from_brotli(data: bytes) -> bytes:
    import brotli

    unpacking = brotli.Decompressor()
    try:
        out: bytes = unpacking.process(data, output_buffer_limit=MAX_BYTES + 1)
    except brotli.error:
        return data  # kept unpacked: brotli has no mark to tell by
    if len(out) > MAX_BYTES:
        raise UnreadableInput("too_large_unpacked", limit=MAX_BYTES // 1_000_000)
    if not unpacking.is_finished():
        raise UnreadableInput("member_broken", error="EOF")
    return out
