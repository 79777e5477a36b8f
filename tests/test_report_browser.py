"""The report in a browser: followed by its links, with and without script, on a phone and on a desk; accessibility."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hedui
from browsers import DESK, PHONE, Opened
from hedui.model import Failure
from hedui.report.html.page import as_html
from hostile import WORDS, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("browser")  # one Chromium at a time


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> dict[str, str]:
    """The addresses of reports: of one document, of several, of a hostile one."""
    folder = tmp_path_factory.mktemp("pages")
    one = hedui.check(samples[0])
    reports = {"one": [one], "several": [one, hedui.check(samples[1])], "hostile": [hostile()]}
    for name, shown in reports.items():
        failures = [Failure("a.pdf", WORDS[0])] if name != "one" else []
        (folder / f"{name}.html").write_text("".join(as_html(shown, failures, "zh", {})), "utf8")
    return {name: (folder / f"{name}.html").as_uri() for name in reports}


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("script", [True, False])
def test_links_lead_both_ways_and_figures_say_what_they_mean(
    browser: "Browser", pages: dict[str, str], width: int, script: bool
) -> None:
    opened = Opened(browser, pages["one"], width, java_script_enabled=script)
    page = opened.page
    page.click("#d1-f2 .meta a[href='#d1-f2-text']")
    assert page.url.endswith("#d1-f2-text")
    assert opened.visible("#d1-f2-text")
    page.click(".text a.flag[href='#d1-f2'] >> nth=0")
    assert page.url.endswith("#d1-f2")
    assert opened.visible("#d1-f2 h4")
    page.click("#d1-f1 mark >> nth=0")
    target = "#" + page.url.partition("#")[2]
    assert opened.visible(target)
    page.focus(target)
    assert page.locator(f"{target} > .says").is_visible()
    assert page.locator("#filters").is_visible() == script
    assert page.locator(".says:visible").count() == 1
    opened.close()


def test_without_script_folded_parts_open_by_a_click(browser: "Browser", pages: dict[str, str]) -> None:
    opened = Opened(browser, pages["several"], DESK, java_script_enabled=False)
    page = opened.page
    assert not page.locator("#d1-text-body").is_visible()
    page.click("#d1-text > summary")
    assert page.locator("#d1-text-body").is_visible()
    page.click("#d1-checked > summary")
    assert page.locator("#d1-checked table").is_visible()
    opened.close()


def test_keys(browser: "Browser", pages: dict[str, str]) -> None:
    opened = Opened(browser, pages["one"], DESK)
    page = opened.page
    assert page.locator(".text .claim[tabindex='0']").count() == 1
    page.focus(".text .claim[tabindex='0']")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.id")
    assert second != first
    assert page.locator(f"#{second} > .says").is_visible()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("Escape")
    assert page.locator(".says:visible").count() == 0
    opened.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_filters(browser: "Browser", pages: dict[str, str], width: int) -> None:
    opened = Opened(browser, pages["several"], width)
    page = opened.page
    shown = page.locator(".finding:visible")
    everything = shown.count()
    assert everything > 3
    if width == PHONE:
        page.click("#filters > summary")
    rule = page.locator("select[name=rule] option").nth(1).get_attribute("value")
    page.select_option("select[name=rule]", rule)
    assert 0 < shown.count() < everything
    assert shown.count() == page.locator(f".finding[data-rule='{rule}']:visible").count()
    assert f"{shown.count()} / {everything}" in page.inner_text("#shown")
    page.click("#filters button")
    page.wait_for_function(f"document.querySelectorAll('.finding:not([hidden])').length === {everything}")
    page.fill("input[name=words]", "没有这样的词")
    assert shown.count() == 0
    assert page.locator(".group:visible").count() == 0
    page.fill("input[name=words]", "")
    assert shown.count() == everything
    page.click(".overview a" if width == PHONE else "nav a[href='#d2']")
    opened.close()


def test_what_a_link_leads_to_is_unfolded(browser: "Browser", pages: dict[str, str]) -> None:
    opened = Opened(browser, pages["several"], PHONE)
    opened.page.click("#d1-f1 .meta a[href='#d1-f1-text']")
    opened.page.wait_for_selector("#d1-text[open]")
    assert opened.visible("#d1-text .taking")
    opened.close()


def test_text_of_documents_is_only_shown(browser: "Browser", pages: dict[str, str]) -> None:
    opened = Opened(browser, pages["hostile"], DESK)
    text = opened.page.inner_text("body")
    for words in WORDS:
        assert words in text
    assert opened.page.locator("img").count() == 0
    assert opened.page.evaluate("document.scripts.length") == 1
    opened.close()


def test_on_paper_there_is_only_the_report(browser: "Browser", pages: dict[str, str]) -> None:
    opened = Opened(browser, pages["one"], DESK, color_scheme="dark")
    opened.page.emulate_media(media="print")
    assert not opened.page.locator("aside").is_visible()
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert opened.page.pdf().startswith(b"%PDF")
    opened.close()


@pytest.mark.parametrize(("name", "width", "scheme"), [("one", DESK, "light"), ("several", PHONE, "dark")])
def test_accessibility(browser: "Browser", pages: dict[str, str], name: str, width: int, scheme: str) -> None:
    opened = Opened(browser, pages[name], width, color_scheme=scheme)
    opened.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert opened.violations() == []
    opened.close()
