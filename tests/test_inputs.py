"""Files that hold many documents, and lists that name many files: expanded one by one, within limits."""

import gzip
import io
import random
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from archives import TEXT, told, warc, zipped
from hedui.inputs import Input, Known, Refused, budget, contents, gather
from hedui.inputs.zips import member_name


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "a.zip"


def test_a_file_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    assert told(path) == [("", TEXT)]
    assert told(tmp_path / "b.txt") == [("", "missing")]
    assert told(tmp_path) == [("", "system")]


def test_members_of_an_archive(archive: Path) -> None:
    archive.write_bytes(
        zipped(
            [
                *(("inner/b.txt", b"b"), ("a.HTML", b"a"), ("empty/", b""), ("photo.jpg", b"x")),
                *(
                    ("__MACOSX/._a.txt", b"x"),
                    (".hidden/a.txt", b"x"),
                    ("~$a.docx", b"x"),
                    ("a.HTML", b"again"),
                ),
            ]
        )
    )
    assert told(archive) == [
        *(("inner/b.txt", b"b"), ("a.HTML", b"a"), ("a.HTML (2)", b"again"), ("skipped_members", 1)),
    ]


@pytest.mark.parametrize(
    ("name", "encoding", "flag", "shown"),
    [
        ("决算/某某局.txt", "gbk", 0, "决算/某某局.txt"),
        ("决算/某某局.txt", "utf-8", 0, "决算/某某局.txt"),
        ("决算/某某局.txt", "utf-8", 0x800, "决算/某某局.txt"),
        ("决算\\某某局.txt", "gbk", 0, "决算/某某局.txt"),
        ("誠\\a.txt", "gbk", 0, "誠/a.txt"),  # the second byte of 誠 is that of a backslash
        ("../../etc/a.txt", "ascii", 0, "etc/a.txt"),
        ("/etc/a.txt", "ascii", 0, "etc/a.txt"),
        ("C:\\a.txt", "ascii", 0, "a.txt"),
        ("a\x1b[31m\n.txt", "ascii", 0, "a\ufffd[31m\ufffd.txt"),
    ],
)
def test_names_of_members(archive: Path, name: str, encoding: str, flag: int, shown: str) -> None:
    raw = name.encode(encoding)
    data = bytearray(zipped([("x" * len(raw), TEXT)])).replace(b"x" * len(raw), raw)
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, 6, flag)
    struct.pack_into("<H", data, at + 8, flag)
    archive.write_bytes(data)
    assert told(archive)[0][0] == shown


def test_a_bad_member_costs_only_itself(archive: Path) -> None:
    data = zipped(
        [("bad.txt", bytes(random.Random(1).randbytes(500))), ("locked.txt", TEXT), ("good.txt", TEXT)]
    )
    damaged = bytearray(data)
    damaged[60] ^= 255
    locked = damaged.index(b"locked.txt")
    struct.pack_into("<H", damaged, locked - 24, 1)
    struct.pack_into("<H", damaged, damaged.rindex(b"locked.txt") - 38, 1)
    archive.write_bytes(damaged)
    assert told(archive) == [
        *(("bad.txt", "member_broken"), ("locked.txt", "member_encrypted"), ("good.txt", TEXT)),
    ]


def test_links_are_not_followed(archive: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.write_bytes(zipped([(link, b"/etc/passwd"), ("a.txt", TEXT)]))
    assert told(archive) == [("a.txt", TEXT), ("skipped_links", 1)]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (zipped([("a.txt", TEXT)])[:-30], "zip_broken"),
        (zipped([("a.jpg", TEXT)]), "no_members"),
        (zipped([]), "no_members"),
        (gzip.compress(TEXT * 9)[:-9], "gzip_broken"),
    ],
    ids=["cut", "nothing to read", "empty", "gzip"],  # the bytes differ from run to run
)
def test_broken_archives(archive: Path, data: bytes, key: str) -> None:
    archive.write_bytes(data)
    assert [told for told in told(archive) if told[0] == ""] == [("", key)]


