"""The documentation builds without a warning, needs no network, and can be read on a telephone."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from hedui.rules import rules

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKOUT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.xdist_group("browser")  # the site is built once, one browser runs at a time


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built in strict mode."""
    pytest.importorskip("material", reason="needs mkdocs-material (the extra docs)")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, env=environment)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_rule_has_its_place_in_both_languages(site: Path) -> None:
    for code, rule in rules().items():
        for lang in ("zh", "en"):
            name = f"rules/{code[:3]}.zh.html" if lang == "zh" else f"rules/{code[:3]}.html"
            page = (site / name).read_text("utf8")
            assert f'<html lang="{lang}"' in page
            assert f'id="{code}"' in page
            assert rule.title.in_language(lang) in page


def test_every_page_of_the_docs_is_in_the_menu(site: Path) -> None:
    start = (site / "index.html").read_text("utf8")
    for page in site.rglob("*.html"):
        if page.name != "404.html" and page.name != "index.html":
            assert f'href="{page.relative_to(site)}"' in start, page


def test_nothing_comes_from_elsewhere(site: Path) -> None:
    fetched = re.compile(r"""<(?:script|img|link|iframe)\b[^>]*?\b(?:src|href)=["']?(?:https?:)?//[^"'>]*""")
    for page in site.rglob("*.html"):
        found = [tag for tag in fetched.findall(page.read_text("utf8")) if 'rel="canonical"' not in tag]
        assert not found, page


def test_chinese_can_be_searched_by_words(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf8"))
    assert index["config"]["lang"] == ["en", "zh"]
    assert any("\u200b决算\u200b" in entry["text"] for entry in index["docs"])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_and_make_no_errors(site: Path, browser: "Browser", width: int) -> None:
    with served(site) as address:
        page = browser.new_page(viewport={"width": width, "height": 900})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: asked.url.startswith((address, "data:")) or errors.append(asked.url))
        for name in ("index.html", "index.zh.html", "tutorials/journalist.zh.html", "database.html"):
            page.goto(f"{address}/{name}", wait_until="networkidle")
            across = page.evaluate("document.documentElement.scrollWidth")
            assert across <= width, (name, across)
        page.goto(f"{address}/index.zh.html?q=支出决算", wait_until="networkidle")
        page.wait_for_selector(".md-search-result__link")
        assert not errors
        page.close()
