"""A season of an office (一段时间的工作站): reports come in, people act, flows run or are down, and time moves on.

The same seed takes the same way on every database: whatever is chosen is chosen by number and name. Each thing happens
at a second of its own, so that what happened at one moment was one batch. What does not live here: what must have come
of it (``judge``).
"""

from __future__ import annotations

import heapq
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from cases.desk.courier import settle_batch
from cases.desk.desk import Order
from cases.desk.recounting import recount_batch
from cases.errors import Refusal
from cases.grammar import Actor
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.calendar import Calendar
from cases.store.almanac import Signed
from cases.store.dues import anything_due
from cases.store.fates import replay
from cases.store.notices import Claimed, Fate, claim, waiting
from cases.store.sheaf import table
from tests.builders import an_actor
from tests.cases.counter import LEASE, Counter
from tests.cases.desk.year.acts import PUBLIC, Act, Desk
from tests.cases.desk.year.clue_habits import HABITS
from tests.cases.desk.year.judge.records import Records, read
from tests.cases.desk.year.reports import a_report
from tests.cases.desk.year.task_habits import ORDERS, TASKS
from tests.cases.desk.year.town import Town
from tests.cases.rules.coming_year import the_2027

SECOND = timedelta(seconds=1)
BATCH = 500
WATCHES = ((1, 7), (8, 11), (12, 16), (17, 23))
PATIENCE = 4
"""So many tries at a recipient that does not answer, then the notice is parked until it does."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a season is: from when to when, how many reports, when the coming year's calendar and the next version of
    the pack arrive."""

    seed: str
    begins: datetime
    ends: datetime
    reports: int
    calendar_at: datetime
    pack_at: datetime


