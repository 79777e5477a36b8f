"""The claims database in a browser: every way through it clicked, on a phone and on a desk; accessibility."""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

import hedui
from browsers import DESK, PHONE, Opened
from hedui.inputs import Input
from hedui.store import Store
from hostile import hostile

pytest.importorskip("datasette", reason="needs datasette (the extra web)")
import uvicorn

from hedui.web.app import application
from hedui.web.site import site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("browser")  # one Chromium at a time


class Served:
    """A site on the loopback, at a port of its own."""

    def __init__(self, path: Path, pdf: str) -> None:
        self.pdf = pdf  # the id of the document that has pages
        served = application(path, "zh", edit=True)
        ours = site(served)
        assert ours is not None
        assert ours.token is not None
        self.token = ours.token
        self.server = uvicorn.Server(uvicorn.Config(served.app(), port=0, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until = time.monotonic() + 60
        while not self.server.started and time.monotonic() < until:
            time.sleep(0.05)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        """End the server."""
        self.server.should_exit = True
        self.thread.join(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, samples: list[Path], face: str) -> Iterator[Served]:
    """A site of two samples, one more set as a PDF, and a hostile disclosure."""
    from corpus.formats.pdf import typeset

    path = tmp_path_factory.mktemp("site") / "claims.db"
    pdf = path.with_name("a.pdf")
    pdf.write_bytes(typeset(samples[-2].read_text("utf8"), titled=True, face=face))
    with Store(path) as store:
        store.add(hostile())
        store.add(hedui.check(pdf), Input(str(pdf), pdf.read_bytes()).fingerprint())
        for sample in samples[:2]:
            store.add(hedui.check(sample))
    served = Served(path, hedui.read(pdf).id)
    yield served
    served.close()


class Visit(Opened):
    """A page of the site; what it fetches must come from the site."""

    def close(self) -> None:
        """Nothing may have been complained of, nor be wider than the window."""
        assert self.complaints == []
        assert {url.split("/")[2] for url in self.requests if url.startswith("http")} == {
            self.page.url.split("/")[2]
        }
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        self.page.context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_the_start_to_a_finding_and_its_figures(browser: "Browser", served: Served, width: int) -> None:
    visit = Visit(browser, served.address, width)
    page = visit.page
    page.click("ul.findings a >> nth=0")
    page.wait_for_selector(".finding:target")
    page.click(".finding:target .meta a[href$='-text']")
    assert visit.visible(page.url[page.url.index("#") :])
    page.click(".text a.flag >> nth=0")
    assert visit.visible(page.url[page.url.index("#") :])
    page.click("details.checked > summary")
    assert page.locator("details.checked table").is_visible()
    page.click("header.document a[href^='/body']")
    assert page.locator("svg.chart circle").count() > 0
    page.click("header.site a[href='/plots']")
    assert page.locator("table.grid td a").count() > 0
    visit.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_as_pictures_lead_both_ways(browser: "Browser", served: Served, width: int) -> None:
    visit = Visit(browser, f"{served.address}/document/{served.pdf}", width)
    page = visit.page
    page.click("nav.ways a[href*='show=pages']")
    page.click("#d-f1 .meta a[href$='-text']")
    assert visit.visible("#d-f1-text rect")
    page.locator("figure:has(#d-f1-text) img").evaluate("picture => picture.decode()")
    page.click("#d-f1-text rect", position={"x": 4, "y": 4})
    assert re.search(r"#d-f\d+$", page.url)
    assert visit.visible(".finding:target")
    assert visit.violations() == []
    page.click("nav.ways a:not([href*='show=pages'])")
    assert page.locator(".text .claim").count() > 0
    visit.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_search_leads_to_the_sentence(browser: "Browser", served: Served, width: int) -> None:
    visit = Visit(browser, served.address, width)
    page = visit.page
    page.fill("#q", "接待")
    page.press("#q", "Enter")
    page.click("ol.sentences a[href*='#'] >> nth=0")
    assert "接待" in page.locator(":target").evaluate("e => e.closest('p, tr').textContent")
    visit.close()


def test_upload_and_review(browser: "Browser", served: Served, tmp_path: Path) -> None:
    visit = Visit(browser, f"{served.address}/login", DESK)
    page = visit.page
    page.fill("#name", "审核员")
    page.fill("#token", served.token)
    page.press("#token", "Enter")
    page.click("header.site a[href='/check']")
    file = tmp_path / "某局.txt"
    file.write_text(
        "某局2024年度部门决算\n\n2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。", "utf8"
    )
    page.set_input_files("#file", file)
    page.click("#upload button")
    page.wait_for_selector(".finding", timeout=120_000)
    page.click("header.document form button")
    page.wait_for_url("**/document/*")
    page.click(".reviewing summary >> nth=0")
    page.fill(".reviewing textarea >> nth=0", "原文确有矛盾")
    page.click(".reviewing button[value=confirmed] >> nth=0")
    page.wait_for_selector(".review.confirmed")
    assert "原文确有矛盾" in page.inner_text(".review.confirmed")
    visit.close()


def test_an_upload_without_script(browser: "Browser", served: Served, tmp_path: Path) -> None:
    visit = Visit(browser, f"{served.address}/check", PHONE, java_script_enabled=False)
    file = tmp_path / "a.txt"
    file.write_text("2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。", "utf8")
    visit.page.set_input_files("#file", file)
    visit.page.click("#upload button")
    visit.page.wait_for_selector(".finding", timeout=120_000)
    visit.close()


@pytest.mark.parametrize(
    "path", ["/", "/claims/findings_reviewed", "/claims?sql=select+1", "/claims/documents"]
)
def test_no_page_complains(browser: "Browser", served: Served, path: str) -> None:
    visit = Visit(browser, served.address + path, DESK)
    assert visit.complaints == []
    visit.page.context.close()


@pytest.mark.parametrize(("width", "scheme", "lang"), [(DESK, "light", "zh"), (PHONE, "dark", "en")])
def test_accessibility(
    browser: "Browser", served: Served, samples: list[Path], width: int, scheme: str, lang: str
) -> None:
    document = f"/document/{hostile().document.id}"
    body = "/body?name=" + quote(hedui.read(samples[0]).publisher or "")
    for path in ("/", document, body, "/plots", "/check", "/login", "/search?q=支出"):
        address = f"{served.address}{path}{'&' if '?' in path else '?'}lang={lang}"
        visit = Opened(browser, address, width, color_scheme=scheme)
        assert visit.complaints == []
        assert visit.violations() == [], path
        visit.page.context.close()
