"""Pages in a browser, for tests: opened at a width, watched for complaints and requests, looked at by axe-core."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKOUT = Path(__file__).resolve().parent.parent
AXE = CHECKOUT / ".npm" / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = 390, 1280


class Opened:
    """A page that is open: complaints of the browser and requests are collected."""

    def __init__(self, browser: "Browser", address: str, width: int, **more: object) -> None:
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=False, **more)
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)

    def visible(self, selector: str) -> bool:
        """Whether an element is within the window."""
        script = "e => { const b = e.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight }"
        return bool(self.page.locator(selector).first.evaluate(script))

    def violations(self) -> list[list[str]]:
        """What axe-core finds serious or critical: its rule and the element."""
        if not AXE.is_file():
            pytest.skip("needs axe-core: sh scripts/install_browser.sh")
        self.page.evaluate(AXE.read_text("utf8"))
        found: list[list[str]] = self.page.evaluate(
            """axe.run({resultTypes: ["violations"]}).then((result) => result.violations
                .filter((found) => ["serious", "critical"].includes(found.impact))
                .map((found) => [found.id, found.nodes[0].html.slice(0, 200)]))"""
        )
        return found

    def close(self) -> None:
        """Nothing may have been complained of, and nothing fetched but the page itself and what it holds."""
        assert self.complaints == []
        assert [url for url in self.requests[1:] if not url.startswith("data:")] == []
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        self.page.context.close()
