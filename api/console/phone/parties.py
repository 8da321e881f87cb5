"""A party's own view of its mediation or suit (当事人查询) at ``/party``: number and code, how far it is, its steps.

What does not live here: what a party may know and do (parlour), how a suit is shown (suits).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.console.entrance import FilledOf, text_of
from api.console.frame import lang_of
from api.console.phone import suits
from api.console.phone.following import DEEDS, LONGEST_NUMBER, Key, Try, body_of, key_of, offered, typed_of
from api.console.phone.frame import show, token_of
from api.deps import HouseOf, client, read_version, visitor
from api.house import House
from api.parlour import Parlour
from api.problems import AtTheEdge
from cases.desk.desk import Order
from cases.errors import Malformed, NotFound, Refusal
from cases.rules.visibility import SUIT
from cases.store.idempotency import Once

router = APIRouter(dependencies=[Depends(visitor)])


@router.get("/party")
def ask(request: Request, number: Annotated[str, Query(max_length=LONGEST_NUMBER)] = "") -> Response:
    """The form that asks for number and code."""
    return show(request, "phone_party.html", number=number)


@router.post("/party")
def look(request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """The mediation or the suit, or the form again."""
    key = key_of(filled)
    if _is_suit(request, house, key):
        return _or_ask(request, key, lambda: suits.look(request, house, key, filled))
    return _told(request, house, key, Try())


@router.post("/party/step")
def take_step(request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """Take one of a party's steps and show the case as it is then."""
    key = key_of(filled)
    if _is_suit(request, house, key):
        return _or_ask(request, key, lambda: suits.take_step(request, house, key, filled))
    verb, parlour = text_of(filled, "_verb"), Parlour(house, client(request, house))
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


def _is_suit(request: Request, house: House, key: Key) -> bool:
    return Parlour.at(house, client(request, house), key.number).case_type == SUIT


def _told(request: Request, house: House, key: Key, tried: Try, done: str = "") -> Response:
    def drawn() -> Response:
        view = Parlour(house, client(request, house)).look(key.number, key.code, lang_of(request))
        return show(
            request, "phone_mediation.html", tried.status, view=view, key=key, tried=tried, done=done, deeds=DEEDS,
            with_photos=frozenset[str](), most=0, switch="",
        )  # fmt: skip

    return _or_ask(request, key, drawn)


def _or_ask(request: Request, key: Key, drawn: Callable[[], Response]) -> Response:
    """The page; who does not know the code gets the form again, with one sentence for all."""
    try:
        return drawn()
    except NotFound as refusal:
        return show(request, "phone_party.html", 404, number=key.number, said=refusal.sentence, switch="/party")
    except AtTheEdge as refusal:
        return show(
            request, "phone_party.html", refusal.status_code, number=key.number, said=refusal.detail, switch="/party"
        )
