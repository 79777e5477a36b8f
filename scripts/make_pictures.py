"""Make the pictures of the documentation from the samples: terminal, report, a document page of `hedui serve`.

Usage: python scripts/make_pictures.py [--out FOLDER]

Writes terminal.png, report.png and document.png, the same in English as NAME.en.png, and report-phone.en.png to docs/.
Report and document page are those of a sample set as a PDF, so that they have pictures of pages. Needs Chromium and the
Chinese fonts (scripts/install_browser.sh, scripts/install_fonts.sh).
"""

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

import hedui
from corpus.formats.pdf import typeset
from hedui.cli.selection import narrow
from hedui.inputs import Input
from hedui.messages import LANGUAGES, Language
from hedui.report.html.page import as_html
from hedui.report.terminal import Style, as_text
from hedui.rules import rules
from hedui.store import Store
from hedui.web.app import application

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLES = CHECKOUT / "corpora" / "samples"
ON_SCREEN = SAMPLES / "anhui-2022.txt"
REPORTED = SAMPLES / "shanghai-2024.txt"
SHOWN = ("DIR001", "SUM001")  # rules whose findings the terminal shows
WIDTH = 84  # columns
COLOURS = 64
FRAME = """<meta charset="utf-8"><style>
body {{ margin: 0; background: #fbfaf6; }}
pre {{ display: inline-block; margin: 0; padding: 18px 24px; font: 15px/1.55 "WenQuanYi Zen Hei Mono", monospace; }}
</style><pre>{code}</pre>"""


def main() -> int:
    """Run; 2 where there is no Chromium."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=CHECKOUT / "docs", help="folder (default docs)")
    out: Path = parser.parse_args().out
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium is missing: sh scripts/install_browser.sh", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as driver,
        contextlib.closing(
            driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        ) as browser,
    ):
        for lang in LANGUAGES:
            end = ".png" if lang == "zh" else f".{lang}.png"
            page = Path(folder) / "page.html"
            page.write_text(_terminal(lang), "utf8")
            _picture(browser, page, out / f"terminal{end}", None)
            page.write_text("".join(_report(lang)), "utf8")
            _picture(browser, page, out / f"report{end}", (1180, 1250))
            if lang == "en":
                _picture(browser, page, out / f"report-phone{end}", (390, 1000))
            with _served(Path(folder) / "claims.db", lang) as address:
                shot = _document(browser, address)
                _save(shot, out / f"document{end}")
    return 0


def _terminal(lang: Language) -> str:
    """What `hedui check` prints of some rules, as a page."""
    report = hedui.check(ON_SCREEN)
    name = str(ON_SCREEN.relative_to(CHECKOUT))
    report = replace(report, document=replace(report.document, source=name))
    shown = narrow(report, SHOWN, ())
    titles = {code: rule.title.in_language(lang) for code, rule in rules().items()}
    command = f"$ hedui check {name} --select {','.join(SHOWN)}{' --lang en' if lang == 'en' else ''}\n"
    text = command + "".join(as_text([shown], [], Style(lang, WIDTH, True), titles))
    console = Console(record=True, width=WIDTH + 20, file=io.StringIO())
    console.print(Text.from_ansi(text.rstrip()), soft_wrap=True)
    return console.export_html(inline_styles=True, code_format=FRAME)


def _report(lang: Language) -> Iterator[str]:
    """The report on a sample that was set as a PDF."""
    data = typeset(REPORTED.read_text("utf8"), titled=True, face="song")
    report = hedui.check(data)
    report = replace(report, document=replace(report.document, source=f"{REPORTED.stem}.pdf"))
    return as_html([report], [], lang, {report.document.source: data})


@contextlib.contextmanager
def _served(path: Path, lang: Language) -> Iterator[str]:
    """The address of the document page of a sample that was set as a PDF, its pages as pictures."""
    pdf = path.with_name(f"{REPORTED.stem}.pdf")
    pdf.write_bytes(typeset(REPORTED.read_text("utf8"), titled=True, face="song"))
    report = hedui.check(pdf)
    with Store(path) as store:
        store.add(report, Input(str(pdf), pdf.read_bytes()).fingerprint())
    server = uvicorn.Server(uvicorn.Config(application(path, lang).app(), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/document/{report.document.id}?show=pages"
    finally:
        server.should_exit = True
        thread.join(20)


def _document(browser: "Browser", address: str) -> bytes:
    """The page of a document, a finding's passage on the left and the finding on the right."""
    opened = browser.new_page(viewport={"width": 1180, "height": 900}, color_scheme="light")
    opened.goto(address)
    opened.click("#d-f2 .meta a[href$='-text']")
    opened.locator("figure:has(#d-f2-text) img").evaluate("picture => picture.decode()")
    opened.locator(".findings-side").evaluate(
        "side => { side.scrollTop = side.querySelector('#d-f2').offsetTop - 12 }"
    )
    opened.evaluate("scrollBy(0, -140)")
    opened.locator("figure:has(#d-f2-text) + figure img").evaluate("picture => picture.decode()")
    shot = opened.screenshot()
    opened.close()
    return shot


def _picture(browser: "Browser", page: Path, out: Path, size: tuple[int, int] | None) -> None:
    """A screenshot with few colours; of the whole of what is there where no size is told."""
    width, height = size or (1200, 400)
    opened = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    opened.goto(page.as_uri())
    shot = opened.screenshot() if size else opened.locator("pre").screenshot()
    opened.close()
    _save(shot, out)


def _save(shot: bytes, out: Path) -> None:
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, optimize=True)
    print(f"{out.name}  {image.width} × {image.height}  {out.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
