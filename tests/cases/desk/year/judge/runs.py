"""One clock counted again (重新计时): from its start through every stand, extension and change of limit to its end.

Read from the lines of history; the rows of the clock and its changes are then held against it. What does not live here:
the rungs it must have climbed (``climbs``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cases.packs.rows import Limit, Rung
from tests.cases.desk.year.judge.days import HERE, Days, Spell
from tests.cases.desk.year.judge.law import Law, Standing, span
from tests.cases.desk.year.judge.lives import Point, Stretch, owner
from tests.cases.desk.year.judge.records import Records, Row

EXTENDING = frozenset({"grant_extension", "extend_clock"})
CARRIED = "system:carried"
LONG_AGO = datetime(1949, 10, 1, tzinfo=HERE)


@dataclass(frozen=True, slots=True)
class Phase:
    """A time in which nothing about a clock changed; ``still``: it stands, ``goes_on``: when that ends of itself."""

    since: datetime
    still: bool
    goes_on: datetime | None
    start: datetime
    due: datetime
    unit: str
    stands: tuple[Spell, ...]
    ladder: tuple[Rung, ...]
    days: Days

    def reached(self, n: int) -> datetime | None:
        """When the n-th rung is reached; None past the last."""
        if n >= len(self.ladder):
            return None
        at = self.ladder[n].at
        if at.endswith("%"):
            return self.days.share(self.start, self.due, int(at[:-1]), self.unit, self.stands)
        offset = at.removeprefix("due").removeprefix("+")
        return self.days.later(self.due, *span(offset)) if offset else self.due


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of a clock as it must have been written down."""

    at: datetime
    kind: str
    before: datetime
    after: datetime


@dataclass(slots=True)
class Hand:
    """A stand by somebody's word: since when, until when at the longest, and whether another case's step brought it."""

    since: datetime
    until: datetime
    carried: bool


