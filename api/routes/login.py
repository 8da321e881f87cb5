"""Logging in and out, and who one is (登录)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.deps import COOKIE, CallerOf, ClientOf, HouseOf, StrictRoute, is_secure, respond
from api.describing import problems
from api.house import House
from api.shapes import Entrance, Myself, encode
from api.wishes import LoginForm
from cases.desk.views import View
from cases.grammar import Actor
from cases.store.idempotency import Answer

router = APIRouter(tags=["login"], route_class=StrictRoute)


def account_of(actor: Actor, login: str | None, house: House) -> View:
    """An account as it is shown to itself."""
    organisation = house.office.pack.organisation(actor.org or "")
    name = organisation.name if organisation else ""
    view: View = {"id": actor.id, "login": login, "name": actor.name, "org": actor.org, "org_name": name}
    return {**view, "roles": sorted(actor.roles)}


@router.post("/login", summary="登录", responses={200: {"model": Entrance}, **problems(400, 401, 415, 422, 429)})
def login(form: LoginForm, request: Request, house: HouseOf, address: ClientOf) -> Response:
    """Open a session: a token, and the same as a cookie for browsers."""
    house.throttles.logins.demand(address)
    entered = house.identity.login(form.login, form.password)
    person = entered.person
    account = account_of(Actor(person.id, person.name, person.org, person.roles), person.login, house)
    content = {"token": entered.token, "expires_at": entered.expires_at, "account": account}
    response = respond(Answer(200, encode(content)))
    age = int((entered.expires_at - house.clock.now()).total_seconds())
    response.set_cookie(COOKIE, entered.token, max_age=age, httponly=True, samesite="lax", secure=is_secure(request))
    return response


@router.post("/logout", summary="退出", status_code=204, responses=problems(401))
def logout(request: Request, house: HouseOf, caller: CallerOf) -> Response:  # noqa: ARG001 - only who is in can leave
    """End the session that was used for this request; a key is not ended by it."""
    given = request.headers.get("authorization", "").partition(" ")[2]
    house.identity.logout(given or request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE)
    return response


@router.get("/me", summary="我是谁", responses={200: {"model": Myself}, **problems(401)})
def me(house: HouseOf, caller: CallerOf) -> Response:
    """The account or key of the request, and what it allows."""
    account = account_of(caller.actor, caller.login, house)
    content = {"account": account, "by": caller.by, "scopes": sorted(caller.scopes), "expires_at": caller.expires_at}
    return respond(Answer(200, encode(content)))
