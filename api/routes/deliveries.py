"""How notices travelled, and where to (投递与接收地址)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.deps import Cursor, KeeperReaderOf, Limit, ReaderOf, Short, StrictRoute, respond
from api.describing import problems
from api.routes.inbox import MailRoomOf
from api.shapes import EndpointView, Page, encode
from api.wishes import EndpointWish, ReplayWish
from cases.store.idempotency import Answer

router = APIRouter(tags=["mail"], route_class=StrictRoute)


@router.get("/deliveries", summary="投递记录", responses={200: {"model": Page}, **problems(401, 403, 422)})
def read_deliveries(
    mailroom: MailRoomOf,
    reader: ReaderOf,
    recipient: Short = None,
    state: Short = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Notices with every try to deliver them; never their contents."""
    filters = {"recipient": recipient, "state": state}
    return respond(Answer(200, encode(mailroom.deliveries(reader, filters, cursor, limit))))


@router.post(
    "/deliveries/replay",
    summary="重新投递",
    responses={200: {"model": dict[str, Any]}, **problems(400, 401, 403, 415, 422)},
)
def replay(wish: ReplayWish, mailroom: MailRoomOf, reader: KeeperReaderOf) -> Response:
    """Set parked notices waiting again, of one recipient or of all; a department or court those to its own address."""
    return respond(Answer(200, encode(mailroom.replay(reader, wish.recipient))))


@router.post(
    "/deliveries/{notice_id}/replay",
    summary="重新投递一条",
    responses={200: {"model": dict[str, Any]}, **problems(401, 403, 404, 409)},
)
def replay_one(notice_id: str, mailroom: MailRoomOf, reader: KeeperReaderOf) -> Response:
    """Set one parked notice waiting again."""
    return respond(Answer(200, encode(mailroom.replay_one(reader, notice_id))))


@router.get("/endpoints/mine", summary="接收地址", responses={200: {"model": EndpointView}, **problems(401, 403, 404)})
def read_endpoint(mailroom: MailRoomOf, reader: ReaderOf) -> Response:
    """Where the caller's department receives its webhooks."""
    return respond(Answer(200, encode(mailroom.endpoint(reader))))


@router.put(
    "/endpoints/mine",
    summary="登记接收地址",
    responses={200: {"model": EndpointView}, **problems(400, 401, 403, 415, 422)},
)
def set_endpoint(wish: EndpointWish, mailroom: MailRoomOf, reader: KeeperReaderOf) -> Response:
    """Register where webhooks go; the new signing secret is told once, in this answer."""
    return respond(Answer(200, encode(mailroom.set_endpoint(reader, wish.url, wish.networks))))


@router.delete(
    "/endpoints/mine", summary="停用接收地址", responses={200: {"model": EndpointView}, **problems(401, 403, 404)}
)
def switch_off(mailroom: MailRoomOf, reader: KeeperReaderOf) -> Response:
    """Send nothing more there; notices lie in the inbox from now on."""
    return respond(Answer(200, encode(mailroom.switch_off(reader))))


@router.post(
    "/endpoints/mine/test",
    summary="测试接收地址",
    responses={200: {"model": dict[str, Any]}, **problems(401, 403, 404, 409, 429)},
)
def test(mailroom: MailRoomOf, reader: KeeperReaderOf) -> Response:
    """Send a signed ``huiyin.test`` to the address and tell what came back: status, milliseconds, id."""
    return respond(Answer(200, encode(mailroom.test(reader))))
