"""One step for many cases (批量办理) at ``/console/bulk``: tick, choose the step, fill its form once, see each result.

What does not live here: taking the steps (counter: one unit, each answered for itself) and the form (fields).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.choices import Choices
from api.console.entrance import OwnFormOf, Seat, SeatOf, text_of
from api.console.fields import Drawing, defaults_of
from api.console.frame import page
from api.console.labels import Labels
from api.console.reading import read, typed_of
from api.console.rows import Row, row_of
from api.counter import Counter
from cases.desk.desk import Order
from cases.desk.views import View
from cases.engine import read_form
from cases.errors import Malformed, NotFound

router = APIRouter()
MOST = 200
OWN = frozenset({"receipt", "number", "document"})
"""Fields whose value is each case's own: the numbers of papers. Beside the one for all, each case may have its own."""

HOME = "/console"
_BACK = re.compile(r"/console(?:/[\w-]{1,64}){0,4}", re.ASCII)
TICKED = "_case"
"""A ticked case: its id and the version that was seen."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A ticked case as it stands now, with the version its line showed."""

    view: View
    row: Row
    seen: int

    @property
    def mark(self) -> str:
        """As it is written in the form."""
        return f"{self.view['id']}:{self.seen}"

    def action(self, verb: str) -> View | None:
        """The step, if the case offers it now."""
        return next((one for one in self.view["actions"] if one["verb"] == verb), None)


@router.post("/bulk")
def take_many(request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """The form of the step with the ticked cases; with ``_go`` the step is taken for each."""
    verb, ticked = text_of(filled, "_verb"), _ticked(filled, seat)
    able = [one for one in ticked if one.action(verb)]
    if not able:
        raise Malformed("请先勾选案件,再选择能办的动作")
    schema = able[0].action(verb)["schema"]  # type: ignore[index]
    fitting = [one for one in able if one.action(verb)["schema"] == schema]  # type: ignore[index]
    shown: dict[str, Any] = {"verb": verb, "ticked": fitting, "left": [one for one in ticked if one not in fitting]}
    shown |= {"back": _back(filled), "own": {}}
    if "_go" not in filled:
        return _form(request, seat, shown, schema, defaults_of(schema))
    typed = typed_of(filled)
    body = read(schema, typed)
    shown["own"] = own = {one.view["id"]: _own(filled, one, schema) for one in fitting}
    engine = seat.house.office.desk.engines[fitting[0].view["case_type"]]
    rows = engine.by_verb[verb][fitting[0].view["state"]]
    bodies = {one.view["id"]: body | own[one.view["id"]] for one in fitting}
    try:
        for each in bodies.values():
            read_form(rows[0].form, each)
    except Malformed as refusal:
        return _form(request, seat, shown, schema, typed, refusal)
    orders = [Order(one.view["id"], verb, bodies[one.view["id"]], one.seen) for one in fitting]
    answers = Counter(seat.house).steps(seat.reader, orders)["items"]
    done = sum(one["ok"] for one in answers)
    title, labels = _title(seat, fitting[0], verb), Labels(seat.house.office, seat.lang)
    return page(
        request, "bulk_done.html", seat=seat, results=list(zip(fitting, answers, strict=True)), done=done,
        failed=len(answers) - done, back=shown["back"], title=title, labels=labels,
    )  # fmt: skip


def _form(
    request: Request, seat: Seat, shown: dict[str, Any], schema: View, typed: dict[str, list[str]],
    refusal: Malformed | None = None,
) -> Response:  # fmt: skip
    wrong: Mapping[str, str] = refusal.fields if refusal else {}
    drawing = Drawing.of(schema, typed, wrong, Choices(Labels(seat.house.office, seat.lang)))
    fields = drawing.fields(schema)
    numbers = [one for one in fields if one.name in OWN] if len(shown["ticked"]) > 1 else []
    fields = tuple(replace(one, required=False) if one in numbers else one for one in fields)
    return page(
        request, "bulk.html", 422 if refusal else 200, seat=seat, fields=fields, numbers=numbers,
        said=refusal.sentence if refusal else "", title=_title(seat, shown["ticked"][0], shown["verb"]), **shown,
    )  # fmt: skip


def _own(filled: FormData, one: Ticked, schema: View) -> dict[str, str]:
    """What was given for this case alone."""
    given = {name: text_of(filled, f"_own.{one.view['id']}.{name}") for name in OWN & schema["properties"].keys()}
    return {name: value for name, value in given.items() if value}


def _back(filled: FormData) -> str:
    """Where the ticks were set: a page of the console, or the queue."""
    given = text_of(filled, "_back")
    return given if _BACK.fullmatch(given) else HOME


def _title(seat: Seat, one: Ticked, verb: str) -> str:
    return Labels(seat.house.office, seat.lang).verb(one.view["case_type"], verb)


def _ticked(filled: FormData, seat: Seat) -> list[Ticked]:
    """The ticked cases the caller may see, each once."""
    labels, counter, found = Labels(seat.house.office, seat.lang), Counter(seat.house), dict[str, Ticked]()
    for given in filled.getlist(TICKED)[:MOST]:
        case_id, _, version = str(given).partition(":")
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            raise Malformed("请从案件队列重新勾选")
        try:
            view = counter.case(seat.reader, case_id)
        except NotFound:
            continue
        found[case_id] = Ticked(view, row_of(view, labels), int(version))
    return list(found.values())