def test_archives_inside_archives(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped([("a.txt", TEXT)])
    for name in ("1.zip", "2.zip", "3.zip"):
        data = zipped([(name, data), ("beside.txt", b"b")])
    archive.write_bytes(data)
    assert told(archive) == [
        ("3.zip!2.zip!1.zip", "nested"),
        ("3.zip!2.zip!beside.txt", b"b"),
        ("3.zip!beside.txt", b"b"),
        ("beside.txt", b"b"),
    ]


def test_office_files_are_documents(archive: Path) -> None:
    word = zipped([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")])
    archive.write_bytes(word)
    assert told(archive) == [("", word)]
    archive.write_bytes(word[:-30])
    assert told(archive) == [("", word[:-30])]  # the reader of Word files says what is wrong with it
    archive.write_bytes(zipped([("a.docx", word)]))
    assert told(archive) == [("a.docx", word)]


def test_what_is_packed_with_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT))
    assert told(path) == [("", TEXT)]
    path.write_bytes(gzip.compress(zipped([("a.txt", TEXT)])))
    assert told(path) == [("a.txt", TEXT)]


def test_limits(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def limited(**limits: int) -> list[tuple[str, object]]:
        with monkeypatch.context() as patch:
            for name, value in limits.items():
                patch.setattr(budget, name, value)
            return told(archive)

    bomb = b"0" * 1_000_000
    archive.write_bytes(zipped([("bomb.txt", bomb), ("a.txt", TEXT), ("b.txt", TEXT)]))
    assert [told for _, told in limited()] == [bomb, TEXT, TEXT]
    refused = ("bomb.txt", "too_large_unpacked")
    assert limited(RATIO_FROM=1000)[0] == refused
    assert limited(MAX_BYTES=1000)[0] == refused
    assert limited(MAX_BYTES=1000)[1:] == [("a.txt", TEXT), ("b.txt", TEXT)]
    with monkeypatch.context() as patch:
        patch.setattr(budget.Budget.__init__, "__defaults__", (len(TEXT), 10))
        assert told(archive) == [refused, ("a.txt", TEXT), ("b.txt", "too_large_unpacked")]
        patch.setattr(budget.Budget.__init__, "__defaults__", (10**9, 2))
        assert told(archive) == [("", "too_many_entries")]


def test_a_member_never_unpacks_to_more_than_it_says(archive: Path) -> None:
    data = bytearray(zipped([("a.txt", b"0" * 1_000_000)]))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 1000)
    archive.write_bytes(data)
    assert told(archive) == [("a.txt", "member_broken")]


def test_members_are_not_held(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        for number in range(3_000):
            out.writestr(f"{number}.txt", b"x" * 10_000)
    seen = 0
    tracemalloc.start()
    for given in contents(gather([str(archive)]).found[str(archive)]):
        assert isinstance(given, Input)
        seen += len(given.data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == 30_000_000
    assert peak < 8_000_000


def test_mutated_archives_are_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(4)
    path = tmp_path / "a.zip"
    record = [("https://example.gov.cn/a.txt", TEXT, {"Content-Type": "text/plain"})]
    inner = zipped(
        [("a.txt", TEXT), ("b.zip", zipped([("c.txt", TEXT)])), ("d.warc.gz", warc(record, packed=True))]
    )
    for whole in (inner, warc(record * 3, packed=True), warc(record * 3)):
        for _ in range(200):
            data = bytearray(whole)
            for _ in range(chance.choice((1, 3, 20))):
                data[chance.randrange(4, len(data))] = chance.randrange(256)
            path.write_bytes(data[: chance.choice((len(data), chance.randrange(8, len(data))))])
            for _, what in told(path):
                assert isinstance(what, bytes | str | int)


def test_names_that_are_no_cp437() -> None:
    info = zipfile.ZipInfo("决算.txt")
    info.flag_bits = 0
    assert member_name(info) == "决算.txt"


def test_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "b.zip").write_bytes(zipped([("c.txt", TEXT)]))
    (folder / "x.bmp").write_bytes(b"BM")
    listing = tmp_path / "list"
    listing.write_text("folder\n\nmissing.txt\nfolder/a.txt\n", "utf8")
    places = gather([], [str(listing)])
    assert list(places.found) == ["folder/a.txt", "folder/b.zip", "missing.txt"]
    assert places.files[-1] == str(listing)
    assert [(skipped.source, skipped.count) for skipped in places.skipped] == [("folder", 1)]
    assert [refused.error.key for refused in gather([], ["no-such-list"]).refused] == ["missing"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_manifests(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "b.zip").write_bytes(zipped([("c.txt", TEXT)]))
    (tmp_path / "m2.csv").write_text("path\na.txt\n")
    manifest = tmp_path / "m.csv"
    manifest.write_text(
        'Path,URL,publisher,year,note\na.txt,https://example.gov.cn/a,"某某局, 本级",2023,x\nb.zip,,某某区,2022年度\n'
        "\n,,无路径,2023,\nbad.txt,,,去年,\nm2.csv,,,,\n",
        encoding,
    )
    places = gather([str(tmp_path / "a.txt"), str(manifest), str(tmp_path / "a.txt")])
    a, b = (places.found[str(tmp_path / name)].known for name in ("a.txt", "b.zip"))
    assert (a.url, a.publisher, a.fiscal_year) == ("https://example.gov.cn/a", "某某局, 本级", 2023)
    assert a.origins == dict.fromkeys(("url", "publisher", "fiscal_year"), "manifest")
    assert (b.url, b.publisher, b.fiscal_year) == (None, "某某区", 2022)
    assert {refused.error.key for refused in places.refused} == {
        "manifest_path",
        "manifest_year",
        "list_in_list",
    }
    (given,) = contents(places.found[str(tmp_path / "b.zip")])
    assert isinstance(given, Input)
    assert given.known == b


def test_a_csv_file_without_paths_is_no_manifest(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("项目,金额\n收入,1\n")
    assert list(gather([str(path)]).found) == [str(path)]
    path.write_text('path,url\na.txt,"x\n')
    assert isinstance(gather([str(path)]).refused[0], Refused)


def test_an_archive_on_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    for data in (zipped([("a.txt", TEXT)]), warc([("https://a.cn/a.txt", TEXT, {})])):
        stdin = io.TextIOWrapper(io.BufferedReader(Pipe(data)))  # type: ignore[arg-type]
        monkeypatch.setattr("sys.stdin", stdin)
        (given,) = contents(gather(["-"]).found["-"])
        assert isinstance(given, Input)
        assert given.source in ("-!a.txt", "-!https://a.cn/a.txt")


def test_a_fingerprint_is_of_the_bytes_and_what_is_known_of_them() -> None:
    one = Input("a.txt", b"bytes", Known.of("manifest", publisher="局", fiscal_year=2023))
    assert (
        one.fingerprint()
        == Input("b.txt", b"bytes", Known.of("http", publisher="局", fiscal_year=2023)).fingerprint()
    )
    others = [Input("a.txt", b"bytes"), Input("a.txt", b"bytes2", one.known)]
    assert len({each.fingerprint() for each in (one, *others)}) == 3
