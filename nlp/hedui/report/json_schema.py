"""JSON Schemas (2020-12) of what programs are given: the JSON of a run, its lines, claims alone, the log of a build.

They are made of the types of the model; what a field means is told in the words of `patterns/database.toml`. Objects
may get further fields in later versions, so a reader has to pass over those that it does not know.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hedui import __version__
from hedui.corpus.outcome import Outcome
from hedui.messages import Language
from hedui.model import Claim, Document, File, Finding, OtherFigure, Relation
from hedui.report.failure import Failure
from hedui.report.tally import Tally
from hedui.store.dictionary import dictionary

Schema = dict[str, Any]

KINDS = ("report", "line", "claim", "log")
_TABLES = {"Document": "documents", "Claim": "claims", "OtherFigure": "others", "Relation": "relations"}
_TABLES["Finding"] = "findings"
_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def as_json_schema(kind: str, lang: Language) -> Iterator[str]:
    """The schema of a `report` (`hedui check --format json`), of a `line` (`--format jsonl`), of a `claim` (`hedui
    extract`) or of a line of the `log` (`hedui build --log`)."""
    yield json.dumps(schema(kind, lang), ensure_ascii=False, indent=2) + "\n"


def schema(kind: str, lang: Language = "en") -> Schema:
    """One of the schemas, by its name among KINDS. KeyError for any other."""
    made = {"report": _run, "line": _line, "claim": _claim, "log": _outcome}[kind]
    shapes = _Shapes(lang)
    body = made(shapes)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"hedui {kind} {_series()}"}
    return head | body | ({"$defs": shapes.defs} if shapes.defs else {})


def _series() -> str:
    """The versions that keep to one schema: all of one minor version."""
    return ".".join(__version__.split(".")[:2])


def _run(shapes: "_Shapes") -> Schema:
    return _object({"documents": _array(_report(shapes)), "failures": _array(shapes.of(Failure))})


def _line(shapes: "_Shapes") -> Schema:
    return {"anyOf": [_report(shapes), _object({"failures": _array(shapes.of(Failure))})]}


def _claim(shapes: "_Shapes") -> Schema:
    body = shapes.body(Claim, source=True)
    return body | {"required": ["source", *body["required"]]}


def _outcome(shapes: "_Shapes") -> Schema:
    return shapes.body(Outcome)


def _report(shapes: "_Shapes") -> Schema:
    """A report as the commands print it."""
    return shapes.keep(
        "Report",
        {
            "document": _document(shapes),
            "claims": _array(shapes.of(Claim, source=True)),
            "others": _array(shapes.of(OtherFigure, source=True)),
            "relations": _array(shapes.of(Relation)),
            "findings": _array(shapes.of(Finding, source=True, optional=("elsewhere",))),
            "checked": _array(shapes.of(Tally)),
        },
    )


def _document(shapes: "_Shapes") -> Schema:
    """What `Document.to_dict` makes: pages and characters are counted, days and times are text."""
    left_out = ("strips", "warnings")
    changed: Schema = {
        "pages": {"type": ["integer", "null"], "description": "number of pages"},
        "characters": {"type": "integer", "description": "number of characters of the text"},
        "published": {"type": ["string", "null"], "format": "date"},
        "retrieved": {"type": ["string", "null"], "format": "date-time"},
        "files": _array(shapes.of(File)),
    }
    return shapes.of(Document, optional=("text", "files"), left_out=left_out, changed=changed)


class _Shapes:
    """Schemas of dataclasses, each written once, under `$defs`."""

    def __init__(self, lang: Language) -> None:
        self._lang: Language = lang
        self.defs: dict[str, Schema] = {}

    def of(self, cls: type, **how: Any) -> Schema:
        """A reference to the schema of a dataclass."""
        if cls.__name__ not in self.defs:
            self.defs[cls.__name__] = self.body(cls, **how)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def keep(self, name: str, properties: Mapping[str, Schema]) -> Schema:
        """A reference to an object that is no dataclass."""
        self.defs[name] = _object(properties)
        return {"$ref": f"#/$defs/{name}"}

    def body(
        self,
        cls: type,
        source: bool = False,
        optional: tuple[str, ...] = (),
        left_out: tuple[str, ...] = (),
        changed: Mapping[str, Schema] | None = None,
    ) -> Schema:
        """An object with the fields of a dataclass, all of them required but those that are `optional`.

        `source`: it may name the file that it stands in, where several were taken together.
        """
        assert is_dataclass(cls)
        types, words = get_type_hints(cls), self._words(cls)
        told = dict(changed or {})
        found = {
            each.name: told.pop(each.name) if each.name in told else self._type(types[each.name])
            for each in fields(cls)
            if each.name not in left_out
        } | told
        if source:
            found["source"] = {"type": "string"}
            optional = (*optional, "source")
        for name, shape in found.items():
            if name in words and "$ref" not in shape:
                shape.setdefault("description", words[name])
        return _object(found, optional)

    def _words(self, cls: type) -> dict[str, str]:
        """What the fields of a dataclass mean; the ids of the database are others."""
        table = _TABLES.get(cls.__name__)
        columns = dictionary()[table].columns if table else ()
        said = {column.name: column.words.in_language(self._lang) for column in columns if not column.refers}
        return {name: words for name, words in said.items() if name != "id" and ".id`" not in words}

    def _type(self, kind: Any) -> Schema:
        origin, inside = get_origin(kind), get_args(kind)
        if kind in _SCALARS:
            return {"type": _SCALARS[kind]}
        if is_dataclass(kind):
            assert isinstance(kind, type)
            return self.of(kind)
        if origin is Literal:
            return {"enum": list(inside)}
        if origin in (Union, UnionType):
            return self._either([self._type(each) for each in inside])
        if origin is tuple and inside[-1] is Ellipsis:
            return _array(self._type(inside[0]))
        if origin is tuple:
            places = [self._type(each) for each in inside]
            return {"type": "array", "prefixItems": places, "minItems": len(places), "maxItems": len(places)}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self._type(inside[1])}
        raise TypeError(f"no JSON Schema for {kind}")

    @staticmethod
    def _either(shapes: list[Schema]) -> Schema:
        if all(shape.keys() == {"type"} for shape in shapes):
            return {"type": [shape["type"] for shape in shapes]}
        return {"anyOf": shapes}


def _object(properties: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}