@dataclass
class Count:
    """A clock being counted, line by line."""

    records: Records
    row: Row
    stretch: Stretch
    code: str = ""
    amount: int = 0
    unit: str = ""
    rolls: bool = False
    family: str = ""
    start: datetime = LONG_AGO
    hours: str = ""
    extra: int = 0
    extensions: int = 0
    stands: list[Spell] = field(default_factory=list)
    hand: Hand | None = None
    waits_since: datetime | None = None
    still_since: datetime | None = None
    due: datetime = LONG_AGO
    provisional: bool = False
    phases: list[Phase] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)

    def run(self) -> Count:
        """Count it from its first line to its last."""
        self._begin(self.stretch.began)
        for point in self.stretch.moves:
            self._news_before(point.at)
            self._line(point)
        self._news_before(self.stretch.ended.at if self.stretch.ended else self.records.sweeps[-1] + timedelta(days=1))
        return self

    def law(self, standing: Standing) -> Law:
        return self.records.laws[standing.pack_id]

    @property
    def standing(self) -> Standing:
        """The class of the case as far as the counting has come."""
        return self._standing

    # --- the start

    def _begin(self, point: Point) -> None:
        self._standing = point.standing
        law, clock = self.law(point.standing), self.stretch.clock
        self.hours = law.hours(owner(self.row, point, clock.code))
        self.start = point.at
        if clock.given:
            last = date.fromisoformat(point.body[clock.given])
            self.code, self.unit = "given", "d"
            self.amount = max((last - point.at.astimezone(HERE).date()).days, 1)
        else:
            limit = law.limit(point.standing, clock.code)
            assert limit is not None
            self._take(limit)
            if not limit.law and limit.unit in ("wd", "work_h"):
                self.start = self.records.days(point.at, self.hours).opening(point.at)
        self._count(point.at)
        self._phase(point.at)

    def _take(self, limit: Limit) -> None:
        self.code, self.amount, self.unit, self.rolls = limit.code, limit.amount, limit.unit, limit.rolls
        self.family = limit.family

    def _count(self, now: datetime) -> None:
        """The due moment as the calendar of now says, and whether all its days are known."""
        days = self.records.days(now, self.hours)
        self.due = days.end(self.start, self.amount + self.extra, self.unit, self.rolls, self.stands)
        first = self.start.astimezone(HERE).date()
        if self.unit == "d":
            first = days.end(self.start, self.amount + self.extra, "d", False, self.stands).date()
        elif self.unit == "wd":
            first += timedelta(days=1)
        counted = self.unit in ("wd", "work_h") or (self.unit == "d" and self.rolls)
        self.provisional = counted and not self.records.knows(now, first, self.due.date())

    def _phase(self, since: datetime) -> None:
        law = self.law(self._standing)
        self.phases.append(
            Phase(
                since, self.still_since is not None, self.hand.until if self.hand else None, self.start, self.due,
                self.unit, tuple(self.stands), law.ladder(self._standing, self.stretch.clock.code),
                self.records.days(since, self.hours),
            )
        )  # fmt: skip

    def _news_before(self, moment: datetime) -> None:
        """A calendar that arrived in between counts from then on for what is still ahead."""
        for since, _ in self.records.calendars[1:]:
            if self.phases[-1].since < since < moment:
                before, still = self.due, self.still_since is not None
                self._count(since)
                if still:
                    self.due = before
                elif self.due != before:
                    self.wrongs.append(f"was not counted again on {since}, when {before} became {self.due}")
                self._phase(since)

    # --- the moves

    def _line(self, point: Point) -> None:
        clock, code = self.stretch.clock, self.stretch.clock.code
        if point.state in clock.stands and point.before not in clock.stands:
            self.waits_since = point.at
            self._stand(point.at, "pause")
        if point.before in clock.stands and point.state not in clock.stands:
            self.waits_since = None
            self._go_on(point.at, point.at)
        classed = (point.standing.matter, point.standing.emergency) != (
            self._standing.matter, self._standing.emergency,
        )  # fmt: skip
        repacked = point.standing.pack_id != self._standing.pack_id
        self._standing = point.standing
        if classed or repacked:
            self._follow(point, repacked)
        if point.body.get("clock") == code and point.verb in DEEDS:
            DEEDS[point.verb](self, point)
        if point.verb == "recount":
            self._recounted(point.at)

    def _moved(self, at: datetime, kind: str) -> None:
        before = self.due
        self._count(at)
        self.moves.append(Moved(at, kind, before, self.due))
        self._phase(at)

    def _recounted(self, at: datetime) -> None:
        before = self.due
        self._count(at)
        if self.due != before:
            self.moves.append(Moved(at, "recount", before, self.due))
        self._phase(at)

    def _stand(self, at: datetime, kind: str) -> None:
        if self.still_since is None:
            self.still_since = at
            self._moved(at, kind)

    def _go_on(self, at: datetime, now: datetime) -> None:
        """The clock goes on as soon as nothing keeps it standing."""
        if self.still_since is not None and self.hand is None and self.waits_since is None:
            self.stands.append((self.still_since, max(at, self.still_since)))
            self.still_since = None
            self._moved(now, "resume")

    def _follow(self, point: Point, repacked: bool) -> None:
        if self.stretch.clock.given:
            return
        limit = self.law(point.standing).limit(point.standing, self.stretch.clock.code)
        if limit is None:
            return
        same = (limit.code, limit.amount, limit.unit) == (self.code, self.amount, self.unit)
        if same and limit.rolls == self.rolls and not repacked:
            return
        if not same:
            self.extra = self.extensions = 0
        self._take(limit)
        self._moved(point.at, "rebase")

    def paused(self, point: Point) -> None:
        """Somebody lets the clock stand: until the day they say, at the longest as the ground lets it."""
        ground = self.law(point.standing).ground(point.body["ground"], self.family)
        assert ground is not None
        assert ground.effect == "pause"
        cap = self.records.days(point.at, self.hours).later(point.at, *span(ground.cap))
        said = point.body["until"]
        until = datetime.fromisoformat(said) if said else cap
        assert point.at < until <= cap
        self.hand = Hand(point.at, until, point.actor == CARRIED)
        self._stand(point.at, "pause")

    def resumed(self, point: Point) -> None:
        """It goes on, at the latest when it was to; a task's going on ends no stand of the report's own."""
        if self.hand is None:
            return
        if point.actor == CARRIED and not self.hand.carried:
            self.wrongs.append(f"went on at {point.at} with another case's clock")
        at = min(datetime.fromisoformat(point.body["at"]) if point.body["at"] else point.at, point.at, self.hand.until)
        self.hand = None
        if self.waits_since is None:
            self._go_on(at, point.at)
        else:
            self._moved(point.at, "resume")

    def extended(self, point: Point) -> None:
        self.extra += point.body["amount"]
        self.extensions += 1
        self._moved(point.at, "extend")


DEEDS: dict[str, Callable[[Count, Point], None]] = {
    "pause_clock": Count.paused,
    "resume_clock": Count.resumed,
    **dict.fromkeys(EXTENDING, Count.extended),
}


def differences(count: Count, row: Row, changes: list[Row]) -> list[str]:
    """What the rows say otherwise than the count."""
    ended = count.stretch.ended
    expected: dict[str, Any] = {
        "limit_code": count.code,
        "amount": count.amount,
        "unit": count.unit,
        "extra": count.extra,
        "extensions": count.extensions,
        "started_at": count.start,
        "due_at": count.due,
        "stopped_at": ended.at if ended else None,
        "stands_since": count.still_since,
        "stands_until": count.hand.until if count.hand else None,
        "hours": count.hours,
    }
    found = [f"{name} is {row[name]}, must be {value}" for name, value in expected.items() if row[name] != value]
    found += count.wrongs
    if bool(row["provisional"]) is not count.provisional and ended is None:
        found.append(f"provisional is {row['provisional']}")
    stood = [(str(a), str(b)) for a, b in count.stands]
    said = [(str(datetime.fromisoformat(a).astimezone(HERE)), str(datetime.fromisoformat(b).astimezone(HERE)))
            for a, b, _ in json.loads(row["stood"])]  # fmt: skip
    if [(str(a.astimezone(HERE)), str(b.astimezone(HERE))) for a, b in count.stands] != said:
        found.append(f"stood {said}, must be {stood}")
    written = [(c["at"], c["kind"], c["due_before"], c["due_after"]) for c in changes]
    must = [(m.at, m.kind, m.before, m.after) for m in count.moves]
    if written != must:
        found.append(f"changes {[tuple(map(str, w)) for w in written]}, must be {[tuple(map(str, m)) for m in must]}")
    return found
