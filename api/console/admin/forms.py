"""The forms of accounts and keys (管理表单): drawn from the shapes the API takes, and read back into them.

What does not live here: the shapes (staff_shapes), drawing and reading any form (fields, reading).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from api.console.admin.words import SCOPES
from api.console.choices import Choices, Option
from api.console.entrance import Seat
from api.console.fields import Drawing, Field
from api.console.labels import Labels
from api.console.reading import read
from api.staff_shapes import KeyOrder
from cases.errors import Malformed
from cases.faults import fields_of
from cases.store.accounts import ALONE, GRANTABLE

Wished = TypeVar("Wished", bound=BaseModel)
NO_ACCOUNT = frozenset({"party"})
"""Roles that come in by a query code and are never given to an account."""


def filled_in(form: type[Wished], typed: dict[str, list[str]]) -> Wished:
    """What was typed, as the shape it is meant for; Malformed names each field."""
    try:
        return form.model_validate(read(form.model_json_schema(), typed))
    except ValidationError as error:
        raise Malformed("填写的内容不完整或不正确", fields_of(error.errors())) from error


def drawn(
    seat: Seat, form: type[BaseModel], typed: dict[str, list[str]], wrong: Mapping[str, str]
) -> tuple[Field, ...]:
    """The fields of a form."""
    schema = form.model_json_schema()
    left_out = ALONE if form is KeyOrder else frozenset[str]()
    choices = StaffChoices(Labels(seat.house.office, seat.lang), left_out=left_out)
    return Drawing.of(schema, typed, wrong, choices).fields(schema)


@dataclass(frozen=True)
class StaffChoices(Choices):
    """What may be chosen in the forms of accounts and keys; ``left_out`` are roles only people hold."""

    left_out: frozenset[str] = frozenset()

    def options(self, name: str, title: str, schema: Mapping[str, Any]) -> tuple[Option, ...]:
        """Organisations, roles and scopes in words."""
        if name == "org":
            return orgs_of(self.labels)
        if name == "roles":
            return roles_of(self.labels, self.left_out)
        if name == "scopes":
            return tuple((code, self.labels.say(word)) for code, word in SCOPES.items())
        return super().options(name, title, schema)


def orgs_of(labels: Labels) -> tuple[Option, ...]:
    """Every organisation of the pack, with its code, as many have like names."""
    return tuple((one.code, f"{one.name}({one.code})") for one in labels.pack.organisations.values())


def roles_of(labels: Labels, left_out: frozenset[str] = frozenset()) -> tuple[Option, ...]:
    """Every role an account may hold."""
    return tuple((code, labels.role(code)) for code in sorted(GRANTABLE - NO_ACCOUNT - left_out))
