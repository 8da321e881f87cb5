"""The mail room (收发室): an organisation's notices, its endpoint, and how deliveries went.

What does not live here: sending (workflows), and the rules about addresses (cases.rules.addresses).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from api.counter import TRIES
from api.house import House
from api.shapes import rows
from cases.desk.courier import seen
from cases.desk.views import Reader, View, find
from cases.errors import Conflict, NotAllowed, NotFound, NotNow, Overtaken
from cases.grammar import EVERYWHERE
from cases.ids import new_id
from cases.rules.addresses import checked_networks, checked_url
from cases.rules.area import OVERSIGHT_ROLES
from cases.signing import new_secret
from cases.store.endpoints import Receiver, door_of, endpoint_of, set_endpoint, switch_off
from cases.store.fates import replay_one
from cases.store.mail import deliveries, inbox, seen_at
from cases.store.notices import replay
from cases.store.task_links import notices_to

RECEIVING = frozenset({"dept_head", "dept_officer", "court_clerk"})
"""Whose organisations have systems that receive."""

REGISTERING = frozenset({"dept_head", "court_clerk"})
"""Who says where: the head of a department; at a court its clerk, as nobody else works there with us."""

EVERYBODYS = frozenset({"station_head", "admin"})
LOOKING = frozenset({"dept_head", "dept_officer"})
REPLAYING = EVERYBODYS | REGISTERING
READS_LOG = EVERYBODYS | OVERSIGHT_ROLES | RECEIVING
TEST = "huiyin.test"
"""The event of a message that only tries an address; it is about no case."""


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

    def looked(self, reader: Reader, case_id: str) -> None:
        """An officer of a department opened the page of a task: whatever was sent about it is thereby read."""
        org = reader.actor.org
        if org is None or not reader.actor.roles & LOOKING:
            return
        with self.office.database.reading() as connection:
            piece = find(connection, self.office.desk.pieces, case_id, reader)
            if piece.assignee != org or not notices_to(connection, piece.id, org):
                return
        for left in reversed(range(TRIES)):
            try:
                with self.office.database.writing() as connection:
                    for notice_id in notices_to(connection, piece.id, org):
                        seen(self.office.desk, connection, notice_id, org, self.office.clock.now())
                return
            except Overtaken:
                if not left:
                    raise

    def _own(self, reader: Reader) -> str:
        return require(reader, reader.actor.roles - {"admin"}, "系统管理员不看案件内容")

    def replay(self, reader: Reader, recipient: str | None) -> View:
        """Send parked notices again; a department or court those to its own address only, a station's head those about
        its cases."""
        org = require(reader, REPLAYING, "只有站长、系统管理员和登记接收地址的人可以重新投递")
        if not reader.actor.roles & EVERYBODYS:
            recipient = org
        station = org if "station_head" in reader.actor.roles else None
        with self.office.database.writing() as connection:
            return {"replayed": replay(connection, recipient, self.office.clock.now(), station)}

    def replay_one(self, reader: Reader, notice_id: str) -> View:
        """Send one parked notice again, if it is in the reader's log."""
        require(reader, REPLAYING, "只有站长、系统管理员和登记接收地址的人可以重新投递")
        found = self.deliveries(reader, {"id": notice_id}, None, 1)["items"]
        if not found:
            raise NotFound("没有这条通知")
        with self.office.database.writing() as connection:
            if not replay_one(connection, notice_id, self.office.clock.now()):
                raise Conflict("这条通知没有停投,不用重新投递")
        return {"replayed": 1}

    def deliveries(self, reader: Reader, filters: dict[str, str | None], cursor: str | None, limit: int) -> View:
        """How deliveries went: a station's head for its cases, a department or court for its own, those who supervise
        for their area, an administrator for all."""
        org = require(reader, READS_LOG, "您的岗位不能查看投递记录")
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
        kept = checked_networks(networks, self.office.settings.approved_networks)
        address, secret = checked_url(url, kept), new_secret()
        now = self.office.clock.now()
        with self.office.database.writing() as connection:
            set_endpoint(connection, org, address, kept, secret, now)
        return {**_shown(Receiver(org, address, kept, True, now)), "secret": secret}

    def switch_off(self, reader: Reader) -> View:
        """Send nothing more to one's own endpoint; notices lie in the inbox from now on."""
        org = require(reader, REGISTERING, "只有部门负责人和法院承办人可以停用接收地址")
        with self.office.database.writing() as connection:
            found = endpoint_of(connection, org)
            if found is None or not switch_off(connection, org):
                raise NotFound("没有正在使用的接收地址")
        return _shown(replace(found, active=False))

    def test(self, reader: Reader) -> View:
        """Send a signed test message to one's own endpoint, the way notices go, and tell what came of it."""
        org = require(reader, REGISTERING, "只有部门负责人和法院承办人可以测试接收地址")
        if self.house.knock is None:
            raise NotNow("这个服务没有接上投递,不能测试")
        with self.office.database.reading() as connection:
            door = door_of(connection, org)
        if door is None:
            raise NotFound("没有正在使用的接收地址")
        self.house.throttles.knocks.demand(org)
        message_id, at = new_id(), self.house.clock.now()
        told = {"type": TEST, "timestamp": at.isoformat(), "data": {"org": org, "words": "这是一条测试消息,不用办理"}}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        return {"id": message_id, "url": door.url, "at": at, **asdict(self.house.knock(door, message_id, body))}


def _shown(one: Receiver) -> View:
    return {
        "org": one.org,
        "url": one.url,
        "networks": list(one.networks),
        "active": one.active,
        "created_at": one.created_at,
    }
