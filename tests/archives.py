"""Archives and crawls made for tests, and what an expansion of them yields in short."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from hedui.inputs import Input, Place, Refused, contents

TEXT = "某某局2024年度部门决算\n\n本年支出合计100.00万元。\n".encode()


def zipped(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """An archive of members in their order; names may repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that repeat
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def warc(
    records: Iterable[tuple[str, bytes, Mapping[str, str]]],
    packed: bool = False,
    status: str = "200 OK",
    warc_headers: Mapping[str, str] | None = None,
    kind: str = "response",
) -> bytes:
    """A crawl with a response for every URL, its bytes and its HTTP headers."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, data, headers in records:
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(data),
            length=len(data),
            http_headers=http if kind != "resource" else None,
            warc_content_type=headers.get("Content-Type", "") if kind == "resource" else "",
            warc_headers_dict={"WARC-Date": "2025-10-01T01:02:03Z", **(warc_headers or {})},
        )
        writer.write_record(record)
    return out.getvalue()


def told(path: Path) -> list[tuple[str, object]]:
    """What a file yields: the sources with the bytes, the key of the error, or how many were passed over."""
    out: list[tuple[str, object]] = []
    for given in contents(Place(str(path))):
        source = given.source.removeprefix(str(path)).removeprefix("!")
        if isinstance(given, Input):
            out.append((source, given.data))
        elif isinstance(given, Refused):
            assert all(given.error.say(lang) for lang in ("zh", "en"))
            out.append((source, given.error.key))
        else:
            out.append((given.reason, given.count))
    return out
