"""The notice board of a community (小区公示牌) at ``/board/{community}``: who is in charge, and a code to report by.

Made for a sheet of A4 at the door. Everything on it is the pack's: who leads by the rules of competence, telephones as
they are on record. What does not live here: competence (rules) and organisations (packs).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import segno
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.console.phone.frame import show
from api.console.phone.reporting import community_at
from api.deps import HouseOf, visitor
from api.house import House
from cases.errors import NoCompetence
from cases.packs.schema import Community, Organisation, Pack, in_force
from cases.ports import BEIJING
from cases.rules.competence import competent

router = APIRouter(dependencies=[Depends(visitor)])
LONGEST_BASE = 200


@dataclass
class Line:
    """One organisation and the matters it leads here; ``None`` stands for what the workstation has to settle."""

    organisation: Organisation | None
    matters: list[str] = field(default_factory=list)


@router.get("/board/{community}")
def show_board(community: str, request: Request, house: HouseOf) -> Response:
    """The board of a community."""
    place, pack = community_at(house, community), house.office.pack
    today = house.office.clock.now().astimezone(BEIJING).date()
    lines = duties_at(pack, place, today)
    near = neighbours(pack, place)
    sample = any(one.sample for one in [*near.values(), *(line.organisation for line in lines)] if one)
    return show(
        request, "phone_board.html", place=place, lines=lines, near=near, sample=sample, pack=pack, today=today,
        address=address_of(request, house, place),
    )  # fmt: skip


@router.get("/board/{community}/code.svg")
def show_code(community: str, request: Request, house: HouseOf) -> Response:
    """The address of the community's form as a QR code."""
    out = BytesIO()
    code = segno.make(address_of(request, house, community_at(house, community)), error="m", micro=False)
    code.save(out, kind="svg", scale=8, border=4, light="#fff")
    return Response(out.getvalue(), media_type="image/svg+xml")


def address_of(request: Request, house: House, place: Community) -> str:
    """Where the community's form is found from outside: as the installation says, else as this request came in."""
    base = house.office.settings.public_url or str(request.base_url)[:LONGEST_BASE]
    return f"{base.rstrip('/')}/r/{place.code}"


def duties_at(pack: Pack, place: Community, on: date) -> list[Line]:
    """Who leads each matter in force here on a day; what nobody leads by itself stands last."""
    lines: dict[str, Line] = {}
    for one in pack.matters.values():
        if not in_force(one.valid_from, one.valid_to, on):
            continue
        try:
            route = competent(pack, one.code, place.street, on)
            lead = "" if route.needs_confirm else route.lead
        except NoCompetence:
            lead = ""
        lines.setdefault(lead, Line(pack.organisation(lead))).matters.append(one.name)
    return sorted(lines.values(), key=lambda line: (line.organisation is None, -len(line.matters)))


def neighbours(pack: Pack, place: Community) -> dict[str, Organisation]:
    """Who is near: workstation, property firm, committees, mediation."""
    talks = pack.carriers("mediation", place.street)
    found = {
        "工作站": pack.station_for(place.street),
        "物业公司": pack.organisation(place.property_org or ""),
        "社区居委会": pack.organisation(place.grid_org or ""),
        "业主委员会(物管会)": pack.organisation(place.committee_org or ""),
        "人民调解": talks[0] if talks else None,
    }
    return {name: one for name, one in found.items() if one is not None}
