"""Accounts (人员账号) at ``/console/admin/people``: found, opened, changed, locked; passwords given, sessions ended.

A password that was made is shown on the page that answers, and never again. What does not live here: what may be done
and what is written down of it (staffing).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.admin.forms import drawn, filled_in, orgs_of, roles_of
from api.console.admin.frame import ROOT, AdminOf, show
from api.console.entrance import OwnFormOf, Seat
from api.console.fields import flat
from api.console.labels import Labels
from api.console.reading import typed_of
from api.identity import RULES
from api.staff_shapes import AccountChange, AccountQuery, AccountWish, Because, PasswordGiven
from api.staffing import Staffing
from cases.errors import Conflict, Malformed, NotAllowed, Refusal

router = APIRouter()
PEOPLE = f"{ROOT}/people"
PAGE = 50
STATES = {"": None, "open": True, "barred": False}
DONE = {
    "change": "已保存。",
    "lock": "账号已停用,登录会话已结束。",
    "unlock": "账号已启用。",
    "sessions": "登录会话已全部结束。",
}
STATUSES: Mapping[type[Any], int] = {type(None): 200, Malformed: 422, NotAllowed: 403, Conflict: 409}


Short = Annotated[str, Query(max_length=64)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the list says; "" leaves a filter out."""

    q: str = ""
    org: str = ""
    role: str = ""
    state: str = ""

    def address(self, after: str) -> str:
        """The address of the page after a login."""
        said = {"q": self.q, "org": self.org, "role": self.role, "state": self.state, "after": after}
        return f"{PEOPLE}?{urlencode({name: value for name, value in said.items() if value})}"


def read_asked(
    q: Annotated[str, Query(max_length=100)] = "", org: Short = "", role: Short = "", state: Short = ""
) -> Asked:
    """The filters of an address; a state there is not is none."""
    return Asked(q.strip(), org, role, state if state in STATES else "")


@router.get("/people")
def list_people(
    request: Request, seat: AdminOf, asked: Annotated[Asked, Depends(read_asked)],
    after: Annotated[str, Query(max_length=100)] = "",
) -> Response:  # fmt: skip
    """Accounts by login; what is searched for stands in the address."""
    wish = AccountQuery(
        text=asked.q or None, org=asked.org or None, role=asked.role or None, active=STATES[asked.state], limit=PAGE,
        after=after or None,
    )  # fmt: skip
    found = Staffing(seat.house).accounts(seat.reader, wish)
    labels = Labels(seat.house.office, seat.lang)
    return show(
        request, seat, "admin_people.html", people=found["items"], total=found["total"], asked=asked,
        more=asked.address(found["next"]) if found["next"] else "", first=bool(after), orgs=orgs_of(labels),
        roles=roles_of(labels),
    )  # fmt: skip


@router.get("/people/new")
def new_account(request: Request, seat: AdminOf, org: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The form of a new account."""
    return _new(request, seat, {"org": [org]} if org else {})


@router.post("/people/new")
def open_account(request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Open the account and show its password, once; or the form again with what is wrong."""
    typed = typed_of(filled)
    try:
        wish = filled_in(AccountWish, typed)
        opened = Staffing(seat.house).open(seat.reader, wish)
    except Malformed as refusal:
        return _new(request, seat, _kept(typed), refusal, refusal.fields)
    except Conflict as refusal:
        return _new(request, seat, _kept(typed), refusal, {"login": refusal.sentence})
    return show(request, seat, "admin_given.html", 201, person=opened, opened=True)


@router.get("/people/{account_id}")
def show_account(
    account_id: str, request: Request, seat: AdminOf, done: Annotated[str, Query(max_length=16)] = ""
) -> Response:
    """One account, with what can be done and what was done."""
    return _one(request, seat, account_id, done=DONE.get(done, ""))


@router.post("/people/{account_id}/change")
def change_account(account_id: str, request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Name, organisation and roles."""
    typed = typed_of(filled)
    try:
        wish = filled_in(AccountChange, typed)
        Staffing(seat.house).change(seat.reader, account_id, wish)
    except (Malformed, Conflict, NotAllowed) as refusal:
        return _one(request, seat, account_id, typed=typed, refusal=refusal)
    return _back(account_id, "change")


@router.post("/people/{account_id}/lock")
def lock_account(account_id: str, request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Bar the account, with a reason."""
    try:
        wish = filled_in(Because, typed_of(filled))
        Staffing(seat.house).lock(seat.reader, account_id, wish.reason)
    except (Malformed, Conflict, NotAllowed) as refusal:
        return _one(request, seat, account_id, refusal=refusal)
    return _back(account_id, "lock")


@router.post("/people/{account_id}/unlock")
def unlock_account(account_id: str, seat: AdminOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - the form is the proof
    """Open the account again."""
    Staffing(seat.house).unlock(seat.reader, account_id)
    return _back(account_id, "unlock")


@router.post("/people/{account_id}/sessions")
def end_sessions(account_id: str, seat: AdminOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - the form is the proof
    """End every session of the account."""
    Staffing(seat.house).end_sessions(seat.reader, account_id)
    return _back(account_id, "sessions")


@router.post("/people/{account_id}/password")
def give_password(account_id: str, request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Give the account a password: made here and shown once, or the one that was typed."""
    try:
        wish = filled_in(PasswordGiven, typed_of(filled))
        given = Staffing(seat.house).give_password(seat.reader, account_id, wish.password)
    except Malformed as refusal:
        return _one(request, seat, account_id, refusal=refusal)
    return show(request, seat, "admin_given.html", person=given, opened=False)


def _kept(typed: dict[str, list[str]]) -> dict[str, list[str]]:
    """What stands in the form again; a password never does."""
    return {name: value for name, value in typed.items() if name != "password"}


def _new(
    request: Request, seat: Seat, typed: dict[str, list[str]], refusal: Refusal | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    return show(
        request, seat, "admin_new.html", STATUSES[type(refusal)], rules=RULES,
        fields=drawn(seat, AccountWish, typed, wrong or {}), said=refusal.sentence if refusal else "",
    )  # fmt: skip


def _one(
    request: Request, seat: Seat, account_id: str, typed: dict[str, list[str]] | None = None,
    refusal: Refusal | None = None, done: str = "",
) -> Response:  # fmt: skip
    staffing = Staffing(seat.house)
    person = staffing.account(seat.reader, account_id)
    begun = typed or flat({name: person[name] for name in ("name", "org", "roles")})
    wrong = refusal.fields if isinstance(refusal, Malformed) else {}
    shown: dict[str, Any] = {
        "person": person,
        "fields": drawn(seat, AccountChange, begun, wrong),
        "wrong": wrong,
        "said": refusal.sentence if refusal else "",
        "done": done,
        "rules": RULES,
        "oneself": account_id == seat.caller.actor.id,
        "records": staffing.records_about(seat.reader, account_id),
        "locked": bool(person["locked_until"] and person["locked_until"] > seat.house.clock.now()),
    }
    return show(request, seat, "admin_person.html", STATUSES[type(refusal)], **shown)


def _back(account_id: str, done: str) -> Response:
    return RedirectResponse(f"{PEOPLE}/{account_id}?done={done}", 303)
