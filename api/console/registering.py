"""Registering a report (登记) at ``/console/register``: the form, likely matters, cases that may be the same.

Suggestions and possible duplicates stand beside the form and decide nothing. The query code is shown once. What does
not live here: opening a case (counter), ranking matters (cases.suggest).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.choices import Choices
from api.console.entrance import Seat, SeatOf, TypedFormOf, files_of, is_ours, key_of, text_of
from api.console.fields import Drawing, Schema, defaults_of, flat
from api.console.frame import page, wants_part
from api.console.labels import Labels
from api.console.reading import read, typed_of
from api.console.rows import Row, row_of
from api.console.step_words import TOO_OLD
from api.counter import Counter
from api.filing import Filing
from cases.desk.views import View
from cases.errors import Malformed, NotAllowed
from cases.machines.clue_forms import ClueReport
from cases.store.idempotency import Once
from cases.store.queue.asked import Asked

router = APIRouter()
ASKED = (
    "community", "building", "room", "found_at", "description", "matter", "emergency", "dissuasion", "source",
    "reporter_org", "reporter_name", "reporter_phone", "external_id", "anonymous", "secrecy", "dissuading",
)  # fmt: skip
BY_DESK_ONLY = frozenset({"source", "reporter_org"})
BY_REPORTER_ONLY = frozenset({"dissuading"})
FILES = "_files"
LOOK_BACK = timedelta(days=30)
MOST_ALIKE = 6
WORTH_SAYING = 0.01


@dataclass(frozen=True)
class Try:
    """What came of the form so far."""

    typed: dict[str, list[str]]
    status: int = 200
    said: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


@cache
def form_schema(*, at_desk: bool) -> Schema:
    """What is asked for: a part of the report's form, for a desk or for whoever reports."""
    whole = ClueReport.model_json_schema()
    left = BY_REPORTER_ONLY if at_desk else BY_DESK_ONLY
    return {**whole, "properties": {name: whole["properties"][name] for name in ASKED if name not in left}}


def _let_in(seat: Seat) -> None:
    if not seat.reader.at_desk and "reporter" not in seat.roles:
        raise NotAllowed("您的岗位不能登记线索")


@router.get("/register")
def show_form(request: Request, seat: SeatOf) -> Response:
    """The empty form, begun with the present moment."""
    _let_in(seat)
    usual = flat({"found_at": seat.house.office.clock.now()})
    return _form(request, seat, Try(defaults_of(form_schema(at_desk=seat.reader.at_desk)) | usual))


@router.post("/register")
def register(request: Request, seat: SeatOf, filled: TypedFormOf) -> Response:
    """Open a case, or show the form again: with suggestions where they were asked for, with what is wrong else."""
    _let_in(seat)
    typed = typed_of(filled)
    if matter := text_of(filled, "_matter"):
        return _form(request, seat, Try({**typed, "matter": [matter]}))
    if wants_part(request) or "_suggest" in filled:
        return _form(request, seat, Try(typed))
    if not is_ours(filled, seat):
        return _form(request, seat, Try(typed, 403, TOO_OLD))
    try:
        return _open(request, seat, filled, typed)
    except Malformed as refusal:
        return _form(request, seat, Try(typed, 422, refusal.sentence, refusal.fields))


def _open(request: Request, seat: Seat, filled: FormData, typed: dict[str, list[str]]) -> Response:
    counter, reader = Counter(seat.house), seat.reader
    body = read(form_schema(at_desk=reader.at_desk), typed)
    if reader.at_desk:
        body.setdefault("source", "station")
    once = Once.of(reader.actor.id, key_of(filled), "/console/register", body)
    opened = json.loads(counter.open(reader, body, once).body)
    for sent in files_of(filled, FILES):
        Filing(seat.house).add(reader, opened["id"], sent.filename or "", sent.file)
    return page(request, "registered.html", 201, seat=seat, opened=opened)


def _form(request: Request, seat: Seat, tried: Try) -> Response:
    labels = Labels(seat.house.office, seat.lang)
    schema = form_schema(at_desk=seat.reader.at_desk)
    drawing = Drawing.of(schema, tried.typed, tried.wrong, Choices(labels))
    fields = drawing.fields(schema)
    names = {one.name for one in fields} | {part.name for one in fields for part in one.fields}
    rest = {name: said for name, said in tried.wrong.items() if name not in names}
    return page(
        request, "beside.html" if wants_part(request) else "register.html", tried.status, seat=seat, tried=tried,
        fields=fields, once=secrets.token_urlsafe(16), likely=likely(seat, tried, labels),
        alike=alike(seat, tried, labels), days=LOOK_BACK.days, rest=rest,
    )  # fmt: skip


def likely(seat: Seat, tried: Try, labels: Labels) -> list[tuple[str, str, int]] | None:
    """Likely matters with how likely in per cent; None while there is nothing to go by."""
    text = " ".join(tried.typed.get("description", ()))
    if not text or not seat.reader.at_desk:
        return None
    found = seat.house.suggester().rank(text)
    return [
        (one.matter, labels.pack.matters[one.matter].name, round(100 * one.score))
        for one in found
        if one.score >= WORTH_SAYING
    ]


def alike(seat: Seat, tried: Try, labels: Labels) -> list[tuple[Row, list[str]]] | None:
    """Recent cases of the community of the same matter or in the same building, the most alike first; None while no
    community is named."""
    community = "".join(tried.typed.get("community", ()))
    if community not in labels.pack.communities:
        return None
    now = seat.house.office.clock.now()
    views = Counter(seat.house).cases(seat.reader, Asked(case_type="clue", community=community), schemas=False)["items"]
    recent = [view for view in views if now - view["opened_at"] < LOOK_BACK]
    found = [(row_of(view, labels), why) for view in recent if (why := _why_alike(view, tried, labels))]
    return sorted(found, key=lambda one: -len(one[1]))[:MOST_ALIKE]


def _why_alike(view: View, tried: Try, labels: Labels) -> list[str]:
    given: dict[str, Any] = {name: "".join(tried.typed.get(name, ())) for name in ("matter", "building")}
    why = [labels.say("相同事项")] if view["matter"] and view["matter"]["code"] == given["matter"] else []
    same = given["building"] and view["facts"].get("building") == given["building"]
    return why + ([labels.say("相同楼栋")] if same else [])
