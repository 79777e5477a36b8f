"""Crawls: every response that holds a document, however it was sent; the rest counted."""

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import brotli
import pytest

from archives import TEXT, told, warc
from hedui.inputs import Input, Place, contents, crawls, http_body
from hedui.reading import read

URL = "https://example.gov.cn/a.html"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc.gz"


def chunked(data: bytes) -> bytes:
    pieces = [data[at : at + 20] for at in range(0, len(data), 20)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize("packing", [lambda data: data, gzip.compress], ids=["plain", "as a whole"])
def test_responses(crawl: Path, packing: Callable[[bytes], bytes]) -> None:
    crawl.write_bytes(
        packing(warc([(URL, TEXT, PLAIN), (URL, b"again", PLAIN), ("https://b.cn/", b"b", {})]))
    )
    assert told(crawl) == [(URL, TEXT), (f"{URL} (2)", b"again"), ("https://b.cn/", b"b")]


@pytest.mark.parametrize("packed", [True, False])
def test_what_is_no_document_is_counted(crawl: Path, packed: bool) -> None:
    crawl.write_bytes(
        warc([(URL, b"moved", PLAIN)], packed, status="301 Moved")
        + warc(
            [(URL, b"x", {"Content-Type": "image/png"}), (URL, b"x", {"content-type": "Text/CSS"})], packed
        )
        + warc([(URL, b"GET", PLAIN)], packed, kind="request")
        + warc([(URL, b"", PLAIN)], packed, kind="revisit")
        + warc([(URL, TEXT, PLAIN)], packed, kind="resource")
        + warc([(URL, TEXT, PLAIN)], packed, warc_headers={"WARC-Truncated": "length"})
    )
    assert told(crawl) == [
        *((URL, TEXT), (f"{URL} (2)", "record_truncated")),
        *(("skipped_status", 1), ("skipped_types", 2), ("skipped_revisits", 1)),
    ]


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(TEXT)),
        ({"Content-Encoding": "GZIP"}, TEXT),  # kept as the crawler understood it
        ({"Content-Encoding": "deflate"}, zlib.compress(TEXT)),
        ({"Content-Encoding": "deflate"}, raw_deflate(TEXT)),
        ({"Content-Encoding": "br"}, brotli.compress(TEXT)),
        ({"Content-Encoding": "br"}, TEXT),
        ({"Content-Encoding": "identity"}, TEXT),
        ({"Content-Encoding": "deflate, gzip"}, gzip.compress(zlib.compress(TEXT))),
        ({"Transfer-Encoding": "chunked"}, chunked(TEXT)),
        ({"Transfer-Encoding": "chunked"}, TEXT),
        ({"Transfer-Encoding": "Chunked", "Content-Encoding": "gzip"}, chunked(gzip.compress(TEXT))),
    ],
    ids=lambda value: (
        "-".join(value.values()) if isinstance(value, dict) else ""
    ),  # bytes differ from run to run
)
def test_bodies(crawl: Path, headers: dict[str, str], sent: bytes) -> None:
    crawl.write_bytes(warc([(URL, sent, headers)], packed=True))
    assert told(crawl) == [(URL, TEXT)]


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(TEXT)[:-9]),
        ({"Content-Encoding": "br"}, brotli.compress(TEXT)[:-5]),
        ({"Transfer-Encoding": "chunked"}, chunked(TEXT)[:40]),
    ],
    ids=lambda value: (
        "-".join(value.values()) if isinstance(value, dict) else ""
    ),  # bytes differ from run to run
)
def test_a_body_that_is_cut_costs_only_itself(crawl: Path, headers: dict[str, str], sent: bytes) -> None:
    crawl.write_bytes(warc([(URL, sent, headers), ("https://b.cn/", TEXT, {})]))
    assert told(crawl) == [(URL, "member_broken"), ("https://b.cn/", TEXT)]


