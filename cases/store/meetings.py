"""Meetings (调解会议), who attends, and the quarter hours that are taken: rows read and written.

That nobody and nothing is booked twice is the table's own doing: a quarter hour of a room, a mediator or a party has
one row at most. What does not live here: who may plan what (desk) and how a span is said (rules).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from cases.errors import Conflict, Overtaken
from cases.ids import new_id
from cases.rules.booking import Span
from cases.store.sheaf import FASTER, table

Row = dict[str, Any]
PLANNED = "planned"


def add_meeting(connection: Connection, case_id: str, values: Row) -> Row:
    """Write a meeting with the next ordinal of its case, and answer its row."""
    kept = table("meeting")
    last = connection.execute(select(func.max(kept.c.ordinal)).where(kept.c.case_id == case_id)).scalar() or 0
    row = {"id": new_id(), "case_id": case_id, "ordinal": last + 1, "status": PLANNED, "sequence": 0, **values}
    try:
        with connection.begin_nested():
            connection.execute(insert(kept).values(**row))
    except IntegrityError as error:
        raise Overtaken(FASTER) from error
    return row


def meeting(connection: Connection, meeting_id: str) -> Row | None:
    """One meeting, or None."""
    kept = table("meeting")
    row = connection.execute(select(kept).where(kept.c.id == meeting_id)).mappings().first()
    return dict(row) if row else None


def meetings_of(connection: Connection, case_id: str) -> list[Row]:
    """The meetings of a case in order."""
    kept = table("meeting")
    question = select(kept).where(kept.c.case_id == case_id).order_by(kept.c.ordinal)
    return [dict(row) for row in connection.execute(question).mappings()]


def change_meeting(connection: Connection, seen: Row, values: Row) -> Row:
    """Change a meeting as it was seen and answer it; Overtaken when it has changed meanwhile."""
    kept = table("meeting")
    same = (kept.c.id == seen["id"]) & (kept.c.sequence == seen["sequence"]) & (kept.c.status == seen["status"])
    changed = {"sequence": seen["sequence"] + 1, **values}
    if not connection.execute(update(kept).where(same).values(**changed)).rowcount:
        raise Overtaken(FASTER)
    return {**seen, **changed}


# --- quarter hours


def book(connection: Connection, meeting_id: str, wanted: Mapping[str, str], span: Span) -> None:
    """Take the quarter hours of a span for a meeting instead of those it had; see ``take``."""
    free(connection, meeting_id)
    take(connection, meeting_id, wanted, span)


def take(connection: Connection, meeting_id: str, wanted: Mapping[str, str], span: Span) -> None:
    """Take the quarter hours of a span for a meeting; ``wanted`` maps the key of each resource to how it is called.

    Conflict says who or what is taken when; Overtaken when two wait for each other.
    """
    kept = table("booking")
    # In order of the key: of two who want the same, one waits for the other and none for both.
    rows = [{"resource": key, "slot": slot, "meeting_id": meeting_id} for key in sorted(wanted) for slot in span.slots]
    _refuse_taken(connection, meeting_id, wanted, span)
    try:
        with connection.begin_nested():
            connection.execute(insert(kept), rows)
    except IntegrityError:
        _refuse_taken(connection, meeting_id, wanted, span)
        raise Overtaken(FASTER) from None
    except OperationalError as error:
        if "deadlock detected" in str(error.orig):
            raise Overtaken(FASTER) from error
        raise


def _refuse_taken(connection: Connection, meeting_id: str, wanted: Mapping[str, str], span: Span) -> None:
    """Conflict if any of it is taken: which, and by a meeting from when to when. Nothing else is told of that one."""
    kept, other = table("booking"), table("meeting")
    question = (
        select(kept.c.resource, other.c.starts, other.c.ends)
        .join(other, other.c.id == kept.c.meeting_id)
        .where(kept.c.resource.in_(sorted(wanted)), kept.c.meeting_id != meeting_id)
        .where(kept.c.slot >= span.slots.start, kept.c.slot < span.slots.stop)
        .distinct()
        .order_by(kept.c.resource, other.c.starts)
    )
    taken = [
        f"{wanted[row.resource]}{Span(row.starts, row.ends).said}已有其他会议" for row in connection.execute(question)
    ]
    if taken:
        raise Conflict(";".join(taken), taken=taken)


def free(connection: Connection, meeting_id: str) -> None:
    """Give back what a meeting had taken."""
    kept = table("booking")
    connection.execute(delete(kept).where(kept.c.meeting_id == meeting_id))


def planned_within(connection: Connection, mediator_id: str, span: Span) -> list[Span]:
    """The planned meetings of a mediator that meet a span, in order."""
    kept, who = table("meeting"), table("attendance")
    question = (
        select(kept.c.starts, kept.c.ends)
        .join(who, who.c.meeting_id == kept.c.id)
        .where(who.c.mediator_id == mediator_id, who.c.released_at.is_(None), kept.c.status == PLANNED)
        .where(kept.c.starts < span.ends, kept.c.ends > span.starts)
        .order_by(kept.c.starts)
    )
    return [Span(row.starts, row.ends) for row in connection.execute(question)]


# --- who attends


def invite(
    connection: Connection, meeting_id: str, mediators: Iterable[str], parties: Iterable[str], now: datetime
) -> None:
    """Invite mediators and parties to a meeting."""
    common = {"meeting_id": meeting_id, "invited_at": now}
    rows = [{"id": new_id(), "mediator_id": one, "party_id": None, **common} for one in mediators]
    rows += [{"id": new_id(), "mediator_id": None, "party_id": one, **common} for one in parties]
    defaults = {"signature_sha256": "", "signed_sha256": ""}
    connection.execute(insert(table("attendance")), [{**row, **defaults} for row in rows])


def invite_again(connection: Connection, meeting_id: str, mediator_id: str, now: datetime) -> None:
    """Invite a mediator to a meeting, be it one they had been released from."""
    kept = table("attendance")
    same = (kept.c.meeting_id == meeting_id) & (kept.c.mediator_id == mediator_id)
    fresh = {"invited_at": now, "answer": None, "answered_at": None, "released_at": None}
    if not connection.execute(update(kept).where(same).values(**fresh)).rowcount:
        invite(connection, meeting_id, [mediator_id], (), now)


def attending(connection: Connection, meeting_ids: Iterable[str]) -> list[Row]:
    """Who is invited to these meetings, mediators first, in order of invitation."""
    kept, register, people = table("attendance"), table("mediator"), table("party")
    question = (
        select(kept, register.c.name.label("mediator_name"), people.c.name.label("party_name"), people.c.ordinal)
        .join(register, register.c.id == kept.c.mediator_id, isouter=True)
        .join(people, people.c.id == kept.c.party_id, isouter=True)
        .where(kept.c.meeting_id.in_(sorted(set(meeting_ids))))
        .order_by(kept.c.meeting_id, kept.c.party_id.is_not(None), people.c.ordinal, kept.c.id)
    )
    return [dict(row) for row in connection.execute(question).mappings()]


def change_attendance(connection: Connection, attendance_id: str, values: Row) -> None:
    """Change one invitation."""
    kept = table("attendance")
    connection.execute(update(kept).where(kept.c.id == attendance_id).values(**values))


def ask_again(connection: Connection, meeting_id: str, now: datetime) -> None:
    """A meeting was moved: whoever had answered is asked again."""
    kept = table("attendance")
    fresh = {"answer": None, "answered_at": None, "invited_at": now}
    connection.execute(update(kept).where(kept.c.meeting_id == meeting_id).values(**fresh))


def release(connection: Connection, case_id: str, mediator_id: str, now: datetime) -> list[Row]:
    """Take a mediator out of the planned meetings of a case and answer these meetings; the quarter hours are theirs
    again."""
    kept, who, taken = table("meeting"), table("attendance"), table("booking")
    planned = [one for one in meetings_of(connection, case_id) if one["status"] == PLANNED]
    ids = [one["id"] for one in planned]
    mine = (who.c.mediator_id == mediator_id) & who.c.meeting_id.in_(ids)
    connection.execute(update(who).where(mine).values(released_at=now))
    gone = (taken.c.resource == f"mediator:{mediator_id}") & taken.c.meeting_id.in_(ids)
    connection.execute(delete(taken).where(gone))
    connection.execute(update(kept).where(kept.c.id.in_(ids)).values(sequence=kept.c.sequence + 1, changed_at=now))
    return planned


def let_go(connection: Connection, meeting_id: str, attendance_id: str, resource: str, now: datetime) -> None:
    """Take one party out of a planned meeting; its quarter hours are theirs again."""
    kept, taken = table("meeting"), table("booking")
    change_attendance(connection, attendance_id, {"released_at": now})
    connection.execute(delete(taken).where(taken.c.meeting_id == meeting_id, taken.c.resource == resource))
    moved = {"sequence": kept.c.sequence + 1, "changed_at": now}
    connection.execute(update(kept).where(kept.c.id == meeting_id).values(**moved))


def book_for(connection: Connection, seen: Row, resources: tuple[str, str], called: str) -> None:
    """The quarter hours of a meeting go from one key of a party to another; Conflict when that one is taken."""
    taken = table("booking")
    before, after = resources
    connection.execute(delete(taken).where(taken.c.meeting_id == seen["id"], taken.c.resource == before))
    take(connection, seen["id"], {after: called}, Span(seen["starts"], seen["ends"]))


def diary(connection: Connection, mediator_id: str, since: datetime) -> list[Row]:
    """A mediator's meetings since a moment, in order, with case number and room: nothing of the parties."""
    kept, who, file, places = table("meeting"), table("attendance"), table("case_file"), table("room")
    question = (
        select(kept, file.c.number, places.c.name.label("room_name"), places.c.address.label("room_address"))
        .add_columns(who.c.released_at)
        .join(who, who.c.meeting_id == kept.c.id)
        .join(file, file.c.id == kept.c.case_id)
        .join(places, places.c.id == kept.c.room_id, isouter=True)
        .where(who.c.mediator_id == mediator_id, kept.c.ends > since)
        .order_by(kept.c.starts, kept.c.id)
    )
    return [dict(row) for row in connection.execute(question).mappings()]
