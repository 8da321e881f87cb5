"""Every form there is can be drawn from its schema, filled in and read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.console.choices import Choices
from api.console.english import ENGLISH
from api.console.fields import Drawing, Field, defaults_of, flat
from api.console.labels import Labels
from api.console.reading import read
from cases.grammar import Form
from cases.machines import CASE_TYPES
from tests.api.world import World


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from every(one.fields)
        for item in one.items:
            yield from every(item)


def said(schema: Any) -> Iterator[str]:
    """Titles of fields, and the words one chooses from."""
    if isinstance(schema, dict):
        for name, part in schema.items():
            yield from [part] if name == "title" and isinstance(part, str) else part if name == "enum" else said(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from said(part)


def something(one: Field) -> list[str]:
    """What somebody could write into a field."""
    if one.options:
        return [one.options[-1][0]]
    if one.bound("pattern"):
        return ["100"]
    if one.kind == "lines":
        return ["1", "2"] if one.bound("items") == {"type": "integer"} else ["甲", "乙"]
    written = {"tick": "true", "yes_no": "true", "date": "2026-12-01", "moment": "2026-12-01T09:30", "files": "f" * 32}
    return [written.get(one.kind, str(one.bound("minimum") or 1) if one.kind == "number" else "文字文字")]


def test_every_form_can_be_drawn_filled_in_and_read_back(shared: World):
    forms: set[type[Form]] = {
        step.form for kind in CASE_TYPES for step in kind.steps if not all(role.inside for role in step.roles)
    } | {kind.opening.form for kind in CASE_TYPES if not all(role.inside for role in kind.opening.who)}
    assert len(forms) > 50
    choices = Choices(Labels(shared.office, "zh"), ("handling",))
    for form in forms:
        schema = form.model_json_schema()
        assert {text for text in said(schema) if not text.isascii()} - set(ENGLISH) == set(), form
        leaves = [
            one for one in every(Drawing.of(schema, defaults_of(schema), {}, choices).fields(schema))
            if one.kind not in {"group", "groups"}
        ]  # fmt: skip
        assert all(one.title and not one.title.isascii() for one in leaves), form
        typed = {one.name: something(one) for one in leaves}
        sent = {name: ["\n".join(value)] if len(value) > 1 else value for name, value in typed.items()}
        filled = form.model_validate(read(schema, sent))
        again = flat(filled.model_dump())
        assert {
            name: [one.split(".")[0] if "T" not in one else one for one in again[name]] for name in typed
        } == typed, form


def test_an_optional_group_left_empty_is_left_out_and_half_filled_is_found():
    schema = next(s.form for t in CASE_TYPES for s in t.steps if s.does == "supplement").model_json_schema()
    assert read(schema, {"text": ["302室"], "dissuasion.medium": ["当面"], "matter": [""]}) == {"text": "302室"}
    assert read(schema, {"dissuasion.by": ["保安"]}) == {"dissuasion": {"by": "保安"}}
    assert read(schema, {"dissuasion.at": ["gestern"]}) == {"dissuasion": {"at": "gestern"}}


def test_groups_of_a_list_are_counted_and_empty_ones_dropped():
    schema = next(s.form for t in CASE_TYPES for s in t.steps if s.does == "agree" or s.form.__name__ == "Agreement")
    terms = {
        "terms.0.content": [""],
        "terms.3.content": ["退还押金"],
        "terms.x.content": ["?"],
        "terms.99999.content": [""],
    }
    assert read(schema.model_json_schema(), terms)["terms"] == [{"content": "退还押金", "done": False}]
