"""A step on a page (办理): the form of a verb, filled in, sent through the one door, with the version that was seen.

Nothing typed is lost: what is wrong is said beside its field, and whoever was overtaken is told by whom and keeps the
form. What does not live here: which steps there are (the engine's actions), drawing and reading a form (fields,
reading).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console import talks
from api.console.choices import Choices
from api.console.entrance import Seat, SeatOf, TypedFormOf, files_of, is_ours, key_of, text_of
from api.console.fields import FILES, GROUP, GROUPS, Drawing, Field, count_of, defaults_of, every_field, flat
from api.console.frame import page, wants_part
from api.console.labels import Labels
from api.console.reading import read, typed_of
from api.console.sheet import Line, line_of
from api.console.step_words import TOO_OLD
from api.counter import Counter
from api.filing import Filing
from cases.desk.desk import Order
from cases.desk.showing import View, schema_of
from cases.errors import Malformed, NotNow, Overtaken, StillNeeded, UnknownVerb
from cases.store.idempotency import Once

router = APIRouter()
BEGUN = frozenset({"item", "meeting"})
"""Fields an address may begin a form with: of what the step is to be."""

GO = "Huiyin-Go"
"""Tells our script where to go on after a step."""


@dataclass(frozen=True)
class Try:
    """What came of a form so far: what stands in it, what is wrong, what is missing, and who was faster."""

    typed: dict[str, list[str]]
    status: int = 200
    said: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    seen: int | None = None


class Acting:
    """One step of one case at one seat."""

    def __init__(self, seat: Seat, case_id: str, verb: str, begun: Mapping[str, str] | None = None) -> None:
        self.seat, self.case_id, self.verb, self.begun = seat, case_id, verb, begun or {}
        self.counter = Counter(seat.house)
        self.labels = Labels(seat.house.office, seat.lang)
        self.view = self.counter.case(seat.reader, case_id)

    @property
    def action(self) -> View | None:
        """The action as the engine offers it now, if it does."""
        return next((one for one in self.view["actions"] if one["verb"] == self.verb), None)

    @property
    def address(self) -> str:
        """Where the case is."""
        return f"/console/cases/{self.case_id}"

    def schema(self) -> View:
        """What the step asks for, whether it is offered now or not; UnknownVerb where there is no such step."""
        by_verb = self.seat.house.office.desk.engines[self.view["case_type"]].by_verb
        if self.verb not in by_verb:
            raise UnknownVerb("没有这个动作")
        return schema_of(next(iter(by_verb[self.verb].values()))[0].form)

    def choices(self) -> Choices:
        """What may be chosen in the form."""
        files = Filing(self.seat.house).listed(self.seat.reader, self.case_id)["items"]
        clocks = tuple(one["code"] for one in self.view["clocks"])
        return Choices(self.labels, clocks, tuple(files), given=talks.choices_of(self.view, self.seat, self.labels))

    def usual(self, schema: View) -> dict[str, list[str]]:
        """What stands in the form at first: the usual, what the router proposes, and what is known anyway."""
        facts = self.view["facts"]
        known: dict[str, Any] = {**(facts.get("proposal") or {}), "receiver": self.seat.name}
        known["officers"] = [self.seat.name]
        if self.view["matter"]:
            known["matter"] = self.view["matter"]["code"]
        known |= {name: one for name, one in self.begun.items() if name in BEGUN}
        return defaults_of(schema) | flat({name: one for name, one in known.items() if name in schema["properties"]})

    def show(self, request: Request, tried: Try | None = None) -> Response:
        """The form; when the step is no longer offered, what became of the case, and what was typed."""
        action = self.action
        if action is None and tried is None:
            self.schema()
            raise NotNow("现在不能办理这一步")
        tried = tried or Try(self.usual(action["schema"]) if action else {})
        faster = list(self.since(tried.seen)) if tried.seen is not None else []
        shown: dict[str, Any] = {"fields": (), "needs": tried.missing}
        if action is not None:
            schema = action["schema"]
            drawing = Drawing.of(schema, tried.typed, tried.wrong, self.choices())
            shown = {"fields": drawing.fields(schema), "needs": tried.missing or action["still_needed"]}
        rest = {name: said for name, said in tried.wrong.items() if not _has(shown["fields"], name)}
        return page(
            request, "step.html", tried.status, seat=self.seat, view=self.view, tried=tried, faster=faster, rest=rest,
            action=action, labels=self.labels, address=self.address, once=secrets.token_urlsafe(16), verb=self.verb,
            **shown,
        )  # fmt: skip

    def since(self, version: int) -> Iterator[Line]:
        """What was done to the case after the version that was seen."""
        engine = self.seat.house.office.desk.engines[self.view["case_type"]]
        for one in self.counter.entries(self.seat.reader, self.case_id)["items"]:
            if one["seq"] > version:
                yield line_of(one, engine, self.labels)

    def take(self, filled: FormData) -> Try | None:
        """Take the step; what is to be shown again, or None when it was taken."""
        schema, typed = self.schema(), typed_of(filled)
        if not is_ours(filled, self.seat):
            return Try(typed, 403, TOO_OLD)
        seen = version_of(filled)
        self._keep_files(schema, typed, filled)
        if more := text_of(filled, "_more"):
            return Try({**typed, f"{more}.{count_of(more, typed)}._": [""]})
        body = read(schema, typed)
        once = Once.of(self.seat.reader.actor.id, key_of(filled), f"{self.address}/{self.verb}",
                       [seen, body])  # fmt: skip
        return self._step(Order(self.case_id, self.verb, body, seen), once, typed)

    def _step(self, order: Order, once: Once, typed: dict[str, list[str]]) -> Try | None:
        try:
            self.counter.step(self.seat.reader, order, once)
        except Malformed as refusal:
            return Try(typed, 422, refusal.sentence, refusal.fields)
        except StillNeeded as refusal:
            return Try(typed, 409, "还缺条件", missing=refusal.missing)
        except (Overtaken, NotNow) as refusal:
            self.view = self.counter.case(self.seat.reader, self.case_id)
            return Try(typed, 412, refusal.sentence, seen=order.version)
        return None

    def _keep_files(self, schema: View, typed: dict[str, list[str]], filled: FormData) -> None:
        """Files sent with the form become files of the case, and are what the field names."""
        drawing = Drawing.of(schema, typed, {}, Choices(self.labels))
        for one in every_field(drawing.fields(schema)):
            if one.kind == FILES:
                for sent in files_of(filled, f"_file.{one.name}"):
                    kept = Filing(self.seat.house).add(
                        self.seat.reader, self.case_id, sent.filename or "", sent.file
                    )  # fmt: skip
                    typed[one.name] = [*typed.get(one.name, ()), kept["id"]] if one.several else [kept["id"]]


def _has(fields: tuple[Field, ...], name: str) -> bool:
    """Whether a finding is said beside some field."""
    plain = [one for one in every_field(fields) if one.kind not in {GROUP, GROUPS}]
    return any(one.name == name or name.startswith(f"{one.name}.") for one in plain) or any(
        one.name == name for one in every_field(fields)
    )


def version_of(filled: FormData) -> int:
    """The version of the case that the form was drawn on."""
    given = text_of(filled, "_version")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise Malformed("请从案件页重新进入这一步")
    return int(given)


@router.get("/cases/{case_id}/steps/{verb}")
def show_step(case_id: str, verb: str, request: Request, seat: SeatOf) -> Response:
    """The form of a step."""
    return Acting(seat, case_id, verb, request.query_params).show(request)


@router.post("/cases/{case_id}/steps/{verb}")
def take_step(case_id: str, verb: str, request: Request, seat: SeatOf, filled: TypedFormOf) -> Response:
    """Take a step, and go on to the case."""
    acting = Acting(seat, case_id, verb)
    tried = acting.take(filled)
    if tried is not None:
        return acting.show(request, tried)
    return go_on(request, f"{acting.address}?{urlencode({'done': verb})}")


def go_on(request: Request, address: str) -> Response:
    """On to another page; our script is told where, because it would load the page twice."""
    if wants_part(request):
        return Response(status_code=204, headers={GO: address})
    return RedirectResponse(address, 303)
