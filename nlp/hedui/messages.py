"""What hedui says to its users, in Chinese and in English; the texts are in `patterns/messages.toml`."""

import os
from functools import cache
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def _messages() -> dict[str, dict[str, str]]:
    import tomllib  # `--version` has nothing to say and ought not to wait for a parser

    from hedui.resources import resource

    with resource("patterns", "messages.toml").open("rb") as file:
        return dict(_flatten(tomllib.load(file), ""))


def _flatten(table: dict[str, object], prefix: str) -> list[tuple[str, dict[str, str]]]:
    """Nested tables to dotted keys; a table with a text for every language is a message."""
    if all(isinstance(table.get(lang), str) for lang in LANGUAGES):
        return [(prefix, {lang: str(table[lang]) for lang in LANGUAGES})]
    found = []
    for name, inner in table.items():
        if isinstance(inner, dict):
            found += _flatten(inner, f"{prefix}.{name}" if prefix else name)
    return found


def known(key: str) -> bool:
    """Whether there is a message of this key."""
    return key in _messages()


def say(key: str, lang: str, **fields: object) -> str:
    """The message `key` in `lang`, its fields filled in. A key without a text is shown with its fields."""
    message = _messages().get(key)
    if message is None:
        return " ".join([key, *(f"{name}={value}" for name, value in fields.items())])
    return message[lang].format(**fields)


def default_language() -> Language:
    """The language of the environment variable HEDUI_LANG, `zh` where it is unset or names another."""
    return "en" if os.environ.get("HEDUI_LANG") == "en" else "zh"
