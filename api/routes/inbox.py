"""Notices to an organisation (收件箱)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.deps import Cursor, HouseOf, Limit, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.mailroom import MailRoom
from api.shapes import Page, encode
from cases.store.idempotency import Answer

router = APIRouter(prefix="/inbox", tags=["mail"], route_class=StrictRoute)


def get_mailroom(house: HouseOf) -> MailRoom:
    """The mail room of this house."""
    return MailRoom(house)


MailRoomOf = Annotated[MailRoom, Depends(get_mailroom)]


@router.get("", summary="收件箱", responses={200: {"model": Page}, **problems(401, 403, 422)})
def read_inbox(
    mailroom: MailRoomOf, reader: ReaderOf, limit: Limit = 50, cursor: Cursor = None, unseen: bool = False
) -> Response:
    """Notices to the caller's organisation, newest first; for those who cannot be called."""
    return respond(Answer(200, encode(mailroom.inbox(reader, cursor, limit, unseen))))


@router.post("/{notice_id}/seen", summary="已阅", responses={200: {"model": dict[str, Any]}, **problems(401, 403, 404)})
def mark_seen(notice_id: str, mailroom: MailRoomOf, reader: ReaderOf) -> Response:
    """Note that a notice was read; the first time counts."""
    return respond(Answer(200, encode(mailroom.seen(reader, notice_id))))
