"""The parlour (当事人窗口): what a party without an account may see of its mediation or suit, and do, under number and
code.

A wrong code, an unknown number and somebody else's dispute are one and the same answer. What does not live here: HTTP
(routes) and the words (packs).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.house import House
from api.shapes import encode
from cases.desk.desk import Beside, Order, Taken
from cases.desk.party_codes import NOBODY, party_actor, party_of_code
from cases.desk.showing import View, shown_action
from cases.desk.telling import party_content
from cases.desk.working import Working
from cases.errors import NotFound, UnknownVerb
from cases.grammar import Question
from cases.machines.litigation import BEFORE_COURT, LITIGATION
from cases.machines.roles import PARTY
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.wall import MEDIATION
from cases.store.idempotency import Answer, Once

VERBS: Mapping[str, tuple[str, ...]] = {
    MEDIATION: ("leave",),
    LITIGATION.code: tuple(sorted({step.does for step in LITIGATION.steps if PARTY in step.roles})),
}
"""What a party may do with the query code alone, by case type; consents are given by link."""

LONGEST_NUMBER = 80


@dataclass(frozen=True, slots=True)
class Known:
    """Who came in: the case, and which of its parties."""

    piece: Piece
    party: dict[str, Any]


class Parlour:
    """Cases of one type, for their parties."""

    def __init__(self, house: House, client: str, case_type: str = MEDIATION) -> None:
        self.house, self.client = house, client
        self.case_type, self.verbs = case_type, VERBS[case_type]
        self.office = house.office
        self.desk = house.office.desk

    @classmethod
    def at(cls, house: House, client: str, number: str) -> Parlour:
        """The parlour for the case of this number, which is where its party is asked for the code; for a number nobody
        has, that of mediations."""
        with house.office.database.reading() as connection:
            found = house.office.desk.pieces.many(connection, [number.strip()[:LONGEST_NUMBER]], by="number")
        kind = found[0].case_type if found else MEDIATION
        return cls(house, client, kind if kind in VERBS else MEDIATION)

    def look(self, number: str, code: str, lang: str = "zh") -> View:
        """A case as one of its parties sees it; NotFound unless number and code belong together."""
        with self.office.database.reading() as connection:
            known = self._known(connection, number, code)
            return self._view(connection, known.piece, known.party, lang)

    def step(self, number: str, code: str, order: Order, once: Once) -> Answer:
        """Take one of a party's steps; ``order.case_id`` is filled in here."""
        if order.verb not in self.verbs:
            raise UnknownVerb("没有这个动作", verb=order.verb[:64])
        with self.office.database.reading() as connection:
            known = self._known(connection, number, code)
        mine = Once(party_actor(known.piece.id, known.party["id"]).id, once.key, once.route, once.fingerprint)
        step = Order(known.piece.id, order.verb, order.filled, order.version)
        return mine.settle(self.office.database, lambda: self._step(step, known, mine))

    def _step(self, order: Order, known: Known, once: Once) -> Answer:
        now = self.office.clock.now()
        drawn: list[Answer] = []
        with self.office.database.stepping() as connection:
            kept = once.stored(connection)
            if kept is not None:
                return kept

            def also(working: Working, taken: Taken) -> None:
                answer = Answer(200, encode(self._view(connection, taken.piece, known.party)))
                once.keep(working.sheaf, answer, now)
                drawn.append(answer)

            actor = party_actor(known.piece.id, known.party["id"])
            self.desk.take_step(connection, order, actor, now, also=Beside(also))
        return drawn[-1]

    def _known(self, connection: Connection, number: str, code: str) -> Known:
        codes, wanted = self.house.throttles.codes, number.strip()[:LONGEST_NUMBER]
        codes.demand(wanted, self.client)
        found = self.desk.pieces.many(connection, [wanted], by="number")
        piece = found[0] if found and found[0].case_type == self.case_type else None
        party = party_of_code(connection, piece.id if piece else NOBODY, code)
        if piece is None or party is None:
            codes.wrong(wanted, self.client)
            raise NotFound("没有这起纠纷,或者查询码不正确")
        return Known(piece, party)

    def _view(self, connection: Connection, piece: Piece, party: dict[str, Any], lang: str = "zh") -> View:
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        keeper = pack.organisation(piece.station or "")
        content = party_content(piece, pack)
        actor = party_actor(piece.id, party["id"])
        question = Question(piece, actor, self.office.clock.now(), pack, folder=self.desk.folder(connection, piece))
        actions = [a for a in self.desk.engines[self.case_type].actions(question) if a.verb in self.verbs]
        courts = [one for one in self.desk.pieces.many(connection, [piece.id], by="parent_id") if one.parent_id]
        # How a suit was made ready is between its plaintiff and the desk.
        unsaid = BEFORE_COURT if self.case_type == LITIGATION.code and party["side"] == "respondent" else ()
        return {
            "receipt": piece.number,
            "committee": keeper.name if keeper else "",
            "side": party["side"],
            "state": piece.state,
            "words": content["words"] if lang == "zh" else pack.words(f"{self.case_type}.{piece.state}", lang),
            "answer": content["answer"],
            "court": _court_of(piece, pack),
            "next_due": _next_due(piece, unsaid),
            "confirmation": [party_content(one, pack)["words"] for one in courts if one.case_type == "confirmation"],
            "steps": self.house.tales.milestones(connection, piece, lang, unsaid),
            "actions": [shown_action(action) for action in actions if not action.still_needed],
            "version": piece.version,
        }


def _court_of(piece: Piece, pack: Pack) -> str:
    """The court a suit lies with, once it does."""
    found = pack.organisation(piece.assignee or "") if piece.case_type == LITIGATION.code else None
    return found.name if found else ""


def _next_due(piece: Piece, unsaid: Sequence[str]) -> str:
    """The day of what is due next: of a mediation what was promised, of a suit its nearest limit, unless that is
    between others."""
    if not piece.is_open or piece.state in unsaid:
        return ""
    if piece.case_type == LITIGATION.code:
        return piece.next_due.astimezone(BEIJING).date().isoformat() if piece.next_due else ""
    return piece.facts.get("next_due", "")
