"""The language of a page: that of its address, else of an earlier choice, else the site's."""

from typing import cast

from datasette.utils.asgi import Request

from hedui.messages import LANGUAGES, Language

COOKIE = "hedui_lang"


def language(default: Language, request: Request | None) -> Language:
    """`?lang=` wins and is kept in a cookie by the page that is asked."""
    chosen = (request.args.get("lang") or request.cookies.get(COOKIE)) if request else None
    return cast(Language, chosen) if chosen in LANGUAGES else default
