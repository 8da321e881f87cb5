"""The mail room (收发) at ``/console/mail``: where one's own organisation receives, a test of it, and how notices went.

A secret is shown once, in the answer that made it. What does not live here: who may keep an address, read the log and
send again (mailroom), which addresses are allowed (rules), sending (the flows).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.responses import Response

from api.console.entrance import OwnFormOf, Seat, SeatOf, text_of
from api.console.frame import page
from api.console.labels import Labels
from api.mailroom import EVERYBODYS, RECEIVING, REGISTERING, REPLAYING, MailRoom
from api.problems import AtTheEdge
from api.wishes import EndpointWish
from cases.desk.courier import PARKED
from cases.desk.digesting import EVENT as DIGEST
from cases.desk.views import View
from cases.errors import Malformed, NotFound, Refusal
from cases.faults import fields_of
from cases.rules.area import OVERSIGHT_ROLES

router = APIRouter()
HERE = "/console/mail"
PAGE = 30
STATES: Mapping[str, str] = {
    "": "全部", "waiting": "待送", "failed": "重试中", "delivered": "已送达", "parked": "已停投", "shelved": "在收件箱",
}  # fmt: skip
MORE_STATES: Mapping[str, str] = {"sending": "正在送", "skipped": "不必送"}
CHANNELS: Mapping[str, str] = {
    "webhook": "接口推送", "inbox": "收件箱", "sms": "短信", "mail": "邮件", "file": "文件", "lookup": "凭查询码",
}  # fmt: skip
OUTCOMES: Mapping[str, str] = {
    "delivered": "已送达", "retry": "未成,再试", "parked": "停投", "late": "迟到,不计", "accepted": "对方已收到",
    "refused": "对方没有收下", "gone": "对方说不再接收(410)", "silent": "没有答复", "unsafe": "地址不允许,没有发出",
}  # fmt: skip
EVENTS: Mapping[str, str] = {PARKED: "有通知停投", DIGEST: "时限提醒汇总"}
WIDE = EVERYBODYS | OVERSIGHT_ROLES
"""Who reads the log of more than one organisation."""


@router.get("/mail")
def show_mail(
    request: Request,
    seat: SeatOf,
    state: Annotated[str, Query(max_length=16)] = "",
    recipient: Annotated[str, Query(max_length=64)] = "",
    cursor: Annotated[str, Query(max_length=64)] = "",
    replayed: Annotated[int | None, Query(ge=0, le=10**9)] = None,
) -> Response:
    """The endpoint and a page of the log; ``replayed`` notices were just set waiting again."""
    asked = {"state": state if state in STATES else "", "recipient": recipient, "cursor": cursor}
    return _page(request, seat, asked, replayed=replayed)


@router.post("/mail/endpoint")
def register(request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Register an address or put another in its place; its secret is shown this once."""
    typed = {"url": text_of(filled, "url"), "networks": text_of(filled, "networks")}
    try:
        networks = [one for line in typed["networks"].splitlines() for one in line.replace(",", " ").split()]
        wish = EndpointWish(url=typed["url"], networks=networks)
        made = MailRoom(seat.house).set_endpoint(seat.reader, wish.url, wish.networks)
    except ValidationError as error:
        return _page(request, seat, {}, 422, typed=typed, wrong=fields_of(error.errors()))
    except Malformed as refusal:
        return _page(request, seat, {}, 422, typed=typed, wrong=refusal.fields or {"url": refusal.sentence})
    except Refusal as refusal:
        if refusal.kind != "unsafe":
            raise
        return _page(request, seat, {}, 422, typed=typed, wrong={"url": refusal.sentence})
    return _page(request, seat, {}, secret=made["secret"])


@router.post("/mail/off")
def switch_off(seat: SeatOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - its token was looked at
    """Send nothing more to the address."""
    MailRoom(seat.house).switch_off(seat.reader)
    return RedirectResponse(HERE, 303)


@router.post("/mail/test")
def test(request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - its token was looked at
    """Knock at the address and show what came of it."""
    try:
        return _page(request, seat, {}, knocked=MailRoom(seat.house).test(seat.reader))
    except AtTheEdge as refusal:
        return _page(request, seat, {}, refusal.status_code, said=refusal.detail)


@router.post("/mail/replay")
def replay(seat: SeatOf, filled: OwnFormOf) -> Response:
    """Set one parked notice waiting again, or all of a recipient, or all."""
    room, one = MailRoom(seat.house), text_of(filled, "notice")[:64]
    recipient = text_of(filled, "recipient")[:64] or None
    done = room.replay_one(seat.reader, one) if one else room.replay(seat.reader, recipient)
    return RedirectResponse(f"{HERE}?replayed={done['replayed']}", 303)


def _page(request: Request, seat: Seat, asked: Mapping[str, str], status: int = 200, **more: Any) -> Response:
    house, roles, room = seat.house, seat.roles, MailRoom(seat.house)
    given = {"state": "", "recipient": "", "cursor": "", **asked}
    filters: dict[str, str | None] = {name: given[name] or None for name in ("state", "recipient")}
    log = room.deliveries(seat.reader, filters, given["cursor"] or None, PAGE)
    labels = Labels(house.office, seat.lang)
    shown: dict[str, Any] = {"replayed": None, "secret": "", "knocked": None, "said": "", "typed": {}, "wrong": {}}
    return page(
        request, "mail.html", status, seat=seat, labels=labels, asked=given, log=log,
        endpoint=_endpoint(room, seat), receives=bool(roles & RECEIVING), registers=bool(roles & REGISTERING),
        replays=bool(roles & REPLAYING), wide=bool(roles & WIDE), tests=house.knock is not None, states=STATES,
        state_words={**STATES, **MORE_STATES}, channels=CHANNELS, outcomes=OUTCOMES, word=partial(_word, labels),
        organisations=sorted(labels.pack.organisations.values(), key=lambda one: one.name), **{**shown, **more},
    )  # fmt: skip


def _endpoint(room: MailRoom, seat: Seat) -> View | None:
    """One's own address, if one may have any and there is one."""
    if not seat.roles & RECEIVING:
        return None
    try:
        return room.endpoint(seat.reader)
    except NotFound:
        return None


def _word(labels: Labels, event: str) -> str:
    """What a notice is about, in words."""
    kind, _, verb = event.partition(".")
    if kind not in labels.office.desk.engines:
        return labels.say(EVENTS.get(event, event))
    word = labels.say("新任务") if verb == "open" else labels.verb(kind, verb)
    return f"{labels.case_type(kind)} · {word}"
