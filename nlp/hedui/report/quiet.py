"""Nothing of a document commands a terminal: what is printed holds no control characters but ours."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import regex

from hedui.model import Report

T = TypeVar("T")

# Control characters but those of layout, and the marks that turn the direction of what follows.
_COMMAND = regex.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# The same on a screen, where what we print is coloured.
_BEYOND_COLOUR = regex.compile(rf"\x1b\[[0-9;]*m(*SKIP)(*FAIL)|{_COMMAND.pattern}")
_INSTEAD = "\ufffd"


def quiet(report: Report) -> Report:
    """The report with every such character replaced by one other, so that offsets hold."""
    document = replace(report.document, source=report.document.source.replace("\n", _INSTEAD))
    report = replace(report, document=document)
    told = (document.text, document.source, document.title, document.publisher)
    if any(_COMMAND.search(text) for text in told if text):
        return _quieted(report)
    return replace(report, findings=_quieted(report.findings))  # they quote other documents, too


def harmless(text: str) -> str:
    """A text without such characters."""
    return _COMMAND.sub(_INSTEAD, text)


def on_screen(text: str) -> str:
    """A text without such characters but for those that give colours."""
    return _BEYOND_COLOUR.sub(_INSTEAD, text)


def _quieted(value: T) -> T:
    new: Any = value
    if isinstance(value, str):
        new = harmless(value)
    elif isinstance(value, tuple):
        new = tuple(map(_quieted, value))
    elif isinstance(value, Mapping):
        new = {key: _quieted(held) for key, held in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        held = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        now = {name: _quieted(one) for name, one in held.items()}
        new = replace(value, **{name: one for name, one in now.items() if one is not held[name]})
    return new  # type: ignore[no-any-return]
