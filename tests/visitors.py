"""Somebody who asks a site of `hedui serve` for pages, for tests: in this process, without a network."""

import asyncio
import re
from typing import Any

import httpx
from datasette.app import Datasette


class Visitor:
    """Somebody who asks for pages of one site, with the cookies that it gave."""

    def __init__(self, served: Datasette) -> None:
        self.served = served
        self.app = served.app()
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, method: str = "GET", **more: Any) -> Any:
        """The answer; its cookies are kept."""
        headers = {"host": "localhost"} | more.pop("headers", {})

        async def answer() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://localhost", cookies=self.cookies, headers=headers
            ) as client:
                return await client.request(method, path, **more)

        answered = asyncio.run(answer())
        self.cookies.update(answered.cookies)
        return answered

    def post(self, path: str, page: str = "", **more: Any) -> Any:
        """Fill in the form of a page, its hidden token too."""
        more.setdefault("data", {})
        if "files" in more:  # the guard looks where uploads come from
            return self.ask(path, "POST", **more)
        token = re.search(r'name="csrftoken" value="([^"]+)"', self.ask(page or path).text)
        assert token
        return self.ask(path, "POST", data={"csrftoken": token[1]} | more.pop("data", {}), **more)
