"""Where one can go (去处): the pages of the bar on top, and who is offered which.

What is offered here is only an offer; each page says itself who may look. What does not live here: any page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.mailroom import READS_LOG
from api.overseeing import OVERSEERS
from api.weekly import AT_TABLE
from cases.rules.area import OVERSIGHT_ROLES
from cases.rules.wall import COURT_ROLES, STATION_DESK
from cases.store.suits import DESK as SUING

HOME, ADMIN = "/console", "/console/admin"


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the bar: its address, its name, and the roles it is offered to (None: everybody); with ``at`` only at
    organisations of such a kind, or with such a duty."""

    href: str
    name: str
    roles: frozenset[str] | None = None
    at: frozenset[str] | None = None


PLACES = (
    Place(HOME, "案件队列"),
    Place("/console/board", "今日看板", STATION_DESK | OVERSIGHT_ROLES),
    Place("/console/overview", "全区概况", OVERSIGHT_ROLES | {"station_head"}),
    Place("/console/register", "登记线索", STATION_DESK | {"reporter"}),
    Place("/console/week", "我的一周", AT_TABLE),
    Place("/console/petition", "登记调解申请", AT_TABLE),
    Place("/console/promises", "履行跟踪", AT_TABLE),
    Place("/console/suits", "批量诉讼", SUING | COURT_ROLES, frozenset({"suit_desk", "court"})),
    Place("/console/oversight", "执法监督", OVERSEERS),
    Place("/console/mail", "收发", READS_LOG),
    Place("/console/admin/states", "状态图", frozenset({"supervisor", "station_head", "committee_head", "justice"})),
    Place("/console/admin/records", "管理记录", frozenset({"auditor"})),
    Place(ADMIN, "管理", frozenset({"admin"})),
)


def places_for(roles: Iterable[str], stands: Iterable[str] = ()) -> list[Place]:
    """What somebody in these roles is offered, in the order of the bar; ``stands`` is what their organisation is: its
    kind and its duties."""
    mine, there = frozenset(roles), frozenset(stands)
    return [
        place
        for place in PLACES
        if (place.roles is None or place.roles & mine) and (place.at is None or place.at & there)
    ]


def here(path: str, offered: Iterable[Place]) -> str:
    """The address of the place among those offered that a page belongs to; a page of none belongs to the queue."""
    under = [place.href for place in offered if path == place.href or path.startswith(f"{place.href}/")]
    if path.startswith(ADMIN) and max(under, key=len, default=HOME) == HOME:
        under = [place.href for place in offered if place.href.startswith(ADMIN)]
    return max(under, key=len, default=HOME)


def start_of(roles: Iterable[str]) -> str:
    """Where somebody in these roles begins: whoever only keeps the house sees no cases."""
    return ADMIN if frozenset(roles) == frozenset({"admin"}) else HOME
