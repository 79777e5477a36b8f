"""JSON Schemas (2020-12) of what programs are given: the JSON of a run, its lines, claims alone, the log of a build.

They are made of the types of the model; what a field means is told in the words of `patterns/database.toml`. Objects
may get further fields in later versions, so a reader has to pass over those that it does not know.
"""

import json
from collections.abc import Iterator

from hedui.corpus.outcome import Outcome
from hedui.messages import Language
from hedui.model import Claim, Document, Failure, File, Finding, OtherFigure, Relation
from hedui.report.tally import Tally
from hedui.schemas.shapes import Schema, Shapes, array_of, object_of
from hedui.version import __version__

KINDS = ("report", "line", "claim", "log")


def as_json_schema(kind: str, lang: Language) -> Iterator[str]:
    """The schema of a `report` (`hedui check --format json`), of a `line` (`--format jsonl`), of a `claim` (`hedui
    extract`) or of a line of the `log` (`hedui build --log`)."""
    yield json.dumps(schema(kind, lang), ensure_ascii=False, indent=2) + "\n"


def schema(kind: str, lang: Language = "en") -> Schema:
    """One of the schemas, by its name among KINDS. KeyError for any other."""
    made = {"report": _run, "line": _line, "claim": _claim, "log": _outcome}[kind]
    shapes = Shapes(lang)
    body = made(shapes)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"hedui {kind} {_series()}"}
    return head | body | ({"$defs": shapes.defs} if shapes.defs else {})


def _series() -> str:
    """The versions that keep to one schema: all of one minor version."""
    return ".".join(__version__.split(".")[:2])


def _run(shapes: Shapes) -> Schema:
    return object_of({"documents": array_of(_report(shapes)), "failures": array_of(shapes.of(Failure))})


def _line(shapes: Shapes) -> Schema:
    return {"anyOf": [_report(shapes), object_of({"failures": array_of(shapes.of(Failure))})]}


def _claim(shapes: Shapes) -> Schema:
    body = shapes.body(Claim, source=True)
    return body | {"required": ["source", *body["required"]]}


def _outcome(shapes: Shapes) -> Schema:
    return shapes.body(Outcome)


def _report(shapes: Shapes) -> Schema:
    """A report as the commands print it."""
    return shapes.keep(
        "Report",
        {
            "document": _document(shapes),
            "claims": array_of(shapes.of(Claim, source=True)),
            "others": array_of(shapes.of(OtherFigure, source=True)),
            "relations": array_of(shapes.of(Relation)),
            "findings": array_of(shapes.of(Finding, source=True, optional=("elsewhere",))),
            "checked": array_of(shapes.of(Tally)),
        },
    )


def _document(shapes: Shapes) -> Schema:
    """What `Document.to_dict` makes: pages and characters are counted, days and times are text."""
    left_out = ("strips", "warnings")
    changed: Schema = {
        "pages": {"type": ["integer", "null"], "description": "number of pages"},
        "characters": {"type": "integer", "description": "number of characters of the text"},
        "published": {"type": ["string", "null"], "format": "date"},
        "retrieved": {"type": ["string", "null"], "format": "date-time"},
        "files": array_of(shapes.of(File)),
    }
    return shapes.of(Document, optional=("text", "files"), left_out=left_out, changed=changed)
