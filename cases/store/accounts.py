"""Accounts, sessions and keys (账号、会话、密钥): their rows, read and written. Only hashes are ever stored.

What does not live here: hashing, tokens and the decision to let somebody in (the edge's identity).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases.errors import Conflict, Malformed, NotFound
from cases.ids import new_id
from cases.machines.roles import DESK_ROLES, ROLES
from cases.store.sheaf import table

TRIES = 5
"""Failed logins after which an account is locked."""

LOCK = timedelta(minutes=10)
TOUCH = timedelta(minutes=1)
"""How precisely the last use of a session or key is kept."""

KEY = "key:"
"""How the id of an actor begins who came with an API key; its prefix follows."""

LONGEST_KEY = timedelta(days=365)
SCOPES = frozenset({"read", "write", "endpoint"})
"""What a key may be allowed: read cases; open, step, attach; set its endpoint and replay deliveries."""

GRANTABLE = frozenset({code for code, role in ROLES.items() if not role.inside} | DESK_ROLES)
ALONE = frozenset({"admin", "auditor"})
"""Roles that may not be held together with another one."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account as the edge needs it."""

    id: str
    login: str
    name: str
    org: str
    roles: frozenset[str]
    password_hash: str
    active: bool
    handed: bool = False
    """Whether the password is one that somebody else gave."""


