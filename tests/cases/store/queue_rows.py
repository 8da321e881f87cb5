"""Many cases of every kind in every state, drawn from one seed, and what a reader should see of each by plain Python.

The rows are written as they would stand; no step led there. What does not live here: expectations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from cases.desk.timing import note_next_due
from cases.desk.views import Reader, sees_clocks, shown_state, standing, unsaid_clocks
from cases.ids import new_id
from cases.machines import CASE_TYPES
from cases.office import Office
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.saved_views import EVERY_VIEW, states_of
from cases.rules.visibility import may_see
from cases.rules.wall import WALLED
from cases.rules.words import words_of
from cases.store.pieces import row_of
from cases.store.queue.asked import NOBODY, Asked
from cases.store.sheaf import table
from tests.builders import FIRE, FRIDAY, OTHER_STATION, POLICE, PROPERTY, STATION, a_piece
from tests.cases.chamber import COMMITTEE, OTHER_COMMITTEE

COURT_ORG = "JT-FY"
TEXTS = ("三楼飞线充电", "楼道堆放扰民", "半夜施工扰民", "车位漏水争执", "Ａ座电梯停运3天", "")


def many_cases(office: Office, now: datetime, many: int, seed: int = 7) -> list[Piece]:
    """Cases in the database; mediations come from reports, in part."""
    random = Random(seed)
    made: list[Piece] = []
    for n in range(many):
        made.append(_case(random, office.pack_id, now, n, made))
    with office.database.writing() as connection:
        connection.execute(insert(table("case_file")), [row_of(piece) for piece in made])
        words = [{"case_id": piece.id, "words": words_of(piece, office.pack)} for piece in made]
        connection.execute(insert(table("case_words")), words)
        connection.execute(insert(table("deadline")), [_reminder(piece, now) for piece in made])
    return made


def _case(random: Random, pack_id: int, now: datetime, n: int, before: Sequence[Piece]) -> Piece:
    case_type = random.choice(CASE_TYPES)
    state = random.choice(case_type.states)
    walled = case_type.code in {"mediation", "confirmation"}
    assignee = random.choice((FIRE, POLICE, STATION)) if case_type.code in {"assignment", "supervision"} else None
    if case_type.code in {"confirmation", "litigation"}:
        assignee = random.choice((None, COURT_ORG))
    reports = [one for one in before if one.case_type == "clue"]
    parent = random.choice(reports) if reports and case_type.code == "mediation" and random.random() < 0.7 else None
    piece = a_piece(
        id=new_id(),
        number=f"320413-{case_type.number_mark}-{n:04d}",
        case_type=case_type.code,
        state=state.code,
        pack_id=pack_id,
        is_open=not state.end,
        station=random.choice((COMMITTEE, OTHER_COMMITTEE) if walled else (STATION, STATION, OTHER_STATION)),
        assignee=assignee,
        duty="lead" if case_type.code == "assignment" else None,
        lead=random.choice((FIRE, POLICE)),
        sealed=not walled and random.random() < 0.3,
        holder=random.choice((STATION, FIRE, COMMITTEE, PROPERTY, None)),
        reporter_org=random.choice((PROPERTY, STATION, None)),
        summary=TEXTS[n % len(TEXTS)],
        parent_id=parent.id if parent else None,
        matter=random.choice(("XF01", "CG02", None)),
        community=random.choice(("JT-C01", "JT-C02")),
        opened_at=now - timedelta(hours=n % 50),
        closed_at=now - timedelta(hours=n % 30) if state.end else None,
    )
    piece.parent = parent
    if state.end:
        piece.holder = None
    if case_type.code in WALLED:
        piece.lead = None
    clocks = random.sample(case_type.clocks, random.randrange(min(4, len(case_type.clocks) + 1)))
    piece.clocks = {c.code: _due(random, now) for c in clocks}
    piece.warned = "".join(f"|{c.code}|" for c in clocks if random.random() < 0.4)
    note_next_due(piece)
    return piece


def _reminder(piece: Piece, now: datetime) -> dict[str, Any]:
    """The reminder a case waits under; of one that has none one that was answered."""
    answered = None if "urge_reply" in piece.clocks else now
    row: dict[str, Any] = {"id": new_id(), "case_id": piece.id, "code": "urge_reply", "limit_code": "x", "unit": "d"}
    row |= {"amount": 1, "rolls": True, "extra": 0, "extensions": 0, "rung": 0, "provisional": False, "hours": ""}
    row |= {"started_at": now, "due_at": now, "stopped_at": answered, "stood": "[]", "ground": "", "calendar": ""}
    return row | {"pack_id": piece.pack_id}


def _due(random: Random, now: datetime) -> str:
    if random.random() < 0.2:
        return ""
    return (now + timedelta(hours=random.randint(-72, 72))).astimezone(UTC).isoformat()


@dataclass(frozen=True)
class Seen:
    """A case as its reader sees it."""

    piece: Piece
    state: str
    due: datetime | None
    light: str


def seen_by(reader: Reader, pieces: Iterable[Piece], now: datetime) -> list[Seen]:
    """What the reader may see, by the rules alone."""
    found: list[Seen] = []
    for piece in pieces:
        if may_see(reader.actor, piece):
            unsaid = unsaid_clocks(piece, reader)
            told = {c: d for c, d in piece.clocks.items() if c not in unsaid} if sees_clocks(piece, reader) else None
            dues = {c: datetime.fromisoformat(d) for c, d in (told or {}).items() if d}
            due = min(dues.values(), default=None)
            light = "" if told is None or not piece.is_open else _light(piece, dues, now)
            found.append(Seen(piece, shown_state(piece, reader), due, light))
    return found


def _light(piece: Piece, dues: dict[str, datetime], now: datetime) -> str:
    if not dues:
        return "grey"
    if min(dues.values()) < now:
        return "red"
    return "yellow" if any(f"|{code}|" in piece.warned for code in dues) else "green"


def held_in(view: str, reader: Reader, seen: Iterable[Seen], now: datetime = FRIDAY) -> list[Seen]:
    """Which of them a saved view holds, by its definition alone."""
    saved = EVERY_VIEW[view]
    if saved.mine:
        mine = [one for one in seen if one.piece.is_open and sees_clocks(one.piece, reader)]
        return [one for one in mine if one.piece.holder is not None and one.piece.holder == reader.actor.org]
    if saved.open:
        return [one for one in seen if one.piece.is_open]
    if saved.today:
        midnight = datetime(now.year, now.month, now.day, tzinfo=BEIJING) + timedelta(days=1)
        return [one for one in seen if one.piece.is_open and one.due and now <= one.due < midnight]
    if saved.clock:
        told = [one for one in seen if one.piece.is_open and sees_clocks(one.piece, reader)]
        return [o for o in told if saved.clock in o.piece.clocks and saved.clock not in unsaid_clocks(o.piece, reader)]
    if saved.light:
        return [one for one in seen if one.light == saved.light]
    if saved.verbs:
        states = states_of(saved, CASE_TYPES)
        return [one for one in seen if one.piece.is_open and one.state in states.get(one.piece.case_type, ())]
    return list(seen)


def in_order(seen: Iterable[Seen], sort: str) -> list[str]:
    """Their ids in the order of the list."""
    far = datetime.max.replace(tzinfo=UTC)
    if sort == "newest":
        return sorted((one.piece.id for one in seen), reverse=True)

    def key(one: Seen) -> tuple[bool, datetime, str]:
        return not one.piece.is_open, one.due or far if one.piece.is_open else far, one.piece.id

    return [one.piece.id for one in sorted(seen, key=key)]


def asked_by(seen: Iterable[Seen], reader: Reader, asked: Asked) -> list[Seen]:
    """Which of them the filters leave."""

    def fits(one: Seen) -> bool:
        piece = one.piece
        told = standing(piece, reader) != "reporter" or reader.actor.org == asked.holder
        if asked.holder == NOBODY:
            return piece.holder is None and told and sees_clocks(piece, reader) and _rest(one)
        return _rest(one) and asked.holder in {None, piece.holder if told and sees_clocks(piece, reader) else None}

    def _rest(one: Seen) -> bool:
        piece = one.piece
        days = ((asked.opened_on, piece.opened_at), (asked.closed_on, piece.closed_at))
        if any(on and (at is None or at.astimezone(BEIJING).date() != on) for on, at in days):
            return False
        equal: list[tuple[Any, Any]] = [
            (asked.case_type, piece.case_type), (asked.state, one.state), (asked.community, piece.community),
            (asked.matter, piece.matter), (asked.light, one.light), (asked.department, piece.assignee or piece.lead),
        ]  # fmt: skip
        return all(wanted in {None, value} for wanted, value in equal)

    return [one for one in seen if fits(one)]
