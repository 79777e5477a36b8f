"""What is not read would have changed nothing: the same claims come of a document with and without the prefilter."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui import api
from hedui.claims import extract, reader
from hedui.claims.prefilter import is_idle
from hedui.model import Document, Extraction
from strategies import FRAGMENTS, SAMPLES, SENTENCES

HEADINGS = (
    "一、主要职能",
    "二、收入支出决算情况",
    "三、绩效自评情况",
    "四、名词解释",
    "五、机构设置",
    "附件",
)
MUTE = sorted({re.sub(r"[\d.,%％]+", "", text) for text in SENTENCES})
"""The sentences of the patterns without their figures: every word that could matter."""


def read_wholly(document: Document) -> Extraction:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "is_idle", lambda text, kind: False)
        return extract(document)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_read_the_same(path: Path) -> None:
    document = api.read(path)
    assert extract(document) == read_wholly(document)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(HEADINGS),
            st.lists(
                st.sampled_from(MUTE) | FRAGMENTS | st.sampled_from(SENTENCES), min_size=2, max_size=6
            ).map("".join),
            st.sampled_from(SENTENCES),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_documents_drawn_by_chance_are_read_the_same(parts: list[tuple[str, str, str]]) -> None:
    text = "某某局2023年度部门决算\n" + "".join(
        f"{heading}\n{first}\n{second}\n" for heading, first, second in parts
    )
    document = api.read(text=text)
    assert extract(document) == read_wholly(document)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("贯彻执行党和国家的方针政策，做好各项服务保障工作。", "duties"),
        ("二是加强日常监管。", "duties"),
        ("其中，财政拨款收入：指从同级财政部门取得的资金。", "glossary"),
    ],
)
def test_prose_is_idle(text: str, kind: str) -> None:
    assert is_idle(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全年接待二十批次。", "duties"),
        ("上半年工作开展顺利。", "duties"),
        ("教育支出（类）指用于教育的资金。", "glossary"),
        ("公务接待费与上年持平。", "body"),
        ("公务接待费用于接待来访人员。", "body"),
        ("本单位公务接待费用于接待来访人员。", "body"),
        ("主要原因是压缩开支。", "performance"),
        ("其中：", "body"),
        ("项目如下：", "duties"),
    ],
)
def test_what_may_matter_is_not(text: str, kind: str) -> None:
    assert not is_idle(text, kind)
