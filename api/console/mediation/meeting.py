"""The page of a meeting (会议) at ``/console/cases/{id}/meetings/{meeting}``, made for a tablet on a kitchen table: who
comes, who is here, the facts nobody disputes, the minutes, the signatures under them.

What does not live here: planning (planning), signing (signing), what a meeting may be (cases.desk.mediation.convening).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from io import BytesIO
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console import talks
from api.console.acting import Try
from api.console.choices import Choices
from api.console.entrance import OwnFormOf, Seat, SeatOf, files_of, key_of, text_of
from api.console.fields import Drawing, Field, flat
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import attempt, filled_in
from api.console.mediation.words import COMING, KINDS, STATUS
from api.console.moments import read_moment
from api.console.reading import read, typed_of
from api.convention import Convention
from api.counter import Counter
from api.filing import Filing
from api.papering import Papering
from cases.desk.desk import Order
from cases.desk.mediation.forms import InvitationAnswer, MeetingHeld, Minutes
from cases.desk.papers import Wanted
from cases.desk.views import View
from cases.errors import Malformed, NotFound
from cases.store.idempotency import Once

router = APIRouter()
RECORD = "mediation_record"
WRITTEN = ("began_at", "ended_at", "place", "open", "others", "recorder", "words", "result", "remark")
"""What is asked of the record of a meeting; the rest the case knows."""

LONG = frozenset({"words", "others", "remark"})
DONE: Mapping[str, str] = {
    "held": "到会情况已登记。",
    "minutes": "调解记录已保存。",
    "facts": "双方认可的事实已记入案卷。",
    "signed": "签名已保存。",
}


class Gathering:
    """One meeting at one seat."""

    def __init__(self, seat: Seat, case_id: str, meeting_id: str) -> None:
        self.seat, self.case_id = seat, case_id
        self.labels = Labels(seat.house.office, seat.lang)
        self.convention = Convention(seat.house)
        listed = self.convention.listed(seat.reader, case_id)
        found = next((one for one in listed["items"] if one["id"] == meeting_id), None)
        if found is None:
            raise NotFound("没有这次会议")
        self.meeting = found
        self.room = next((one for one in listed["rooms"] if one["id"] == found["room_id"]), None)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"/console/cases/{self.case_id}/meetings/{self.meeting['id']}"

    @property
    def place(self) -> str:
        """Where one meets."""
        if self.room:
            return f"{self.room['name']} {self.room['address']}".strip()
        return self.meeting["address"] or self.labels.say(KINDS[self.meeting["kind"]])

    def minutes(self) -> View | None:
        """The minutes: the file that holds them, and where they are read; a record made here opens in the browser."""
        kept = Filing(self.seat.house).listed(self.seat.reader, self.case_id)["items"]
        found = next((one for one in kept if one["id"] == self.meeting["minutes_id"]), None)
        if found is None:
            return None
        made = Papering(self.seat.house).listed(self.seat.reader, self.case_id)["items"]
        record = next((one for one in made if one["pdf_sha256"] == self.meeting["minutes_sha256"]), None)
        return {**found, "href": record["links"]["pdf"] if record else f"/api/v1/attachments/{found['id']}"}

    def show(self, request: Request, tried: Mapping[str, Try] | None = None, done: str = "") -> Response:
        """The page; ``tried`` are its forms that could not be taken, by name."""
        tries = dict(tried or {})
        view = Counter(self.seat.house).case(self.seat.reader, self.case_id)
        parties = {one["id"]: one for one in talks.parties_of(view, self.seat)}
        status = max((one.status for one in tries.values()), default=200)
        actions = {one["verb"]: one for one in view["actions"]}
        return page(
            request, "meeting.html", status, seat=self.seat, labels=self.labels, view=view, meeting=self.meeting,
            place=self.place, kinds=KINDS, statuses=STATUS, coming=COMING, parties=parties, sides=talks.SIDES,
            began=self.seat.house.office.clock.now() >= self.meeting["starts"], tries=tries, address=self.address,
            record=self.record_form(tries.get("minutes")), actions=actions, done=DONE.get(done, ""),
            kept=self.minutes(), once=secrets.token_urlsafe(16),
            tried=next(iter(tries.values()), Try({})),
            untold=[one for one in parties if one not in view["facts"].get("rights_told", {})],
            signed=[one for one in self.meeting["invited"] if one["signed_at"]],
            ticked=self.ticked(tries.get("held")), rest={}, keeper=self.seat.caller.actor.id,
        )  # fmt: skip

    def ticked(self, tried: Try | None) -> set[str]:
        """Who stands as being here before anybody says so: the mediator, who holds the tablet, and nobody else."""
        if tried is not None:
            return set(tried.typed.get("attended", ()))
        return {one["id"] for one in self.meeting["invited"] if one["mediator_id"]}

    def record_form(self, tried: Try | None) -> tuple[Field, ...]:
        """The fields of the record, begun with what the meeting knows; none for whoever makes no such document."""
        schema = self.schema()
        if schema is None:
            return ()
        now = read_moment(self.seat.house.office.clock.now())
        ends = min(now, read_moment(self.meeting["ends"])) if now > self.meeting["starts"] else self.meeting["ends"]
        usual: dict[str, Any] = {
            "began_at": self.meeting["starts"], "ended_at": ends, "place": self.place, "open": "不公开",
            "recorder": self.seat.name,
        }  # fmt: skip
        typed = tried.typed if tried else flat(usual)
        drawing = Drawing.of(schema, typed, tried.wrong if tried else {}, Choices(self.labels, coded=False))
        return drawing.fields(schema)

    def schema(self) -> View | None:
        """What the record asks for, as far as it is asked here."""
        papering = Papering(self.seat.house)
        offered = papering.listed(self.seat.reader, self.case_id)["offered"]
        if RECORD not in {one["code"] for one in offered}:
            return None
        whole = papering.asked(self.seat.reader, self.case_id, RECORD)["schema"]
        return {
            **whole,
            "properties": {name: whole["properties"][name] for name in WRITTEN},
            "required": [name for name in whole["required"] if name in WRITTEN],
        }

    # --- what is done

    def write(self, filled: FormData) -> None:
        """Make the record out of what was written, or take a file that holds it, and name it as the minutes."""
        sent = files_of(filled, "sheet")
        filing = Filing(self.seat.house)
        if sent:
            kept = filing.add(self.seat.reader, self.case_id, sent[0].filename or "", sent[0].file)
        else:
            name, content = self._record(filled)
            kept = filing.add(self.seat.reader, self.case_id, name, BytesIO(content))
        self.convention.minutes(
            self.seat.reader, self.case_id, self.meeting["id"], Minutes(attachment_id=kept["id"])
        )  # fmt: skip

    def _record(self, filled: FormData) -> tuple[str, bytes]:
        schema = self.schema()
        if schema is None:
            raise Malformed("请选择调解记录的照片或文件", {"sheet": "请选择文件"})
        facts = {**read(schema, typed_of(filled)), "meeting": self.meeting["ordinal"]}
        papering, wanted = Papering(self.seat.house), Wanted(RECORD, facts)
        once = Once.of(self.seat.reader.actor.id, key_of(filled), self.address, facts)
        made = json.loads(papering.make(self.seat.reader, self.case_id, wanted, once).body)
        fetched = papering.fetch(self.seat.reader, made["id"], "pdf")
        return fetched.name, fetched.content


def _after(request: Request, gathering: Gathering, form: str, done: object, anchor: str = "") -> Response:
    """The page again where it could not be done; else on, so that a reload does nothing twice."""
    if isinstance(done, Try):
        return gathering.show(request, {form: done})
    return RedirectResponse(f"{gathering.address}?done={form}{anchor}", 303)


@router.get("/cases/{case_id}/meetings/{meeting_id}")
def show_meeting(
    case_id: str, meeting_id: str, request: Request, seat: SeatOf, done: Annotated[str, Query(max_length=16)] = ""
) -> Response:  # fmt: skip
    """The meeting."""
    return Gathering(seat, case_id, meeting_id).show(request, done=done)


@router.post("/cases/{case_id}/meetings/{meeting_id}/answer")
def note_answer(case_id: str, meeting_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Whether somebody invited will come, as they said."""
    gathering = Gathering(seat, case_id, meeting_id)

    def note() -> View:
        given = {"attendance_id": text_of(filled, "who"), "answer": text_of(filled, "answer")}
        return gathering.convention.reply(seat.reader, case_id, meeting_id, filled_in(InvitationAnswer, given))

    return _after(request, gathering, "answer", attempt(note, {}), "#invited")