@dataclass(frozen=True, slots=True)
class Pass:
    """An open session and whose it is."""

    person: Person
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Key:
    """An API key (接口密钥) of an organisation."""

    prefix: str
    key_hash: str
    org: str
    name: str
    roles: frozenset[str]
    scopes: frozenset[str]
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is opened with; the password comes hashed."""

    login: str
    name: str
    org: str
    roles: tuple[str, ...]
    password_hash: str


def checked_roles(roles: Iterable[str]) -> str:
    """The roles as they are stored; Malformed for one nobody may hold, or two that may not be held together."""
    wanted = frozenset(roles)
    unknown = wanted - GRANTABLE
    if unknown or not wanted:
        raise Malformed("没有这个岗位", {"roles": "、".join(sorted(unknown)) or "至少一个岗位"})
    if wanted & ALONE and len(wanted) > 1:
        raise Malformed("系统管理员、审计员不得兼任其他岗位", {"roles": "不得兼任"})
    return ";".join(sorted(wanted))


def add_account(connection: Connection, account: NewAccount, now: datetime) -> str:
    """Open an account and answer its id; Conflict when the login is taken."""
    account_id = new_id()
    values = {
        "id": account_id,
        "login": account.login,
        "name": account.name,
        "org": account.org,
        "roles": checked_roles(account.roles),
        "password_hash": account.password_hash,
        "active": True,
        "failures": 0,
        "created_at": now,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(table("account")).values(**values))
    except IntegrityError as error:
        raise Conflict("这个登录名已有人使用", login=account.login) from error
    return account_id


def person_named(connection: Connection, login: str) -> Person | None:
    """The account of a login, or None."""
    account = table("account")
    row = connection.execute(select(account).where(account.c.login == login)).first()
    return _person(row) if row else None


def set_active(connection: Connection, login: str, active: bool) -> None:
    """Open or bar an account; barring ends its sessions at once. NotFound for an unknown login."""
    person = person_named(connection, login)
    if person is None:
        raise NotFound("没有这个账号")
    account, session = table("account"), table("session")
    connection.execute(update(account).where(account.c.id == person.id).values(active=active))
    if not active:
        connection.execute(delete(session).where(session.c.account_id == person.id))


def set_password(connection: Connection, login: str, password_hash: str) -> None:
    """Somebody chose a password of their own; every session of the account ends. NotFound for an unknown login."""
    person = person_named(connection, login)
    if person is None:
        raise NotFound("没有这个账号")
    account, session = table("account"), table("session")
    fresh = {"password_hash": password_hash, "failures": 0, "locked_until": None, "handed_at": None}
    connection.execute(update(account).where(account.c.id == person.id).values(**fresh))
    connection.execute(delete(session).where(session.c.account_id == person.id))


def count_try(connection: Connection, login: str, now: datetime) -> Person | None:
    """Count a login before its password is looked at; None when unknown, barred or locked.

    The row is locked while it is counted, so that tries side by side are counted one by one.
    """
    account = table("account")
    row = connection.execute(select(account).where(account.c.login == login).with_for_update()).first()
    if row is None or not row.active or (row.locked_until is not None and row.locked_until > now):
        return None
    failures = (0 if row.locked_until is not None else row.failures) + 1
    locked = now + LOCK if failures >= TRIES else None
    change = update(account).where(account.c.id == row.id).values(failures=failures, locked_until=locked)
    connection.execute(change)
    return _person(row)


def let_in(connection: Connection, person: Person, token_hash: str, now: datetime, expires_at: datetime) -> None:
    """The password was right: forget the failures and open a session."""
    account = table("account")
    fresh = {"failures": 0, "locked_until": None, "seen_at": now}
    connection.execute(update(account).where(account.c.id == person.id).values(**fresh))
    connection.execute(
        insert(table("session")).values(
            token_hash=token_hash, account_id=person.id, created_at=now, seen_at=now, expires_at=expires_at
        )
    )


def session_of(connection: Connection, token_hash: str) -> Pass | None:
    """The session of a token and its account, or None."""
    row = connection.execute(_session(), {"token_hash": token_hash}).first()
    return Pass(_person(row), row.session_seen, row.session_ends) if row else None


@cache
def _session() -> Select[Any]:
    """The question for a session: asked with every request, and put into words once."""
    session, account = table("session"), table("account")
    return (
        select(account, session.c.seen_at.label("session_seen"), session.c.expires_at.label("session_ends"))
        .join(session, session.c.account_id == account.c.id)
        .where(session.c.token_hash == bindparam("token_hash"))
    )


def barred(connection: Connection, actor: str) -> bool:
    """Whether an actor came with an account that is barred now, or with a key that was revoked."""
    account, keys = table("account").c, table("api_key").c
    out = select(account.id).where(account.id == actor, account.active.is_(False))
    if actor.startswith(KEY):
        out = select(keys.prefix).where(keys.prefix == actor.removeprefix(KEY), keys.revoked_at.is_not(None))
    return connection.execute(out).first() is not None


def touch_session(connection: Connection, token_hash: str, now: datetime) -> None:
    """Note that a session is in use, and its account with it."""
    account, session = table("account"), table("session")
    connection.execute(update(session).where(session.c.token_hash == token_hash).values(seen_at=now))
    whose = select(session.c.account_id).where(session.c.token_hash == token_hash).scalar_subquery()
    connection.execute(update(account).where(account.c.id == whose).values(seen_at=now))


def end_session(connection: Connection, token_hash: str) -> None:
    """Log out: the row is gone, so the token is worth nothing anywhere."""
    session = table("session")
    connection.execute(delete(session).where(session.c.token_hash == token_hash))


def add_key(connection: Connection, key: Key, now: datetime) -> None:
    """Keep a new key; Malformed when it would live too long, or its roles or scopes do not exist."""
    if not now < key.expires_at <= now + LONGEST_KEY:
        raise Malformed("密钥有效期最长一年", {"expires_at": "最长一年"})
    if not key.scopes or key.scopes - SCOPES:
        raise Malformed("没有这个权限范围", {"scopes": "、".join(sorted(SCOPES))})
    connection.execute(
        insert(table("api_key")).values(
            prefix=key.prefix,
            key_hash=key.key_hash,
            org=key.org,
            name=key.name,
            roles=checked_roles(key.roles),
            scopes=";".join(sorted(key.scopes)),
            created_at=now,
            expires_at=key.expires_at,
        )
    )


def key_of(connection: Connection, prefix: str) -> Key | None:
    """The key of a prefix, or None."""
    keys = table("api_key")
    row = connection.execute(select(keys).where(keys.c.prefix == prefix)).first()
    if row is None:
        return None
    return Key(
        row.prefix,
        row.key_hash,
        row.org,
        row.name,
        _split(row.roles) & GRANTABLE,
        _split(row.scopes) & SCOPES,
        row.expires_at,
        row.used_at,
        row.revoked_at,
    )


def touch_key(connection: Connection, prefix: str, now: datetime) -> None:
    """Note that a key is in use."""
    keys = table("api_key")
    connection.execute(update(keys).where(keys.c.prefix == prefix).values(used_at=now))


def revoke_key(connection: Connection, prefix: str, now: datetime) -> None:
    """Make a key worthless; NotFound for an unknown prefix."""
    keys = table("api_key")
    if not connection.execute(update(keys).where(keys.c.prefix == prefix).values(revoked_at=now)).rowcount:
        raise NotFound("没有这个密钥")


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Names of the accounts among these ids, and of the API keys by which an organisation's system acted."""
    account, keys = table("account"), table("api_key")
    wanted = sorted(set(ids))
    prefixes = [one.removeprefix(KEY) for one in wanted if one.startswith(KEY)]
    rows = connection.execute(select(account.c.id, account.c.name).where(account.c.id.in_(wanted))).all()
    found = {row.id: row.name for row in rows}
    if prefixes:
        named = select(keys.c.prefix, keys.c.name, keys.c.org).where(keys.c.prefix.in_(prefixes))
        found |= {f"{KEY}{row.prefix}": row.name or row.org for row in connection.execute(named)}
    return found


def note_refused(connection: Connection, actor: str, kind: str, what: str, now: datetime) -> None:
    """Write down an access or step that was refused (拒绝访问记录), for the auditor."""
    row = {"id": new_id(), "at": now, "actor": actor, "kind": kind, "what": what[:500]}
    connection.execute(insert(table("refused")).values(**row))


def _split(text: str) -> frozenset[str]:
    return frozenset(part for part in text.split(";") if part)


def _person(row: Row[Any]) -> Person:
    roles = _split(row.roles) & GRANTABLE
    handed = row.handed_at is not None
    return Person(row.id, row.login, row.name, row.org, roles, row.password_hash, row.active, handed)
