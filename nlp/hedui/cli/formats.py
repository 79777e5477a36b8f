"""The formats of `hedui check`, and what writes reports in each; only what is asked for is imported."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from hedui import rules
from hedui.cli.options import RunFailed, colour, missing
from hedui.cli.run import Run
from hedui.messages import Language, say
from hedui.model import Report
from hedui.report.quiet import quiet

FORMATS = ("text", "html", "markdown", "csv", "sarif", "pdf", "json", "jsonl")
PICTURED = ("html", "pdf")  # need the bytes that a report was read from


@dataclass(frozen=True, slots=True)
class Form:
    """A format, the language, and the options that some formats heed. Raises click.UsageError for a PDF without
    `--out`."""

    name: str
    lang: Language
    out: Path | None
    with_text: bool = False
    verbose: bool = False

    def __post_init__(self) -> None:
        if self.name == "pdf" and self.out is None:
            raise click.UsageError(say("error.pdf_out", self.lang))

    def of(self, reports: Iterator[Report], run: Run) -> Iterable[str | bytes]:
        """What is written of the reports of a run, piece by piece; `run.failures` may grow meanwhile."""
        lang, failures = self.lang, run.failures
        if self.name == "html":
            from hedui.report.html.page import as_html

            return as_html(reports, failures, lang, run.originals)
        if self.name == "markdown":
            from hedui.report.markdown import as_markdown

            return as_markdown(map(quiet, reports), failures, lang, self._titles())
        if self.name == "csv":
            from hedui.report.csv import findings_as_csv

            return findings_as_csv(reports, lang)
        if self.name == "sarif":
            from hedui.report.sarif import as_sarif

            return as_sarif(reports, failures, lang)
        if self.name == "pdf":
            return self._annotated(reports, run)
        if self.name == "text":
            return self._text(reports, run)
        from hedui.report.json import as_json, as_jsonl

        return (as_json if self.name == "json" else as_jsonl)(reports, failures, self.with_text)

    def _titles(self) -> dict[str, str]:
        return {code: rule.title.in_language(self.lang) for code, rule in rules.rules().items()}

    def _text(self, reports: Iterator[Report], run: Run) -> Iterator[str]:
        from hedui.report.terminal import Style, as_text

        seen_colour = self.out is None and sys.stdout.isatty() and colour() is None
        width = min(shutil.get_terminal_size().columns, 100)
        return as_text(
            map(quiet, reports),
            run.failures,
            Style(self.lang, width, seen_colour, self.verbose),
            self._titles(),
        )

    def _annotated(self, reports: Iterator[Report], run: Run) -> Iterator[bytes]:
        """The one document of the run as a PDF with notes. Raises RunFailed where it is none, or not the only one."""
        try:
            from pikepdf import PdfError

            from hedui.report.annotated_pdf import annotated
        except ImportError as error:
            raise missing(error, self.lang) from error
        from hedui.report.page_cutout import is_pdf

        report = next(reports, None)
        data = next(iter(run.originals.values()), b"")
        if report is None or len(run.originals) > 1 or not is_pdf(data) or next(reports, None):
            raise RunFailed(say("error.pdf_input", self.lang))
        try:
            yield annotated(data, report, self.lang)
        except PdfError as error:
            raise RunFailed(say("error.pdf_broken", self.lang, error=error)) from error
