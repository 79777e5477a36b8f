"""Which names are of one public body: by normalised name and region, with how sure that is."""

from itertools import permutations

import pytest

from hedui.across.bodies import body, body_of, homes, match
from hedui.across.regions import divisions, leading, level, within
from hedui.model import Document

SHANGHAI = "上海市普陀区财政局"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (SHANGHAI, "上海市普陀区财政局（本级）", "certain"),
        (SHANGHAI, "上海市普陀区财政局机关", None),  # 机关 without brackets may be a part of the name
        (SHANGHAI, "普陀区财政局", "place"),  # of Shanghai or of Zhoushan
        (SHANGHAI, "舟山市普陀区财政局", None),
        (SHANGHAI, "上海市财政局", None),
        (SHANGHAI, "上海市普陀区审计局", None),
        ("上海普陀区财政局", SHANGHAI, "certain"),
        ("四川省乐山市金口河区民政局", "金口河区民政局", "certain"),  # there is but one place of this name
        ("安徽省青关县民政局", "安徽省青关县民政局", "certain"),  # in no table of divisions
        ("安徽省青关县民政局", "青关县民政局", "place"),
        ("安徽省青关县民政局", "浙江省青关县民政局", None),
        ("财政局", "财政局", "nameless"),
        ("四川省成都市双流县民政局", "成都市双流区民政局", "certain"),  # a county that became a district
    ],
)
def test_names_of_one_body(one: str, other: str, why: str | None) -> None:
    for first, second in ((one, other), (other, one)):
        found = match(body(first), body(second))
        assert (found.why if found else None) == why
        assert found is None or found.certain == (why == "certain")


def test_the_text_tells_which_of_two_places_is_meant() -> None:
    told = Document("x", "", "本局是上海市的工作部门。", publisher="普陀区财政局")
    found = body_of(told)
    assert found is not None
    assert found.codes == {"310107"}
    assert body_of(Document("x", "", "")) is None


def test_a_body_that_was_renamed_is_known_only_where_it_is_told() -> None:
    now = "四川省乐山市金口河区农业农村局"
    text = "2020年，金口河区农业局更名为金口河区农业农村局。"
    old, new = body("金口河区农业局"), body(now)
    assert match(old, new) is None
    told = body_of(Document("x", "", f"根据机构改革方案，原{text[6:]}", publisher=now))
    assert told is not None
    found = match(old, told)
    assert found is not None
    assert found.why == "renamed"
    assert homes([old, told])[old] == homes([old, told])[told]


def test_an_ambiguous_name_is_taken_for_the_only_body_that_fits() -> None:
    short, shanghai, zhoushan = body("普陀区财政局"), body(SHANGHAI), body("舟山市普陀区财政局")
    for order in permutations([short, shanghai]):
        assert homes(order)[short].codes == {"310107"}
    for order in permutations([short, shanghai, zhoushan]):
        found = homes(order)
        assert len(set(found.values())) == 3  # two fit: it stands for itself


def test_the_table_of_divisions() -> None:
    assert divisions()["310107"] == "普陀区"
    assert [level(code) for code in ("310000", "330900", "330903")] == [1, 2, 3]
    assert within("330903", "330900")
    assert not within("310107", "330000")
    assert leading("财政局") == (frozenset(), "财政局")
    assert leading("市场监督管理局")[0] == frozenset()
    names = divisions().values()
    assert len(names) > 3000
    assert "市辖区" not in names
