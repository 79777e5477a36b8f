"""Make the pictures of the documentation from the samples: what the terminal shows, what the report looks like.

Usage: python scripts/make_pictures.py [--out FOLDER]

Writes terminal.png and report.png, the same in English as NAME.en.png, and report-phone.en.png to docs/. The report is
that of a sample set as a PDF, so that it has pictures of pages. Needs Chromium and the Chinese fonts
(scripts/install_browser.sh, scripts/install_fonts.sh).
"""

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

import hedui
from corpus.formats.pdf import typeset
from hedui.cli.selection import narrow
from hedui.messages import LANGUAGES, Language
from hedui.report.html.page import as_html
from hedui.report.terminal import Style, as_text
from hedui.rules import rules

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


def _picture(browser: "Browser", page: Path, out: Path, size: tuple[int, int] | None) -> None:
    """A screenshot with few colours; of the whole of what is there where no size is told."""
    width, height = size or (1200, 400)
    opened = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    opened.goto(page.as_uri())
    shot = opened.screenshot() if size else opened.locator("pre").screenshot()
    opened.close()
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, optimize=True)
    print(f"{out.name}  {image.width} × {image.height}  {out.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
