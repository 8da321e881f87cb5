"""A form read back (读取表单): what was sent, flat, becomes what the schema asks for; a field left empty is left out.

What does not live here: whether it is right (the form itself says so) and what a field looks like (fields).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from api.console.fields import Schema, Typed, count_of, plain_of, type_of

LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
SPLIT = re.compile(r"[\s,,、;;]+")
LONGEST_NUMBER = 16
OWN = "_"
"""Fields of our own begin so: the token, the version, the key of a form."""


def typed_of(filled: FormData) -> dict[str, list[str]]:
    """What stood in the fields of a form."""
    found: dict[str, list[str]] = {}
    for name, value in filled.multi_items():
        if isinstance(value, str) and not name.startswith(OWN):
            found.setdefault(name, []).append(value.strip())
    return found


def read(schema: Schema, typed: Typed) -> dict[str, Any]:
    """The form as the schema asks for it."""
    return _Reading(schema.get("$defs", {}), typed).object(schema, "") or {}


class _Reading:
    """One form on its way back."""

    def __init__(self, parts: Mapping[str, Schema], typed: Typed) -> None:
        self.parts, self.typed = parts, typed

    def object(self, schema: Schema, path: str) -> dict[str, Any] | None:
        """An object; None when nothing was written into it."""
        found: dict[str, Any] = {}
        for name, part in schema["properties"].items():
            value = self.value(part, f"{path}{name}")
            if value is not None:
                found[name] = value
        untouched = all(self._usual(schema, name, value) for name, value in found.items())
        return None if path and untouched else found

    def _usual(self, schema: Schema, name: str, value: object) -> bool:
        """Whether a value is what stands in the field anyway."""
        part = schema["properties"][name]
        plain, _ = plain_of(part, self.parts)
        return type_of(plain) == "boolean" or value == part.get("default")

    def value(self, given: Schema, path: str) -> Any:
        """What was written into one field; None when nothing was."""
        schema, may_be_left = plain_of(given, self.parts)
        kind = type_of(schema)
        if kind == "object":
            return self.object(schema, f"{path}.")
        if kind == "array":
            return self._list(schema, path)
        text = next((one for one in self.typed.get(path, ()) if one), "")
        if kind == "boolean":
            return self._yes(text, ticked=given.get("default") is False and not may_be_left)
        if kind == "integer" and text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER:
            return int(text)
        if schema.get("format") == "date-time" and LOCAL.fullmatch(text):
            return f"{text}:00"
        return text or None

    @staticmethod
    def _yes(text: str, *, ticked: bool) -> bool | str | None:
        if text in {"true", "false"}:
            return text == "true"
        return text or (False if ticked else None)

    def _list(self, schema: Schema, path: str) -> list[Any] | None:
        items, _ = plain_of(schema.get("items", {}), self.parts)
        if items.get("type") == "object":
            found = [self.object(items, f"{path}.{place}.") for place in range(count_of(path, self.typed))]
            return [one for one in found if one is not None] or None
        written = [one for one in self.typed.get(path, ()) if one]
        if "enum" in items:
            return written or None
        apart = SPLIT.split if items.get("type") in {"integer", "number"} else str.splitlines
        return [one.strip() for text in written for one in apart(text) if one.strip()] or None
