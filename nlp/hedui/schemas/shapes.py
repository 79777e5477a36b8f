"""Dataclasses → their JSON Schemas (2020-12); what a field means is told in the words of `patterns/database.toml`."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hedui.messages import Language
from hedui.store.dictionary import dictionary

Schema = dict[str, Any]

_TABLES = {"Document": "documents", "Claim": "claims", "OtherFigure": "others", "Relation": "relations"}
_TABLES["Finding"] = "findings"
_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


class Shapes:
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
        self.defs[name] = object_of(properties)
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
        return object_of(found, optional)

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
            return array_of(self._type(inside[0]))
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


def object_of(properties: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """The schema of an object with these properties, all of them required but those that are `optional`."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def array_of(items: Schema) -> Schema:
    """The schema of a list."""
    return {"type": "array", "items": items}
