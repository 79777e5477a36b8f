"""Reports as one page of HTML that needs nothing else: no other file, no network, no script for reading.

Templates escape whatever they print; the policy of the page allows its own style and script, by their hashes, and
pictures that are part of it.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

import regex
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hedui import rules
from hedui.messages import Language, say
from hedui.model import Failure, Report
from hedui.report.findings import CERTAINTIES
from hedui.report.view import view
from hedui.report.view_model import Counts, DocumentView
from hedui.version import __version__

TEMPLATES = Path(__file__).parent / "templates"

# What no page may hold: control characters, and what is no character at all.
_UNSHOWN = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def as_html(
    reports: Iterable[Report], failures: list[Failure], lang: Language, originals: Mapping[str, bytes]
) -> Iterator[str]:
    """The page of one or several documents, the bytes that each was read from being in `originals` in its turn.

    `failures` may grow while `reports` is consumed.
    """
    templates = environment(lang)
    document = vars(templates.get_template("document.html").module)["document"]
    views = (view(report, lang, f"d{number}", originals) for number, report in enumerate(reports, 1))
    first = list(islice(views, 2))
    alone = len(first) == 1
    shown: list[DocumentView] = []
    bodies: list[Markup] = []  # far smaller than what they are made of
    codes: set[str] = set()
    for seen in chain(first, views):
        codes |= {finding.rule for finding in seen.findings}
        bodies.append(document(seen, alone))
        shown.append(replace(seen, findings=(), blocks=(), marks={}))
    total = sum((document.counts for document in shown), Counts())
    style, script = (Markup((TEMPLATES / name).read_text("utf8")) for name in ("style.css", "script.js"))
    yield from templates.get_template("report.html").generate(
        heading=shown[0].title if alone else say("html.documents", lang, count=len(shown)),
        documents=shown,
        bodies=bodies,
        failures=failures,
        total=total,
        verdict=verdict(total, len(shown), lang),
        explained=[rule for code, rule in rules.rules().items() if code in codes],
        version=__version__,
        style=style,
        script=script,
        policy=policy(style, script),
    )


def environment(lang: Language) -> Environment:
    """The templates, with the messages of one language. Everything that they print is escaped."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    templates.globals |= {"say": lambda key, **fields: say(key, lang, **fields), "lang": lang}
    templates.globals["certainties"] = CERTAINTIES
    return templates


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with this style and script and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def verdict(total: Counts, documents: int, lang: Language) -> str:
    """The outcome in one sentence."""
    if total.certain or total.likely:
        key = "contradictions"
    elif total.failed:
        key = "withheld"
    elif total.held:
        key = "no_contradiction"
    else:
        key = "nothing_checked"
    return say(f"html.{key}", lang, certain=total.certain, likely=total.likely, held=total.held)


def _printable(value: Any) -> Any:
    """Text without characters that a page cannot hold; Unicode's mark of a lost one stands in their place."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSHOWN.sub("\ufffd", value)
    return value


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
