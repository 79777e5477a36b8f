"""Reading text: encodings, marks, what is no text, and offsets that stay what they were."""

import codecs
import random
from dataclasses import asdict

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hedui
from hedui import reading
from hedui.reading.errors import UnreadableInput

TEXT = (
    "某某市水务局2023年度部门决算\n一、收入支出决算总体情况\n"
    "2023年度收、支总计1,204.50万元。与2022年相比，收、支总计各增加４.５0万元，增长0.38％。\n"
    "二、“三公”经费\n　　公务接待费支出0.80万元，比上年减少㈠0.20万元，下降20%。"
)
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings(encoding: str, end: str) -> None:
    text = TEXT.replace("\n", end)
    assert reading.read(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark(encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    assert reading.read(mark + TEXT.encode(encoding), "").text == TEXT


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_document_is_the_same_in_every_encoding(encoding: str) -> None:
    first, second = hedui.check(TEXT.encode()), hedui.check(TEXT.encode(encoding))
    assert asdict(first) == asdict(second)


@pytest.mark.parametrize("encoding", ["gb2312", "gbk"])
def test_older_chinese_encodings_are_part_of_gb18030(encoding: str) -> None:
    text = TEXT.replace("㈠", "").replace("４.５0", "4.50")
    assert reading.read(text.encode(encoding), "").text == text


def test_one_broken_byte_does_not_make_a_long_text_unreadable() -> None:
    text = TEXT * 20
    data = bytearray(text.encode())
    data[len(data) // 2] = 0xFF
    read = reading.read(bytes(data), "").text
    assert read.count("�") <= 3
    assert read.startswith(TEXT[:100])


@pytest.mark.parametrize(
    "data", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe", "　\n".encode()]
)
def test_empty(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as caught:
        reading.read(data, "empty.txt")
    assert caught.value.key == "empty"
    assert caught.value.say("zh") != caught.value.say("en")


def noise(seed: int, size: int = 4000) -> bytes:
    return random.Random(seed).randbytes(size)


@pytest.mark.parametrize(
    "data",
    [
        *(noise(seed) for seed in range(8)),
        noise(8, 60),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + noise(9),
        b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\0>\0\x01" + noise(10),
        b"\x1f\x8b\x08\0" + noise(11),
        bytes(range(256)) * 20,
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + noise(12, 500),
        b"SQLite format 3\0" + bytes(80) + noise(13, 500),
        b"\xff\xfe" + noise(14),
    ],
    ids=lambda data: data[:6].hex(),
)
def test_binary(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as caught:
        reading.read(data, "a.txt")
    assert caught.value.key != "empty"


def test_the_text_is_never_touched() -> None:
    text = "\ufeff".join(["", "2023年度部门决算 \t\r\n\x0c　公务接待费支出　１．５０万元\u200b。\x0b\n\n\n"])
    read = hedui.read(text=text[1:])
    assert read.text == text[1:]
    assert [text[1:][c.start : c.end] for c in hedui.extract(text=text[1:]).claims] == ["１．５０万元"]


def test_form_feeds_part_pages() -> None:
    text = "2023年度部门决算\f公务接待费支出1.50万元。\f培训费支出2.50万元。"
    report = hedui.extract(text=text)
    pages = report.document.pages
    assert [text[p.start : p.end] for p in pages] == text.split("\f")
    assert [p.number for p in pages] == [1, 2, 3]
    assert [(c.page, c.value) for c in report.claims] == [(2, "1.50"), (3, "2.50")]
    assert hedui.read(text="无分页。").pages == ()


def test_a_sentence_over_a_form_feed_belongs_to_the_page_of_its_figure() -> None:
    text = (
        "2023年度部门决算\n本单位2023年度因公务活动需要，公务接待费支出决算数为\f1.50万元，培训费2.00万元。"
    )
    report = hedui.extract(text=text)
    assert [(c.metric, c.page) for c in report.claims] == [("reception", 2), ("training", 2)]


def test_the_same_text_is_the_same_document() -> None:
    assert hedui.read(TEXT.encode()).id == hedui.read(TEXT.encode("gb18030")).id
    assert hedui.read(TEXT.encode()).id != hedui.read((TEXT + "。").encode()).id


def test_what_is_no_disclosure_is_read_with_a_warning() -> None:
    report = hedui.check(text="今天天气很好，气温25度，适合郊游。")
    assert report.warnings == ("not_a_disclosure",)
    assert report.claims == ()


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8")
@example(b"\x00\x00\x00\x00a")
@example(b"%PDF")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = reading.read(data, "")
    except UnreadableInput as refused:
        messages = [refused.say("zh"), refused.say("en")]
    else:
        messages = [document.text.strip()]
        document.text.encode()  # what cannot be written again could not be stored either
    assert all(messages)


CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=20)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(CHINESE, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_chinese_text_survives_its_encoding(text: str, encoding: str) -> None:
    text = f"{text}\n2023年支出1.00万元。\n"
    assert reading.read(text.encode(encoding), "").text == text
