"""The clocks of a case in a list (时限行): when each ends and how it stands, from the case and the marks of its rows.

No question to the database for a single case. What does not live here: which of them the reader may know of (views),
and where a clock comes from (timetable).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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


def clock_rows(
    piece: Piece, pack: Pack, marks: Mapping[str, ClockMark], now: datetime, calendar_of: Callable[[str], Calendar]
) -> Iterator[dict[str, Any]]:
    """The clocks that run, nearest end first, and those that stand still; ``calendar_of`` the code of a clock is the
    calendar of whoever it runs on."""
    matter = pack.matter(piece.matter or "")
    for code, due in sorted(piece.clocks.items(), key=lambda clock: (not clock[1], clock[1])):
        limit = pack.clock_limit(piece.case_type, code, matter, piece.emergency)
        yield {"code": code, "name": clock_name(pack, code)} | _clock(
            due, limit.unit if limit else "d", marks.get(code), (now, calendar_of(code))
        )


def _clock(due: str, unit: str, mark: ClockMark | None, at: tuple[datetime, Calendar]) -> dict[str, Any]:
    """How one clock stands. What its row says besides the case counts only where both say the same: right after a step
    the case in memory is newer."""
    now, calendar = at
    due_at = datetime.fromisoformat(due) if due else None
    if mark and (mark.stands_since is None if due_at is None else mark.due_at != due_at):
        mark = None
    if due_at is None and mark is None:
        return {"due_at": None, "light": GREY, "provisional": False, "left": None, "words": "停表"}
    since = mark.stands_since if mark else None
    run = Run(unit, now, due_at or mark.due_at, stands_since=since)  # type: ignore[union-attr]
    left = office_seconds(since or now, run.due_at, calendar)
    return {
        "due_at": run.due_at,
        "light": light_of(run.due_at, now, warned=bool(mark and mark.warned), stands_since=since),
        "provisional": bool(mark and mark.provisional),
        "left": left,
        "words": left_words(run, since or now, left, calendar),
    }
