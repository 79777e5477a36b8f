"""What came of one document, right or wrong, by the names of what was to be found."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
Named = tuple[str, int]
"""A figure or a cell of the truth, by its number."""

LEVELS = ("certain", "likely", "note")


@dataclass
class Outcome:
    """What came of one document. In `figures`, `others` and `findings` the empty string stands for right."""

    name: str
    figures: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    findings: dict[str, str] = field(default_factory=dict)
    suspects: dict[str, str] = field(default_factory=dict)
    false: list[str] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)


def squeeze(text: str | None) -> str:
    """A text without blanks, brackets and punctuation."""
    return re.sub(r"[\s“”\"'（）()，,、:：。；;]+", "", text or "")
