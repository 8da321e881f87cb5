"""The public counter (公众窗口): a report without an account, and what its reporter may see and do with the query code.

A wrong code, an unknown receipt and somebody else's report are one and the same answer. What does not live here: HTTP
(routes) and the words (packs).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import create_model
from sqlalchemy import Connection

from api.house import House
from api.photos import Photo
from api.shapes import encode
from cases.desk.desk import Beside, Order, Taken
from cases.desk.opening import birth_of
from cases.desk.showing import shown_action
from cases.desk.telling import reporter_content
from cases.desk.views import Reader, View, held_for_reporter, told
from cases.desk.working import Working
from cases.engine import read_form
from cases.errors import NotFound, Refusal, UnknownVerb
from cases.grammar import Actor, Form, Founding, Question
from cases.ids import code_hash, code_of
from cases.machines.clue_forms import ClueReport
from cases.piece import Piece
from cases.rules.visibility import public_state
from cases.store.attachments import Attached, attach
from cases.store.history import code_hash_of, keep_code_hash
from cases.store.idempotency import Answer, Once

VERBS = ("confirm", "not_solved", "supplement", "object", "reopen")
"""What a reporter may do with the query code alone."""

INSIDE_FIELDS = frozenset({"source", "external_id", "reporter_org"})
LONGEST_RECEIPT = 80
PUBLIC = Actor("public", "公众", None, frozenset({"reporter"}))
NOBODYS = "0" * 32
FORM = "POST /r"

_fields: dict[str, Any] = {
    name: (field.annotation, field) for name, field in ClueReport.model_fields.items() if name not in INSIDE_FIELDS
}
PublicReport = create_model(
    "PublicReport", __base__=Form, __doc__="公众报告: a report made without an account.", **_fields
)
"""A report without the fields only an organisation or the desk may fill in."""


class Window:
    """Reports of people without an account."""

    def __init__(self, house: House, client: str) -> None:
        self.house, self.client = house, client
        self.office = house.office
        self.desk = house.office.desk

    def open(self, filled: Mapping[str, Any]) -> Answer:
        """Take a report; the query code is told once."""
        given = read_form(PublicReport, dict(filled))
        form = ClueReport.model_validate(given.model_dump(exclude_unset=True))
        with self.office.database.writing() as connection:
            opened = self.desk.open_case(connection, self.office.pack_id, form, PUBLIC, self.office.clock.now())
            pack = self.desk.shelf.pack(connection, self.office.pack_id)
            words = pack.words(f"clue.{opened.state}")
        receipt = {"receipt": opened.number, "code": opened.code, "words": words, "state": opened.state}
        return Answer(201, encode(receipt))

    def judge(self, filled: Mapping[str, Any]) -> None:
        """Refuse a report that could not be opened, before any photograph of it is kept."""
        given = read_form(PublicReport, dict(filled))
        form = ClueReport.model_validate(given.model_dump(exclude_unset=True))
        now, engine = self.office.clock.now(), self.desk.engines["clue"]
        birth = birth_of(engine, Founding(form, PUBLIC, now, self.office.pack))
        if isinstance(birth, Refusal):
            raise birth

    def judge_step(self, verb: str, filled: Mapping[str, Any]) -> None:
        """Refuse a step whose form is not filled in, before any photograph that comes with it is kept."""
        for steps in self.desk.engines["clue"].by_verb.get(verb, {}).values():
            read_form(steps[0].form, dict(filled))

    def open_by_form(self, filled: Mapping[str, Any], token: str, photos: Sequence[Photo] = ()) -> View:
        """Take the report of a form that carries a token of its own. However often it is sent, one case is opened, and
        each answer tells the same receipt and code; the code is made from the token and kept nowhere."""
        secret = hmac.digest(self.office.secret, b"query code:" + token.encode(), "sha256")
        once = Once(PUBLIC.id, hashlib.sha256(token.encode()).hexdigest(), FORM, "")
        answer = once.settle(self.office.database, lambda: self._open_by_form(filled, code_of(secret), photos, once))
        return {**json.loads(answer.body), "code": code_of(secret)}

    def _open_by_form(self, filled: Mapping[str, Any], code: str, photos: Sequence[Photo], once: Once) -> Answer:
        given = read_form(PublicReport, {**filled, "evidence": [one.id for one in photos]})
        form = ClueReport.model_validate(given.model_dump(exclude_unset=True))
        now = self.office.clock.now()
        with self.office.database.writing() as connection:
            known = once.stored(connection)
            if known is not None:
                return known
            opened = self.desk.open_case(connection, self.office.pack_id, form, PUBLIC, now)
            keep_code_hash(connection, opened.case_id, code_hash(opened.case_id, code))
            for one in photos:
                attach(connection, _attached(one, opened.case_id, now))
            answer = Answer(201, encode({"receipt": opened.number, "state": opened.state}))
            once.keep_now(connection, answer, now)
        return answer

    def look(self, receipt: str, code: str, lang: str = "zh") -> View:
        """A report as its reporter sees it; NotFound unless receipt and code belong together."""
        with self.office.database.reading() as connection:
            piece = self._known(connection, receipt, code)
            return self._view(connection, piece, lang)

    def step(self, receipt: str, code: str, order: Order, once: Once, photos: Sequence[Photo] = ()) -> Answer:
        """Take one of the reporter's steps, with photographs; ``order.case_id`` is filled in here."""
        if order.verb not in VERBS:
            raise UnknownVerb("没有这个动作", verb=order.verb[:64])
        with self.office.database.reading() as connection:
            piece = self._known(connection, receipt, code)
        actor = reporter_of(piece.id)
        mine = Once(actor.id, once.key, once.route, once.fingerprint)
        step = Order(piece.id, order.verb, order.filled, order.version)
        return mine.settle(self.office.database, lambda: self._step(step, actor, mine, photos))

    def _step(self, order: Order, actor: Actor, once: Once, photos: Sequence[Photo]) -> Answer:
        now = self.office.clock.now()
        drawn: list[Answer] = []
        with self.office.database.stepping() as connection:
            known = once.stored(connection)
            if known is not None:
                return known

            def also(working: Working, taken: Taken) -> None:
                view = self._view(connection, taken.piece)
                if view["state"] != taken.from_state:
                    view["steps"].append({"at": now, "words": view["words"]})
                view["updated_at"] = now
                answer = Answer(200, encode(view))
                once.keep(working.sheaf, answer, now)
                for one in photos:
                    working.sheaf.insert("attachment", **asdict(_attached(one, order.case_id, now)))
                drawn.append(answer)

            try:
                self.desk.take_step(connection, order, actor, now, also=Beside(also))
            except Refusal as refusal:
                raise told(refusal, Reader(actor, "")) from None
        return drawn[-1]

    def _known(self, connection: Connection, receipt: str, code: str) -> Piece:
        codes, number = self.house.throttles.codes, receipt.strip()[:LONGEST_RECEIPT]
        codes.demand(number, self.client)
        found = self.desk.pieces.many(connection, [number], by="number")
        piece = found[0] if found and found[0].assignee is None else None
        kept = code_hash_of(connection, piece.id if piece else NOBODYS)
        given = code_hash(piece.id if piece else NOBODYS, code)
        if not hmac.compare_digest(kept, given) or piece is None:
            codes.wrong(number, self.client)
            raise NotFound("没有这份报告,或者查询码不正确")
        return piece

    def _view(self, connection: Connection, piece: Piece, lang: str = "zh") -> View:
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        content = reporter_content(piece, pack)
        steps = self.house.tales.milestones(connection, piece, lang)
        holder, due = held_for_reporter(piece)
        keeper = pack.organisation(holder or "")
        question = Question(piece, reporter_of(piece.id), self.office.clock.now(), pack)
        actions = [a for a in self.desk.engines[piece.case_type].actions(question) if a.verb in VERBS]
        return {
            "receipt": piece.number,
            "state": content["state"],
            "words": content["words"] if lang == "zh" else pack.words(f"{piece.case_type}.{content['state']}", lang),
            "answer": content["answer"] or _decision(piece),
            "request": content["request"],
            "holder": keeper.name if keeper else "",
            "next_due": due,
            "steps": steps,
            "actions": [shown_action(action) for action in actions if not action.still_needed],
            "updated_at": steps[-1]["at"] if steps else piece.opened_at,
            "version": piece.version,
        }


def reporter_of(case_id: str) -> Actor:
    """Whoever holds the query code of a report."""
    return Actor(f"reporter:{case_id}", "报告人", None, frozenset({"reporter"}), frozenset({case_id}))


def _attached(one: Photo, case_id: str, now: datetime) -> Attached:
    kept = one.stored
    by = reporter_of(case_id).id
    return Attached(one.id, case_id, one.name, kept.media_type, kept.size, kept.sha256, by, None, now)


def _decision(piece: Piece) -> str:
    """Why a report was not taken on, and where to go instead."""
    if public_state(piece) not in {"declined", "redirected"}:
        return ""
    said = (piece.facts.get("decision", ""), piece.facts.get("channel", ""))
    return ";".join(part for part in said if part)
