"""Suits (诉状窗口): filed by firms and owners alike, with an account or without; query codes for both sides.

What does not live here: HTTP (routes), who may sue whom (machines, rules), what a party may see afterwards (parlour).
"""

from __future__ import annotations

from sqlalchemy import Connection

from api.house import House
from api.shapes import encode
from cases.desk.opening import Opened
from cases.desk.party_codes import issue_code
from cases.desk.views import DESK_ROLES, Reader, View, find
from cases.errors import Malformed, NotAllowed, NotFound, Refusal
from cases.grammar import Actor
from cases.machines.suit_forms import SuitFiling
from cases.rules.visibility import SUIT, is_suit
from cases.store.idempotency import Answer, Once
from cases.store.parties import parties_of

PUBLIC = Actor("public", "公众", None, frozenset({"party"}))
SIDES = {"plaintiff": "applicant", "defendant": "respondent"}


class Suits:
    """Opens suits and gives their parties a way in."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office
        self.desk = house.office.desk

    def file(self, reader: Reader, form: SuitFiling, once: Once) -> Answer:
        """A suit by somebody known; the plaintiff's code is told once."""
        return once.settle(self.office.database, lambda: self._file(reader, form, once))

    def _file(self, reader: Reader, form: SuitFiling, once: Once) -> Answer:
        now = self.office.clock.now()
        with self.office.database.writing() as connection:
            known = once.stored(connection)
            if known is not None:
                return known
            opened = self._open(connection, reader.actor, form)
            view: View = {"id": opened.case_id, "number": opened.number}
            piece = self.desk.pieces.one(connection, opened.case_id)
            # Whoever writes it down for another desk does not get to read the file afterwards.
            if self.house.may_know(connection, piece, reader):
                seen = find(connection, self.desk.pieces, opened.case_id, reader)
                view = self.house.views.one(connection, seen, reader, now)
            once.keep_now(connection, Answer(201, encode({**view, "code": ""})), now)
        return Answer(201, encode({**view, "code": opened.code}))

    def apply(self, form: SuitFiling) -> Answer:
        """A suit by an owner without an account, who gets the query code."""
        if form.plaintiff.kind != "owner" or form.plaintiff.org is not None:
            raise Malformed("没有账号的,以业主本人的名义起诉", {"plaintiff": "请填写业主姓名,机构留空"})
        with self.office.database.writing() as connection:
            opened = self._open(connection, PUBLIC, form)
            words = self.office.pack.words(f"{SUIT}.{opened.state}")
        told = {"receipt": opened.number, "code": opened.code, "words": words, "state": opened.state}
        return Answer(201, encode(told))

    def code(self, reader: Reader, case_id: str, side: str) -> View:
        """A query code for one side, told once; by the desk that keeps the suit, for either side alike."""
        with self.office.database.writing() as connection:
            piece = find(connection, self.desk.pieces, case_id, reader)
            if not is_suit(piece):
                raise NotFound("这不是诉讼案件")
            if reader.actor.org != piece.station or not reader.actor.roles & DESK_ROLES:
                raise NotAllowed("查询码由接收诉状的机构发给")
            party = next(one for one in parties_of(connection, case_id) if one["side"] == SIDES[side])
            return {"party_id": party["id"], "code": issue_code(connection, party["id"])}

    def _open(self, connection: Connection, actor: Actor, form: SuitFiling) -> Opened:
        (opened,) = self.desk.open_many(connection, self.office.pack_id, SUIT, [form], actor, self.office.clock.now())
        if isinstance(opened, Refusal):
            raise opened
        return opened
