"""Slips (登记单): forms around a mediation that are no steps, drawn from the shapes the API takes, on a page of their
own or in a dialog; what is wrong is said beside its field and nothing typed is lost.

What does not live here: the forms of steps (acting) and what a slip does (the API's chamber and convention).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.acting import Try, go_on
from api.console.choices import Choices, Option
from api.console.entrance import Seat
from api.console.fields import Drawing, Field, defaults_of
from api.console.frame import page
from api.console.labels import Labels
from api.console.reading import read, typed_of
from api.console.sheet import Line
from cases.errors import Conflict, Malformed, NotNow, Overtaken, StillNeeded
from cases.faults import fields_of

Shape = TypeVar("Shape", bound=BaseModel)
Done = TypeVar("Done")
Given = Mapping[str, tuple[Option, ...]]


@dataclass(frozen=True)
class Slip:
    """One form: its shape, what it is called, where it is sent, where one goes back to, what may be chosen in it; with
    ``left_out`` fields somebody else fills in. One that changes the case carries the ``version`` that was seen and is
    taken once; ``known`` is what stands in the register already, ``needs`` what stands in the way."""

    shape: type[BaseModel]
    title: str
    action: str
    back: str
    seat: Seat
    given: Given = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    hint: str = ""
    button: str = "保存"
    version: int | None = None
    known: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def labels(self) -> Labels:
        """Names in the seat's language."""
        return Labels(self.seat.house.office, self.seat.lang)

    def schema(self) -> dict[str, Any]:
        """The schema as far as it is asked."""
        whole = self.shape.model_json_schema()
        asked = {name: part for name, part in whole["properties"].items() if name not in self.left_out}
        required = [name for name in whole.get("required", ()) if name not in self.left_out]
        return {**whole, "properties": asked, "required": required}

    def fresh(self, **known: str) -> Try:
        """The form before anybody typed; ``known`` stands in it already."""
        return Try({**defaults_of(self.schema()), **{name: [one] for name, one in known.items() if one}})

    def fields(self, tried: Try) -> tuple[Field, ...]:
        """The fields with what stands in them."""
        schema = self.schema()
        return Drawing.of(schema, tried.typed, tried.wrong, Choices(self.labels, given=self.given)).fields(schema)

    def show(self, request: Request, tried: Try, faster: Sequence[Line] = ()) -> Response:
        """The slip as a page, or as what stands in a dialog; ``faster`` is what others did meanwhile."""
        fields = self.fields(tried)
        names = {one.name for one in fields}
        rest = {name: said for name, said in tried.wrong.items() if name.partition(".")[0] not in names}
        return page(
            request, "slip.html", tried.status, seat=self.seat, slip=self, tried=tried, fields=fields, rest=rest,
            faster=faster, once=secrets.token_urlsafe(16),
        )  # fmt: skip


def filled_in(shape: type[Shape], body: Mapping[str, Any]) -> Shape:
    """What was written, as its shape; Malformed names each field."""
    try:
        return shape.model_validate(body)
    except ValidationError as error:
        raise Malformed("填写的内容不完整或不正确", fields_of(error.errors())) from error


def attempt(deed: Callable[[], Done], typed: dict[str, list[str]]) -> Done | Try:
    """Do it; what stood in the way, with what was typed, where it could not be done."""
    try:
        return deed()
    except Malformed as refusal:
        return Try(typed, 422, refusal.sentence, refusal.fields)
    except StillNeeded as refusal:
        return Try(typed, 409, "还缺条件", missing=refusal.missing)
    except (Conflict, NotNow, Overtaken) as refusal:
        return Try(typed, 409, refusal.sentence)


def carry_out(
    request: Request, slip: Slip, filled: FormData, shape: type[Shape], deed: Callable[[Shape], object]
) -> Response:  # fmt: skip
    """Do what a slip is for, and go back to where it came from; or show it again."""
    typed = typed_of(filled)
    done = attempt(lambda: deed(filled_in(shape, read(slip.schema(), typed))), typed)
    return slip.show(request, done) if isinstance(done, Try) else go_on(request, slip.back)
