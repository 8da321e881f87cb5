"""A running limit (期限运行): its start, length, extensions and stands, and from them its end, its rungs, what is left.

Pure arithmetic over one clock's row. Lives here: ``Term`` and the questions put to it. Does not live here: which limit
applies (pack), counting (``counting``), and writing rows (store, desk).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cases.errors import StillNeeded
from cases.packs.rows import Limit, Rung
from cases.rules.calendar import Calendar
from cases.rules.counting import due, later
from cases.rules.pauses import Pause
from cases.rules.reasons import Due
from cases.rules.spans import Span, parse_rule, span_of
from cases.rules.worktime import WORKING_UNITS, elapsed, moment_at_share, sla_start

if TYPE_CHECKING:
    from cases.grammar import Clock
    from cases.packs.schema import Pack
    from cases.piece import Piece

GIVEN = "given"
"""The limit code of a clock whose last day was set by hand."""

_OFTEN = re.compile(r"(?P<span>[^*]+)(?:\*(?P<times>\d))?")


@dataclass(frozen=True, slots=True)
class Term:
    """一个运行中的期限. ``extra`` is what was added by ``extensions`` extensions, in the limit's own unit;
    ``stood`` are the stands that are over; ``stands_since`` is set while the clock stands still."""

    limit: str
    amount: int
    unit: str
    rolls: bool
    started: datetime
    extra: int = 0
    extensions: int = 0
    stood: tuple[Pause, ...] = ()
    stands_since: datetime | None = None

    @property
    def span(self) -> Span:
        """The whole length, extensions included."""
        return span_of(self.amount + self.extra, self.unit, self.rolls)

    def ends(self, calendar: Calendar, *, explain: bool = False) -> Due:
        """When the limit ends if it does not stand still any longer than it did so far."""
        return due(self.started, self.span, calendar, explain=explain, pauses=self.stood)

    def stand(self, at: datetime) -> Term:
        """The clock stands still from ``at``."""
        return self if self.stands_since else replace(self, stands_since=at)

    def go_on(self, at: datetime, reason: str) -> Term:
        """The clock goes on at ``at``; the stand is kept with its reason."""
        if self.stands_since is None:
            return self
        pause = Pause(self.stands_since, max(at, self.stands_since), reason)
        return replace(self, stood=(*self.stood, pause), stands_since=None)

    def used(self, now: datetime, calendar: Calendar) -> int:
        """Seconds of the unit's own time used up to ``now`` (office time for working units), stands left out."""
        until = self.stands_since or now
        return elapsed(self.started, until, self.unit, calendar, self.stood)

    def left(self, now: datetime, due_at: datetime, calendar: Calendar) -> int:
        """Seconds of office time left until ``due_at``; negative by clock seconds once it is past."""
        moment = self.stands_since or now
        if moment > due_at:
            return -int((moment - due_at).total_seconds())
        return elapsed(max(moment, self.started), due_at, "work_h", calendar)


def limit_for(pack: Pack, piece: Piece, clock: Clock) -> Limit | None:
    """The limit that runs on a clock of this case: by matter and urgency, and by the fact that picks it, if any."""
    code = f"{clock.code}_{piece.facts.get(clock.by, '')}" if clock.by else clock.code
    return pack.clock_limit(piece.case_type, code, pack.matter(piece.matter or ""), piece.emergency)


def start_of(limit: Limit, calendar: Calendar, now: datetime) -> datetime:
    """A service limit starts in office hours (CR11); a statutory one starts at receipt."""
    return sla_start(now, calendar) if not limit.law and limit.unit in WORKING_UNITS else now


def rung_at(rungs: Sequence[Rung], n: int, term: Term, due_at: datetime, calendar: Calendar) -> datetime | None:
    """When the n-th rung (from 0) of a ladder is reached; None past the last."""
    if n >= len(rungs):
        return None
    at = rungs[n].at
    if at.endswith("%"):
        return moment_at_share(term.started, due_at, int(at[:-1]) / 100, term.unit, calendar, term.stood)
    mark, _, offset = at.partition("+")
    if mark == "start":
        # A reminder on the fifteenth day comes on that day, worked or not.
        return later(term.started, replace(parse_rule(offset), rolls=False), calendar) if offset else term.started
    return later(due_at, parse_rule(offset), calendar) if offset else due_at


def extended(term: Term, amount: int, rule: str) -> Term:
    """The term with ``amount`` more of its own unit, as far as the limit's rule of extension lets it.

    ``rule``: see :class:`cases.packs.rows.Limit`. Raises StillNeeded with the sentence that says what the law or the
    pack allows at most.
    """
    times, most = _most(term, rule)
    if times == 0:
        raise StillNeeded(("该时限依法不得延长",))
    if times is not None and term.extensions >= times:
        raise StillNeeded((f"该时限最多延长{times}次,已延长{term.extensions}次",))
    if most is not None and amount > most.amount:
        raise StillNeeded((f"该时限一次最多延长{most.spoken},申请延长{span_of(amount, term.unit).spoken}",))
    return replace(term, extra=term.extra + amount, extensions=term.extensions + 1)


def _most(term: Term, rule: str) -> tuple[int | None, Span | None]:
    """How often, and how far at once; None for no bound."""
    if rule == "any":
        return None, None
    if rule == "once":
        return 1, span_of(term.amount, term.unit)
    found = _OFTEN.fullmatch(rule)
    if rule == "no" or found is None:
        return 0, None
    span = parse_rule(found["span"])
    if span.unit != term.unit:
        return 0, None
    return int(found["times"] or 1), span


def longest_stand(start: datetime, cap: str, calendar: Calendar) -> datetime:
    """When a stand that begins now ends by itself (停表上限)."""
    return later(start, parse_rule(cap), calendar)


def rebased(term: Term, limit: Limit) -> Term:
    """The same clock under another limit: its start and its stands stay, an extension stays with its own limit."""
    if term.limit == limit.code and (term.amount, term.unit) == (limit.amount, limit.unit):
        return replace(term, rolls=limit.rolls)
    return Term(limit.code, limit.amount, limit.unit, limit.rolls, term.started, 0, 0, term.stood, term.stands_since)


def written(stood: Sequence[Pause]) -> str:
    """Stands as they are kept in a row."""
    return json.dumps([[p.begins.isoformat(), p.ends.isoformat(), p.reason] for p in stood], ensure_ascii=False)


def read(text: str) -> tuple[Pause, ...]:
    """Stands from a row."""
    if text == "[]":
        return ()
    return tuple(
        Pause(datetime.fromisoformat(begins), datetime.fromisoformat(ends), reason)
        for begins, ends, reason in json.loads(text)
    )


WAIT = timedelta(days=1)
"""How long a clock that could not take its own step waits before it tries again."""
