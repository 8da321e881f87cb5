"""A party's own view of its mediation (当事人查询) at ``/party``: number and code, how far it has come, leaving it.

What does not live here: what a party may know and do (parlour).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.console.entrance import FilledOf, text_of
from api.console.frame import lang_of
from api.console.phone.following import DEEDS, LONGEST_NUMBER, Key, Try, body_of, key_of, offered, typed_of
from api.console.phone.frame import show, token_of
from api.deps import HouseOf, read_version, visitor
from api.house import House
from api.parlour import Parlour
from api.problems import AtTheEdge
from cases.desk.desk import Order
from cases.errors import Malformed, NotFound, Refusal
from cases.store.idempotency import Once

router = APIRouter(dependencies=[Depends(visitor)])


@router.get("/party")
def ask(request: Request, number: Annotated[str, Query(max_length=LONGEST_NUMBER)] = "") -> Response:
    """The form that asks for number and code."""
    return show(request, "phone_party.html", number=number)


@router.post("/party")
def look(request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """The mediation, or the form again."""
    return _told(request, house, key_of(filled), Try())


@router.post("/party/step")
def take_step(request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """Take one of a party's steps and show the mediation as it is then."""
    key, verb, parlour = key_of(filled), text_of(filled, "_verb"), Parlour(house)
    typed = typed_of(filled)
    try:
        action = offered(parlour.look(key.number, key.code), verb)
        body = body_of(typed, action["schema"]["properties"] if action else {})
        version = read_version(text_of(filled, "_version") or "*")
        once = Once.of("", token_of(filled), f"POST /party/step/{verb}", [version, typed])
        parlour.step(key.number, key.code, Order("", verb, body, version), once)
    except NotFound:
        return _told(request, house, key, Try())
    except AtTheEdge as refusal:
        return _told(request, house, key, Try(verb, typed, refusal.status_code, refusal.detail))
    except Refusal as refusal:
        wrong = refusal.fields if isinstance(refusal, Malformed) else {}
        return _told(request, house, key, Try(verb, typed, 422 if wrong else 409, refusal.sentence, wrong))
    return _told(request, house, key, Try(), done=DEEDS.get(verb, ""))


def _told(request: Request, house: House, key: Key, tried: Try, done: str = "") -> Response:
    try:
        view = Parlour(house).look(key.number, key.code, lang_of(request))
    except NotFound as refusal:
        return show(request, "phone_party.html", 404, number=key.number, said=refusal.sentence, switch="/party")
    except AtTheEdge as refusal:
        return show(
            request, "phone_party.html", refusal.status_code, number=key.number, said=refusal.detail, switch="/party"
        )
    return show(
        request, "phone_mediation.html", tried.status, view=view, key=key, tried=tried, done=done, deeds=DEEDS,
        with_photos=frozenset[str](), most=0, switch="",
    )  # fmt: skip
