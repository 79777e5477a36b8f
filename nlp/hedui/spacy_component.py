"""hedui as a component of a spaCy pipeline: `nlp.add_pipe("hedui")` puts claims and findings into `doc.spans`.

Every span of `doc.spans["claims"]` carries its metric as label and the `Claim` in `span._.claim`; those of
`doc.spans["findings"]` the rule and the `Finding` in `span._.finding`. Spans cover whole tokens, the offsets of the
claim the exact figure.
"""

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span


@Language.factory("hedui", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> "Component":
    """The factory that spaCy calls."""
    return Component()


class Component:
    """Adds hedui's claims and findings to a Doc."""

    def __init__(self) -> None:
        for extension in ("claim", "finding"):
            if not Span.has_extension(extension):
                Span.set_extension(extension, default=None)

    def __call__(self, doc: Doc) -> Doc:
        import hedui

        report = hedui.check(text=doc.text) if doc.text.strip() else None
        doc.spans["claims"] = _spans(doc, report.claims if report else (), "claim")
        doc.spans["findings"] = _spans(doc, report.findings if report else (), "finding")
        return doc


def _spans(doc: Doc, values: Iterable[Any], extension: str) -> list[Span]:
    out = []
    for value in values:
        label = value.metric if extension == "claim" else value.rule
        span = doc.char_span(value.start, value.end, label=label, alignment_mode="expand")
        if span is not None:
            span._.set(extension, value)
            out.append(span)
    return out
