"""全区概况 against plain Python: each count over rows of every kind, for an area, a station and everything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from cases.ids import new_id
from cases.office import Office
from cases.piece import Piece
from cases.store import overview
from cases.store.holdings import Period
from cases.store.sheaf import table
from tests.builders import FRIDAY, OTHER_STATION, STATION
from tests.cases.store.queue_rows import many_cases

AREAS = (None, frozenset({STATION}), frozenset({STATION, OTHER_STATION, "gone"}), frozenset[str]())
PERIOD = Period(FRIDAY - timedelta(hours=30), FRIDAY)


@pytest.fixture
def pieces(office: Office) -> list[Piece]:
    """Cases of every kind; their tasks have limits that were kept, were missed, run, or stand still."""
    made = many_cases(office, FRIDAY, 260)
    with office.database.writing() as connection:
        connection.execute(insert(table("deadline")), [_limit(n, piece) for n, piece in enumerate(made)])
    return made


def _limit(n: int, piece: Piece) -> dict[str, object]:
    due = FRIDAY - timedelta(hours=5) + timedelta(hours=10) * (n % 5 == 4)
    stopped = {0: due, 1: due + timedelta(minutes=1)}.get(n % 5)
    stands = FRIDAY if n % 5 == 3 else None
    code = overview.SIGN_FOR if n % 2 else overview.HANDLING
    row: dict[str, object] = {"id": new_id(), "case_id": piece.id, "code": code, "limit_code": "x", "unit": "d"}
    row |= {"amount": 1, "rolls": True, "extra": 0, "extensions": 0, "rung": 0, "provisional": False, "hours": ""}
    row |= {"started_at": FRIDAY, "due_at": due, "stopped_at": stopped, "stands_since": stands, "stood": "[]"}
    return row | {"ground": "", "calendar": "", "pack_id": piece.pack_id}


def within(area: frozenset[str] | None, piece: Piece) -> bool:
    return area is None or piece.station in area


def in_period(moment: object) -> bool:
    return moment is not None and PERIOD.since <= moment < PERIOD.until  # type: ignore[operator]


def late(piece: Piece) -> bool:
    return piece.is_open and piece.next_due is not None and piece.next_due < FRIDAY


@pytest.mark.parametrize("area", AREAS)
def test_places_and_matters_are_those_of_the_reports(office: Office, pieces: list[Piece], area: frozenset[str] | None):
    reports = [one for one in pieces if one.case_type == "clue" and within(area, one)]
    with office.database.reading() as connection:
        places = overview.places(connection, area, PERIOD, FRIDAY)
        matters = overview.matters(connection, area, PERIOD)
    for one in places:
        here = [piece for piece in reports if (piece.community, piece.station) == (one.community, one.station)]
        counted = (sum(p.is_open for p in here), sum(map(late, here)), sum(in_period(p.opened_at) for p in here))
        assert (one.open, one.overdue, one.came) == counted
    assert sum(one.open for one in places) == sum(one.is_open for one in reports)
    assert sum(one.came for one in places) == sum(in_period(one.opened_at) for one in reports)
    came = [one.matter for one in reports if in_period(one.opened_at)]
    assert dict(matters) == {matter: came.count(matter) for matter in set(came)}
    assert bool(places) == bool(reports)


@pytest.mark.parametrize("area", AREAS)
def test_departments_are_told_by_their_unsealed_tasks(office: Office, pieces: list[Piece], area: frozenset[str] | None):
    numbered = [(n, one) for n, one in enumerate(pieces) if one.case_type == "assignment" and not one.sealed]
    tasks = [(n, one) for n, one in numbered if within(area, one)]
    with office.database.reading() as connection:
        found = {one.org: one for one in overview.offices(connection, area, PERIOD, FRIDAY)}
    assert set(found) <= {one.assignee for _, one in tasks}
    for org, told in found.items():
        own = [(n, one) for n, one in tasks if one.assignee == org]
        given = [(n, one) for n, one in own if in_period(one.opened_at)]
        assert told.given == len(given)
        assert told.returned == sum(one.state == "returned" for _, one in given)
        signing = [n % 5 for n, _ in given if n % 2]
        handling = [n % 5 for n, one in given if not n % 2 and one.state != "returned"]
        assert (told.signed, told.to_sign) == (signing.count(0), sum(which in {0, 1, 2} for which in signing))
        assert (told.handled, told.to_handle) == (handling.count(0), sum(which in {0, 1, 2} for which in handling))
        assert (told.open, told.overdue) == (sum(o.is_open for _, o in own), sum(late(o) for _, o in own))
        done = [o for _, o in own if o.state == "concluded" and in_period(o.closed_at)]
        assert sorted(told.seconds) == sorted((o.closed_at - o.opened_at).total_seconds() for o in done)  # type: ignore[operator]
    assert bool(found) == bool(tasks)
