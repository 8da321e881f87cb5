"""Families of like suits (同类案件组) at ``/console/suits/families``: a model case is chosen, the others wait, follow,
or leave on their party's wish.

What does not live here: leading the others along (desk), the model case itself (sheet).
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.console.entrance import OwnFormOf, Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import Slip, carry_out
from api.counter import Counter
from api.suing import Suing
from cases.desk.suits.forms import Departure, FamilyChoice
from cases.desk.views import View
from cases.errors import NotAllowed
from cases.machines.court_forms import Following
from cases.rules.wall import COURT_ROLES
from cases.store.queue.asked import Asked

router = APIRouter()
WAYS = {"mediate": "按示范裁判结果调解", "go_on": "恢复办理"}
MOST = 200
LEAVE_HINT = "当事人自己要求就退出,不审查理由;案件恢复各自办理。当事人也可以在案件页自己退出。"


def _at(family_id: str) -> str:
    return f"/console/suits/families/{family_id}"


def _court_only(seat: Seat) -> None:
    if not seat.roles & COURT_ROLES:
        raise NotAllowed("示范案件和同类案件组由法院办理")


@router.get("/suits/families/new")
def ask_choice(request: Request, seat: SeatOf, case: str = "") -> Response:
    """The form of a choice, begun with a case where one was named."""
    slip = _choosing(seat)
    return slip.show(request, slip.fresh(model_case=case[:64]))


@router.post("/suits/families/new")
def choose(request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """The court chose a model case; its siblings begin to wait, some at a time."""
    slip, deed = _choosing(seat), Suing(seat.house).choose
    return carry_out(request, slip, filled, FamilyChoice, lambda form: deed(seat.reader, form))


def _choosing(seat: Seat) -> Slip:
    _court_only(seat)
    asked = Asked(case_type="litigation", state="filed", limit=MOST)
    filed = Counter(seat.house).cases(seat.reader, asked, schemas=False)["items"]
    able = [one for one in filed if any(action["verb"] == "choose_model" for action in one["actions"])]
    given = {"model_case": tuple((one["id"], f"{one['number']} {one['summary']}") for one in able)}
    hint = "同一企业、同类争点的案件组成一组;平行案件随后分批等待,当事人随时可以退出。"
    return Slip(
        FamilyChoice, "确定示范案件", "/console/suits/families/new", "/console/suits", seat, given,
        frozenset({"siblings"}), hint, "确定",
    )  # fmt: skip


@router.get("/suits/families/{family_id}")
def show_family(family_id: str, request: Request, seat: SeatOf) -> Response:
    """A family with everybody who stood in it."""
    suing = Suing(seat.house)
    family = suing.family(seat.reader, family_id)
    told = Following.model_validate_json(family["following"]) if family["following"] else None
    inside = [family["model_case"], *(one["case_id"] for one in family["members"])]
    mine = family["court"] == seat.caller.actor.org and bool(seat.roles & COURT_ROLES)
    return page(
        request, "suits_family.html", seat=seat, labels=Labels(seat.house.office, seat.lang), family=family, mine=mine,
        told=told, ways=WAYS, place_of=_place_of,
        opens=suing.openable(seat.reader, inside),
    )  # fmt: skip


def _place_of(member: View) -> str:
    """How far a member is, in a word."""
    if member["left_at"]:
        return "已退出"
    if member["refused"]:
        return "未成"
    return "已参照" if member["followed_at"] else "等待中" if member["stood_at"] else "待转入"


@router.get("/suits/families/{family_id}/follow")
def ask_decision(family_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of what the others are to do."""
    slip = _deciding(seat, family_id)
    return slip.show(request, slip.fresh(way="mediate"))


@router.post("/suits/families/{family_id}/follow")
def decide(family_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """The model is decided; the others follow, some at a time."""
    slip, deed = _deciding(seat, family_id), Suing(seat.house).decide
    return carry_out(request, slip, filled, Following, lambda form: deed(seat.reader, family_id, form))


def _deciding(seat: Seat, family_id: str) -> Slip:
    _court_only(seat)
    labels = Labels(seat.house.office, seat.lang)
    Suing(seat.house).family(seat.reader, family_id)
    given = {"way": tuple((code, labels.say(word)) for code, word in WAYS.items())}
    hint = "示范案件裁判生效后办理。调解的须写明调解组织、转给它的纠纷情况和调解函编号。"
    return Slip(
        Following, "参照示范裁判", f"{_at(family_id)}/follow", _at(family_id), seat, given, hint=hint, button="参照办理"
    )  # fmt: skip


@router.post("/suits/families/{family_id}/retry")
def retry(family_id: str, seat: SeatOf, _filled: OwnFormOf) -> Response:
    """Try again with those for whom a step was refused."""
    Suing(seat.house).retry(seat.reader, family_id)
    return RedirectResponse(_at(family_id), 303)


@router.get("/suits/families/{family_id}/members/{case_id}/leave")
def ask_departure(family_id: str, case_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of a wish to leave."""
    slip = _leaving(seat, family_id, case_id)
    return slip.show(request, slip.fresh())


@router.post("/suits/families/{family_id}/members/{case_id}/leave")
def depart(family_id: str, case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """A suit leaves its family on its party's wish."""
    slip, deed = _leaving(seat, family_id, case_id), Suing(seat.house).depart
    return carry_out(request, slip, filled, Departure, lambda form: deed(seat.reader, family_id, case_id, form))


def _leaving(seat: Seat, family_id: str, case_id: str) -> Slip:
    _court_only(seat)
    at = _at(family_id)
    Suing(seat.house).family(seat.reader, family_id)
    return Slip(
        Departure, "退出同类案件组", f"{at}/members/{case_id}/leave", at, seat, hint=LEAVE_HINT, button="退出"
    )  # fmt: skip
