"""One's own password (改密码) at ``/console/password``, replaced by whoever knows it; the first thing to do with one
that somebody else gave.

What does not live here: what a password must be, and sessions (identity).
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console.entering import let_in
from api.console.entrance import NewcomerOf, OwnNewcomersFormOf, Seat
from api.console.frame import page
from api.console.refusing import ROOT
from api.identity import RULES
from cases.errors import Malformed

router = APIRouter()
LONGEST = 1000


@router.get("/password")
def show_password(request: Request, seat: NewcomerOf) -> Response:
    """The form; nothing stands in it."""
    return _form(request, seat)


@router.post("/password")
def replace_password(request: Request, seat: NewcomerOf, filled: OwnNewcomersFormOf) -> Response:
    """Replace it; every session ends, and this one begins anew."""
    old, new, again = (str(filled.get(name) or "")[:LONGEST] for name in ("old", "new", "again"))
    login, identity = seat.caller.login or "", seat.house.identity
    try:
        if new != again:
            raise Malformed("两次输入的新密码不一样", {"again": "与上面的新密码不一样"})
        identity.replace_password(login, old, new)
    except Malformed as refusal:
        return _form(request, seat, refusal.sentence, refusal.fields)
    return let_in(request, seat.house, identity.login(login, new), ROOT)


def _form(request: Request, seat: Seat, said: str = "", wrong: Mapping[str, str] | None = None) -> Response:
    return page(
        request, "password.html", 422 if said else 200, seat=seat, said=said, wrong=wrong or {}, rules=RULES,
        handed=seat.caller.handed,
    )  # fmt: skip
