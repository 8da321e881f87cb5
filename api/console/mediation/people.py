"""The parties of a mediation (当事人) at ``/console/cases/{id}/parties``: who they are, masked, what each was asked and
answered, who was told the rights; entering them, query codes, and a party in full for a reason that is written down.

What does not live here: asking them (asking), putting an entry right (righting), what may be done with one (chamber).
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.chamber import Chamber
from api.console import talks
from api.console.acting import Try, go_on
from api.console.entrance import OwnFormOf, Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import Given, Slip, attempt, carry_out, filled_in
from api.console.mediation.words import ANSWERS, MEANS, PARTY, about, options
from api.console.reading import read, typed_of
from api.console.rows import row_of
from api.convention import Convention
from api.counter import Counter
from api.papering import Papering
from api.wishes import Reason
from cases.desk.mediation.forms import PartyForm
from cases.desk.views import View
from cases.errors import NotFound
from cases.rules.consents import MEDIATION

router = APIRouter()
NOTICE = "rights_notice"
RIGHTED = {"correct_party": "已更正,记入办理经过。", "withdraw_party": "已撤回,记入办理经过。"}
Short = Annotated[str, Query(max_length=40)]


def party_words(labels: Labels) -> Given:
    """What one chooses from about a party; an organisation of the pack by its name."""
    firms = tuple((one.code, one.name) for one in labels.pack.organisations.values() if one.kind == "property")
    return {name: options(words, labels) for name, words in PARTY.items()} | {"org": firms}


@router.get("/cases/{case_id}/parties")
def show_parties(
    case_id: str, request: Request, seat: SeatOf, done: Short = "", again: Short = "", tied: Short = ""
) -> Response:
    """The parties with what each was asked; ``done`` is what was just done to one, ``again`` that it is to be asked
    anew, ``tied`` that the mediator turns out to be tied to it."""
    labels, chamber = Labels(seat.house.office, seat.lang), Chamber(seat.house)
    view = Counter(seat.house).case(seat.reader, case_id)
    listed = Convention(seat.house).listed(seat.reader, case_id)["items"]
    starts = {one["id"]: one["starts"] for one in listed}
    given = chamber.consents(seat.reader, case_id)["items"]
    asked = [{**one, "about": about(one["what"], starts, labels), "open": _open(one, seat)} for one in given]
    offered = Papering(seat.house).listed(seat.reader, case_id)["offered"]
    parties = [_party(one, asked, view) for one in chamber.parties(seat.reader, case_id)["items"]]
    return page(
        request, "parties.html", seat=seat, view=view, row=row_of(view, labels), labels=labels, parties=parties,
        sides=talks.SIDES, words={"answer": ANSWERS, "means": MEANS}, answered=_standing(given),
        actions=[one for one in view["actions"] if one["verb"] in {"tell_rights", "accept", "proceed"}],
        notice=NOTICE if NOTICE in {one["code"] for one in offered} else "",
        may_add_reporter=bool(view["parent_id"]) and not parties,
        done=RIGHTED.get(done, ""), again=bool(again), tied=bool(tied),
    )  # fmt: skip


def _open(consent: View, seat: Seat) -> bool:
    """Whether a link still waits for its answer."""
    expires = consent["expires_at"]
    waits = consent["answer"] is None and consent["void_at"] is None
    return waits and expires is not None and seat.house.office.clock.now() < expires


def _standing(given: list[View]) -> dict[str, str]:
    """What each party last said about mediation itself."""
    count = (one for one in given if one["void_at"] is None)
    answered = [one for one in count if one["what"] == MEDIATION and one["answered_at"] is not None]
    return {one["party_id"]: one["answer"] for one in sorted(answered, key=lambda one: one["answered_at"])}


def _party(party: View, asked: list[View], view: View) -> View:
    told = view["facts"].get("rights_told", {}).get(party["id"])
    mine = [one for one in asked if one["party_id"] == party["id"]]
    anew = party["id"] in view["facts"].get("asked_again", ())
    return {**party, "asked": mine, "told_at": told, "anew": anew}


def _slip(seat: Seat, case_id: str) -> Slip:
    labels = Labels(seat.house.office, seat.lang)
    at = f"/console/cases/{case_id}/parties"
    return Slip(
        PartyForm, "登记当事人", f"{at}/new", at, seat, party_words(labels), button="登记",
        hint="证件号码只核对,不保存;保存的是后四位和校验用的摘要。没有号码和电话的,不能用链接答复。",
    )  # fmt: skip


@router.get("/cases/{case_id}/parties/new")
def ask_party(case_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of a party."""
    known = talks.parties_of(Counter(seat.house).case(seat.reader, case_id), seat)
    side = "respondent" if any(one["side"] == "applicant" for one in known) else "applicant"
    slip = _slip(seat, case_id)
    return slip.show(request, slip.fresh(side=side, kind="person"))


