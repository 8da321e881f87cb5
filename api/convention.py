"""The meetings of a mediation (会议安排) for callers who are known, each as one transaction and one answer.

What does not live here: HTTP (routes), who may book what (cases.desk.mediation.convening).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from api.chamber import Chamber
from api.house import House
from api.shapes import rows
from cases.desk.mediation import convening
from cases.desk.mediation.forms import (
    InvitationAnswer,
    MeetingCancelled,
    MeetingHeld,
    MeetingMove,
    MeetingPlan,
    Minutes,
    MinutesSigned,
)
from cases.desk.views import Reader, View
from cases.rules.visibility import masked_name
from cases.store import meetings, registers


class Convention:
    """Plans, moves, cancels, holds; minutes and signatures."""

    def __init__(self, house: House) -> None:
        self.chamber = Chamber(house)

    def listed(self, reader: Reader, case_id: str) -> View:
        """The meetings of a case with who is invited, and the rooms there are."""
        with self.chamber.reading(reader, case_id) as sitting:
            sitting.at_home()
            connection, home = sitting.connection, sitting.piece.station or ""
            found = [_shown(connection, one) for one in meetings.meetings_of(connection, sitting.piece.id)]
            return rows(found, rooms=[_room(one) for one in registers.rooms(connection, [home])])

    def plan(self, reader: Reader, case_id: str, form: MeetingPlan) -> View:
        """Plan a meeting."""
        with self.chamber.writing(reader, case_id) as sitting:
            return _shown(sitting.connection, convening.plan(sitting, form))

    def move(self, reader: Reader, case_id: str, meeting_id: str, form: MeetingMove) -> View:
        """Move a meeting."""
        with self.chamber.writing(reader, case_id) as sitting:
            return _shown(sitting.connection, convening.move(sitting, meeting_id, form))

    def cancel(self, reader: Reader, case_id: str, meeting_id: str, form: MeetingCancelled) -> View:
        """Cancel a meeting."""
        with self.chamber.writing(reader, case_id) as sitting:
            return _shown(sitting.connection, convening.cancel(sitting, meeting_id, form))

    def hold(self, reader: Reader, case_id: str, meeting_id: str, form: MeetingHeld) -> View:
        """A meeting was held."""
        with self.chamber.writing(reader, case_id) as sitting:
            return _shown(sitting.connection, self.chamber.hearing.hold(sitting, meeting_id, form))

    def minutes(self, reader: Reader, case_id: str, meeting_id: str, form: Minutes) -> View:
        """Name the minutes."""
        with self.chamber.writing(reader, case_id) as sitting:
            return _shown(sitting.connection, convening.keep_minutes(sitting, meeting_id, form))

    def reply(self, reader: Reader, case_id: str, meeting_id: str, form: InvitationAnswer) -> View:
        """Note an answer to an invitation."""
        with self.chamber.writing(reader, case_id) as sitting:
            convening.reply(sitting, meeting_id, form)
            return _of(sitting.connection, meeting_id)

    def sign(self, reader: Reader, case_id: str, meeting_id: str, form: MinutesSigned) -> View:
        """Keep a signature under the minutes."""
        with self.chamber.writing(reader, case_id) as sitting:
            convening.sign(sitting, meeting_id, form)
            return _of(sitting.connection, meeting_id)


def _of(connection: Connection, meeting_id: str) -> View:
    return _shown(connection, meetings.meeting(connection, meeting_id) or {})


def _shown(connection: Connection, one: dict[str, Any]) -> View:
    kept = (
        "id", "ordinal", "kind", "room_id", "address", "starts", "ends", "status", "live_stream", "sequence", "reason",
        "minutes_id", "minutes_sha256",
    )  # fmt: skip
    view: View = {name: one[name] for name in kept}
    return {**view, "invited": list(_invited(meetings.attending(connection, [one["id"]])))}


def _invited(found: Iterable[dict[str, Any]]) -> Iterable[View]:
    kept = ("id", "mediator_id", "party_id", "answer", "answered_at", "attended", "signed_at", "signed_sha256")
    for one in found:
        if one["released_at"] is None:
            name = one["mediator_name"] or masked_name(one["party_name"] or "")
            yield {**{column: one[column] for column in kept}, "name": name}


def _room(one: dict[str, Any]) -> View:
    return {name: one[name] for name in ("id", "kind", "name", "address", "seats")}
