"""Links by which a department without an account does one task (办件链接)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.deps import ClientOf, HouseOf, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.linkroom import LinkRoom
from api.shapes import Page, encode
from cases.desk.task_links import LinkWish
from cases.store.idempotency import Answer

router = APIRouter(prefix="/cases/{case_id}/links", tags=["cases"], route_class=StrictRoute)


def get_linkroom(house: HouseOf, address: ClientOf) -> LinkRoom:
    """The link room of this house."""
    return LinkRoom(house, address)


LinkRoomOf = Annotated[LinkRoom, Depends(get_linkroom)]


@router.post(
    "",
    summary="发办件链接",
    status_code=201,
    responses={201: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 409, 415, 422)},
)
def issue(case_id: str, wish: LinkWish, room: LinkRoomOf, reader: ReaderOf) -> Response:
    """A link to a department's task, for whoever acts there; its code is told once, in this answer."""
    return respond(Answer(201, encode(room.issue(reader, case_id, wish))))


@router.get("", summary="办件链接", responses={200: {"model": Page}, **problems(401, 403, 404)})
def read(case_id: str, room: LinkRoomOf, reader: ReaderOf) -> Response:
    """The links of a task, until when each is good, and what was done with it; never their codes."""
    return respond(Answer(200, encode(room.listed(reader, case_id))))


@router.post(
    "/{link_id}/revoke",
    summary="收回办件链接",
    responses={200: {"model": dict[str, Any]}, **problems(401, 403, 404)},
)
def revoke(case_id: str, link_id: str, room: LinkRoomOf, reader: ReaderOf) -> Response:
    """Take a link back: it opens nothing from now on."""
    return respond(Answer(200, encode(room.revoke(reader, case_id, link_id))))
