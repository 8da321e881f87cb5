"""What a document asks for (填写要求), as a JSON schema: the same kind of form that steps have.

What does not live here: checking what was filled in (``facts``), which knows more than a schema can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cases.packs.paper_rows import Column, Field, Paper
from cases.papers.values import LARGEST_COUNT, LONGEST, MOST

Schema = dict[str, Any]

_OF_KIND: Final[Mapping[str, Callable[[Column], Schema]]] = {
    "line": lambda _: {"type": "string", "maxLength": LONGEST["line"]},
    "text": lambda _: {"type": "string", "maxLength": LONGEST["text"], "format": "text"},
    "date": lambda _: {"type": "string", "format": "date"},
    "moment": lambda _: {"type": "string", "format": "date-time"},
    "amount": lambda _: {"type": ["string", "number"], "description": "元,最多两位小数"},
    "count": lambda _: {"type": "integer", "minimum": 0, "maximum": LARGEST_COUNT},
    "choice": lambda one: {"type": "string", "enum": list(one.choices)},
    "choices": lambda one: {"type": "array", "items": {"type": "string", "enum": list(one.choices)}},
    "yes_no": lambda _: {"type": "boolean"},
    "lines": lambda _: {"type": "array", "items": {"type": "string", "maxLength": LONGEST["text"]}, "maxItems": MOST},
}


def schema_of(paper: Paper) -> Schema:
    """The JSON schema of a document's facts."""
    return {"title": paper.title, **_object(paper.fields)}


def _object(columns: Iterable[Column]) -> Schema:
    listed = list(columns)
    required = [one.name for one in listed if one.required and not _computed(one)]
    properties = {one.name: _property(one) for one in listed}
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _property(one: Column) -> Schema:
    schema: Schema = {"title": one.label}
    if isinstance(one, Field) and one.columns:
        schema |= {"type": "array", "items": _object(one.columns), "minItems": one.least, "maxItems": MOST}
    else:
        schema |= _OF_KIND[one.kind](one)
    said = [one.source, f"{one.required_if} 时必填" if one.required_if else "", schema.get("description", "")]
    if any(said):
        schema["description"] = ";".join(filter(None, said))
    return schema


def _computed(one: Column) -> bool:
    return isinstance(one, Field) and bool(one.sum_of or one.count_of)
