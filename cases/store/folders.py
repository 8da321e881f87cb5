"""Folders of cases (卷内登记), read for many at once: parties without names, answers, the mediator, meetings.

What does not live here: what a folder means for a step (rules), and writing any of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from cases.rules.consents import Given
from cases.rules.folder import Folder, MeetingLine, PartyLine
from cases.store.among import among
from cases.store.sheaf import table


def folders(connection: Connection, case_ids: Iterable[str]) -> dict[str, Folder]:
    """The folder of each of these cases; an empty one for a case without anything."""
    wanted = sorted(set(case_ids))
    if not wanted:
        return {}
    parties = _gathered(connection, "party", wanted, ("id", "ordinal", "side", "org", "withdrawn_at"), ("ordinal",))
    given = _gathered(
        connection, "consent", wanted, ("party_id", "what", "answer", "answered_at", "void_at"), ("asked_at", "id")
    )
    who = _gathered(connection, "appointment", wanted, ("mediator_id", "ended_at"), ("appointed_at",))
    met = _gathered(connection, "meeting", wanted, ("id", "status", "minutes_sha256"), ("ordinal",))
    return {
        case: Folder(
            tuple(
                PartyLine(row.id, row.ordinal, row.side, row.org or "")
                for row in parties[case]
                if row.withdrawn_at is None
            ),
            tuple(
                Given(row.party_id, row.what, row.answer, row.answered_at) for row in given[case] if row.void_at is None
            ),
            next((row.mediator_id for row in who[case] if row.ended_at is None), ""),
            tuple(MeetingLine(row.id, row.status, bool(row.minutes_sha256)) for row in met[case]),
        )
        for case in wanted
    }


def _gathered(
    connection: Connection, name: str, wanted: list[str], columns: tuple[str, ...], order: tuple[str, ...]
) -> dict[str, list[Any]]:
    """Rows of a table by case, in order."""
    kept: Table = table(name)
    picked: list[ColumnElement[Any]] = [kept.c.case_id, *(kept.c[column] for column in columns)]
    these = among(connection.dialect.name, kept.c.case_id, wanted)
    question = select(*picked).where(these).order_by(*(kept.c[column] for column in order))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(question):
        found[row.case_id].append(row)
    return found
