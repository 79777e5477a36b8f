"""The wording of generated disclosures (TOML, beside this module) and how one document draws from it."""

import random
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

FOLDER = Path(__file__).parent / "wording"
LOYALTY = 0.85
"""How often a document uses its favourite among the wordings of one phrase."""

T = TypeVar("T")


@cache
def load(name: str) -> dict[str, Any]:
    """One TOML file of the wording folder, without its ending."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf8"))


@cache
def layouts() -> list[dict[str, Any]]:
    """The province-like templates, by file name."""
    return [load(f"layouts/{path.stem}") for path in sorted((FOLDER / "layouts").glob("*.toml"))]


def numeral(number: int) -> str:
    """A number up to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    digits = "一二三四五六七八九"
    return (digits[tens - 1] if tens > 1 else "") + "十" * bool(tens) + (digits[ones - 1] if ones else "")


def opposite(word: str) -> str:
    """The word for the other direction; the word itself where there is none."""
    pairs: dict[str, str] = load("phrases")["opposite"]
    return pairs.get(word) or next((up for up, down in pairs.items() if down == word), word)


class Style:
    """The wordings that one document prefers."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.favourites: dict[str, int] = {}

    def pick(self, topic: str, options: Sequence[T], loyalty: float = LOYALTY) -> T:
        """One of the options, mostly the one taken for this topic before."""
        favourite = self.favourites.setdefault(topic, self.rng.randrange(len(options)))
        if favourite < len(options) and self.rng.random() < loyalty:
            return options[favourite]
        return self.rng.choice(options)
