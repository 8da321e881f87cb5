"""Who has which cases in sight (可见清单): the scope of every list, in SQL, and the marks between pages.

A scope is a set of branches, each served by its own index. What does not live here: what a list is filtered and sorted
by (queue), single cases (pieces) and how a case is shown (desk).
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, literal_column, not_, or_, true

from cases.errors import Malformed
from cases.grammar import EVERYWHERE, Actor
from cases.rules.area import OVERSIGHT_ROLES
from cases.rules.visibility import SUIT
from cases.rules.wall import COURT_ROLES, KEEPERS, MEDIATION, STATION_DESK, WALLED, shut_out
from cases.store.sheaf import table

MOST_DESKS, MOST_KEEPERS = 6, 40
"""Up to so many desks of an area, and organisations of any kind, are asked one after the other; more are asked
together."""

OWN = "\1"
"""Stands in an actor for the organisation they act for: what all of a role are asked is put into words once, and the
organisation filled in under the name ``org``."""

_ID = re.compile(r"[0-9a-f]{32}")
_case = table("case_file").c


Scope = tuple[str, bool]
"""As what an organisation stands in a case ("station", "assignee", "reporter"), and whether behind the wall."""


def own(column: Any, org: str | None) -> ColumnElement[bool]:
    """That a column names the organisation of whoever asks."""
    return column == (bindparam("org", type_=column.type) if org == OWN else org)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one organisation of an area keeps: the condition, and whether hardly any files are to be expected there."""

    holds: ColumnElement[bool]
    hardly_any: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to have a case in sight: why ("office", "department", "reporter", "inside" the wall as its committee or
    court, or the "station" a mediation came from) and its condition. ``scope`` is as what the organisation stands in
    all its cases, and on which side of the wall, where these are found by a word; ``keeps`` says that the asker keeps
    these files and may search what they say, ``area`` that they are what the asker supervises: files of both sides of
    the wall, found by no one word. ``kept`` divides these by who keeps them, where those are not many: what one keeps
    is sorted in an index, what several keep is not."""

    why: str
    holds: ColumnElement[bool]
    scope: Scope | None = None
    keeps: bool = False
    area: bool = False
    kept: tuple[Kept, ...] = ()


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
walled = or_(*(_case.case_type == literal_column(f"'{code}'") for code in sorted(WALLED)))

_suit = _case.case_type == SUIT


def branches(actor: Actor) -> list[Branch]:
    """What of all cases exists for this actor; the same answer as ``may_see``, as conditions."""
    if actor.confined:
        return [Branch("department", and_(_case.id.in_(sorted(actor.own_cases)), not_(walled)))]
    return _branches(actor)


def _branches(actor: Actor) -> list[Branch]:
    found = [_kept(actor.org)] if actor.org is not None and actor.roles & KEEPERS else []
    if actor.org is not None and actor.roles & COURT_ROLES:
        found.append(Branch("inside", and_(walled, own(_case.assignee, actor.org)), ("assignee", True)))
        found.append(Branch("department", and_(_suit, own(_case.assignee, actor.org)), ("assignee", False)))
    if actor.area == EVERYWHERE and actor.roles & OVERSIGHT_ROLES:
        return [*found, Branch("office", true(), area=True)]
    if actor.area and actor.roles & OVERSIGHT_ROLES:
        found.append(_supervised(actor))
    if actor.own_cases:
        found.append(Branch("reporter", _case.id.in_(sorted(actor.own_cases))))
    if actor.org is None or actor.roles <= {"admin"} or shut_out(actor):
        return found
    if actor.roles & {"operator", "station_head", "archivist"}:
        found.append(Branch("office", and_(own(_case.station, actor.org), not_(walled)), ("station", False)))
    if actor.roles & STATION_DESK:
        found.append(Branch("station", and_(_mediated, _came_from(actor.org))))
    found.append(Branch("department", and_(own(_case.assignee, actor.org), not_(walled)), ("assignee", False)))
    reported = and_(own(_case.reporter_org, actor.org), or_(_case.assignee.is_(None), walled, _suit))
    found.append(Branch("reporter", reported, ("reporter", False)))
    return found


def _supervised(actor: Actor) -> Branch:
    """What an area short of everything keeps."""
    many = len(actor.desks) > MOST_DESKS or len(actor.area) > MOST_KEEPERS
    kept = () if many else (Kept(_case.station == one, one not in actor.desks) for one in sorted(actor.area))
    return Branch("office", _case.station.in_(sorted(actor.area)), area=True, kept=tuple(kept))


def _kept(org: str) -> Branch:
    return Branch("inside", and_(walled, own(_case.station, org)), ("station", True), keeps=True)


def _came_from(org: str) -> ColumnElement[bool]:
    """Mediations that came from a report of this station."""
    report = table("case_file").alias("report")
    here = exists().where(report.c.id == _case.parent_id, own(report.c.station, org))
    return and_(_case.parent_id.is_not(None), here)
