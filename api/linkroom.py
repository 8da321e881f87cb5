"""The link room (链接室): links to one task for the desk that hands them out, and for whoever came with one.

A wrong code is counted, and too many shut a link for a while to whoever tried. What does not live here: whether a link
is good (desk), HTTP, and pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from api.counter import TRIES
from api.filing import MOST_FILES, Filing
from api.house import House
from api.photos import Photo
from api.shapes import encode, rows
from cases.desk import task_links
from cases.desk.desk import Beside, Order, Taken
from cases.desk.task_links import Held, LinkWish
from cases.desk.views import OFFICE, Reader, View, find, standing, told
from cases.desk.working import Working
from cases.engine import read_form
from cases.errors import Conflict, Malformed, NotFound, Overtaken, Refusal
from cases.piece import Piece
from cases.rules.links import why_none
from cases.store.accounts import names_of
from cases.store.attachments import Attached, attached_to
from cases.store.idempotency import Answer, Once
from cases.store.task_links import links_of, note_use, use_row, uses_of

LONGEST_CODE, LONGEST_NAME = 64, 50


class LinkRoom:
    """Links to tasks; ``client`` is the address somebody came from."""

    def __init__(self, house: House, client: str) -> None:
        self.house, self.client = house, client
        self.office = house.office
        self.desk = house.office.desk

    @property
    def now(self) -> datetime:
        """The office's present moment."""
        return self.office.clock.now()

    # --- at the desk

    def issue(self, reader: Reader, case_id: str, wish: LinkWish) -> View:
        """A link to a task; its code is told once, in this answer."""
        with self.office.database.writing() as connection:
            piece = self._at_home(connection, reader, case_id)
            made = task_links.issue(connection, piece, reader.actor, wish, self.now)
        page = f"/d/{made.link_id}#{made.code}"
        base = self.office.settings.public_url.rstrip("/")
        view: View = {"id": made.link_id, "org": made.org, "role": wish.role, "code": made.code}
        return {**view, "page": page, "url": f"{base}{page}" if base else "", "expires_at": made.expires_at}

    def listed(self, reader: Reader, case_id: str) -> View:
        """The links of a task with what was done with each; ``refused`` says why it may have no more."""
        with self.office.database.reading() as connection:
            piece = self._at_home(connection, reader, case_id)
            known = links_of(connection, piece.id)
            uses = uses_of(connection, [one["id"] for one in known])
            names = names_of(connection, [use["actor"] for some in uses.values() for use in some])
            shut = {one["id"]: task_links.shut(connection, one, piece, self.now) for one in known}
        items = [self._shown(one, shut[one["id"]], uses.get(one["id"], []), names) for one in known]
        return rows(items, refused=why_none(piece))

    def revoke(self, reader: Reader, case_id: str, link_id: str) -> View:
        """Take a link back."""
        with self.office.database.writing() as connection:
            piece = self._at_home(connection, reader, case_id)
            task_links.revoke(connection, piece, link_id, reader.actor, self.now)
        return {"id": link_id, "shut": "revoked"}

    def _at_home(self, connection: Connection, reader: Reader, case_id: str) -> Piece:
        piece = find(connection, self.desk.pieces, case_id, reader)
        own = reader.actor.org is not None and reader.actor.org == piece.station
        task_links.demand_desk(reader.at_desk and own and standing(piece, reader) == OFFICE)
        return piece

    def _shown(self, one: dict[str, Any], shut: str, uses: Sequence[dict[str, Any]], names: dict[str, str]) -> View:
        told = {name: one[name] for name in ("id", "org", "role", "issued_at", "expires_at", "revoked_at")}
        lines = [{"at": use["at"], "deed": use["deed"], "name": names.get(use["actor"], "")} for use in uses]
        return {**told, "shut": shut, "uses": lines}

    # --- by the link

    def held(self, link_id: str, code: str) -> Held:
        """What a link leads to; counted when the code is wrong."""
        with self.office.database.reading() as connection:
            return self._held(connection, link_id, code)

    def look(self, link_id: str, code: str) -> Held:
        """A person opens the task: it is thereby seen."""
        for left in reversed(range(TRIES)):
            try:
                with self.office.database.writing() as connection:
                    held = self._held(connection, link_id, code)
                    task_links.look(self.desk, connection, held, self.now)
                return held
            except Overtaken:
                if not left:
                    raise
        raise AssertionError("unreachable")

    def step(self, held: Held, name: str, order: Order, once: Once, photos: Sequence[Photo] = ()) -> Answer:
        """Take one step of the task, with photographs."""
        actor = held.actor(checked_name(name))
        mine = Once(actor.id, once.key, once.route, once.fingerprint)
        step = Order(held.piece.id, order.verb, order.filled, order.version)
        return mine.settle(self.office.database, lambda: self._step(step, held, self.house.reader(actor), mine, photos))

    def judge(self, held: Held, verb: str, filled: dict[str, Any]) -> None:
        """Refuse a step whose form is not filled in, before any photograph that comes with it is kept."""
        found = self.desk.engines[held.piece.case_type].by_verb.get(verb, {})
        for steps in found.values():
            read_form(steps[0].form, dict(filled))

    def file(self, held: Held, attachment_id: str) -> tuple[Attached, Path]:
        """A file of the task or of its report, for whoever holds the link."""
        found, path = Filing(self.house).one(self.house.reader(held.actor()), attachment_id)
        if found.case_id not in {held.piece.id, held.piece.parent_id}:
            raise NotFound("没有这份材料", case=attachment_id[:64])
        with self.office.database.writing() as connection:
            note_use(connection, held.row["id"], "file", held.actor().id, self.now)
        return found, path

    def _held(self, connection: Connection, link_id: str, code: str) -> Held:
        codes, known_by = self.house.throttles.codes, link_id[:64]
        codes.demand(known_by, self.client)
        try:
            return task_links.held_by(self.desk, connection, link_id, code[:LONGEST_CODE], self.now)
        except NotFound:
            codes.wrong(known_by, self.client)
            raise

    def _step(self, order: Order, held: Held, reader: Reader, once: Once, photos: Sequence[Photo]) -> Answer:
        now, answer = self.now, Answer(200, encode({"verb": order.verb}))
        with self.office.database.stepping() as connection:
            known = once.stored(connection)
            if known is not None:
                return known

            held = task_links.held_still(self.desk, connection, held, now)
            if photos and len(attached_to(connection, [order.case_id])) + len(photos) > MOST_FILES:
                raise Conflict(f"一件案件最多 {MOST_FILES} 份材料")

            def also(working: Working, taken: Taken) -> None:
                once.keep(working.sheaf, answer, now)
                for one in photos:
                    working.sheaf.insert("attachment", **asdict(attached(one, order.case_id, reader, now)))
                working.sheaf.insert("task_link_use", **use_row(held.row["id"], taken.verb, reader.actor.id, now))

            try:
                self.desk.take_step(connection, order, reader.actor, now, also=Beside(also))
            except Refusal as refusal:
                raise told(refusal, reader) from None
        return answer


def checked_name(name: str) -> str:
    """What somebody gave as their name; Malformed without one."""
    plain = " ".join(name.split())
    if not 2 <= len(plain) <= LONGEST_NAME:
        sentence = "请写您的姓名"
        raise Malformed(sentence, {"_name": sentence})
    return plain


def attached(one: Photo, case_id: str, reader: Reader, now: datetime) -> Attached:
    """A photograph as a file of the task, from its department."""
    kept, actor = one.stored, reader.actor
    return Attached(one.id, case_id, one.name, kept.media_type, kept.size, kept.sha256, actor.id, actor.org, now)
