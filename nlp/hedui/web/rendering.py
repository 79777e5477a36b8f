"""Our pages as HTML: our templates, with those of the report, in the language of whoever asks."""

from functools import cache
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from hedui.messages import Language
from hedui.report.html.page import TEMPLATES as REPORT
from hedui.report.html.page import environment
from hedui.rules import rules
from hedui.web.app import site
from hedui.web.language import COOKIE, language

TEMPLATES = Path(__file__).parent / "templates" / "pages"


@cache
def _templates(lang: Language) -> Environment:
    """The report's environment, which escapes everything, with our templates before its own."""
    templates = environment(lang)
    templates.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(REPORT)])
    templates.globals["titles"] = {code: rule.title.in_language(lang) for code, rule in rules().items()}
    return templates


def editor(request: Request) -> str | None:
    """The name of whoever may write reviews; None for readers."""
    actor = request.actor
    return actor.get("name") if actor and actor.get("id") == "editor" else None


def chosen(datasette: Datasette, request: Request) -> Language:
    """The language of whoever asks."""
    ours = site(datasette)
    assert ours is not None
    return language(ours.lang, request)


async def page(
    datasette: Datasette, request: Request, template: str, status: int = 200, **context: Any
) -> Response:
    """A page of ours; a language chosen by its address is kept."""
    lang = chosen(datasette, request)
    html = (
        _templates(lang)
        .get_template(f"{template}.html")
        .render(
            context,
            site=site(datasette),
            editor=editor(request),
            csrftoken=request.scope["csrftoken"],
            here=request.path,
        )
    )
    response = Response.html(html, status=status)
    if request.args.get("lang"):
        response.set_cookie(COOKIE, lang, samesite="lax", httponly=True)
    return response
