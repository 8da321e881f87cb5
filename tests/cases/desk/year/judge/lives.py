"""A case's life as its history tells it (办理过程): at each line its state, holder, class and pack, and which clocks
ran from which line to which.

Read from the lines of history and the case type's own table, never from the rows of clocks. What does not live here:
when a clock ends (``runs``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases.desk.desk import ENGINES
from cases.grammar import CaseType, Clock
from tests.cases.desk.year.judge.law import Law, Standing
from tests.cases.desk.year.judge.records import Records, Row


@dataclass(frozen=True, slots=True)
class Point:
    """One line of history and how the case stood after it."""

    seq: int
    at: datetime
    verb: str
    before: str
    state: str
    body: dict[str, Any]
    actor: str
    holder: str | None
    standing: Standing


@dataclass(slots=True)
class Stretch:
    """A clock that ran from a line of history to another, or still runs; ``moves`` are the lines between."""

    clock: Clock
    began: Point
    ended: Point | None = None
    moves: list[Point] = field(default_factory=list)


RUNS_ON = {(code, clock.code): clock.runs_on for code, engine in ENGINES.items() for clock in engine.case_type.clocks}


def owner(row: Row, point: Point, clock: str) -> str | None:
    """Whose time a clock is: what its row of the table says, else whoever held the case."""
    column = RUNS_ON[row["case_type"], clock]
    return row[column] if column else point.holder


@dataclass(frozen=True, slots=True)
class Life:
    """The life of one case."""

    row: Row
    points: list[Point]
    stretches: list[Stretch]

    @property
    def name(self) -> str:
        return f"{self.row['number']} ({self.row['state']})"


class Biographer:
    """Writes lives, parents first, since a child begins as its parent stands."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.lives: dict[str, Life] = {}

    def life(self, case_id: str) -> Life:
        if case_id not in self.lives:
            row = self.records.cases[case_id]
            points = list(self._points(row))
            self.lives[case_id] = Life(row, points, stretches(points, self._law, case_type_of(row)))
        return self.lives[case_id]

    def _law(self, standing: Standing) -> Law:
        return self.records.laws[standing.pack_id]

    def _points(self, row: Row) -> Iterator[Point]:
        case_type = case_type_of(row)
        standing, urgent = self._first(row)
        lead, arrived = row["lead"], False
        for line in self.records.entries[row["id"]]:
            body, verb = line["body"], line["verb"]
            if row["case_type"] == "clue":
                standing, urgent = self._classed(standing, urgent, verb, body)
                lead = body.get("lead") if verb == "dispatch" else None if verb == "uphold_return" else lead
            if verb == "rebase":
                standing = self._stand(standing, pack_id=self.records.pack_at(line["at"]))
            arrived = arrived or verb in {"mark_delivered", "sign_for", "ask_return"}
            holder = holder_in(row, case_type.state(line["to_state"]).holder, lead, arrived)
            states = line["from_state"], line["to_state"]
            yield Point(line["seq"], line["at"], verb, *states, body, line["actor"], holder, standing)

    def _first(self, row: Row) -> tuple[Standing, bool]:
        """How a case stands when it is opened: a report by what it says, a child as its parent stands then."""
        opening = self.records.entries[row["id"]][0]
        if row["parent_id"] is None or row["case_type"] == "clue":
            pack_id = self.records.pack_at(opening["at"])
            body = opening["body"]
            urgent = bool(body["emergency"])
            return self._of_matter(Standing(pack_id, "clue", "", 0, False), body["matter"], urgent), urgent
        parent = self.life(row["parent_id"])
        then = [point for point in parent.points if point.at <= opening["at"]][-1].standing
        return self._stand(then, case_type=row["case_type"]), False

    def _classed(self, standing: Standing, urgent: bool, verb: str, body: dict[str, Any]) -> tuple[Standing, bool]:
        if verb not in {"classify", "supplement", "accept"}:
            return standing, urgent
        said = body.get("emergency")
        told = urgent if said is None else bool(said)
        matter = body.get("matter") or standing.matter
        return self._of_matter(standing, matter or None, told), told if verb == "classify" else urgent

    def _of_matter(self, standing: Standing, code: str | None, urgent: bool) -> Standing:
        matter = self.records.laws[standing.pack_id].pack.matters.get(code or "")
        if matter is None:
            return standing
        emergency = urgent if matter.emergency == "conditional" else matter.emergency == "yes"
        return Standing(standing.pack_id, standing.case_type, matter.code, matter.severity, emergency)

    def _stand(self, standing: Standing, *, pack_id: int = 0, case_type: str = "") -> Standing:
        return Standing(
            pack_id or standing.pack_id, case_type or standing.case_type, standing.matter, standing.severity,
            standing.emergency,
        )  # fmt: skip


def case_type_of(row: Row) -> CaseType:
    return ENGINES[row["case_type"]].case_type


def holder_in(row: Row, hands: str, lead: str | None, arrived: bool) -> str | None:
    """In whose hands a case is, by what its state says; what was sent is its sender's until it has arrived."""
    return {
        "receiver": row["assignee"] if arrived else row["station"],
        "station": row["station"],
        "assignee": row["assignee"],
        "departments": lead,
        "reporter": row["reporter_org"] or "reporter",
    }.get(hands)


def stretches(points: list[Point], law: Any, case_type: CaseType) -> list[Stretch]:
    """Which clocks ran when: a clock starts on entering its states, or with one of its verbs; it stops on leaving them
    or with another; it outlasts the states in which it stands still."""
    running: dict[str, Stretch] = {}
    found: list[Stretch] = []
    for point in points:
        for code, stretch in list(running.items()):
            clock = stretch.clock
            gone = point.state not in clock.during and point.state not in clock.stands
            if gone or point.verb in clock.until:
                running.pop(code).ended = point
            else:
                stretch.moves.append(point)
        for clock in case_type.clocks:
            if clock.code not in running and _starts(clock, point):
                if clock.given is None and law(point.standing).limit(point.standing, clock.code) is None:
                    continue
                running[clock.code] = Stretch(clock, point)
                found.append(running[clock.code])
    return found


def _starts(clock: Clock, point: Point) -> bool:
    if point.state not in clock.during or point.verb in clock.until:
        return False
    if clock.after:
        return point.verb in clock.after
    return point.before not in clock.during and point.before not in clock.stands
