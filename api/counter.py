"""The counter (柜台): what a caller may ask about cases, each as one transaction and one answer.

Thin by intent: the desk decides, the views show, the store keeps; here they are put into one unit of work. What does
not live here: HTTP (routes), and any rule about a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api.brimming import FULL, asker_of
from api.house import House
from api.problems import problem_of
from api.shapes import encode, rows
from api.wishes import HoldingQuery
from cases.desk.desk import Beside, Order, Taken
from cases.desk.holding import AskedTime
from cases.desk.rehearsing import rehearse
from cases.desk.views import OFFICE, Reader, View, find, shown_state, standing, told, with_reports
from cases.desk.working import Working
from cases.engine import read_form
from cases.errors import Malformed, NotAllowed, NotFound, Overtaken, Refusal
from cases.machines.clue_forms import ClueReport
from cases.packs.schema import Pack
from cases.rules.saved_views import EVERY_VIEW, SAVED_VIEWS, SavedView
from cases.rules.visibility import may_see, state_for
from cases.store.history import note_identity_view, reporters_of
from cases.store.idempotency import Answer, Once
from cases.store.queue.asked import Asked, Tally
from cases.store.queue.paging import counts, page
from cases.store.queue.tallying import unsigned
from cases.store.references import note_reference

TRIES = 3
"""How often a step without a stated version is tried when others are faster."""


class Counter:
    """Cases for callers who are known."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office
        self.desk = house.office.desk

    @property
    def now(self) -> datetime:
        """The office's present moment."""
        return self.office.clock.now()

    # --- reading -------------------------------------------------------------------------------------------------

    def case(self, reader: Reader, case_id: str) -> View:
        """One case."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.desk.pieces, case_id, reader)
            return self.house.views.one(connection, piece, reader, self.now)

    def several(self, reader: Reader, case_ids: Iterable[str]) -> list[View]:
        """Some cases in order, each as by itself, less those the reader does not get to know of."""
        wanted = list(case_ids)
        with self.office.database.reading() as connection:
            found = {piece.id: piece for piece in self.desk.pieces.many(connection, wanted)}
            with_reports(connection, self.desk.pieces, list(found.values()))
            seen = [piece for one in wanted if (piece := found.get(one)) and may_see(reader.actor, piece)]
            return self.house.views.several(connection, seen, reader, self.now)

    def cases(self, reader: Reader, asked: Asked, schemas: bool, lines: bool = False) -> View:
        """A page of cases; ``lines`` as views have it."""
        with self.office.database.reading() as connection:
            found = page(connection, reader.actor, reader.kind, asked, self.now)
            items = self.house.views.many(connection, found.pieces, reader, self.now, schemas=schemas, lines=lines)
        return rows(items, next=found.next, previous=found.previous)

    def views(self, reader: Reader, asked: Asked, views: Iterable[str] = tuple(SAVED_VIEWS)) -> View:
        """The saved views with how many cases each holds."""
        asker, now, named = asker_of(reader.actor, reader.kind), self.now, tuple(views)
        full = set[str]() if asked.narrowed else self.house.brimming.full(asker, named, now)
        with self.office.database.reading() as connection:
            left = [view for view in named if view not in full]
            found = counts(connection, reader.actor, reader.kind, now, asked, left)
        if not asked.narrowed:
            self.house.brimming.note(asker, found, now)
        found = {view: FULL if view in full else found[view] for view in named}
        return rows([_counted(EVERY_VIEW[code], tally) for code, tally in found.items()])

    def unsigned(self, org: str) -> tuple[int, datetime | None]:
        """How many tasks an organisation has not signed for, and when the first of them was sent."""
        with self.office.database.reading() as connection:
            return unsigned(connection, org)

    def entries(self, reader: Reader, case_id: str) -> View:
        """The history of a case."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.desk.pieces, case_id, reader)
            return rows(self.house.tales.entries(connection, piece, reader))

    def deadlines(self, reader: Reader, case_id: str) -> View:
        """The clocks of a case."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.desk.pieces, case_id, reader)
            return rows(self.house.timetable.deadlines(connection, piece, reader, self.now))

    def holdings(self, reader: Reader, case_id: str) -> View:
        """Who held a case, one after the other."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.desk.pieces, case_id, reader)
            return rows(self.house.holdings.of_case(connection, piece, reader, self.now))

    def held_by(self, reader: Reader, code: str, wish: HoldingQuery) -> View:
        """What an organisation held in a period."""
        asked = AskedTime(self.office.pack, code, wish.period(self.now), wish.case_type)
        with self.office.database.reading() as connection:
            return self.house.holdings.of_organisation(connection, asked, reader)

    def reporter(self, reader: Reader, case_id: str, reason: str) -> View:
        """Who reported, in full: only for the station's desk, with a reason that is written down."""
        with self.office.database.writing() as connection:
            piece = find(connection, self.desk.pieces, case_id, reader)
            if not reader.at_desk or standing(piece, reader) != OFFICE:
                raise NotAllowed("只有本工作站可以查看报告人身份")
            found = reporters_of(connection, [piece.id]).get(piece.id)
            if found is None:
                raise NotFound("这件案件没有登记报告人")
            note_identity_view(connection, piece.id, reader.actor.id, reason, self.now)
        return found

    # --- opening ---------------------------------------------------------------------------------------------------

    def open(self, reader: Reader, filled: Mapping[str, Any], once: Once) -> Answer:
        """Open a clue."""
        form = reported_by(reader, read_form(ClueReport, dict(filled)), self.office.pack)
        return once.settle(self.office.database, lambda: self._open(reader, form, once))

    def _open(self, reader: Reader, form: ClueReport, once: Once) -> Answer:
        with self.office.database.writing() as connection:
            known = once.stored(connection)
            if known is not None:
                return known
            opened = self.desk.open_case(connection, self.office.pack_id, form, reader.actor, self.now)
            if form.external_id:
                system = f"{form.source}:{form.reporter_org}" if form.reporter_org else form.source
                note_reference(connection, system, form.external_id, opened.case_id)
            piece = find(connection, self.desk.pieces, opened.case_id, reader)
            view = self.house.views.one(connection, piece, reader, self.now)
            # The query code is told once and never kept, so the stored answer does without it.
            once.keep_now(connection, Answer(201, encode({**view, "code": ""})), self.now)
        return Answer(201, encode({**view, "code": opened.code}))

    # --- steps -----------------------------------------------------------------------------------------------------

    def step(self, reader: Reader, order: Order, once: Once) -> Answer:
        """Take one step."""
        return once.settle(self.office.database, lambda: self._step(reader, order, once))

    def _step(self, reader: Reader, order: Order, once: Once) -> Answer:
        for left in reversed(range(TRIES)):
            try:
                return self._try_step(reader, order, once)
            except Overtaken:
                if order.version is not None or not left:
                    raise
        raise AssertionError("unreachable")

    def _try_step(self, reader: Reader, order: Order, once: Once) -> Answer:
        now = self.now
        drawn: list[Answer] = []
        with self.office.database.stepping() as connection:
            known = once.stored(connection)
            if known is not None:
                return known

            def also(working: Working, taken: Taken) -> None:
                answer = self._taken(connection, working, taken, reader)
                once.keep(working.sheaf, answer, now)
                drawn.append(answer)

            try:
                self.desk.take_step(connection, order, reader.actor, now, also=Beside(also))
            except Refusal as refusal:
                raise told(refusal, reader) from None
        return drawn[-1]

    def _taken(self, connection: Connection, working: Working, taken: Taken, reader: Reader) -> Answer:
        moved = [*working.pieces.values(), *working.fresh.values()]
        view = self.house.views.one(connection, taken.piece, reader, working.now, moved)
        step = {
            "verb": taken.verb,
            "from_state": taken.from_state,
            "state": shown_state(taken.piece, reader),
            "version": taken.version,
        }
        return Answer(200, encode({"taken": step, "case": view}))

    def rehearse(self, reader: Reader, order: Order) -> None:
        """Raise what would stand in the way of a step; nothing is written."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.desk.pieces, order.case_id, reader)
            try:
                rehearse(self.desk, connection, piece, order, reader.actor, self.now)
            except Refusal as refusal:
                raise told(refusal, reader) from None

    def steps(self, reader: Reader, orders: list[Order]) -> View:
        """Take a batch of steps in one unit; each is answered for itself."""
        for left in reversed(range(TRIES)):
            try:
                with self.office.database.stepping() as connection:
                    found = self.desk.take_steps(connection, orders, reader.actor, self.now)
                return rows([_answer(o.case_id, one, reader) for o, one in zip(orders, found, strict=True)])
            except Overtaken:
                if not left:
                    raise
        raise AssertionError("unreachable")


def _answer(case_id: str, one: Taken | Refusal, reader: Reader) -> View:
    if isinstance(one, Refusal):
        return {"case_id": case_id, "ok": False, "problem": problem_of(told(one, reader))}
    return {"case_id": case_id, "ok": True, "state": state_for(one.piece, reader.kind), "version": one.version}


def _counted(view: SavedView, tally: Tally) -> View:
    named: View = {"code": view.code, "label": view.label, "label_en": view.label_en, "sort": view.sort}
    return {**named, "count": tally.count, "more": tally.more}


def reported_by(reader: Reader, form: ClueReport, pack: Pack) -> ClueReport:
    """The report with who reports it: an organisation reports in its own name only; a desk takes reports for its own
    station and may say for whom. NotAllowed for anybody else."""
    actor = reader.actor
    if reader.at_desk:
        _check_station(form, actor.org, pack)
        if form.reporter_org is not None and pack.organisation(form.reporter_org) is None:
            raise Malformed("没有这个单位", {"reporter_org": "请从单位清单中选择"})
        return form
    if "reporter" not in actor.roles or actor.org is None:
        raise NotAllowed("您的岗位不能登记线索")
    if form.reporter_org not in {None, actor.org}:
        raise Malformed("只能以本单位名义报告", {"reporter_org": "应为本单位,或留空"})
    source = form.source if "source" in form.model_fields_set else reader.kind
    return form.model_copy(update={"reporter_org": actor.org, "source": source})


def _check_station(form: ClueReport, org: str | None, pack: Pack) -> None:
    community = pack.communities.get(form.community) or pack.community_named(form.community)
    station = pack.station_for(community.street) if community else None
    if station is not None and station.code != org:
        raise NotAllowed(f"这个小区由{station.name}受理")
