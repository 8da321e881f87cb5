"""保密墙: who stands where, what leaves, and that lists and single cases give the same answer."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from cases.desk.views import Reader, find
from cases.errors import NotFound
from cases.grammar import Actor
from cases.office import Office
from cases.packs.loader import load_pack
from cases.piece import Piece
from cases.rules.visibility import may_see
from cases.rules.wall import (
    COURT,
    INSIDE,
    ORIGIN,
    OVERSIGHT,
    PARTY,
    due_outside,
    facts_outside,
    line_outside,
    side_of,
    wall_between,
)
from cases.store.queue.asked import Asked
from cases.store.queue.paging import listed
from cases.store.queues import branches
from cases.store.sheaf import table
from tests.builders import FIRE, FRIDAY, OTHER_STATION, PROPERTY, STATION, STREET, a_piece, a_task, an_actor, by_code
from tests.cases.chamber import COMMITTEE, OTHER_COMMITTEE, Table

PACK = load_pack("jintan")
COURT_ORG = "JT-FY"
CANARY = "对方在调解中承认了漏水"


def a_talk(**changed: Any) -> Piece:
    fields: dict[str, Any] = {
        "id": "7a1c",
        "case_type": "mediation",
        "state": "mediating",
        "station": COMMITTEE,
        "reporter_org": PROPERTY,
        "parent_id": "c0ffee",
        "parent": a_piece(),
    }
    return a_piece(**(fields | changed))


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        (an_actor("m", COMMITTEE, "mediator"), INSIDE),
        (an_actor("m", COMMITTEE, "mediator", "dept_officer"), INSIDE),
        (an_actor("a", COMMITTEE, "archivist"), INSIDE),
        (an_actor("h", COMMITTEE, "committee_head"), INSIDE),
        (an_actor("c", COURT_ORG, "court_clerk"), None),
        (an_actor("o", COMMITTEE, "operator"), None),
        (an_actor("d", COMMITTEE, "dept_officer"), None),
        (an_actor("m", OTHER_COMMITTEE, "mediator"), None),
        (an_actor("s", "JT", "supervisor"), OVERSIGHT),
        (an_actor("u", "JT", "auditor"), OVERSIGHT),
        (an_actor("t", STREET, "supervisor"), OVERSIGHT),
        (an_actor("t", "JT-DC", "supervisor"), None),
        (an_actor("o", STATION, "operator"), ORIGIN),
        (an_actor("h", STATION, "station_head"), ORIGIN),
        (an_actor("a", STATION, "archivist"), None),
        (an_actor("o", OTHER_STATION, "operator"), None),
        (an_actor("f", FIRE, "dept_officer", "dept_head"), None),
        (an_actor("p", PROPERTY, "reporter"), PARTY),
        (an_actor("p", PROPERTY, "admin"), None),
        (an_actor("n", None, "mediator", "operator"), None),
        (by_code("7a1c"), PARTY),
        (by_code("another"), None),
    ],
)
def test_who_stands_where(actor: Actor, side: str | None):
    assert side_of(actor, a_talk()) == side
    assert may_see(actor, a_talk()) is (side is not None)


def test_a_mediation_without_a_report_is_unknown_to_every_station():
    for talk in (a_talk(parent=None), a_talk(parent_id=None, parent=None)):
        assert side_of(an_actor("o", STATION, "operator", "station_head"), talk) is None


def test_who_is_a_mediator_only_does_not_know_of_enforcement_not_even_their_committees():
    mediator = an_actor("m", COMMITTEE, "mediator")
    for piece in (a_piece(), a_piece(reporter_org=COMMITTEE), a_task(assignee=COMMITTEE)):
        assert not may_see(mediator, piece)
    assert may_see(an_actor("m", COMMITTEE, "mediator", "dept_officer"), a_task(assignee=COMMITTEE))


@pytest.mark.parametrize(
    ("org", "piece", "other", "between"),
    [
        (COMMITTEE, a_talk(), a_piece(), True),
        (COMMITTEE, a_talk(case_type="confirmation"), a_talk(), False),
        (STATION, a_piece(case_type="supervision"), a_talk(), True),
        (STATION, a_task(), a_piece(), False),
    ],
)
def test_a_document_does_not_carry_what_is_said_across(org: str, piece: Piece, other: Piece, between: bool):
    assert wall_between(an_actor("x", org, "mediator", "operator"), piece, other) is between


@pytest.mark.parametrize("said", ["agreed", "failed", "withdrawn", "declined"])
def test_of_the_facts_only_the_word_for_the_outcome_leaves(said: str):
    assert facts_outside(a_talk(facts={"outcome": said, "said": CANARY, "performed": "full"})) == {"outcome": said}


@pytest.mark.parametrize("said", [CANARY, None, ["agreed"], ""])
def test_an_outcome_that_is_no_such_word_stays_inside(said: Any):
    piece = a_talk(facts={"outcome": said if not isinstance(said, list) else str(said)})
    assert facts_outside(piece) == {}


def test_a_court_reads_what_was_brought_before_it_and_its_own_clerks_alone():
    asked = a_talk(case_type="confirmation", assignee=COURT_ORG, parent=a_talk())
    assert side_of(an_actor("c", COURT_ORG, "court_clerk"), asked) == COURT
    assert side_of(an_actor("d", COURT_ORG, "dept_officer"), asked) is None
    assert side_of(an_actor("c", FIRE, "court_clerk"), asked) is None
    assert side_of(an_actor("o", STATION, "operator"), asked) is None, "the report's station stops at the mediation"
    assert side_of(an_actor("o", COMMITTEE, "operator"), asked) is None


def line(**changed: Any) -> dict[str, Any]:
    fields = {
        "seq": 3, "at": FRIDAY, "verb": "note", "actor": "account:m", "actor_org": COMMITTEE, "role": "mediator",
        "from_state": "mediating", "to_state": "mediating", "payload": {"text": CANARY},
    }  # fmt: skip
    return fields | changed


def test_the_station_reads_that_the_state_changed_and_nothing_more():
    assert line_outside(line(), ORIGIN, PACK) is None
    told = line_outside(line(to_state="agreed"), ORIGIN, PACK)
    assert told is not None
    assert (told["verb"], told["actor"], told["actor_org"], told["role"]) == ("walled", "", "", "")
    assert told["payload"] == {"text": "调解内容依法保密"}


def test_those_who_supervise_read_who_did_what_and_not_what_was_said():
    told = line_outside(line(), OVERSIGHT, PACK)
    assert told == line(payload={"text": "调解内容依法保密"})


def test_terms_are_for_those_who_supervise():
    talk = a_talk(next_due=FRIDAY)
    assert due_outside(talk, OVERSIGHT) == FRIDAY
    assert due_outside(talk, ORIGIN) is None


# --- lists and single cases give the same answer

ORGS = (
    STATION,
    OTHER_STATION,
    COMMITTEE,
    OTHER_COMMITTEE,
    FIRE,
    PROPERTY,
    COURT_ORG,
    "JT",
    STREET,
    "JT-SH",
    "gone",
    None,
)
ROLE_SETS = (
    (), ("mediator",), ("mediator", "dept_officer"), ("mediator", "supervisor"), ("operator",), ("station_head",),
    ("archivist",), ("dept_officer",), ("reporter",), ("supervisor",), ("auditor",), ("admin",), ("admin", "mediator"),
    ("committee_head",), ("court_clerk",), ("court_clerk", "dept_officer"), ("party",),
)  # fmt: skip


@pytest.fixture
def files(office: Office) -> Table:
    """Reports, tasks and mediations of several committees, with and without a report behind them."""
    made = Table(office)
    report = made.counter.dispatched(lead=FIRE)
    made.counter.dispatched(lead="JT-SJ", assists=(FIRE,), matter="CG01")
    made.open(parent=report, summary=CANARY)
    made.open(parent=report, station=OTHER_COMMITTEE)
    made.open()
    made.open(reporter_org=PROPERTY, next_due=FRIDAY)
    ended = made.open(parent=report)
    made.closed(ended)
    made.open(parent=ended, case_type="confirmation", state="window")
    made.open(parent=ended, case_type="confirmation", state="received", assignee=COURT_ORG, reporter_org=PROPERTY)
    made.open(parent=ended, case_type="confirmation", state="received", assignee=FIRE)
    return made


def test_a_list_holds_exactly_what_its_reader_may_see(files: Table):
    pieces = files.counter.everything()
    seen_by_somebody: set[str] = set()
    with files.database.reading() as connection:
        for org, roles in itertools.product(ORGS, ROLE_SETS):
            for own in ((), (pieces[-1].id,)):
                actor = an_actor("x", org, *roles, own=own)
                page, _ = listed(connection, actor, "", Asked(limit=200), files.now)
                allowed: set[str] = set()
                for piece in pieces:
                    try:
                        find(connection, files.office.desk.pieces, piece.id, Reader(actor, ""))
                    except NotFound:
                        continue
                    allowed.add(piece.id)
                assert {one.id for one in page} == allowed, (org, roles, own)
                seen_by_somebody |= allowed
    assert seen_by_somebody == {piece.id for piece in pieces}


@pytest.mark.parametrize(
    ("asked", "inside", "station"),
    [
        (Asked(case_type="mediation", text="漏水"), 1, 0),
        (Asked(case_type="mediation", overdue=True), 1, 0),
        (Asked(case_type="mediation", state="routed"), 1, 1),
        (Asked(case_type="mediation", holder=COMMITTEE), 3, 0),
        (Asked(case_type="mediation"), 4, 3),
    ],
)
def test_a_filter_tells_nothing_the_view_does_not(files: Table, asked: Asked, inside: int, station: int):
    files.clock.ahead(days=1)
    found: list[int] = []
    with files.database.reading() as connection:
        for actor in (an_actor("m", COMMITTEE, "mediator"), an_actor("o", STATION, "operator")):
            page, _ = listed(connection, actor, "", asked, files.now)
            found.append(len(page))
    assert found == [inside, station]


def test_the_list_uses_the_index_of_walled_cases(files: Table):
    cases = table("case_file")
    (branch,) = [one for one in branches(an_actor("o", STATION, "operator")) if one.why == "station"]
    question = cases.select().where(branch.holds).order_by(cases.c.id.desc()).limit(51)
    text = str(question.compile(files.database.engine, compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN QUERY PLAN" if files.database.kind == "sqlite" else "EXPLAIN"
    with files.database.reading() as connection:
        if files.database.kind == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # ten rows would be read from start to end
        plan = " ".join(str(row) for row in connection.exec_driver_sql(f"{explain} {text}"))
    assert "case_walled" in plan
