"""Our pages as HTML: our templates, with those of the report, in the language of whoever asks."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from hedui.messages import Language
from hedui.report.html.page import TEMPLATES as REPORT
from hedui.report.html.page import environment
from hedui.rules import rules
from hedui.web.language import COOKIE, language
from hedui.web.site import site

# Not in a folder `pages`: Datasette takes what is there for pages of its own (from Python 3.12 on, where it finds it).
TEMPLATES = Path(__file__).parent / "templates" / "own"


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
    return answer(datasette, request, rendered(datasette, request, template, **context), status)


def rendered(datasette: Datasette, request: Request, template: str, **context: Any) -> str:
    """A page of ours as HTML. For those who are no editors it depends on language and context alone."""
    return (
        _templates(chosen(datasette, request))
        .get_template(f"{template}.html")
        .render(
            context,
            site=site(datasette),
            editor=editor(request),
            csrftoken=request.scope["csrftoken"],
            here=request.path,
            other=_other_language(datasette, request),
        )
    )


def answer(datasette: Datasette, request: Request, html: str, status: int = 200) -> Response:
    """HTML as an answer; a language chosen by the address is kept."""
    response = Response.html(html, status=status)
    if request.args.get("lang"):
        response.set_cookie(COOKIE, chosen(datasette, request), samesite="lax", httponly=True)
    return response


def _other_language(datasette: Datasette, request: Request) -> str:
    """The question of this page's address in the other language, all else as it is."""
    kept = [(name, value) for name in request.args for value in request.args.getlist(name) if name != "lang"]
    return urlencode([*kept, ("lang", "en" if chosen(datasette, request) == "zh" else "zh")])
