"""Login and logout, and the language of the pages (登录、退出、语言).

What does not live here: sessions and passwords (identity).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.entrance import PASSWORD, FilledOf, NewcomerOf, OwnNewcomersFormOf, text_of
from api.console.frame import LANG_COOKIE, page
from api.console.places import start_of
from api.console.refusing import ROOT, way_back
from api.deps import COOKIE, ClientOf, HouseOf, is_secure
from api.house import House
from api.identity import FAILED, Entered
from api.problems import AtTheEdge

router = APIRouter()
LONGEST = {"login": 100, "password": 1000}
YEAR = 365 * 24 * 3600

NextOf = Annotated[str, Query(alias="next", max_length=2000)]


@router.get("/login")
def show_login(request: Request, goal: NextOf = ROOT) -> Response:
    """The form that lets people in."""
    return page(request, "login.html", goal=way_back(goal), login="", said="")


@router.post("/login")
def log_in(request: Request, house: HouseOf, filled: FilledOf, address: ClientOf) -> Response:
    """Open a session and go on to where the way led; a failure shows the form again, without the password."""
    house.throttles.logins.demand(address)
    login, password = text_of(filled, "login"), str(filled.get("password") or "")
    goal = way_back(text_of(filled, "next"))
    try:
        if not login or not password or len(login) > LONGEST["login"] or len(password) > LONGEST["password"]:
            raise AtTheEdge("unauthenticated", FAILED)
        entered = house.identity.login(login, password)
    except AtTheEdge as refusal:
        if refusal.code != "unauthenticated":
            raise
        return page(request, "login.html", 401, goal=goal, login=login[: LONGEST["login"]], said=refusal.detail)
    return let_in(request, house, entered, goal)


def let_in(request: Request, house: House, entered: Entered, goal: str) -> Response:
    """The cookie of a new session, and the way to where one was going, or begins."""
    goal = PASSWORD if entered.person.handed else start_of(entered.person.roles) if goal == ROOT else goal
    answer = RedirectResponse(goal, 303)
    age = int((entered.expires_at - house.clock.now()).total_seconds())
    secure = is_secure(request)
    answer.set_cookie(COOKIE, entered.token, max_age=age, httponly=True, samesite="lax", secure=secure)
    return answer


@router.post("/logout")
def log_out(request: Request, seat: NewcomerOf, filled: OwnNewcomersFormOf) -> Response:  # noqa: ARG001 - the form is the proof
    """End the session."""
    seat.house.identity.logout(request.cookies[COOKIE])
    answer = RedirectResponse(f"{ROOT}/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/language")
def choose_language(
    request: Request, to: Annotated[str, Query(max_length=2)], back: Annotated[str, Query(max_length=2000)] = ROOT
) -> Response:
    """Remember the language of the pages and go back."""
    answer = RedirectResponse(way_back(back), 303)
    secure = is_secure(request)
    answer.set_cookie(
        LANG_COOKIE, "en" if to == "en" else "zh", max_age=YEAR, httponly=True, samesite="lax", secure=secure
    )
    return answer
