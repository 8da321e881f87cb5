"""The roster of accounts and keys (账号与密钥名册): listed, changed, and kept from losing its last administrator.

What does not live here: letting somebody in (accounts), hashing, and who may change it (the edge).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, not_, or_, select, update

from cases.errors import Conflict, NotFound
from cases.store.accounts import checked_roles
from cases.store.sheaf import table

ADMIN = "admin"
LAST = "这是最后一个启用的系统管理员,不能停用或改任;请先另设一位系统管理员"
SHOWN = ("id", "login", "name", "org", "roles", "active", "created_at", "seen_at", "handed_at", "locked_until")
KEY_SHOWN = ("prefix", "org", "name", "roles", "scopes", "created_at", "expires_at", "used_at", "revoked_at")


@dataclass(frozen=True, slots=True)
class Sought:
    """Which accounts: with these words in login or name, of an organisation, in a role, open or barred (None: both),
    those after a login; how many."""

    words: str = ""
    org: str = ""
    role: str = ""
    active: bool | None = None
    after: str = ""
    many: int = 50


def accounts(connection: Connection, sought: Sought) -> list[dict[str, Any]]:
    """A page of accounts by login, without anything secret; ``sessions`` are those that are open."""
    account, session = table("account"), table("session")
    open_ones = select(func.count()).where(session.c.account_id == account.c.id).scalar_subquery()
    columns = [account.c[name] for name in SHOWN]
    question = select(*columns, open_ones.label("sessions")).where(*_wanted(sought)).order_by(account.c.login)
    rows = connection.execute(question.limit(sought.many)).mappings()
    return [_plain(row) for row in rows]


def how_many(connection: Connection, sought: Sought) -> int:
    """How many accounts that is, page or no page."""
    account = table("account")
    wanted = _wanted(replace(sought, after=""))
    return int(connection.execute(select(func.count()).select_from(account).where(*wanted)).scalar_one())


def _wanted(sought: Sought) -> list[ColumnElement[bool]]:
    account = table("account").c
    found: list[ColumnElement[bool]] = []
    if sought.words:
        parts = [column.contains(sought.words, autoescape=True) for column in (account.login, account.name)]
        found.append(or_(*parts))
    if sought.org:
        found.append(account.org == sought.org)
    if sought.role:
        found.append(_holds(sought.role))
    if sought.active is not None:
        found.append(account.active.is_(sought.active))
    if sought.after:
        found.append(account.login > sought.after)
    return found


def _holds(role: str) -> ColumnElement[bool]:
    held: Any = table("account").c.roles
    return (";" + held + ";").contains(f";{role};", autoescape=True)


def account(connection: Connection, account_id: str, *, changing: bool = False) -> dict[str, Any]:
    """One account as it is listed; held for whoever is ``changing`` it. NotFound for an unknown id."""
    row, session = table("account"), table("session")
    question = select(*(row.c[name] for name in SHOWN)).where(row.c.id == account_id)
    found = connection.execute(question.with_for_update() if changing else question).mappings().first()
    if found is None:
        raise NotFound("没有这个账号")
    alive = select(func.count()).select_from(session).where(session.c.account_id == account_id)
    return _plain({**found, "sessions": connection.execute(alive).scalar_one()})


def people_by_org(connection: Connection) -> dict[str, int]:
    """How many open accounts each organisation has."""
    row = table("account").c
    question = select(row.org, func.count()).where(row.active.is_(True)).group_by(row.org)
    return {org: int(many) for org, many in connection.execute(question)}


def keep_an_administrator(connection: Connection, besides: str) -> None:
    """Conflict when no open administrator is left but this account. The others are held, so that two administrators
    cannot bar each other at the same moment."""
    row = table("account").c
    question = select(row.id).where(_holds(ADMIN), row.active.is_(True)).order_by(row.id).with_for_update()
    if not set(connection.execute(question).scalars()) - {besides}:
        raise Conflict(LAST)


def change_account(connection: Connection, account_id: str, name: str, org: str, roles: Iterable[str]) -> None:
    """Another name, organisation or roles; Malformed for roles nobody may hold. They count from the next request on."""
    row = table("account")
    values = {"name": name, "org": org, "roles": checked_roles(roles)}
    connection.execute(update(row).where(row.c.id == account_id).values(**values))


def bar_account(connection: Connection, account_id: str) -> None:
    """Bar an account; its sessions end at once."""
    row = table("account")
    connection.execute(update(row).where(row.c.id == account_id).values(active=False))
    end_sessions(connection, account_id)


def unbar_account(connection: Connection, account_id: str) -> None:
    """Open a barred account, or one that was locked after failed logins."""
    row = table("account")
    fresh = {"active": True, "failures": 0, "locked_until": None}
    connection.execute(update(row).where(row.c.id == account_id).values(**fresh))


def hand_password(connection: Connection, account_id: str, password_hash: str, now: datetime) -> None:
    """Give an account a password that its owner is to replace; its sessions end."""
    row = table("account")
    fresh = {"password_hash": password_hash, "failures": 0, "locked_until": None, "handed_at": now}
    connection.execute(update(row).where(row.c.id == account_id).values(**fresh))
    end_sessions(connection, account_id)


def note_handed(connection: Connection, account_id: str, now: datetime) -> None:
    """Note that the password of a new account was handed out."""
    row = table("account")
    connection.execute(update(row).where(row.c.id == account_id).values(handed_at=now))


def end_sessions(connection: Connection, account_id: str) -> int:
    """End every session of an account; how many that were."""
    session = table("session")
    return connection.execute(delete(session).where(session.c.account_id == account_id)).rowcount


def keys(connection: Connection, org: str = "", *, alive_at: datetime | None = None) -> list[dict[str, Any]]:
    """API keys, the newest first, without anything secret; of one organisation, or those still good at a moment."""
    row = table("api_key")
    question = select(*(row.c[name] for name in KEY_SHOWN)).order_by(row.c.created_at.desc(), row.c.prefix)
    if org:
        question = question.where(row.c.org == org)
    if alive_at is not None:
        question = question.where(and_(row.c.revoked_at.is_(None), not_(row.c.expires_at <= alive_at)))
    return [_plain(found) for found in connection.execute(question).mappings()]


def key(connection: Connection, prefix: str) -> dict[str, Any]:
    """One key as it is listed; NotFound for an unknown prefix."""
    row = table("api_key")
    question = select(*(row.c[name] for name in KEY_SHOWN)).where(row.c.prefix == prefix).with_for_update()
    found = connection.execute(question).mappings().first()
    if found is None:
        raise NotFound("没有这个密钥")
    return _plain(found)


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    found = dict(row)
    for name in ("roles", "scopes"):
        if name in found:
            found[name] = [part for part in found[name].split(";") if part]
    return found
