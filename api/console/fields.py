"""A form drawn from its schema (表单字段): which field asks for what, what stands in it, and what is wrong with it.

The schema is the one the API publishes; whatever it can ask for has a kind of field here. What was typed is kept flat,
by the dotted paths that findings name too, so a form comes back as it was sent. What does not live here: reading what
was sent (reading), what a code may be (choices).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.console.choices import Choices, Option
from api.console.moments import read_moment

Schema = Mapping[str, Any]
Typed = Mapping[str, Sequence[str]]
"""What stands in the fields, by path; a field that may hold several has several."""

LONG = 200
"""A text that may be longer gets room of its own."""

MOST_ITEMS = 50
TICK, YES_NO, CHOICE, CHOICES, FILES, GROUP, GROUPS = "tick", "yes_no", "choice", "choices", "files", "group", "groups"
NUMBER, DATE, MOMENT, LINES, LONG_TEXT, TEXT = "number", "date", "moment", "lines", "long", "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``name`` is its path, ``fields`` what a group holds, ``items`` the groups of a list of groups."""

    name: str
    title: str
    kind: str
    required: bool = False
    typed: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    wrong: str = ""
    schema: Schema | None = None
    fields: tuple[Field, ...] = ()
    items: tuple[tuple[Field, ...], ...] = ()
    several: bool = False

    @property
    def value(self) -> str:
        """What stands in a field that holds one thing."""
        return self.typed[0] if self.typed else ""

    def bound(self, name: str) -> Any:
        """A limit the schema names ("maxLength", "minimum" …), or None."""
        return (self.schema or {}).get(name)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a form is drawn with: the parts its schema refers to, what was typed, what is wrong, the choices."""

    parts: Mapping[str, Schema]
    typed: Typed
    wrong: Mapping[str, str]
    choices: Choices

    @classmethod
    def of(cls, schema: Schema, typed: Typed, wrong: Mapping[str, str], choices: Choices) -> Drawing:
        """The drawing of a whole schema."""
        return cls(schema.get("$defs", {}), typed, wrong, choices)

    def fields(self, schema: Schema, path: str = "", *, asked: bool = True) -> tuple[Field, ...]:
        """The fields of an object, in order; an object that may be left out asks for none of its fields."""
        needed = schema.get("required", ()) if asked else ()
        return tuple(self.field(f"{path}{name}", part, name in needed) for name, part in schema["properties"].items())

    def field(self, path: str, given: Schema, needed: bool) -> Field:
        """One field."""
        schema, may_be_left = plain_of(given, self.parts)
        name = path.rpartition(".")[2]
        title = given.get("title") or schema.get("title") or name
        options = self.choices.options(name, title, schema)
        kind = kind_of(schema, options, usual=given.get("default"), may_be_left=may_be_left)
        if name in Choices.FILES and self.choices.coded:
            kind = FILES
        fields, items = (), ()
        if kind == GROUP:
            fields = self.fields(schema, f"{path}.", asked=needed)
        if kind == GROUPS:
            items = tuple(self._items(path, plain_of(schema["items"], self.parts)[0]))
        typed = tuple(self.typed.get(path, ()))
        typed = tuple(map(_local, typed)) if kind == MOMENT else typed
        return Field(
            path, title, kind, needed, typed, options, self._wrong(path, kind), schema,
            fields, items, several=type_of(schema) == "array",
        )  # fmt: skip

    def _items(self, path: str, schema: Schema) -> Iterator[tuple[Field, ...]]:
        for place in range(max(1, count_of(path, self.typed))):
            yield self.fields(schema, f"{path}.{place}.", asked=False)

    def _wrong(self, path: str, kind: str) -> str:
        """What is wrong with a field; a list says what is wrong with any of its parts."""
        if path in self.wrong or kind in {GROUP, GROUPS}:
            return self.wrong.get(path, "")
        return next((said for name, said in self.wrong.items() if name.startswith(f"{path}.")), "")


def every_field(fields: Sequence[Field]) -> Iterator[Field]:
    """Every field of a form, those inside groups too."""
    for one in fields:
        yield one
        yield from every_field(one.fields)
        for item in one.items:
            yield from every_field(item)


def plain_of(given: Schema, parts: Mapping[str, Schema]) -> tuple[Schema, bool]:
    """The schema behind a reference or an "or nothing", and whether it may be nothing."""
    if "$ref" in given:
        return plain_of(parts[given["$ref"].rpartition("/")[2]], parts)
    some = [one for one in given.get("anyOf", ()) if one.get("type") != "null"]
    if len(some) == 1:
        return plain_of(some[0], parts)[0], True
    return given, False


def type_of(schema: Schema) -> str:
    """The type a schema asks for; of several the first, as they are all written as text."""
    kind = schema.get("type", "")
    return kind[0] if isinstance(kind, list) else kind


def kind_of(schema: Schema, options: Sequence[Option], *, usual: object, may_be_left: bool) -> str:
    """Which kind of field asks for this."""
    kind = type_of(schema)
    if kind == "boolean":
        return TICK if usual is False and not may_be_left else YES_NO
    if kind == "object":
        return GROUP
    if kind == "array":
        items = schema.get("items", {})
        return GROUPS if "$ref" in items or type_of(items) == "object" else CHOICES if options else LINES
    if options:
        return CHOICE
    if kind in {"integer", "number"}:
        return NUMBER
    timed = {"date": DATE, "date-time": MOMENT}.get(schema.get("format", ""))
    return timed or (LONG_TEXT if schema.get("maxLength", 0) > LONG else TEXT)


def count_of(path: str, typed: Typed) -> int:
    """How many groups of a list stand in the form."""
    places = {name[len(path) + 1 :].partition(".")[0] for name in typed if name.startswith(f"{path}.")}
    return min(MOST_ITEMS, 1 + max((int(one) for one in places if one.isascii() and one.isdigit()), default=-1))


def flat(value: Any, path: str = "") -> dict[str, list[str]]:
    """A filled form as it stands in the fields."""
    if isinstance(value, Mapping):
        found: dict[str, list[str]] = {}
        for name, one in value.items():
            found |= flat(one, f"{path}.{name}" if path else str(name))
        return found
    if isinstance(value, list | tuple):
        if any(isinstance(one, Mapping) for one in value):
            return {name: one for n, part in enumerate(value) for name, one in flat(part, f"{path}.{n}").items()}
        return {path: [_written(one) for one in value]}
    return {} if value is None else {path: [_written(value)]}


def _local(text: str) -> str:
    """A moment as a field for moments takes it; what is none stays as it was typed."""
    try:
        return f"{read_moment(text):%Y-%m-%dT%H:%M}" if text else text
    except ValueError:
        return text


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{read_moment(value):%Y-%m-%dT%H:%M}"
    return str(value)


def defaults_of(schema: Schema) -> dict[str, list[str]]:
    """What stands in a form before anybody typed: what its schema says is usual."""
    return flat(
        {name: part["default"] for name, part in schema["properties"].items() if part.get("default") is not None}
    )
