"""Organisations and communities (机构和小区) of the pack in force, at ``/console/admin/offices``.

Nothing is changed here. What does not live here: the pack's files, and people (people).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.console.admin.frame import AdminOf, show
from api.console.admin.words import KINDS
from api.console.labels import Labels
from cases.packs.schema import Community, Organisation, Pack
from cases.store.endpoints import reachable
from cases.store.roster import people_by_org

router = APIRouter()
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation: how deep it stands, what it is in charge of, how many accounts it has, whether its notices are
    sent to an address."""

    org: Organisation
    depth: int
    duties: tuple[str, ...]
    people: int
    reached: bool


@router.get("/offices")
def show_offices(
    request: Request, seat: AdminOf, q: Annotated[str, Query(max_length=100)] = "",
    kind: Annotated[str, Query(max_length=64)] = "",
) -> Response:  # fmt: skip
    """The tree of organisations and the communities, or those among them that are looked for."""
    office = seat.house.office
    labels, pack, words = Labels(office, seat.lang), office.pack, q.strip()
    with office.database.reading() as connection:
        people, reached = people_by_org(connection), reachable(connection)
    found = [
        Line(org, 0 if words or kind else depth, duties_of(org, labels), people.get(org.code, 0), org.code in reached)
        for org, depth in tree(pack)
        if fits(org, words, kind)
    ]
    communities = [] if kind else [one for one in pack.communities.values() if names(one, words, pack)]
    there = {one.kind for one in pack.organisations.values()}
    return show(
        request, seat, "admin_offices.html", lines=found, communities=communities, asked={"q": words, "kind": kind},
        kinds=[(code, labels.say(word)) for code, word in KINDS.items() if code in there], pack=pack,
    )  # fmt: skip


def duties_of(org: Organisation, labels: Labels) -> tuple[str, ...]:
    """What an organisation is competent for, in words."""
    known = labels.pack.duties
    return tuple((known[d].en if labels.lang == "en" else known[d].name) if d in known else d for d in org.duties)


def tree(pack: Pack) -> Iterator[tuple[Organisation, int]]:
    """Every organisation once, below what it belongs to: its parent, or the street it works in."""
    below: dict[str, list[Organisation]] = {}
    for org in pack.organisations.values():
        above = org.parent or next((street for street in org.streets if street != org.code), "")
        below.setdefault(above if above in pack.organisations else "", []).append(org)
    told: set[str] = set()
    yield from _below("", below, told, 0)
    for org in pack.organisations.values():
        if org.code not in told:
            yield org, 0


def _below(
    code: str, below: Mapping[str, list[Organisation]], told: set[str], depth: int
) -> Iterator[tuple[Organisation, int]]:
    for org in below.get(code, ()):
        if org.code not in told:
            told.add(org.code)
            yield org, min(depth, DEEPEST)
            yield from _below(org.code, below, told, depth + 1)


def fits(org: Organisation, words: str, kind: str) -> bool:
    """Whether an organisation is looked for."""
    named = not words or any(words in text for text in (org.code, org.name, *org.aliases))
    return named and kind in {"", org.kind}


def names(place: Community, words: str, pack: Pack) -> bool:
    """Whether a community is looked for, by its own name or that of its property company."""
    firm = pack.organisation(place.property_org or "")
    texts = (place.code, place.name, *place.aliases, firm.name if firm else "")
    return not words or any(words in text for text in texts)