def test_a_body_that_unpacks_to_too_much(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_body, "MAX_BYTES", 1000)
    bomb = b"0" * 100_000
    crawl.write_bytes(
        warc([(URL, gzip.compress(bomb), {"Content-Encoding": "gzip"})])
        + warc([(URL, brotli.compress(bomb), {"Content-Encoding": "br"}), (URL, TEXT, {})])
    )
    assert [what for _, what in told(crawl)] == ["too_large_unpacked", "too_large_unpacked", TEXT]


def test_a_record_that_is_too_large_is_passed_over(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawls, "MAX_BYTES", 1000)
    monkeypatch.setattr(crawls, "MAX_HEADERS", 20_000)
    crawl.write_bytes(warc([(URL, b"0" * 5000, PLAIN), (URL, b"0" * 50_000, PLAIN), (URL, TEXT, PLAIN)]))
    assert [what for _, what in told(crawl)] == ["too_large", "too_large", TEXT]


@pytest.mark.parametrize("packed", [True, False])
def test_what_came_before_the_end_is_kept(crawl: Path, packed: bool) -> None:
    one = warc([(URL, TEXT, PLAIN)], packed)
    for cut in range(12, len(one) - 4, 7):
        crawl.write_bytes(one + one[:cut])
        first, *rest = told(crawl)
        assert first == (URL, TEXT)
        assert [what for source, what in rest if source == ""] in (["crawl_cut"], ["crawl_broken"]), cut


def test_a_line_without_end_is_not_read_to_its_end(crawl: Path) -> None:
    crawl.write_bytes(b"WARC/1.0\r\nX: " + b"x" * 3_000_000)
    assert told(crawl) == [("", "crawl_broken")]
    crawl.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n")
    assert told(crawl) == [("", "crawl_broken")]


def test_address_and_dates(crawl: Path) -> None:
    headers = {"Last-Modified": "Wed, 17 Sep 2025 18:00:00 GMT", **PLAIN}
    crawl.write_bytes(warc([(URL, TEXT, headers)], packed=True))
    (given,) = contents(Place(str(crawl)))
    assert isinstance(given, Input)
    document = given.known.complete(read(given.data, given.source))
    assert document.source == f"{crawl}!{URL}"
    assert document.url == URL
    assert document.published == date(2025, 9, 18)  # as the day is told in China
    assert document.retrieved == datetime(2025, 10, 1, 1, 2, 3, tzinfo=UTC)
    assert document.origins["url"] == document.origins["published"] == "http"


def test_a_page_made_on_demand_tells_no_date(crawl: Path) -> None:
    for moment in ("Wed, 01 Oct 2025 01:02:02 GMT", "nonsense"):
        crawl.write_bytes(warc([(URL, TEXT, {"Last-Modified": moment})]))
        (given,) = contents(Place(str(crawl)))
        assert isinstance(given, Input)
        assert given.known.modified is None


def test_nothing_is_printed(crawl: Path, capfd: pytest.CaptureFixture[str]) -> None:
    crawl.write_bytes(warc([(URL, TEXT, PLAIN)]) + b"rubbish\r\n" + warc([(URL, TEXT, PLAIN)]))
    assert told(crawl)
    assert capfd.readouterr() == ("", "")


def test_the_server_tells_the_characters_of_a_page(crawl: Path) -> None:
    page = "<html><meta charset='utf-8'><p>某某局2024年度部门决算</p></html>".encode("gb18030") + b"\xff"
    crawl.write_bytes(warc([(URL, page, {"Content-Type": 'text/html; Charset="GBK"'}), (URL, page, {})]))
    first, second = (given for given in contents(Place(str(crawl))) if isinstance(given, Input))
    assert (first.known.charset, second.known.charset) == ("gbk", None)
    document = first.known.complete(read(first.data, first.source, charset=first.known.charset))
    assert document.text.startswith("某某局2024年度部门决算")
    assert "charset" not in document.origins
