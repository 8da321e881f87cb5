"""Signing on the screen (签名): under the minutes of a meeting and under an agreement, with a finger or a pen; without
scripts a photograph of the signed sheet is sent instead. The picture is drawn anew and kept as a file of the case.

What does not live here: what a signature is worth (cases.desk.mediation.convening, the step ``sign``), and drawing a
picture anew (photos).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console import talks
from api.console.acting import Try
from api.console.entrance import OwnFormOf, Seat, SeatOf, files_of, key_of, text_of
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.meeting import Gathering
from api.console.mediation.slips import attempt, filled_in
from api.counter import Counter
from api.filing import Filing
from api.photos import redrawn
from cases.desk.desk import Order
from cases.desk.mediation.forms import MinutesSigned
from cases.desk.views import View
from cases.errors import Conflict, Malformed, NotFound
from cases.rules.agreement import MEDIATOR
from cases.store.idempotency import Once

router = APIRouter()
LONGEST = 1200
"""Pixels of the longer side of a signature."""

MANNERS = ("签名", "按指印", "盖章")


@dataclass(frozen=True)
class Sheet:
    """What is signed: by whom, where the form goes, where one goes on, and what the page shows of it."""

    seat: Seat
    case_id: str
    who: str
    action: str
    back: str
    shown: dict[str, Any]

    def show(self, request: Request, tried: Try | None = None) -> Response:
        """The page to sign on."""
        found = tried or Try({})
        return page(
            request, "sign.html", found.status, seat=self.seat, sheet=self, tried=found, rest=found.wrong,
            labels=Labels(self.seat.house.office, self.seat.lang), manners=MANNERS,
            once=secrets.token_urlsafe(16), **self.shown,
        )  # fmt: skip

    def picture(self, filled: FormData) -> str:
        """The picture that was sent, drawn anew and kept as a file of the case; its id."""
        sent = files_of(filled, "image")
        if not sent:
            raise Malformed("还没有签名", {"image": "请在签名区签名,或上传签字页的照片"})
        house = self.seat.house
        drawn = redrawn(sent[0].file, house.folder.limit, LONGEST)
        name = f"签名 {self.who}.jpg"
        return Filing(house).add(self.seat.reader, self.case_id, name, BytesIO(drawn))["id"]

    def take(self, request: Request, deed: Callable[[], object], done: str) -> Response:
        """Keep the signature and go on, or show the page again."""
        found = attempt(deed, {})
        if isinstance(found, Try):
            return self.show(request, found)
        return RedirectResponse(f"{self.back}?done={done}", 303)


def _minutes(seat: Seat, case_id: str, meeting_id: str, attendance_id: str) -> Sheet:
    gathering = Gathering(seat, case_id, meeting_id)
    who = next((one for one in gathering.meeting["invited"] if one["id"] == attendance_id), None)
    if who is None or not gathering.meeting["minutes_sha256"] or not who["attended"] or who["signed_at"]:
        raise NotFound("还没有调解记录可签")
    shown = {
        "agreement": None, "minutes": gathering.minutes(), "version": 0,
        "digest": gathering.meeting["minutes_sha256"], "title": "在调解记录上签名",
    }  # fmt: skip
    action = f"{gathering.address}/sign/{attendance_id}"
    return Sheet(seat, case_id, who["name"], action, gathering.address, shown)


@router.get("/cases/{case_id}/meetings/{meeting_id}/sign/{attendance_id}")
def ask_minutes(case_id: str, meeting_id: str, attendance_id: str, request: Request, seat: SeatOf) -> Response:
    """The page to sign the minutes on."""
    return _minutes(seat, case_id, meeting_id, attendance_id).show(request)


@router.post("/cases/{case_id}/meetings/{meeting_id}/sign/{attendance_id}")
def sign_minutes(
    case_id: str, meeting_id: str, attendance_id: str, request: Request, seat: SeatOf, filled: OwnFormOf
) -> Response:  # fmt: skip
    """A signature under exactly the minutes that were shown."""
    sheet = _minutes(seat, case_id, meeting_id, attendance_id)

    def sign() -> View:
        given = {"attendance_id": attendance_id, "minutes_sha256": text_of(filled, "digest"), "signature_id": "-"}
        form = filled_in(MinutesSigned, given)
        if form.minutes_sha256 != sheet.shown["digest"]:
            raise Conflict("调解记录已经更换,请重新核对后再签名")
        signed = form.model_copy(update={"signature_id": sheet.picture(filled)})
        return Gathering(seat, case_id, meeting_id).convention.sign(seat.reader, case_id, meeting_id, signed)

    return sheet.take(request, sign, "signed")


def _agreement(seat: Seat, case_id: str, signer: str) -> Sheet:
    view, labels = Counter(seat.house).case(seat.reader, case_id), Labels(seat.house.office, seat.lang)
    parties = talks.parties_of(view, seat)
    names = {one["id"]: talks.called(one, labels) for one in parties} | {MEDIATOR: labels.say("调解员")}
    if signer not in names or not any(one["verb"] == "sign" for one in view["actions"]):
        raise NotFound("现在没有协议可签")
    shown = {
        "agreement": view["facts"], "minutes": None, "version": view["version"], "digest": "",
        "title": "在调解协议上签名", "people": {one["ordinal"]: talks.called(one, labels) for one in parties},
    }  # fmt: skip
    at = f"/console/cases/{case_id}/agreement"
    return Sheet(seat, case_id, names[signer], f"{at}/sign/{signer}", at, shown)


@router.get("/cases/{case_id}/agreement/sign/{signer}")
def ask_agreement(case_id: str, signer: str, request: Request, seat: SeatOf) -> Response:
    """The page to sign the agreement on."""
    return _agreement(seat, case_id, signer).show(request)


@router.post("/cases/{case_id}/agreement/sign/{signer}")
def sign_agreement(case_id: str, signer: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """A signature under the agreement that was shown; one that was changed meanwhile is not signed."""
    sheet, counter = _agreement(seat, case_id, signer), Counter(seat.house)

    def sign() -> object:
        seen = text_of(filled, "_version")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
        at = seat.house.office.clock.now().isoformat()
        body = {"signer": signer, "manner": text_of(filled, "manner"), "at": at}
        if not files_of(filled, "image"):
            return sheet.picture(filled)
        counter.rehearse(seat.reader, Order(case_id, "sign", body))
        body["image"] = sheet.picture(filled)
        once = Once.of(seat.reader.actor.id, key_of(filled), sheet.action, [signer, version])
        return counter.step(seat.reader, Order(case_id, "sign", body, version), once)

    return sheet.take(request, sign, "sign")