@router.post("/cases/{case_id}/parties/new")
def add_party(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Enter a party."""
    slip, deed = _slip(seat, case_id), Chamber(seat.house).add_party
    return carry_out(request, slip, filled, PartyForm, lambda form: deed(seat.reader, case_id, form))


@router.post("/cases/{case_id}/parties/reporter")
def add_reporter(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - ours
    """Enter the reporter of the clue."""
    Chamber(seat.house).add_reporter(seat.reader, case_id)
    return go_on(request, f"/console/cases/{case_id}/parties")


@router.get("/cases/{case_id}/parties/{party_id}/identity")
def ask_identity(case_id: str, party_id: str, request: Request, seat: SeatOf) -> Response:
    """Why somebody wants to see a party in full."""
    slip = _looking(seat, case_id, party_id)
    return slip.show(request, slip.fresh())


@router.post("/cases/{case_id}/parties/{party_id}/identity")
def show_identity(case_id: str, party_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """The party in full, this once."""
    slip, typed = _looking(seat, case_id, party_id), typed_of(filled)

    def look() -> View:
        why = filled_in(Reason, read(slip.schema(), typed))
        return Chamber(seat.house).identity(seat.reader, case_id, party_id, why.reason)

    done = attempt(look, typed)
    if isinstance(done, Try):
        return slip.show(request, done)
    return page(request, "party_whole.html", seat=seat, party=done, back=slip.back)


def _looking(seat: Seat, case_id: str, party_id: str) -> Slip:
    at = f"/console/cases/{case_id}/parties"
    party_of(seat, case_id, party_id)
    return Slip(
        Reason, "查看当事人完整身份", f"{at}/{party_id}/identity", at, seat, button="查看",
        hint="理由会和您的姓名、时间一起记入查看记录。",
    )  # fmt: skip


def party_of(seat: Seat, case_id: str, party_id: str) -> View:
    """One party of the case, masked; NotFound for anybody else's."""
    for one in Chamber(seat.house).parties(seat.reader, case_id)["items"]:
        if one["id"] == party_id:
            return one
    raise NotFound("这不是本案的当事人")


@router.get("/cases/{case_id}/parties/{party_id}/code")
def ask_code(case_id: str, party_id: str, request: Request, seat: SeatOf) -> Response:
    """What a query code is, before one is made."""
    party = party_of(seat, case_id, party_id)
    return _code(request, seat, case_id, party, "")


@router.post("/cases/{case_id}/parties/{party_id}/code")
def issue_code(case_id: str, party_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - ours
    """A query code, shown once."""
    party = party_of(seat, case_id, party_id)
    made = Chamber(seat.house).issue_code(seat.reader, case_id, party_id)
    return _code(request, seat, case_id, party, made["code"])


def _code(request: Request, seat: Seat, case_id: str, party: View, code: str) -> Response:
    shown: dict[str, Any] = {"party": party, "code": code, "back": f"/console/cases/{case_id}/parties"}
    number = Counter(seat.house).case(seat.reader, case_id)["number"]
    return page(request, "party_code.html", 201 if code else 200, seat=seat, number=number, **shown)
