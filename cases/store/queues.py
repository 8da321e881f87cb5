"""Lists of cases (案件清单): every question is scoped by who asks, in SQL, and filtered by what they may know.

A scope is a set of branches, each served by its own index and merged by id, newest first; a filter on a state or a due
moment sees the case as the asker would, or it would tell what the seal hides. What does not live here: single cases
(pieces) and how a case is shown (desk).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, false, literal_column, not_, or_, select, true

from cases.errors import Malformed
from cases.grammar import Actor
from cases.piece import Piece
from cases.rules.visibility import INNER_STATES, POLICE, SEALED_STATES
from cases.rules.wall import COURT_ROLES, KEEPERS, MEDIATION, STATION_DESK, WALLED, shut_out
from cases.store.pieces import piece_of
from cases.store.sheaf import table

MOST = 200
SHOWN_AS = "verifying"
"""How a sealed task in any of the sealed states is shown."""

_ID = re.compile(r"[0-9a-f]{32}")
_case = table("case_file").c


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for; None or "" leaves a filter out. ``cursor`` is where the last page ended."""

    case_type: str | None = None
    state: str | None = None
    holder: str | None = None
    community: str | None = None
    matter: str | None = None
    overdue: bool = False
    text: str | None = None
    parent: str | None = None
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to have a case in sight: why ("office", "department", "reporter", "inside" the wall as its committee or
    court, or the "station" a mediation came from) and its condition."""

    why: str
    holds: ColumnElement[bool]


def write_cursor(case_id: str) -> str:
    """An opaque mark for the end of a page."""
    return base64.urlsafe_b64encode(bytes.fromhex(case_id)).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """The id a mark stands for; Malformed for anything this house did not write."""
    try:
        found = base64.b64decode(cursor.encode("ascii") + b"==", altchars=b"-_", validate=True).hex()
    except (binascii.Error, ValueError) as error:
        raise Malformed("翻页标记不正确", {"cursor": "请使用上一页给出的标记"}) from error
    if not _ID.fullmatch(found):
        raise Malformed("翻页标记不正确", {"cursor": "请使用上一页给出的标记"})
    return found


# Literals, not parameters: only so can the database use the partial index on cases behind the wall.
_mediated = _case.case_type == literal_column(f"'{MEDIATION}'")
_walled = or_(*(_case.case_type == literal_column(f"'{code}'") for code in sorted(WALLED)))


def branches(actor: Actor) -> list[Branch]:
    """What of all cases exists for this actor; the same answer as ``may_see``, as conditions."""
    found = [Branch("inside", and_(_walled, _case.station == actor.org))] if _keeps(actor) else []
    if actor.org is not None and actor.roles & COURT_ROLES:
        found.append(Branch("inside", and_(_walled, _case.assignee == actor.org)))
    if actor.roles & {"auditor", "supervisor"}:
        return [*found, Branch("office", true())]
    if actor.own_cases:
        found.append(Branch("reporter", _case.id.in_(sorted(actor.own_cases))))
    if actor.org is None or actor.roles <= {"admin"} or shut_out(actor):
        return found
    if actor.roles & {"operator", "station_head", "archivist"}:
        found.append(Branch("office", and_(_case.station == actor.org, not_(_walled))))
    if actor.roles & STATION_DESK:
        found.append(Branch("station", and_(_mediated, _came_from(actor.org))))
    found.append(Branch("department", and_(_case.assignee == actor.org, not_(_walled))))
    reported = and_(_case.reporter_org == actor.org, or_(_case.assignee.is_(None), _walled))
    found.append(Branch("reporter", reported))
    return found


def _keeps(actor: Actor) -> bool:
    return actor.org is not None and bool(actor.roles & KEEPERS)


def _came_from(org: str) -> ColumnElement[bool]:
    """Mediations that came from a report of this station."""
    report = table("case_file").alias("report")
    return exists().where(report.c.id == _case.parent_id, report.c.station == org)


def listed(
    connection: Connection, actor: Actor, kind: str, asked: Asked, now: datetime
) -> tuple[list[Piece], str | None]:
    """One page of the cases the actor may see, newest first, and the mark of the next page if there is one.

    ``kind`` is the kind of the actor's organisation: the seal depends on it.
    """
    limit = max(1, min(asked.limit, MOST))
    before = read_cursor(asked.cursor) if asked.cursor else None
    found: dict[str, Piece] = {}
    for branch in branches(actor):
        conditions = [branch.holds, *_filters(branch, actor, kind, asked, now)]
        if before is not None:
            conditions.append(_case.id < before)
        question = select(table("case_file")).where(*conditions).order_by(_case.id.desc()).limit(limit + 1)
        for row in connection.execute(question):
            found.setdefault(row.id, piece_of(tuple(row)))
    ids = sorted(found, reverse=True)
    page = [found[i] for i in ids[:limit]]
    return page, write_cursor(page[-1].id) if len(ids) > limit else None


def _filters(branch: Branch, actor: Actor, kind: str, asked: Asked, now: datetime) -> Iterator[ColumnElement[bool]]:
    plain: list[tuple[Any, str | None]] = [
        (_case.case_type, asked.case_type),
        (_case.community, asked.community),
        (_case.matter, asked.matter),
        (_case.parent_id, asked.parent),
    ]
    yield from (column == value for column, value in plain if value)
    if asked.holder:
        told = branch.why not in {"reporter", "station"} or asked.holder == actor.org
        yield _case.holder == asked.holder if told else false()
    if asked.state:
        yield _in_state(branch, kind, asked.state)
    if asked.overdue:
        yield _late(branch, kind, now)
    if asked.text:
        said = _case.summary.contains(asked.text, autoescape=True)
        yield or_(_case.number == asked.text, said if branch.why == "inside" else and_(said, not_(_walled)))


def _behind_seal() -> ColumnElement[bool]:
    return and_(_case.sealed.is_(True), _case.assignee.is_not(None))


def _in_state(branch: Branch, kind: str, state: str) -> ColumnElement[bool]:
    """The state as the asker sees it, not as it is."""
    same = _case.state == state
    if branch.why == "reporter" and state in INNER_STATES:
        return false()
    if branch.why == "reporter" and state == "dispatched":
        return _case.state.in_([state, *INNER_STATES])
    if kind == POLICE or state not in SEALED_STATES:
        return same
    if state == SHOWN_AS:
        return or_(same, and_(_behind_seal(), _case.state.in_(SEALED_STATES)))
    return and_(same, not_(_behind_seal()))


def _late(branch: Branch, kind: str, now: datetime) -> ColumnElement[bool]:
    """Overdue as the asker may know it: a sealed term, or one inside the office, does not count."""
    late = and_(_case.is_open.is_(True), _case.next_due < now)
    if branch.why == "station":
        return false()
    if branch.why == "reporter":
        return and_(late, _case.state.not_in(INNER_STATES))
    if kind == POLICE:
        return late
    return and_(late, not_(and_(_behind_seal(), _case.state.in_(SEALED_STATES - {SHOWN_AS}))))
