"""What is left out of quoted text: the examples of `patterns/redaction.toml`, and figures that must stay."""

import re
import tomllib
from pathlib import Path

import pytest

from hedui.redaction import MASK, personal, without

LIBRARY = tomllib.loads((Path(__file__).parents[1] / "patterns" / "redaction.toml").read_text("utf8"))
EXAMPLES = [(kind, example) for kind, told in LIBRARY.items() for example in told["examples"]]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_examples(kind: str, example: str) -> None:
    plain = re.sub("[【】]", "", example)
    found = personal(plain)
    assert without(plain, found) == re.sub("【(.*?)】", lambda hidden: MASK * len(hidden[1]), example)
    if "【" in example:
        assert kind in {hidden.kind for hidden in found}


def test_figures_of_claims_stay_whatever_they_look_like() -> None:
    text = "联系电话：62345678，联系人：韦小川"
    at = text.index("62345678")
    shown = without(text, personal(text, [(at, at + 8)]))
    assert shown == "联系电话：62345678，联系人：███"


def test_the_samples_tell_of_nobody(samples: list[Path]) -> None:
    for path in samples:
        text = path.read_text("utf8")
        assert [text[hidden.start : hidden.end] for hidden in personal(text)] == []
