"""What people say of findings: only with `--edit`, and only of those who know its token."""

import asyncio
import secrets
from collections.abc import Callable
from typing import Any, cast, get_args

from datasette.app import Datasette
from datasette.utils.asgi import BadRequest, Forbidden, NotFound, Request, Response

from hedui.store import Store
from hedui.store.database import Verdict
from hedui.web.rendering import editor, page
from hedui.web.site import site

_COOKIE = "ds_actor"
_MAX_NAME, _MAX_COMMENT = 60, 2000


async def login(datasette: Datasette, request: Request) -> Response:
    """Ask for name and token, and remember who showed them."""
    ours = site(datasette)
    if ours is None or ours.token is None:
        raise NotFound("this site is read-only")
    if request.method != "POST":
        return await page(datasette, request, "login", failed=False, token=request.args.get("token") or "")
    told = await request.post_vars()
    name = told.get("name", "").strip()[:_MAX_NAME]
    if not name or not secrets.compare_digest(told.get("token", "").encode(), ours.token.encode()):
        await asyncio.sleep(1)  # guessing takes its time
        return await page(datasette, request, "login", status=403, failed=True, token="")
    response = Response.redirect("/")
    signed = datasette.sign({"a": {"id": "editor", "name": name}}, "actor")
    response.set_cookie(_COOKIE, signed, httponly=True, samesite="strict")
    return response


async def logout(datasette: Datasette, request: Request) -> Response:
    """Forget who is there."""
    if request.method != "POST":
        raise BadRequest("POST only")
    response = Response.redirect("/")
    response.set_cookie(_COOKIE, "", expires=0, max_age=0)
    return response


async def review(datasette: Datasette, request: Request) -> Response:
    """Keep a verdict on a finding, and go back to it."""
    ours, name = site(datasette), editor(request)
    if ours is None or name is None:
        raise Forbidden("only with --edit, after login")
    if request.method != "POST":
        raise BadRequest("POST only")
    told = await request.post_vars()
    finding, verdict = told.get("finding", ""), told.get("verdict", "")
    if verdict not in get_args(Verdict):
        raise BadRequest("unknown verdict")
    comment = told.get("comment", "").strip()[:_MAX_COMMENT]

    def write() -> None:
        store = Store(ours.path)
        try:
            store.review(finding, cast(Verdict, verdict), name, comment)
        finally:
            store.close()

    try:
        await asyncio.to_thread(write)
    except KeyError:
        raise NotFound("no such finding") from None
    return Response.redirect(f"/finding/{finding}")


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/login$", login),
    (r"^/logout$", logout),
    (r"^/review$", review),
]
