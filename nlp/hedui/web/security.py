"""What a browser may do with our pages, and who may ask for them."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The pages of Datasette itself give colours and heights in attributes, never in scripts or sheets.
_POLICY_OF_DATASETTE = f"{_POLICY}; style-src-attr 'unsafe-inline'"
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# They tell of the server: the paths of its files, its packages, its settings.
_HIDDEN = (
    "/-/databases",
    "/-/metadata",
    "/-/plugins",
    "/-/settings",
    "/-/threads",
    "/-/versions",
    "/-/config",
    "/-/permissions",
    "/-/messages",
    "/-/allow-debug",
    "/-/patterns",
    "/-/auth-token",
    "/_internal",
)


def guarded(app: App, hosts: frozenset[str], own: Callable[[str], bool]) -> App:
    """The application behind a guard: requests for other hosts or from other sites are refused, answers carry a
    policy that lets no script run but ours. `own` tells whether a path is one of our pages.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = scope["path"]
        if scope["method"] not in _METHODS:
            await _refuse(send, 405, "method not allowed")
            return
        refused = _refused(scope, hosts)
        if refused:
            await _refuse(send, 403, refused)
            return
        if any(path == hidden or path.startswith((f"{hidden}/", f"{hidden}.")) for hidden in _HIDDEN):
            await _refuse(send, 404, "not found")
            return
        policy = _POLICY if own(path) else _POLICY_OF_DATASETTE

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), (b"content-security-policy", policy.encode())]
                headers += [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, send_guarded)

    return answer


def _refused(scope: Scope, hosts: frozenset[str]) -> str:
    """Why a request must not be answered; empty where it may.

    A name that is not ours means that another site's name was made to lead here. What changes something must come
    from our own pages: browsers tell so by `Origin` or `Sec-Fetch-Site`.
    """
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get("host", "")
    if _name(host) not in hosts and "0.0.0.0" not in hosts:
        return "unknown host"
    if scope["method"] in ("GET", "HEAD"):
        return ""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return "request of another site"
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return "request of another site"
    return ""


def _name(host: str) -> str:
    """The name in a host header, without the port."""
    end = host.find("]") + 1 if host.startswith("[") else host.find(":")
    return host[:end] if end > 0 else host


async def _refuse(send: Send, status: int, why: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    headers += [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{why}\n".encode()})
