"""How many open cases stand in which state (各状态件数), as whoever asks sees them.

What does not live here: lists of those cases (paging).
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, func, select

from cases.grammar import Actor
from cases.rules.visibility import INNER_STATES, SEALED_STATES, SHOWN_AS
from cases.store.queue.faces import OPEN, Face, faces
from cases.store.sheaf import table

REPORTED_AS = "dispatched"
"""How a report inside the return game looks to whoever reported."""


def census(connection: Connection, actor: Actor, kind: str, case_type: str | None = None) -> Counter[tuple[str, str]]:
    """Open cases in sight by case type and state, of one case type if one is named. ``kind`` is the kind of the actor's
    organisation."""
    case = table("case_file").c
    found: Counter[tuple[str, str]] = Counter()
    for face in faces(actor, kind):
        question = select(case.case_type, case.state, func.count()).where(face.holds, OPEN)
        if case_type is not None:
            question = question.where(case.case_type == case_type)
        for code, state, many in connection.execute(question.group_by(case.case_type, case.state)):
            found[code, _looks(face, state)] += many
    return found


def _looks(face: Face, state: str) -> str:
    """The state as the asker sees it; the other way round than ``Face.behind``."""
    if face.why == "reporter" and state in INNER_STATES:
        return REPORTED_AS
    return SHOWN_AS if face.sealed and state in SEALED_STATES else state
