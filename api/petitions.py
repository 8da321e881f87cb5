"""Applications for mediation (调解申请窗口): a dispute and its parties come in together, with an account or without.

Each party gets a query code of its own, told once to whoever files. What does not live here: HTTP (routes), what may be
mediated (machines, rules), what a party may see afterwards (parlour).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from api.house import House
from api.shapes import encode
from api.wishes import MediationWish
from cases.desk.mediation.forms import PartyForm
from cases.desk.mediation.sittings import Sitting, enter_founding_party
from cases.desk.party_codes import issue_code
from cases.desk.views import Reader, View, find
from cases.errors import Malformed, Refusal
from cases.grammar import Actor
from cases.machines.mediation_forms import MediationApplication
from cases.rules.wall import MEDIATION
from cases.store.idempotency import Answer, Once

PUBLIC = Actor("public", "公众", None, frozenset({"party"}))
BY_A_PARTY = "当事人申请"


class Petitions:
    """Opens mediations."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office
        self.desk = house.office.desk

    def file(self, reader: Reader, wish: MediationWish, once: Once) -> Answer:
        """A mediation by somebody known; the codes of its parties are told once."""
        return once.settle(self.office.database, lambda: self._file(reader, wish, once))

    def _file(self, reader: Reader, wish: MediationWish, once: Once) -> Answer:
        now = self.office.clock.now()
        with self.office.database.writing() as connection:
            known = once.stored(connection)
            if known is not None:
                return known
            case_id, codes = self._open(connection, reader.actor, wish.application, wish.parties)
            piece = self.desk.pieces.one(connection, case_id)
            # Whoever writes it down for a committee of another street does not get to read the file afterwards.
            view = {"id": case_id, "number": piece.number if piece else ""}
            if self.house.may_know(connection, piece, reader):
                seen = find(connection, self.desk.pieces, case_id, reader)
                view = self.house.views.one(connection, seen, reader, now)
            once.keep_now(connection, Answer(201, encode({**view, "codes": []})), now)
        return Answer(201, encode({**view, "codes": codes}))

    def apply(self, wish: MediationWish) -> Answer:
        """A mediation by somebody without an account, who is the applicant; only their own code is told."""
        if wish.application.source != BY_A_PARTY or wish.application.committee is not None:
            raise Malformed("公众申请由所在街道的调解委员会受理", {"application": "来源为当事人申请,受理机构留空"})
        with self.office.database.writing() as connection:
            case_id, codes = self._open(connection, PUBLIC, wish.application, wish.parties)
            piece = self.desk.pieces.one(connection, case_id)
            if piece is None:
                raise AssertionError("a case just opened is there")
            pack = self.desk.shelf.pack(connection, piece.pack_id)
            words = pack.words(f"{MEDIATION}.{piece.state}")
        mine = next(one["code"] for one in codes if one["side"] == "applicant")
        return Answer(201, encode({"receipt": piece.number, "code": mine, "words": words, "state": piece.state}))

    def _open(
        self, connection: Connection, actor: Actor, form: MediationApplication, parties: Sequence[PartyForm]
    ) -> tuple[str, list[View]]:
        if not any(one.side == "applicant" for one in parties):
            raise Malformed("申请须写明申请人", {"parties": "至少一方申请人"})
        now = self.office.clock.now()
        opened = self.desk.open_many(connection, self.office.pack_id, MEDIATION, [form], actor, now)[0]
        if isinstance(opened, Refusal):
            raise opened
        piece = self.desk.pieces.one(connection, opened.case_id)
        if piece is None:
            raise AssertionError("a case just opened is there")
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        sitting = Sitting(connection, piece, actor, pack, now, self.office.secret)
        return opened.case_id, [_coded(connection, enter_founding_party(sitting, one)) for one in parties]


def _coded(connection: Connection, party: dict[str, Any]) -> View:
    code = issue_code(connection, party["id"])
    return {"party_id": party["id"], "ordinal": party["ordinal"], "side": party["side"], "code": code}
