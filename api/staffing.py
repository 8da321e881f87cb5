"""Accounts, keys and the records of what administrators did (账号、密钥、管理记录), for administrators and auditors.

Every change is written down in the transaction that makes it. Nobody changes their own organisation or roles, or bars
themselves, and the last administrator stays. What does not live here: HTTP (routes), pages (console), passwords
(identity).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from api.house import House
from api.identity import KeyWish, checked_password, made_password
from api.mailroom import require
from api.shapes import rows
from api.staff_shapes import AccountChange, AccountQuery, AccountWish, KeyOrder, PageQuery, RecordQuery
from cases.desk.views import Reader, View
from cases.errors import Malformed, NotAllowed
from cases.store import records, roster
from cases.store.accounts import ALONE, NewAccount, revoke_key
from cases.store.records import By, Deed
from cases.store.roster import ADMIN

ADMINS = frozenset({ADMIN})
AUDITORS = frozenset({"auditor"})
READERS = ADMINS | AUDITORS
FOR_AUDITORS = "只有审计员可以查看拒绝记录和查看身份的记录"
FOR_ADMINS = "只有系统管理员可以管理账号和密钥"
NO_MACHINE = "系统管理员、审计员只能是人,不能发给系统"
NOT_ONESELF = "不能停用自己,也不能更改自己的单位和岗位,请由另一位系统管理员办理"


class Staffing:
    """Accounts, keys and records."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office

    @property
    def now(self) -> datetime:
        """Logins run on real time, and so does this."""
        return self.house.clock.now()

    # --- accounts

    def accounts(self, reader: Reader, wish: AccountQuery) -> View:
        """A page of accounts by login, how many there are in all, and the mark of the next page."""
        require(reader, ADMINS, FOR_ADMINS)
        sought = roster.Sought(
            wish.text or "", wish.org or "", wish.role or "", wish.active, wish.after or "", wish.limit + 1
        )
        with self.office.database.reading() as connection:
            found = roster.accounts(connection, sought)
            total = roster.how_many(connection, sought)
        page = found[: wish.limit]
        next_mark = page[-1]["login"] if len(found) > wish.limit else None
        return rows([self._named(one) for one in page], total=total, next=next_mark)

    def account(self, reader: Reader, account_id: str) -> View:
        """One account."""
        require(reader, ADMINS, FOR_ADMINS)
        with self.office.database.reading() as connection:
            return self._named(roster.account(connection, account_id))

    def open(self, reader: Reader, wish: AccountWish) -> View:
        """Open an account; a password that is not given is made, and told this once."""
        self._known_org(wish.org)
        made = None if wish.password else made_password()
        new = NewAccount(wish.login, wish.name, wish.org, tuple(wish.roles), "")
        with self._changing(reader) as (connection, by):
            account_id = self.house.identity.open_account(connection, new, wish.password or made or "")
            roster.note_handed(connection, account_id, self.now)
            said = {"login": wish.login, "org": wish.org, "roles": sorted(set(wish.roles))}
            records.note(connection, by, Deed("account.open", account_id, wish.name, said), self.now)
        return {**self.account(reader, account_id), "password": made}

    def change(self, reader: Reader, account_id: str, wish: AccountChange) -> View:
        """Another name, organisation or roles; what stays as it was is no change."""
        self._known_org(wish.org)
        with self._changing(reader) as (connection, by):
            before = roster.account(connection, account_id, changing=True)
            after = {"name": wish.name, "org": wish.org, "roles": sorted(set(wish.roles))}
            said = {name: [before[name], value] for name, value in after.items() if before[name] != value}
            if account_id == reader.actor.id and said.keys() & {"org", "roles"}:
                raise NotAllowed(NOT_ONESELF)
            if ADMIN in before["roles"] and ADMIN not in wish.roles and before["active"]:
                roster.keep_an_administrator(connection, account_id)
            if said:
                roster.change_account(connection, account_id, wish.name, wish.org, wish.roles)
                records.note(connection, by, Deed("account.change", account_id, wish.name, said), self.now)
        return self.account(reader, account_id)

    def lock(self, reader: Reader, account_id: str, reason: str) -> View:
        """Bar an account; its sessions end."""
        with self._changing(reader) as (connection, by):
            before = roster.account(connection, account_id, changing=True)
            if account_id == reader.actor.id:
                raise NotAllowed(NOT_ONESELF)
            if ADMIN in before["roles"]:
                roster.keep_an_administrator(connection, account_id)
            if before["active"]:
                roster.bar_account(connection, account_id)
                records.note(connection, by, Deed("account.lock", account_id, before["name"], reason=reason), self.now)
        return self.account(reader, account_id)

    def unlock(self, reader: Reader, account_id: str) -> View:
        """Open a barred account again, or one that is locked for a while after failed logins."""
        with self._changing(reader) as (connection, by):
            before = roster.account(connection, account_id, changing=True)
            if not before["active"] or before["locked_until"]:
                roster.unbar_account(connection, account_id)
                records.note(connection, by, Deed("account.unlock", account_id, before["name"]), self.now)
        return self.account(reader, account_id)

    def give_password(self, reader: Reader, account_id: str, password: str | None) -> View:
        """Give an account a password its owner is to replace; told this once, if it was made here."""
        require(reader, ADMINS, FOR_ADMINS)
        made = None if password else made_password()
        login = self.account(reader, account_id)["login"]
        hashed = self.house.identity.passwords.hash(checked_password(password or made or "", login))
        with self._changing(reader) as (connection, by):
            before = roster.account(connection, account_id, changing=True)
            roster.hand_password(connection, account_id, hashed, self.now)
            records.note(connection, by, Deed("account.password", account_id, before["name"]), self.now)
        return {**self.account(reader, account_id), "password": made}

    def end_sessions(self, reader: Reader, account_id: str) -> View:
        """End every session of an account."""
        with self._changing(reader) as (connection, by):
            before = roster.account(connection, account_id, changing=True)
            if ended := roster.end_sessions(connection, account_id):
                deed = Deed("account.sessions", account_id, before["name"], {"sessions": ended})
                records.note(connection, by, deed, self.now)
        return self.account(reader, account_id)

    # --- keys

    def keys(self, reader: Reader, org: str = "") -> View:
        """API keys, the newest first."""
        require(reader, ADMINS, FOR_ADMINS)
        with self.office.database.reading() as connection:
            return rows([self._named(one) for one in roster.keys(connection, org)])

    def issue(self, reader: Reader, order: KeyOrder) -> View:
        """Make a key for an organisation; its secret is told this once."""
        self._known_org(order.org)
        if ALONE & set(order.roles):
            raise Malformed(NO_MACHINE, {"roles": NO_MACHINE})
        lifetime = timedelta(days=order.days)
        wish = KeyWish(order.org, order.name, frozenset(order.roles), frozenset(order.scopes), lifetime)
        with self._changing(reader) as (connection, by):
            secret = self.house.identity.issue_key(connection, wish)
            prefix = secret.split("_")[1]
            said = {"org": order.org, "roles": sorted(wish.roles), "scopes": sorted(wish.scopes), "days": order.days}
            records.note(connection, by, Deed("key.issue", prefix, order.name, said), self.now)
            made = roster.key(connection, prefix)
        return {**self._named(made), "key": secret}

    def revoke(self, reader: Reader, prefix: str, reason: str) -> View:
        """Make a key worthless at once; asked again, it stays so."""
        with self._changing(reader) as (connection, by):
            before = roster.key(connection, prefix)
            if before["revoked_at"] is None:
                revoke_key(connection, prefix, self.now)
                deed = Deed("key.revoke", prefix, before["name"], {"org": before["org"]}, reason)
                records.note(connection, by, deed, self.now)
            return self._named(roster.key(connection, prefix))

    # --- records

    def records(self, reader: Reader, wish: RecordQuery) -> View:
        """What administrators did, the newest first; for them and for auditors."""
        require(reader, READERS, "只有系统管理员和审计员可以查看管理记录")
        sought = records.Sought(wish.deed or "", wish.text or "", wish.before or "", wish.limit + 1)
        with self.office.database.reading() as connection:
            found = records.noted(connection, sought)
        return _page(found, wish.limit)

    def records_about(self, reader: Reader, subject: str, many: int = 20) -> list[dict[str, Any]]:
        """The newest records about one account or key."""
        require(reader, READERS, "只有系统管理员和审计员可以查看管理记录")
        with self.office.database.reading() as connection:
            return records.noted_about(connection, subject, many)

    def refusals(self, reader: Reader, wish: PageQuery) -> View:
        """What was refused to whom, the newest first; for auditors."""
        require(reader, AUDITORS, FOR_AUDITORS)
        with self.office.database.reading() as connection:
            return _page(records.refusals(connection, wish.before or "", wish.limit + 1), wish.limit)

    def looks(self, reader: Reader, wish: PageQuery) -> View:
        """Who looked at a reporter's identity and why, the newest first; for auditors."""
        require(reader, AUDITORS, FOR_AUDITORS)
        with self.office.database.reading() as connection:
            return _page(records.looks(connection, wish.before or "", wish.limit + 1), wish.limit)

    # --- shared

    @contextmanager
    def _changing(self, reader: Reader) -> Iterator[tuple[Connection, By]]:
        require(reader, ADMINS, FOR_ADMINS)
        with self.office.database.writing() as connection:
            yield connection, By(reader.actor.id, reader.actor.name)

    def _known_org(self, code: str) -> None:
        if self.office.pack.organisation(code) is None:
            raise Malformed("地区包中没有这个单位", {"org": "地区包中没有这个单位"})

    def _named(self, row: dict[str, Any]) -> View:
        organisation = self.office.pack.organisation(row["org"])
        return {**row, "org_name": organisation.name if organisation else ""}


def _page(found: list[dict[str, Any]], limit: int) -> View:
    """So many of what was found, one more than wanted, and the mark of the next page."""
    page = found[:limit]
    return rows(page, next=page[-1]["id"] if len(found) > limit else None)
