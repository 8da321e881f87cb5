"""The back-test (回测): recorded cases replayed under a pack before it is published.

Finds what would change if every open case moved there, and refuses a pack that would leave one without a lawful next
step. Changes nothing. What does not live here: comparing one clock or route (``rules``), publishing (store), and how
the findings are shown (command line).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.desk import ENGINES, Desk
from cases.engine import Engine
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.backtest import ClockChange, RouteChange, Trial, clock_change, route_change
from cases.rules.calendar import Calendar
from cases.rules.fitting import misfits
from cases.store.replaying import Chosen, batches, recorded_clocks
from cases.store.shelf import Shelf

NAMED = 20
"""So many cases that a pack would leave without a next step are named."""

Tell = Callable[[dict[str, Any]], None]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pack on trial: against the record, or against another pack (``base``); which cases, and at which moment."""

    new: Pack
    chosen: Chosen
    now: datetime
    base: Pack | None = None


@dataclass(slots=True)
class Findings:
    """What the replay came to: how much was looked at, how many deadlines change by clock and by matter, which lights
    turn into which, how many routes change, and the cases left without a next step, the first of them named."""

    cases: int = 0
    clocks: int = 0
    deadlines: Counter[str] = field(default_factory=Counter)
    matters: Counter[str] = field(default_factory=Counter)
    lights: Counter[str] = field(default_factory=Counter)
    routes: int = 0
    stranded: int = 0
    named: list[str] = field(default_factory=list)

    def strand(self, piece: Piece, reasons: list[str]) -> None:
        """Note an open case the pack leaves without a next step."""
        self.stranded += 1
        if len(self.named) < NAMED:
            self.named.append(f"{piece.number}:{';'.join(reasons)}")


def stranded(
    connection: Connection, shelf: Shelf, new: Pack, pack_ids: tuple[int, ...], progress: Progress = lambda _: None
) -> Findings:
    """Only the question whether a pack leaves an open case of these versions without a lawful next step."""
    found = Findings()
    for pieces in batches(connection, Chosen(pack_ids)):
        for piece in pieces:
            reasons = _reasons(ENGINES, piece, new, shelf.pack(connection, piece.pack_id))
            if reasons:
                found.strand(piece, reasons)
        found.cases += len(pieces)
        progress(found.cases)
    return found


def left_behind(connection: Connection, shelf: Shelf, new: Pack) -> tuple[int, ...]:
    """The versions whose open cases decide whether a pack may be published: none for a content that is published
    already (it is published only once), nor before the first version."""
    versions = shelf.versions(connection, new.name)
    known = new.digest in {one.digest for one in versions}
    return () if known else tuple(one.id for one in versions)


def _reasons(engines: Mapping[str, Engine], piece: Piece, new: Pack, before: Pack) -> list[str]:
    return misfits(piece, engines[piece.case_type].case_type, new, before) if piece.is_open else []


class Replay:
    """One back-test. ``tell`` gets every finding as it is made, so that none has to be kept."""

    def __init__(self, desk: Desk, proposal: Proposal, tell: Tell = lambda _: None) -> None:
        self.desk, self.proposal, self.tell = desk, proposal, tell
        self.found = Findings()

    def run(self, connection: Connection, progress: Progress = lambda _: None) -> Findings:
        """Replay every chosen case; ``progress`` hears how many are done."""
        self.desk.almanac.look(connection)
        for pieces in batches(connection, self.proposal.chosen):
            clocks = recorded_clocks(connection, pieces)
            for piece in pieces:
                trial = self._trial(connection, piece)
                self._judge(piece, trial)
                for clock in clocks.get(piece.id, ()):
                    self.found.clocks += 1
                    change = clock_change(piece, clock, self._calendar(clock.hours), trial)
                    if change is not None:
                        self._deadline(piece, change)
            self.found.cases += len(pieces)
            progress(self.found.cases)
        return self.found

    def _trial(self, connection: Connection, piece: Piece) -> Trial:
        proposal = self.proposal
        recorded = self.desk.shelf.pack(connection, piece.pack_id)
        return Trial(recorded, proposal.new, proposal.now, proposal.base)

    def _calendar(self, hours: str) -> Calendar:
        return self.desk.calendar_of(hours)

    def _judge(self, piece: Piece, trial: Trial) -> None:
        """Whether the case can go on, and with whom."""
        reasons = _reasons(self.desk.engines, piece, trial.new, trial.recorded)
        if reasons:
            self.found.strand(piece, reasons)
            self.tell({"kind": "stranded", **_named(piece), "reasons": reasons})
        route = route_change(piece, trial) if piece.is_open else None
        if route is not None:
            self.found.routes += 1
            self.tell({"kind": "route", **_named(piece), **_told(route)})

    def _deadline(self, piece: Piece, change: ClockChange) -> None:
        before, after = change.before, change.after
        if before.due_at != after.due_at:
            self.found.deadlines[change.clock] += 1
            self.found.matters[piece.matter or "-"] += 1
        if before.light != after.light:
            self.found.lights[f"{before.light}->{after.light}"] += 1
        self.tell(
            {
                "kind": "deadline",
                **_named(piece),
                "clock": change.clock,
                "limit_before": before.limit,
                "limit_after": after.limit,
                "due_before": before.due_at,
                "due_after": after.due_at,
                "light_before": before.light,
                "light_after": after.light,
            }
        )


def _named(piece: Piece) -> dict[str, Any]:
    return {"case_id": piece.id, "number": piece.number, "case_type": piece.case_type, "matter": piece.matter}


def _told(route: RouteChange) -> dict[str, Any]:
    return {"lead_before": route.before, "lead_after": route.after}


def chosen_versions(connection: Connection, shelf: Shelf, wanted: str) -> tuple[int, ...]:
    """The published versions a name stands for: all of ``name``, or those of ``name@version``; empty for none."""
    name, _, version = wanted.partition("@")
    return tuple(row.id for row in shelf.versions(connection, name) if not version or row.version == version)
