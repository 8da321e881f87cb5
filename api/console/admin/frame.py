"""What the administrator's pages have in common (管理页面): the list of them, and who may look.

What does not live here: any page, their words and forms (words, forms), and what may be done (staffing).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from api.console.admin.words import DEEDS, KINDS, SCOPES, VALUES
from api.console.entrance import Seat, take_seat
from api.console.frame import page
from api.console.labels import Labels
from cases.errors import NotAllowed
from cases.store.errands import Progress

ROOT = "/console/admin"
AGAIN = 3
"""Seconds after which the page of an errand at work asks again."""

ADMINS = frozenset({"admin"})
AUDITORS = frozenset({"auditor"})
READERS = ADMINS | AUDITORS
LOOKERS = READERS | {"supervisor", "station_head", "committee_head", "justice"}
"""Who may look at how the house works: ladders and diagrams."""


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the area: its address below ROOT, its name, who may open it."""

    path: str
    name: str
    roles: frozenset[str] = ADMINS

    @property
    def href(self) -> str:
        """Its address."""
        return ROOT + self.path


ROOMS = (
    Room("", "概况"),
    Room("/people", "人员账号"),
    Room("/keys", "接口密钥"),
    Room("/records", "管理记录", READERS),
    Room("/refusals", "拒绝记录", AUDITORS),
    Room("/offices", "机构和小区"),
    Room("/packs", "地区包"),
    Room("/years", "工作日历"),
    Room("/ladder", "督办阶梯", LOOKERS),
    Room("/states", "状态图", LOOKERS),
)


def seat_for(roles: frozenset[str], sentence: str) -> Callable[..., Seat]:
    """The dependency that lets in whoever holds one of the roles."""

    def let_in(seat: Annotated[Seat, Depends(take_seat)]) -> Seat:
        if not seat.roles & roles:
            raise NotAllowed(sentence)
        return seat

    return let_in


AdminOf = Annotated[Seat, Depends(seat_for(ADMINS, "只有系统管理员可以使用管理页面"))]
ReaderOf = Annotated[Seat, Depends(seat_for(READERS, "只有系统管理员和审计员可以查看管理记录"))]
AuditorOf = Annotated[Seat, Depends(seat_for(AUDITORS, "只有审计员可以查看拒绝记录"))]
LookerOf = Annotated[Seat, Depends(seat_for(LOOKERS, "您的岗位不能查看督办阶梯和状态图"))]


def show(request: Request, seat: Seat, name: str, status: int = 200, **shown: Any) -> Response:
    """A page of the area, with the list of those its reader may open beside it."""
    path = request.url.path
    rooms = [one for one in ROOMS if one.roles & seat.roles]
    under = [one.href for one in rooms if path == one.href or path.startswith(f"{one.href}/")]
    return page(
        request, name, status, seat=seat, rooms=rooms, room=max(under, key=len, default=""),
        labels=Labels(seat.house.office, seat.lang), DEEDS=DEEDS, VALUES=VALUES, SCOPES=SCOPES, KINDS=KINDS, **shown,
    )  # fmt: skip


def watched(request: Request, seat: Seat, name: str, one: Progress, **shown: Any) -> Response:
    """The page of an errand; while it is at work the browser asks again by itself."""
    now = seat.house.clock.now()
    answer = show(request, seat, name, one=one, running=one.running(now), broken_off=one.broken_off(now), **shown)
    if one.running(now):
        answer.headers["Refresh"] = str(AGAIN)
    return answer
