"""API keys (接口密钥) at ``/console/admin/keys``: by organisation, issued and shown once, revoked with a reason.

What does not live here: what may be done and what is written down of it (staffing).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.admin.forms import drawn, filled_in, orgs_of
from api.console.admin.frame import ROOT, AdminOf, show
from api.console.entrance import OwnFormOf, Seat
from api.console.fields import defaults_of
from api.console.labels import Labels
from api.console.reading import typed_of
from api.staff_shapes import Because, KeyOrder
from api.staffing import Staffing
from cases.errors import Malformed

router = APIRouter()
KEYS = f"{ROOT}/keys"

OrgOf = Annotated[str, Query(max_length=64)]


@router.get("/keys")
def list_keys(
    request: Request, seat: AdminOf, org: OrgOf = "", done: Annotated[str, Query(max_length=8)] = ""
) -> Response:
    """The keys, the newest first, those of one organisation if one is asked for."""
    return _list(request, seat, org, done="密钥已吊销,立即失效。" if done == "revoke" else "")


@router.get("/keys/new")
def new_key(request: Request, seat: AdminOf, org: OrgOf = "") -> Response:
    """The form of a new key."""
    usual = defaults_of(KeyOrder.model_json_schema())
    return _new(request, seat, usual | ({"org": [org]} if org else {}))


@router.post("/keys/new")
def issue_key(request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Make the key and show it, once; or the form again with what is wrong."""
    typed = typed_of(filled)
    try:
        order = filled_in(KeyOrder, typed)
        made = Staffing(seat.house).issue(seat.reader, order)
    except Malformed as refusal:
        return _new(request, seat, typed, refusal.sentence, refusal.fields)
    return show(request, seat, "admin_key_made.html", 201, key=made)


@router.post("/keys/{prefix}/revoke")
def revoke_key(prefix: str, request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Make a key worthless."""
    try:
        wish = filled_in(Because, typed_of(filled))
    except Malformed as refusal:
        return _list(request, seat, "", said=f"{refusal.sentence}:{refusal.fields.get('reason', '')}")
    Staffing(seat.house).revoke(seat.reader, prefix, wish.reason)
    return RedirectResponse(f"{KEYS}?done=revoke", 303)


def _list(request: Request, seat: Seat, org: str, done: str = "", said: str = "") -> Response:
    keys = Staffing(seat.house).keys(seat.reader, org)["items"]
    return show(
        request, seat, "admin_keys.html", 422 if said else 200, keys=keys, org=org, done=done, said=said,
        orgs=orgs_of(Labels(seat.house.office, seat.lang)), real_now=seat.house.clock.now(),
    )  # fmt: skip


def _new(
    request: Request, seat: Seat, typed: dict[str, list[str]], said: str = "", wrong: Mapping[str, str] | None = None
) -> Response:
    fields = drawn(seat, KeyOrder, typed, wrong or {})
    return show(request, seat, "admin_key.html", 422 if said else 200, fields=fields, said=said)