@router.post("/cases/{case_id}/meetings/{meeting_id}/held")
def hold(case_id: str, meeting_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """The meeting took place: who was here."""
    gathering, typed = Gathering(seat, case_id, meeting_id), typed_of(filled)

    def held() -> View:
        form = filled_in(MeetingHeld, {"attended": typed.get("attended", [])})
        return gathering.convention.hold(seat.reader, case_id, meeting_id, form)

    return _after(request, gathering, "held", attempt(held, typed))


@router.post("/cases/{case_id}/meetings/{meeting_id}/facts")
def note_facts(case_id: str, meeting_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """What nobody disputes, written into the file."""
    gathering, typed = Gathering(seat, case_id, meeting_id), typed_of(filled)

    def note() -> object:
        order = Order(case_id, "inquire", {"text": text_of(filled, "text")})
        once = Once.of(seat.reader.actor.id, key_of(filled), f"{gathering.address}/facts", typed)
        return Counter(seat.house).step(seat.reader, order, once)

    return _after(request, gathering, "facts", attempt(note, typed))


@router.post("/cases/{case_id}/meetings/{meeting_id}/minutes")
def keep_minutes(case_id: str, meeting_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Keep the minutes."""
    gathering = Gathering(seat, case_id, meeting_id)
    done = attempt(lambda: gathering.write(filled), typed_of(filled))
    return _after(request, gathering, "minutes", done)