class Season:
    """One run of a plan in one office. ``sweeps`` are the moments at which every due clock was looked at, ``packs`` the
    versions cases were opened under and ``calendars`` the calendars in force, each with the moment from which."""

    def __init__(self, counter: Counter, plan: Plan) -> None:
        self.counter, self.plan = counter, plan
        counter.clock.at = plan.begins
        self.town = Town(counter.pack, plan.seed, plan.begins, plan.ends)
        self.sweeps: list[datetime] = []
        self.packs: list[tuple[datetime, int]] = [(plan.begins, counter.office.pack_id)]
        self.calendars: list[tuple[datetime, Calendar]] = [(plan.begins, counter.desk.calendar)]
        self.done: Tally[str] = Tally()
        self.refused: Tally[str] = Tally()
        self.opened = 0
        self.agenda: list[tuple[datetime, str, int, int, Act]] = []
        self.minds: dict[str, tuple[str, int]] = {}
        self.ids: dict[str, str] = {}
        self.places: dict[tuple[str | None, ...], str] = {}
        self.learnt = plan.begins - SECOND

    @property
    def now(self) -> datetime:
        return self.counter.now

    def run(self) -> Season:
        """The whole of it."""
        for moment in self._ticks():
            self.counter.clock.at = max(moment, self.now + SECOND)
            self._news()
            self._open()
            self._act()
            self._route()
            self._deliver()
            self._sweep()
            self._learn()
        return self

    def records(self) -> Records:
        """What it has left behind."""
        return read(self.counter, self.sweeps, self.packs, self.calendars)

    def _ticks(self) -> Iterator[datetime]:
        """A moment in each watch of the day, at odd minutes."""
        day = self.plan.begins
        while day < self.plan.ends:
            dice = self.town.dice("ticks", day.date())
            for early, late in WATCHES:
                yield day.replace(
                    hour=dice.randrange(early, late), minute=dice.randrange(60), second=dice.randrange(50)
                )
            day += timedelta(days=1)

    def _on(self) -> datetime:
        """The next second."""
        return self.counter.clock.ahead(seconds=1)

    # --- what comes from outside

    def _news(self) -> None:
        """The next version of the pack, and the calendar of the coming year."""
        counter = self.counter
        if len(self.packs) == 1 and self.now >= self.plan.pack_at:
            counter.under(next_version(counter.pack))
            self.packs.append((self.now, counter.office.pack_id))
            self.town.pack = counter.pack
        if len(self.calendars) == 1 and self.now >= self.plan.calendar_at:
            with counter.database.writing() as connection:
                counter.desk.almanac.take_in(connection, the_2027(), Signed("测试", self.now))
            self._recount()
            self.calendars.append((self.now, counter.desk.calendar))

    def _recount(self) -> None:
        after = ""
        while True:
            with self.counter.database.writing() as connection:
                found = recount_batch(self.counter.desk, connection, self.now, BATCH, after)
            if not found.clocks:
                return
            self.done["recount"] += found.moved
            after = found.after

    def _open(self) -> None:
        """As many reports as are due by now; nobody reports in the last days."""
        span = (self.plan.ends - self.plan.begins) * 0.85
        share = min((self.now - self.plan.begins) / span, 1.0)
        many = int(self.plan.reports * share) - self.opened
        if many <= 0:
            return
        now = self._on()
        forms = [a_report(self.town, self.opened + n, now) for n in range(many)]
        found = self.counter.open_many(forms)
        assert not any(isinstance(one, Refusal) for one in found)
        self.opened += many
        self.done["open"] += many

    # --- what people do

    def _act(self) -> None:
        """Whatever is due on the agenda, by person; one act a case and sitting."""
        due: dict[str, Act] = {}
        postponed: list[tuple[datetime, str, int, int, Act]] = []
        while self.agenda and self.agenda[0][0] <= self.now:
            meant = heapq.heappop(self.agenda)
            _, number, mind, _, act = meant
            if self.minds.get(number, ("", 0))[1] != mind:
                continue
            if number in due:
                postponed.append(meant)
            else:
                due[number] = act
        for meant in postponed:
            heapq.heappush(self.agenda, meant)
        sittings: dict[tuple[str, str], list[tuple[str, Act]]] = defaultdict(list)
        for number, act in sorted(due.items()):
            sittings[act.who].append((number, act))
        for who in sorted(sittings):
            self._sit(who, sittings[who])

    def _sit(self, who: tuple[str, str], acts: list[tuple[str, Act]]) -> None:
        self._on()
        orders: list[Order] = []
        for number, act in acts:
            orders.append(Order(self.ids[number], act.verb, dict(act.filled)))
            if act.along is not None:
                orders.append(Order(self.ids[number], act.along.verb, dict(act.along.filled)))
        for order, taken in zip(orders, self.counter.batch(orders, self._actor(who, orders)), strict=True):
            if isinstance(taken, Refusal):
                self.refused[f"{order.verb}:{taken.kind}"] += 1
            else:
                self.done[order.verb] += 1

    def _actor(self, who: tuple[str, str], orders: list[Order]) -> Actor:
        if who == PUBLIC:
            return an_actor("凭码", None, "reporter", own={order.case_id for order in orders})
        return self.town.who(*who)

    # --- what the flows do

    def _route(self) -> None:
        self._on()
        while (routed := self.counter.route(BATCH)).total:
            self.done["route"] += routed.total

    def _deliver(self) -> None:
        """What is due goes out; who is out of order is tried again, and later parked until it is back."""
        self._on()
        with self.counter.database.writing() as connection:
            for org, spells in sorted(self.town.dead.items()):
                if any(spell.ends <= self.now < spell.ends + timedelta(hours=12) for spell in spells):
                    replay(connection, org, self.now)
        while self._some_delivered():
            pass

    def _some_delivered(self) -> bool:
        counter, now = self.counter, self.now
        with counter.database.reading() as connection:
            if not waiting(connection, now):
                return False
        with counter.database.writing() as connection:
            claimed = claim(connection, now, BATCH, LEASE)
            fates = [self._fate(one) for one in claimed]
            self.done["delivered"] += settle_batch(counter.desk, connection, fates, now)
        return bool(claimed)

    def _fate(self, notice: Claimed) -> Fate:
        if self.town.reaches(notice.recipient, self.now):
            return Fate(notice, "delivered", "test", self.now)
        if notice.attempt > PATIENCE:
            return Fate(notice, "parked", "test", self.now, detail="unreachable")
        again = self.now + timedelta(hours=3 * notice.attempt)
        return Fate(notice, "retry", "test", self.now, again, detail="unreachable")

    def _sweep(self) -> None:
        if not self.town.sweeps(self.now):
            return
        now = self._on()
        with self.counter.database.reading() as connection:
            if anything_due(connection, now):
                self.done["swept"] += self.counter.sweep(BATCH).clocks
        self.sweeps.append(now)

    # --- what people notice

    def _learn(self) -> None:
        """Everybody looks at what has changed since, and makes up their mind where the state is a new one."""
        for piece in self._changed():
            self.ids[piece.number] = piece.id
            if self.minds.get(piece.number, ("", 0))[0] != piece.state:
                self._make_up_a_mind(piece)
        self.learnt = self.now
        self._on()

    def _changed(self) -> list[Piece]:
        case_file = table("case_file")
        question = select(case_file.c.id).where(case_file.c.updated_at > self.learnt)
        with self.counter.database.reading() as connection:
            ids = connection.execute(question).scalars().all()
            return sorted(self.counter.desk.pieces.many(connection, ids), key=lambda p: p.number)

    def _make_up_a_mind(self, piece: Piece) -> None:
        mind = self.minds.get(piece.number, ("", 0))[1] + 1
        self.minds[piece.number] = (piece.state, mind)
        habits = {"clue": HABITS, "assignment": TASKS, "supervision": ORDERS}[piece.case_type]
        habit = habits.get(piece.state)
        if habit is None:
            return
        dice = self.town.dice(piece.number, piece.state, mind)
        for n, act in enumerate((*self._merging(piece), *habit(Desk(piece, self.now, self.town, dice)))):
            if act.at < self.plan.ends:
                heapq.heappush(self.agenda, (act.at, piece.number, mind, n, act))

    def _merging(self, piece: Piece) -> list[Act]:
        """A second report of the same thing joins the first."""
        if piece.case_type != "clue" or piece.state != "reported" or piece.matter is None:
            return []
        master = self.places.setdefault((piece.place, piece.matter, str(piece.found_on)), piece.number)
        if master == piece.number:
            return []
        return [Act(self.now + timedelta(minutes=30), (piece.station or "", "operator"), "merge", {"master": master})]


def next_version(pack: Pack) -> Pack:
    """The pack as the city changes it: other lengths, and what nobody signs for no longer counts as signed."""
    limits = dict(pack.limits)
    for code, amount in (("H5", 7), ("ST-SIGN", 2), ("ST-HANDLING", 20), ("V15", 10)):
        limits[code] = replace(limits[code], amount=amount)
    return replace(pack, version=f"{pack.version}+1", limits=limits, deems_signed=False)
