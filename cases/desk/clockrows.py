"""The clocks of a case in a list (时限行): when each ends and how it stands, from the case and the marks of its rows.

No question to the database for a single case. What does not live here: which of them the reader may know of (views),
and where a clock comes from (timetable).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.calendar import Calendar
from cases.rules.lights import GREY, light_of
from cases.rules.remaining import Run, left_words, office_seconds
from cases.store.history import ClockMark


def clock_name(pack: Pack, code: str) -> str:
    """What a clock is called in the office."""
    phrase = pack.wording.get(f"clock.{code}")
    return phrase.zh if phrase else code


@dataclass(frozen=True, slots=True)
class Dial:
    """What the clocks of a case are read by: the pack in force for it, the moment, the calendar of whoever a clock (by
    its code) runs on, the clocks that are kept from the reader, and of how many of the others the time left is worked
    out (None: of all)."""

    pack: Pack
    now: datetime
    calendar_of: Callable[[str], Calendar]
    unsaid: frozenset[str] = frozenset()
    measured: int | None = None

    def left(self, piece: Piece, code: str, due_at: datetime, since: datetime | None) -> dict[str, Any]:
        """What is left of a clock that ends at a moment, and perhaps has stood still since one, in office seconds and
        in words."""
        limit = self.pack.clock_limit(piece.case_type, code, self.pack.matter(piece.matter or ""), piece.emergency)
        run = Run(limit.unit if limit else "d", self.now, due_at, stands_since=since)
        calendar, until = self.calendar_of(code), since or self.now
        left = office_seconds(until, due_at, calendar)
        return {"left": left, "words": left_words(run, until, left, calendar)}


def clock_rows(piece: Piece, marks: Mapping[str, ClockMark], dial: Dial) -> Iterator[dict[str, Any]]:
    """The clocks that run, nearest end first, and those that stand still."""
    said = [(code, due) for code, due in piece.clocks.items() if code not in dial.unsaid]
    for n, (code, due) in enumerate(sorted(said, key=lambda clock: (not clock[1], clock[1]))):
        row = {"code": code, "name": clock_name(dial.pack, code), "left": None, "words": ""}
        due_at = datetime.fromisoformat(due) if due else None
        mark = _said_of(marks.get(code), due_at)
        ends = due_at or (mark.due_at if mark else None)
        if ends is None:
            yield row | {"due_at": None, "light": GREY, "provisional": False, "words": "停表"}
            continue
        since = mark.stands_since if mark else None
        row |= {
            "due_at": ends,
            "light": light_of(ends, dial.now, warned=bool(mark and mark.warned), stands_since=since),
            "provisional": bool(mark and mark.provisional),
        }
        wanted = dial.measured is None or n < dial.measured
        yield row | dial.left(piece, code, ends, since) if wanted else row


def _said_of(mark: ClockMark | None, due_at: datetime | None) -> ClockMark | None:
    """What a clock's row says besides its case, as far as both say the same: right after a step the case in memory is
    newer."""
    if mark and (mark.stands_since is None if due_at is None else mark.due_at != due_at):
        return None
    return mark
