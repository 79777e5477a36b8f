"""The warnings of a report in words."""

from hedui.messages import say


def in_words(warning: str, lang: str) -> str:
    """The message of a warning: its key, after a colon the pages or sheets that it is about, if any."""
    key, _, pages = warning.partition(":")
    return say(f"warning.{key}", lang, pages=pages)
