"""Answering a question of a mediation by link (答复征求) at ``/consent/{id}``, without an account.

The token of the link stands behind the ``#`` of the address, which no browser sends and no log keeps; a small script
moves it into the form. Without scripts it is typed. What does not live here: the question and what an answer does
(chamber).
"""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.chamber import Chamber
from api.console.entrance import FilledOf, text_of
from api.console.phone.frame import show
from api.deps import HouseOf, client, visitor
from api.problems import AtTheEdge
from cases.desk.mediation.forms import LinkAnswer
from cases.engine import read_form
from cases.errors import Conflict, Malformed, NotFound

router = APIRouter(dependencies=[Depends(visitor)])
LONGEST_CODE = 64


@router.get("/consent/{consent_id}")
def ask(consent_id: str, request: Request) -> Response:
    """The page the link leads to: it asks for the token, which the script fills in."""
    return show(request, "phone_link.html", consent_id=consent_id[:64], code="")


@router.post("/consent/{consent_id}")
def look(consent_id: str, request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """The question, for its party."""
    return _asked(request, house, consent_id, text_of(filled, "code")[:LONGEST_CODE])


@router.post("/consent/{consent_id}/answer")
def answer(consent_id: str, request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """Yes or no, once; then the link is used up."""
    code = text_of(filled, "code")[:LONGEST_CODE]
    try:
        form = read_form(LinkAnswer, {name: text_of(filled, name) for name in ("answer", "tail")})
        told = Chamber(house).answer(consent_id, code, form, client(request, house))
    except Malformed:
        return _asked(request, house, consent_id, code, 422, "请选“同意”或“不同意”,并填写后四位")
    except (NotFound, Conflict) as refusal:
        return _asked(request, house, consent_id, code, 409, refusal.sentence)
    except AtTheEdge as refusal:
        return _asked(request, house, consent_id, code, refusal.status_code, refusal.detail)
    return show(request, "phone_answered.html", told=told, switch="")


def _asked(request: Request, house: HouseOf, consent_id: str, code: str, status: int = 200, said: str = "") -> Response:
    """The question with the form for an answer; a link that is worth nothing gets the first page again."""
    shown = {"consent_id": consent_id[:64], "code": code, "switch": f"/consent/{consent_id[:64]}"}
    try:
        told = Chamber(house).look(consent_id, code, client(request, house))
    except NotFound as refusal:
        return show(request, "phone_link.html", 404, **{**shown, "code": "", "said": refusal.sentence})
    except AtTheEdge as refusal:
        return show(request, "phone_link.html", refusal.status_code, **{**shown, "code": "", "said": refusal.detail})
    return show(request, "phone_question.html", status, told=told, **{**shown, "said": said})
