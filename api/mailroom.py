"""The mail room (收发室): an organisation's notices, its endpoint, and how deliveries went.

What does not live here: sending (workflows), and the rules about addresses (cases.rules.addresses).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from api.house import House
from api.shapes import rows
from cases.desk.courier import seen
from cases.desk.views import Reader, View
from cases.errors import NotAllowed, NotFound
from cases.grammar import EVERYWHERE
from cases.rules.addresses import checked_networks, checked_url
from cases.rules.area import OVERSIGHT_ROLES
from cases.signing import new_secret
from cases.store.endpoints import Receiver, endpoint_of, set_endpoint
from cases.store.mail import deliveries, inbox, seen_at
from cases.store.notices import replay

RECEIVING = frozenset({"dept_head", "dept_officer", "court_clerk"})
"""Whose organisations have systems that receive."""

REGISTERING = frozenset({"dept_head", "court_clerk"})
"""Who says where: the head of a department; at a court its clerk, as nobody else works there with us."""


def require(reader: Reader, roles: frozenset[str], sentence: str) -> str:
    """The organisation of a reader who holds one of the roles; NotAllowed for anybody else."""
    if reader.actor.org is None or not reader.actor.roles & roles:
        raise NotAllowed(sentence)
    return reader.actor.org


class MailRoom:
    """Notices in and out."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office

    def inbox(self, reader: Reader, cursor: str | None, limit: int, unseen: bool) -> View:
        """A page of the notices to the reader's organisation."""
        org = self._own(reader)
        with self.office.database.reading() as connection:
            found, mark = inbox(connection, org, cursor, limit, unseen=unseen)
        items = [
            {
                "id": row["id"],
                "event": row["event"],
                "at": row["created_at"],
                "seen_at": row["seen_at"],
                "body": json.loads(bytes(row["body"])),
            }
            for row in found
        ]
        return rows(items, next=mark)

    def seen(self, reader: Reader, notice_id: str) -> View:
        """A notice was read: where no other way is left it has thereby arrived, and what waits for that is done."""
        org = self._own(reader)
        with self.office.database.writing() as connection:
            seen(self.office.desk, connection, notice_id, org, self.office.clock.now())
            return {"id": notice_id, "seen_at": seen_at(connection, notice_id)}

    def _own(self, reader: Reader) -> str:
        return require(reader, reader.actor.roles - {"admin"}, "系统管理员不看案件内容")

    def replay(self, reader: Reader, recipient: str | None) -> View:
        """Send parked notices again."""
        require(reader, frozenset({"station_head", "admin"}), "只有站长或系统管理员可以重新投递")
        with self.office.database.writing() as connection:
            return {"replayed": replay(connection, recipient, self.office.clock.now())}

    def deliveries(self, reader: Reader, filters: dict[str, str | None], cursor: str | None, limit: int) -> View:
        """How deliveries went: a station's head for its cases, a department or court for its own, those who supervise
        for their area, an administrator for all."""
        allowed = frozenset({"station_head", "admin"}) | OVERSIGHT_ROLES | RECEIVING
        org = require(reader, allowed, "您的岗位不能查看投递记录")
        roles, area, stations = reader.actor.roles, reader.actor.area, None
        if "admin" not in roles and area != EVERYWHERE:
            if "station_head" in roles or not roles & RECEIVING:
                stations = area | {org}
            else:
                filters = {**filters, "recipient": org}
        with self.office.database.reading() as connection:
            found, mark = deliveries(connection, filters, cursor, limit, stations)
        return rows(found, next=mark)

    def endpoint(self, reader: Reader) -> View:
        """Where the reader's department or court receives its webhooks; NotFound when it has not said."""
        org = require(reader, RECEIVING, "只有部门和法院可以登记接收地址")
        with self.office.database.reading() as connection:
            found = endpoint_of(connection, org)
        if found is None:
            raise NotFound("本单位尚未登记接收地址")
        return _shown(found)

    def set_endpoint(self, reader: Reader, url: str, networks: Sequence[str]) -> View:
        """Register the endpoint of a department or court; its new secret is told once."""
        org = require(reader, REGISTERING, "只有部门负责人和法院承办人可以登记接收地址")
        kept = checked_networks(networks)
        address, secret = checked_url(url, kept), new_secret()
        now = self.office.clock.now()
        with self.office.database.writing() as connection:
            set_endpoint(connection, org, address, kept, secret, now)
        return {**_shown(Receiver(org, address, kept, True, now)), "secret": secret}


def _shown(one: Receiver) -> View:
    return {
        "org": one.org,
        "url": one.url,
        "networks": list(one.networks),
        "active": one.active,
        "created_at": one.created_at,
    }
