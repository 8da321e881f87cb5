"""Where a deadline comes from (时限来由): its source, the days that made it, and all that moved it, in sentences.

Lives here: putting the sentences together. Does not live here: counting (``counting``, ``reasons``), who may read which
sentence (``visibility``), and looking up the names in them (desk).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.packs.rows import Limit
from cases.ports import BEIJING
from cases.rules.reasons import Due, explain_lines
from cases.rules.spans import UNITS, span_of

CERTAINTY = {
    "found": "已核对原文",
    "memory:high": "凭记忆,把握较大,未核对原文",
    "memory:medium": "凭记忆,把握一般,未核对原文",
    "memory:low": "凭记忆,把握较小,未核对原文",
    "design": "设计值,无法定依据",
}
"""How sure the source of a limit is, as it is said."""

GIVEN_NAME = "办理时指定的期限"
MOVES = {
    "pause": "停表",
    "resume": "恢复计时",
    "extend": "延长时限",
    "rebase": "改按新的时限",
    "recount": "按新日历重算",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved a clock once, with the names of who did it and of the ground looked up. ``spoken`` is the length of an
    extension; ``pack`` and ``calendar`` are the versions the clock was counted from afterwards."""

    kind: str
    at: datetime
    by: str
    before: datetime
    after: datetime
    ground: str = ""
    document: str = ""
    reason: str = ""
    spoken: str = ""
    pack: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Stood:
    """One stand of a clock: from when, until when (None while it lasts), at the longest until when, and the move that
    began it, if it is known."""

    begins: datetime
    ends: datetime | None
    longest: datetime | None
    ground: str
    began: Moved | None


def spoken_moment(moment: datetime) -> str:
    """A moment in legal time."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def spoken_change(amount: int, unit: str) -> str:
    """The length of an extension: "3个工作日"."""
    return f"{amount}{UNITS[unit]}" if amount and unit in UNITS else ""


def source_lines(limit: Limit | None) -> list[str]:
    """What starts the limit, and what it rests on, with the mark of how sure that is."""
    if limit is None:
        return [f"依据:{GIVEN_NAME}"]
    lines = [f"起算事由:{limit.start_event}"] if limit.start_event else []
    law = " ".join(filter(None, (limit.law, limit.article)))
    said = ";".join(filter(None, (law, limit.basis)))
    sure = CERTAINTY.get(limit.confidence, limit.confidence)
    return [*lines, f"依据:{limit.code} {limit.name},{said}({sure})"]


def day_lines(counted: Due, extra: int, recorded: datetime, calendar: str) -> list[str]:
    """Each day that counted or did not, ``extra`` of them by extension; where the days are known better since, the
    moment on record stands."""
    lines = explain_lines(counted)
    if extra:
        own = span_of(counted.span.amount - extra, counted.span.unit).spoken
        lines.insert(1, f"其中原期限{own},延长{spoken_change(extra, counted.span.unit)}")
    if counted.at != recorded:
        lines.append(f"以上按现行日历计算;本时限按当时的日历({calendar})计得{spoken_moment(recorded)},以此为准")
    return lines


def stand_lines(stands: Sequence[Stood]) -> list[str]:
    """Each stand with its ground, document and who approved it."""
    return [_stand_line(stand) for stand in stands]


def _stand_line(stand: Stood) -> str:
    until = f"至{spoken_moment(stand.ends)}" if stand.ends else "起,尚未恢复"
    said = [f"停表:{spoken_moment(stand.begins)}{until}"]
    if stand.ends is None and stand.longest:
        said.append(f"最迟至{spoken_moment(stand.longest)}")
    said += [f"事由:{stand.ground}"] if stand.ground else []
    return ",".join([*said, *_who_and_why(stand.began)])


def move_lines(moves: Sequence[Moved]) -> Iterator[str]:
    """Each extension, each change of limit or calendar, with the due moment before and after."""
    for move in moves:
        if move.kind in {"pause", "resume"}:
            continue
        said = [f"{MOVES.get(move.kind, move.kind)}:{spoken_moment(move.at)}"]
        said += [f"延长{move.spoken}"] if move.spoken else []
        said += _who_and_why(move)
        said.append(f"届满由{spoken_moment(move.before)}变为{spoken_moment(move.after)}")
        if move.kind in {"rebase", "recount"}:
            said.append(f"按地区包{move.pack}、日历{move.calendar}")
        yield ",".join(said)


def _who_and_why(move: Moved | None) -> list[str]:
    if move is None:
        return []
    said = [f"文书:{move.document}"] if move.document else []
    said += [f"批准:{move.by}"] if move.by else []
    return [*said, f"理由:{move.reason}"] if move.reason else said


def version_line(pack: str, calendar: str) -> str:
    """Under which pack and calendar the clock stands now."""
    return f"地区包:{pack};日历:{calendar}"
