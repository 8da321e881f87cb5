"""Commands about accounts and API keys. Nothing has a default password.

What does not live here: hashing and checking (identity).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, select

from api.identity import Identity, KeyWish
from cases.clocks import SystemClock
from cases.errors import NotFound
from cases.office import Office, open_office, ready
from cases.settings import Settings
from cases.store.accounts import SCOPES, NewAccount
from cases.store.records import By, Deed, note
from cases.store.sheaf import table


@contextmanager
def _office() -> Iterator[tuple[Office, Identity]]:
    settings = Settings()
    ready(settings)
    office = open_office(settings)
    try:
        yield office, Identity(office.database, settings, SystemClock())
    finally:
        office.close()


def create(login: str, name: str, org: str, roles: str, password: str) -> None:
    """Open an account; NotFound for an organisation the pack does not have."""
    with _office() as (office, identity):
        _known(office, org)
        account = NewAccount(login, name, org, tuple(_several(roles)), "")
        with office.database.writing() as connection:
            account_id = identity.open_account(connection, account, password)
            _note(connection, Deed("account.open", account_id, name, _said(login=login, org=org, roles=account.roles)))
    Console().print(f"账号 {login} 已建立。", markup=False)


def show() -> None:
    """A table of the accounts, without anything secret."""
    account = table("account").c
    columns = (account.login, account.name, account.org, account.roles, account.active)
    with _office() as (office, _), office.database.reading() as connection:
        rows = connection.execute(select(*columns).order_by(account.login)).all()
    shown = Table("登录名", "姓名", "单位", "岗位", "状态")
    for login, name, org, roles, active in rows:
        shown.add_row(login, name, org, roles, "启用" if active else "停用")
    Console().print(shown)


def issue(org: str, name: str, roles: str, scopes: str) -> None:
    """Issue a key for an organisation and show it once; without ``scopes`` it may do all a key can."""
    with _office() as (office, identity):
        _known(office, org)
        wish = KeyWish(org, name, frozenset(_several(roles)), frozenset(_several(scopes)) or SCOPES)
        with office.database.writing() as connection:
            key = identity.issue_key(connection, wish)
            said = _said(org=org, roles=wish.roles, scopes=wish.scopes, days=wish.lifetime.days)
            _note(connection, Deed("key.issue", key.split("_")[1], name, said))
    Console().print(f"接口密钥(只显示这一次):\n{key}", markup=False, soft_wrap=True)


def _said(**values: Any) -> dict[str, Any]:
    return {name: value if isinstance(value, str | int) else sorted(value) for name, value in values.items()}


def _note(connection: Connection, deed: Deed) -> None:
    """Whoever is at the machine is known by their name there."""
    who = os.environ.get("LOGNAME") or os.environ.get("USER") or ""
    note(connection, By(f"cli:{who}", f"命令行 {who}".strip()), deed, SystemClock().now())


def _known(office: Office, org: str) -> None:
    if office.pack.organisation(org) is None:
        raise NotFound(f"地区包中没有单位 {org}")


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
