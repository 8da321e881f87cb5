"""Accounts, API keys, and the records of what administrators did (账号、密钥、管理记录)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.deps import CallerOf, HouseOf, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.shapes import Items, encode
from api.staff_shapes import (
    AccountChange,
    AccountQuery,
    AccountWish,
    Because,
    KeyIssued,
    KeyOrder,
    KeyQuery,
    KeyView,
    PageQuery,
    PasswordChange,
    PasswordGiven,
    RecordQuery,
    StaffOpened,
    StaffView,
)
from api.staffing import Staffing
from cases.errors import NotAllowed
from cases.store.idempotency import Answer

router = APIRouter(tags=["accounts"], route_class=StrictRoute)

READ = problems(401, 403, 404)
WRITTEN = problems(400, 401, 403, 404, 409, 415, 422)


def get_staffing(house: HouseOf) -> Staffing:
    """Accounts and keys of this house."""
    return Staffing(house)


StaffingOf = Annotated[Staffing, Depends(get_staffing)]


@router.get("/accounts", summary="账号", responses={200: {"model": Items}, **problems(401, 403, 422)})
def list_accounts(staffing: StaffingOf, reader: ReaderOf, wish: Annotated[AccountQuery, Query()]) -> Response:
    """Accounts by login, a page at a time; nothing secret."""
    return respond(Answer(200, encode(staffing.accounts(reader, wish))))


@router.post("/accounts", summary="开账号", status_code=201, responses={201: {"model": StaffOpened}, **WRITTEN})
def open_account(form: AccountWish, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """Open an account; its password is told once, and its owner has to replace it at the first login."""
    return respond(Answer(201, encode(staffing.open(reader, form))))


@router.get("/accounts/{account_id}", summary="一个账号", responses={200: {"model": StaffView}, **READ})
def read_account(account_id: str, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """One account; nothing secret."""
    return respond(Answer(200, encode(staffing.account(reader, account_id))))


@router.put("/accounts/{account_id}", summary="改账号", responses={200: {"model": StaffView}, **WRITTEN})
def change_account(account_id: str, form: AccountChange, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """Name, organisation and roles, which count from the next request on; nobody changes their own."""
    return respond(Answer(200, encode(staffing.change(reader, account_id, form))))


@router.post("/accounts/{account_id}/lock", summary="停用账号", responses={200: {"model": StaffView}, **WRITTEN})
def lock_account(account_id: str, form: Because, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """Bar an account and end its sessions; the last administrator stays."""
    return respond(Answer(200, encode(staffing.lock(reader, account_id, form.reason))))


@router.post("/accounts/{account_id}/unlock", summary="启用账号", responses={200: {"model": StaffView}, **READ})
def unlock_account(account_id: str, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """Open a barred account, or one that is locked for a while after failed logins."""
    return respond(Answer(200, encode(staffing.unlock(reader, account_id))))


@router.post("/accounts/{account_id}/password", summary="重置密码", responses={200: {"model": StaffOpened}, **WRITTEN})
def give_password(account_id: str, form: PasswordGiven, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """Give a password that its owner is to replace; sessions end."""
    return respond(Answer(200, encode(staffing.give_password(reader, account_id, form.password))))


@router.post("/accounts/{account_id}/sessions/end", summary="结束会话", responses={200: {"model": StaffView}, **READ})
def end_sessions(account_id: str, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """End every session of an account."""
    return respond(Answer(200, encode(staffing.end_sessions(reader, account_id))))


@router.get("/keys", summary="接口密钥", responses={200: {"model": Items}, **problems(401, 403, 422)})
def list_keys(staffing: StaffingOf, reader: ReaderOf, wish: Annotated[KeyQuery, Query()]) -> Response:
    """API keys, the newest first, with when they were last used; never their secrets."""
    return respond(Answer(200, encode(staffing.keys(reader, wish.org or ""))))


@router.post("/keys", summary="发密钥", status_code=201, responses={201: {"model": KeyIssued}, **WRITTEN})
def issue_key(form: KeyOrder, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """Make a key for an organisation; the secret is told once."""
    return respond(Answer(201, encode(staffing.issue(reader, form))))


@router.post("/keys/{prefix}/revoke", summary="吊销密钥", responses={200: {"model": KeyView}, **WRITTEN})
def revoke_key(prefix: str, form: Because, staffing: StaffingOf, reader: ReaderOf) -> Response:
    """Make a key worthless at once."""
    return respond(Answer(200, encode(staffing.revoke(reader, prefix, form.reason))))


@router.get("/records", summary="管理记录", responses={200: {"model": Items}, **problems(401, 403, 422)})
def list_records(staffing: StaffingOf, reader: ReaderOf, wish: Annotated[RecordQuery, Query()]) -> Response:
    """What administrators changed, the newest first; for administrators and auditors."""
    return respond(Answer(200, encode(staffing.records(reader, wish))))


@router.get("/records/refused", summary="拒绝记录", responses={200: {"model": Items}, **problems(401, 403, 422)})
def list_refusals(staffing: StaffingOf, reader: ReaderOf, wish: Annotated[PageQuery, Query()]) -> Response:
    """Accesses and steps that were refused, the newest first; for auditors."""
    return respond(Answer(200, encode(staffing.refusals(reader, wish))))


@router.get("/records/looks", summary="查看身份记录", responses={200: {"model": Items}, **problems(401, 403, 422)})
def list_looks(staffing: StaffingOf, reader: ReaderOf, wish: Annotated[PageQuery, Query()]) -> Response:
    """Who looked at a reporter's identity and why, the newest first; for auditors."""
    return respond(Answer(200, encode(staffing.looks(reader, wish))))


@router.put("/me/password", summary="改自己的密码", status_code=204, responses=WRITTEN)
def replace_password(form: PasswordChange, house: HouseOf, caller: CallerOf) -> Response:
    """Replace one's own password; every session ends, this one too."""
    if caller.login is None:
        raise NotAllowed("接口密钥没有密码")
    house.identity.replace_password(caller.login, form.old, form.new)
    return Response(status_code=204)
