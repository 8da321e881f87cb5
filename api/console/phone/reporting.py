"""Reporting without an account (扫码报告) at ``/r``: choose a community, say what happened, get a receipt and a code.

The address of a community is what its printed code leads to. A form that is sent twice opens one case. What does not
live here: opening a case (window), drawing photographs anew (photos), the words of matters (packs).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.entrance import FilledOf, files_of, text_of
from api.console.frame import lang_of
from api.console.phone.frame import show, token_of
from api.deps import HouseOf, VisitorOf, visitor
from api.house import House
from api.photos import keep_photos
from api.problems import AtTheEdge
from api.window import Window
from cases.errors import Malformed, NotFound
from cases.packs.schema import Community, Matter, in_force
from cases.ports import BEIJING
from cases.store.attachments import TooLarge

router = APIRouter(dependencies=[Depends(visitor)])
MOST_SHOWN = 100
MOST_PHOTOS = 9
LONGEST = 4000
TOLD = {"by": "told_by", "words": "told_words", "response": "told_response", "at": "told_at"}
"""The fields of a dissuasion record, and what they are called on the page."""

PLAIN = ("building", "room", "description", "reporter_name", "reporter_phone")
NAMES = (*PLAIN, "matter", "found_at", "emergency", "secrecy", *TOLD.values())


@dataclass(frozen=True)
class Try:
    """What came of the form so far: what was typed, and what is wrong with it, by field."""

    typed: dict[str, str] = field(default_factory=dict)
    status: int = 200
    said: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


@router.get("/r")
def choose(request: Request, house: HouseOf, q: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The communities, by name; ``q`` is a part of one."""
    pack, wanted = house.office.pack, "".join(q.split())
    found = [one for one in pack.communities.values() if any(wanted in name for name in (one.name, *one.aliases))]
    shown = sorted(found, key=lambda one: (one.street, one.code))[:MOST_SHOWN]
    streets: dict[str, list[Community]] = {}
    for one in shown:
        streets.setdefault(pack.organisations[one.street].name, []).append(one)
    return show(request, "phone_choose.html", streets=streets, q=q, more=len(found) - len(shown))


@router.get("/r/{community}")
def show_form(community: str, request: Request, house: HouseOf) -> Response:
    """The form of a community."""
    return _form(request, house, community_at(house, community), Try())


@router.post("/r/{community}")
def report(community: str, request: Request, house: HouseOf, address: VisitorOf, filled: FilledOf) -> Response:
    """Open a case, or show the form again with what is wrong; photographs have to be chosen again then."""
    place = community_at(house, community)
    typed = {name: said for name in NAMES if (said := text_of(filled, name))}
    try:
        house.throttles.reports.demand(address)
        house.throttles.places.demand(place.code)
        body = body_of(typed, place, house.office.clock.now())
        window = Window(house, address)
        window.judge(body)
        photos = keep_photos(house.folder, [one.file for one in _photos(filled)])
        opened = window.open_by_form(body, token_of(filled), photos)
    except Malformed as refusal:
        wrong = {_name_of(name): said for name, said in refusal.fields.items()}
        return _form(request, house, place, Try(typed, 422, refusal.sentence, wrong))
    except TooLarge as refusal:
        return _form(request, house, place, Try(typed, 413, refusal.sentence, {"photos": refusal.sentence}))
    except AtTheEdge as refusal:
        return _form(request, house, place, Try(typed, refusal.status_code, refusal.detail))
    return show(request, "phone_receipt.html", 201, opened=opened, place=place, switch="")


def community_at(house: House, code: str) -> Community:
    """The community of an address; NotFound for any other."""
    found = house.office.pack.communities.get(code)
    if found is None:
        raise NotFound("没有这个小区")
    return found


def body_of(typed: dict[str, str], place: Community, now: datetime) -> dict[str, Any]:
    """The report as the window takes it. Malformed when it says nothing, or only half of who was told."""
    if not typed.get("matter") and not typed.get("description"):
        sentence = "请选一项,或者写几句话说明情况"
        raise Malformed(sentence, {"description": sentence})
    body: dict[str, Any] = {name: typed[name] for name in (*PLAIN, "matter") if name in typed}
    body |= {"community": place.code, "found_at": _moment(typed, "found_at") or now}
    body["anonymous"] = not (typed.get("reporter_name") or typed.get("reporter_phone"))
    body |= {name: True for name in ("emergency", "secrecy") if name in typed}
    return body | told_of(typed)


def told_of(typed: dict[str, str]) -> dict[str, Any]:
    """The record of a dissuasion, if any part of it was filled in; Malformed when the rest is missing."""
    told: dict[str, Any] = {name: typed[shown] for name, shown in TOLD.items() if shown in typed}
    if not told:
        return {}
    missing = {TOLD[name]: "请填写,或者把这一栏都留空" for name in ("by", "words", "at") if name not in told}
    if missing:
        raise Malformed("劝说的情况没有写全", missing)
    return {"dissuasion": {**told, "at": _moment(typed, "told_at")}}


def _moment(typed: dict[str, str], name: str) -> datetime | None:
    """A moment as the phone writes it: local time."""
    if name not in typed:
        return None
    try:
        found = datetime.fromisoformat(typed[name])
    except ValueError as error:
        raise Malformed("时间写得不对", {name: "请写成 2026-01-31 09:30 的样子"}) from error
    return found.replace(tzinfo=BEIJING) if found.tzinfo is None else found


def _photos(filled: FormData) -> list[Any]:
    sent = files_of(filled, "photos")
    if len(sent) > MOST_PHOTOS:
        sentence = f"一次最多 {MOST_PHOTOS} 张照片"
        raise Malformed(sentence, {"photos": sentence})
    return sent


def _name_of(finding: str) -> str:
    """The field of the page a finding is about."""
    return TOLD.get(finding.removeprefix("dissuasion."), finding) if finding.startswith("dissuasion.") else finding


def _form(request: Request, house: House, place: Community, tried: Try) -> Response:
    return show(
        request, "phone_report.html", tried.status, place=place, tried=tried, groups=groups_of(house, lang_of(request)),
        most=MOST_PHOTOS, longest=LONGEST, switch=f"/r/{place.code}",
    )  # fmt: skip


def groups_of(house: House, lang: str) -> list[tuple[str, list[Matter]]]:
    """The matters in force today, in groups named as people name them."""
    pack, today = house.office.pack, house.office.clock.now().astimezone(BEIJING).date()
    groups: dict[str, list[Matter]] = {}
    for one in pack.matters.values():
        if in_force(one.valid_from, one.valid_to, today):
            groups.setdefault(one.group, []).append(one)
    return [(pack.words(f"group.{code}", lang), matters) for code, matters in groups.items()]
