"""Meetings of a mediation (召集会议): planning, moving, cancelling, holding, minutes and their signatures.

No room, mediator or party is booked twice; whoever is away is not booked; a meeting is streamed only if each party has
said yes to that by itself. What does not live here: the quarter hours (rules, store), calendars as text (the edge).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from cases.desk.mediation.forms import (
    InvitationAnswer,
    MeetingCancelled,
    MeetingHeld,
    MeetingMove,
    MeetingPlan,
    Minutes,
    MinutesSigned,
)
from cases.desk.mediation.mediating import CONFLICT, present_conflict
from cases.desk.mediation.sittings import Row, Sitting
from cases.errors import Conflict, Malformed, NotFound, NotNow, StillNeeded
from cases.rules.booking import Span, checked_span, of_mediator, of_party, of_room
from cases.rules.consents import anyone_refused, may_stream
from cases.rules.visibility import masked_name
from cases.store import appointments, meetings, registers
from cases.store.attachments import Attached, attachment
from cases.store.parties import given_in

ROOMS = {"committee": "committee", "shared_court": "shared_court"}
"""Kinds of meeting that need a room, and of which kind."""


def plan(sitting: Sitting, form: MeetingPlan) -> Row:
    """Plan a meeting and invite to it. NotNow once a party refused mediation; StillNeeded for what is missing;
    Malformed for a place or time that cannot be; Conflict names who or what is taken when."""
    sitting = _held(sitting)
    span = checked_span(form.starts, form.ends, sitting.now)
    parties = _invited(sitting, form.parties)
    who = _mediator(sitting)
    _may_meet(sitting, [one["id"] for one in sitting.parties()], form.live_stream)
    room = _room(sitting, form.kind, form.room_id)
    if form.kind == "visit" and not form.address:
        raise Malformed("入户调解须写明地址", {"address": "请填写"})
    values = form.model_dump(exclude={"parties", "starts", "ends", "room_id", "address"})
    place = {"room_id": form.room_id if room else None, "address": form.address if form.kind == "visit" else ""}
    noted = {"planned_by": sitting.actor.id, "planned_at": sitting.now, "changed_at": sitting.now}
    blank = {"reason": "", "minutes_id": None, "minutes_sha256": ""}
    registers.lock_mediators(sitting.connection, [who["id"]])
    made = meetings.add_meeting(
        sitting.connection,
        sitting.piece.id,
        {**values, **place, **noted, **blank, "starts": span.starts, "ends": span.ends},
    )
    _book(sitting, made["id"], span, (who, parties, room))
    meetings.invite(sitting.connection, made["id"], [who["id"]], [one["id"] for one in parties], sitting.now)
    return made


def move(sitting: Sitting, meeting_id: str, form: MeetingMove) -> Row:
    """Move a planned meeting to another time, or another room as well; whoever had answered is asked again."""
    sitting = _held(sitting)
    seen = _planned(sitting, meeting_id)
    span = checked_span(form.starts, form.ends, sitting.now)
    room = _room(sitting, seen["kind"], form.room_id or seen["room_id"])
    who = _mediator(sitting)
    present = {one["party_id"] for one in meetings.attending(sitting.connection, [meeting_id])}
    parties = [one for one in sitting.parties() if one["id"] in present]
    registers.lock_mediators(sitting.connection, [who["id"]])
    changed = {"starts": span.starts, "ends": span.ends, "room_id": room["id"] if room else None}
    noted = {"reason": form.reason, "changed_at": sitting.now}
    moved = meetings.change_meeting(sitting.connection, seen, {**changed, **noted})
    _book(sitting, meeting_id, span, (who, parties, room))
    meetings.ask_again(sitting.connection, meeting_id, sitting.now)
    return moved


def cancel(sitting: Sitting, meeting_id: str, form: MeetingCancelled) -> Row:
    """Cancel a planned meeting: its time is free again, and calendars show it as cancelled."""
    sitting.at_home()
    seen = _planned(sitting, meeting_id)
    meetings.free(sitting.connection, meeting_id)
    changed = {"status": "cancelled", "reason": form.reason, "changed_at": sitting.now}
    return meetings.change_meeting(sitting.connection, seen, changed)


def hold(sitting: Sitting, meeting_id: str, form: MeetingHeld) -> Row:
    """A meeting took place. NotNow before it began; Malformed when somebody named was not invited, or no mediator
    was there."""
    sitting.at_home()
    seen = _planned(sitting, meeting_id)
    if sitting.now < seen["starts"]:
        raise NotNow("会议还没有开始")
    invited = [one for one in meetings.attending(sitting.connection, [meeting_id]) if one["released_at"] is None]
    there = set(form.attended)
    if there - {one["id"] for one in invited}:
        raise Malformed("到会人不在受邀人中", {"attended": "请从受邀人中选择"})
    if not any(one["mediator_id"] and one["id"] in there for one in invited):
        raise Malformed("没有调解员到会", {"attended": "至少一位调解员到会"})
    for one in invited:
        meetings.change_attendance(sitting.connection, one["id"], {"attended": one["id"] in there})
    return meetings.change_meeting(sitting.connection, seen, {"status": "held", "changed_at": sitting.now})


def keep_minutes(sitting: Sitting, meeting_id: str, form: Minutes) -> Row:
    """Name the attachment that holds the minutes. NotNow before the meeting was held; Conflict once somebody signed."""
    sitting.at_home()
    seen = _of_case(sitting, meeting_id)
    if seen["status"] != "held":
        raise NotNow("会议召开后才有调解记录")
    if any(one["signed_at"] for one in meetings.attending(sitting.connection, [meeting_id])):
        raise Conflict("调解记录已有人签名,不能更换")
    paper = _paper(sitting, form.attachment_id, "attachment_id")
    changed = {"minutes_id": paper.id, "minutes_sha256": paper.sha256, "changed_at": sitting.now}
    return meetings.change_meeting(sitting.connection, seen, changed)


def sign(sitting: Sitting, meeting_id: str, form: MinutesSigned) -> None:
    """Somebody who attended signs the minutes: the image and the hash of exactly what was signed are kept."""
    sitting.at_home()
    seen = _of_case(sitting, meeting_id)
    if not seen["minutes_sha256"]:
        raise NotNow("还没有调解记录可签")
    if form.minutes_sha256 != seen["minutes_sha256"]:
        raise Conflict("调解记录已经更换,请重新核对后再签名")
    one = _invitation(sitting, meeting_id, form.attendance_id)
    if not one["attended"]:
        raise NotNow("没有到会的人不能在记录上签名")
    if one["signed_at"]:
        raise Conflict("已经签过名")
    image = _paper(sitting, form.signature_id, "signature_id")
    if not image.media_type.startswith("image/"):
        raise Malformed("签名须是图像", {"signature_id": "请上传签名图像"})
    signed = {"signature_id": image.id, "signature_sha256": image.sha256, "signed_sha256": seen["minutes_sha256"]}
    meetings.change_attendance(sitting.connection, one["id"], {**signed, "signed_at": sitting.now})


def reply(sitting: Sitting, meeting_id: str, form: InvitationAnswer) -> None:
    """Note whether somebody invited will come."""
    sitting = _held(sitting)
    _planned(sitting, meeting_id)
    one = _invitation(sitting, meeting_id, form.attendance_id)
    answered = {"answer": form.answer, "answered_at": sitting.now}
    meetings.change_attendance(sitting.connection, one["id"], answered)


def go_away(connection: Connection, mediator_id: str, span: Span, noted: tuple[str, str], now: datetime) -> str:
    """A mediator is away: Conflict names the planned meetings that must be moved first. Answers the absence's id;
    ``noted`` is the reason and by whom."""
    registers.lock_mediators(connection, [mediator_id])
    planned = meetings.planned_within(connection, mediator_id, span)
    if planned:
        raise Conflict(f"这段时间已安排会议,请先改期:{';'.join(one.said for one in planned)}")
    return registers.add_absence(connection, mediator_id, span, noted, now)


# --- what must hold


def _held(sitting: Sitting) -> Sitting:
    """The sitting with its case held: a party withdrawn, corrected or entered at this very moment is seen, or sees."""
    sitting.at_work()
    held = sitting.held()
    held.at_work()
    return held


def _of_case(sitting: Sitting, meeting_id: str) -> Row:
    seen = meetings.meeting(sitting.connection, meeting_id)
    if seen is None or seen["case_id"] != sitting.piece.id:
        raise NotFound("没有这次会议")
    return seen


def _planned(sitting: Sitting, meeting_id: str) -> Row:
    seen = _of_case(sitting, meeting_id)
    if seen["status"] != meetings.PLANNED:
        raise NotNow("这次会议已经召开或取消")
    return seen


def _invitation(sitting: Sitting, meeting_id: str, attendance_id: str) -> Row:
    for one in meetings.attending(sitting.connection, [meeting_id]):
        if one["id"] == attendance_id and one["released_at"] is None:
            return one
    raise Malformed("不在这次会议的受邀人中", {"attendance_id": "请从受邀人中选择"})


def _paper(sitting: Sitting, attachment_id: str, field: str) -> Attached:
    found = attachment(sitting.connection, attachment_id)
    if found is None or found.case_id != sitting.piece.id:
        raise Malformed("本案没有这份材料", {field: "请先上传"})
    return found


def _invited(sitting: Sitting, wanted: Sequence[str] | None) -> list[Row]:
    parties = sitting.parties()
    if not parties:
        raise StillNeeded(("还需:登记当事人",))
    if wanted is None:
        return parties
    return [sitting.party(one) for one in dict.fromkeys(wanted)]


def _mediator(sitting: Sitting) -> Row:
    current = appointments.current_appointment(sitting.connection, sitting.piece.id)
    if current is None:
        raise StillNeeded(("还需:选定调解员",))
    conflict = present_conflict(sitting)
    if conflict:
        raise NotNow(f"{CONFLICT}{conflict},请先更换")
    return registers.mediator(sitting.connection, current["mediator_id"])


def _may_meet(sitting: Sitting, parties: Sequence[str], live_stream: bool) -> None:
    given = given_in(sitting.connection, sitting.piece.id)
    if anyone_refused(given, parties):
        raise NotNow(sitting.pack.words("mediation.refused"))
    if live_stream and not may_stream(given, parties):
        raise StillNeeded((may_stream.__doc__ or "",))


def _room(sitting: Sitting, kind: str, room_id: str | None) -> Row | None:
    if kind not in ROOMS:
        return None
    room = registers.room(sitting.connection, room_id or "")
    usable = room is not None and room["active"] and room["kind"] == ROOMS[kind]
    if room is None or not usable or (kind == "committee" and room["committee"] != sitting.piece.station):
        raise Malformed("没有这个调解室", {"room_id": "请从本会调解室或共享法庭中选择"})
    return room


def _book(sitting: Sitting, meeting_id: str, span: Span, wanted: tuple[Row, Sequence[Row], Row | None]) -> None:
    """Take the quarter hours of mediator, parties and room; the mediator must not be away."""
    who, parties, room = wanted
    away = registers.absences(sitting.connection, [who["id"]], span).get(who["id"])
    if away:
        raise Conflict(f"{who['name']}{away[0].said}请假")
    called = {of_mediator(who["id"]): f"调解员{who['name']}"}
    if room is not None:
        called[of_room(room["id"])] = f"{room['name']}"
    for one in parties:
        called[key_of(one)] = named(one)
    meetings.book(sitting.connection, meeting_id, called, span)


def named(one: Row) -> str:
    """How a conflict names a party whose time is taken."""
    return f"当事人{one['name'] if one['kind'] == 'org' else masked_name(one['name'])}"


def key_of(one: Row) -> str:
    """Who comes for a party: the person, or an organisation's agent; an organisation without one comes itself."""
    if one["kind"] == "org":
        return of_party(one["id"], (one["agent_digest"], one["identity_digest"], one["contact_digest"]))
    return of_party(one["id"], (one["identity_digest"], one["contact_digest"]))
