"""The queue against plain Python: scope, saved views, orders, pages there and back, while rows move."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, update

from cases.desk.views import Reader
from cases.errors import Malformed
from cases.machines import CASE_TYPES
from cases.office import Office
from cases.piece import Piece
from cases.rules.saved_views import EVERY_VIEW, states_of
from cases.store.queue.asked import CLOSED, DATED, NOBODY, Asked, Mark, Place, read_mark, write_mark
from cases.store.queue.paging import counts, page
from cases.store.sheaf import table
from tests.builders import DISTRICT, FIRE, FRIDAY, OTHER_STATION, POLICE, PROPERTY, STATION, STREET, an_actor, by_code
from tests.cases.chamber import COMMITTEE
from tests.cases.store.queue_rows import COURT_ORG, asked_by, held_in, in_order, many_cases, seen_by

MANY = 170
READERS = (
    Reader(an_actor("o", STATION, "operator"), "station"),
    Reader(an_actor("h", OTHER_STATION, "station_head"), "station"),
    Reader(an_actor("f", FIRE, "dept_officer"), "fire"),
    Reader(an_actor("p", POLICE, "dept_head"), "police"),
    Reader(an_actor("m", COMMITTEE, "mediator"), "mediation"),
    Reader(an_actor("c", COURT_ORG, "court_clerk"), "court"),
    Reader(an_actor("r", PROPERTY, "reporter"), "property"),
    Reader(an_actor("s", DISTRICT, "supervisor"), "district"),
    Reader(an_actor("n", None, "admin"), ""),
    Reader(an_actor("t", STREET, "supervisor"), "street"),
    Reader(an_actor("u", FIRE, "supervisor"), "fire"),
    Reader(an_actor("v", POLICE, "supervisor", "dept_head"), "police"),
    Reader(an_actor("w", OTHER_STATION, "auditor"), "station"),
    Reader(an_actor("x", OTHER_STATION, "operator"), "station"),
    Reader(an_actor("y", PROPERTY, "dept_officer"), "fire"),
)


@pytest.fixture
def pieces(office: Office) -> list[Piece]:
    return many_cases(office, FRIDAY, MANY)


def whole(connection: Connection, reader: Reader, asked: Asked) -> list[str]:
    """All pages, one after the other; and back again to the first, which must be the same pages."""
    pages: list[list[str]] = []
    cursor: str | None = None
    marks: list[str | None] = []
    while True:
        found = page(connection, reader.actor, reader.kind, replace(asked, cursor=cursor), FRIDAY)
        pages.append([piece.id for piece in found.pieces])
        marks.append(found.previous)
        cursor = found.next
        if cursor is None:
            break
    assert marks[0] is None
    for before, mark in zip(reversed(pages[:-1]), reversed(marks[1:]), strict=True):
        back = page(connection, reader.actor, reader.kind, replace(asked, cursor=mark), FRIDAY)
        assert [piece.id for piece in back.pieces] == before
        assert back.next is not None
    return [case_id for one in pages for case_id in one]


def test_views_hold_exactly_what_their_reader_may_see_and_in_its_order(office: Office, pieces: list[Piece]):
    ever: dict[str, int] = dict.fromkeys(EVERY_VIEW, 0)
    with office.database.reading() as connection:
        for reader in (*READERS, Reader(by_code(pieces[3].id), "")):
            seen = seen_by(reader, pieces, FRIDAY)
            tallies = counts(connection, reader.actor, reader.kind, FRIDAY, views=EVERY_VIEW)
            for view in EVERY_VIEW:
                held = held_in(view, reader, seen)
                ever[view] += len(held)
                assert (tallies[view].count, tallies[view].more) == (len(held), False), (reader, view)
                for sort in ("due", "newest"):
                    asked = Asked(view=view, sort=sort, limit=40)
                    assert whole(connection, reader, asked) == in_order(held, sort), (reader, view, sort)
    assert all(ever.values()), "every view held something for somebody"


@pytest.mark.parametrize(
    "asked",
    [
        Asked(view="all", sort="due", state="verifying"),
        Asked(view="all", sort="due", state="dispatched", case_type="clue"),
        Asked(view="all", state="ordered"),
        Asked(view="overdue", community="JT-C01", matter="XF01"),
        Asked(view="mine", light="yellow"),
        Asked(view="all", light="grey"),
        Asked(view="all", light="green", sort="due"),
        Asked(view="all", department=FIRE, sort="due"),
        Asked(view="to_answer", holder=STATION),
        Asked(view="overdue", holder=FIRE),
        Asked(view="open", holder=NOBODY),
        Asked(view="all", holder=NOBODY, sort="due"),
        Asked(view="all", holder=FIRE),
        Asked(view="mine", holder=STATION),
        Asked(view="mine", state="verifying", sort="newest"),
        Asked(view="mine", department=FIRE, sort="newest"),
        Asked(view="mine", case_type="clue", sort="newest"),
        Asked(view="overdue", holder=NOBODY, sort="newest"),
        Asked(view="urged", case_type="assignment"),
        Asked(view="due_today", sort="newest"),
        Asked(view="all", opened_on=FRIDAY.date() - timedelta(days=1)),
        Asked(view="all", closed_on=FRIDAY.date(), sort="due"),
        Asked(view="open", opened_on=FRIDAY.date(), case_type="clue"),
        Asked(view="all", case_type="mediation"),
        Asked(view="open", case_type="assignment"),
        Asked(view="all", case_type="assignment", sort="due"),
        Asked(view="all", case_type="clue"),
        Asked(view="all", case_type="mediation", sort="due"),
        Asked(view="all", closed_on=FRIDAY.date()),
        Asked(view="all", matter="XF01"),
        Asked(view="all", matter="XF01", sort="due"),
        Asked(view="all", matter="XF01", case_type="assignment", sort="due"),
        Asked(view="all", state="archived", sort="due"),
    ],
)
@pytest.mark.parametrize("way", ["looked_up", "walked"])
def test_filters_see_a_case_as_its_reader_does(
    office: Office, pieces: list[Piece], asked: Asked, way: str, request: pytest.FixtureRequest
):
    if way == "walked":
        request.getfixturevalue("nothing_is_few")
    found = 0
    with office.database.reading() as connection:
        for reader in READERS[:1] + READERS[2:8] + READERS[9:]:
            held = asked_by(held_in(asked.view, reader, seen_by(reader, pieces, FRIDAY)), reader, asked)
            assert whole(connection, reader, replace(asked, limit=60)) == in_order(held, asked.order), reader
            found += len(held)
    assert found


def test_a_page_keeps_its_place_while_rows_come_go_and_move(office: Office, pieces: list[Piece]):
    """Whatever stands still is met once, whatever else happens between two pages."""
    reader, asked = READERS[7], Asked(view="all", sort="due", limit=25)
    held = seen_by(reader, pieces, FRIDAY)
    order = in_order(held, "due")
    gone, early, late = order[60], order[90], order[10]
    met: list[str] = []
    cursor: str | None = None
    case = table("case_file").c
    for turn in range(MANY):
        with office.database.reading() as connection:
            found = page(connection, reader.actor, reader.kind, replace(asked, cursor=cursor), FRIDAY)
        met += [piece.id for piece in found.pieces]
        cursor = found.next
        if cursor is None:
            break
        if turn == 1:
            many_cases(office, FRIDAY + timedelta(days=1), 5, seed=99)
            with office.database.writing() as connection:
                connection.execute(delete(table("case_words")).where(table("case_words").c.case_id == gone))
                connection.execute(delete(table("deadline")).where(table("deadline").c.case_id == gone))
                connection.execute(delete(table("case_file")).where(case.id == gone))
                moved = update(table("case_file"))
                past, ahead = FRIDAY - timedelta(days=30), FRIDAY + timedelta(days=30)
                connection.execute(moved.where(case.id == early).values(next_due=past, told_due=past))
                connection.execute(moved.where(case.id == late).values(next_due=ahead, told_due=ahead))
    still = [case_id for case_id in order if case_id not in {gone, early, late}]
    assert [case_id for case_id in met if case_id in set(still)] == still
    assert gone not in met
    assert early not in met, "it moved before the page that was reached"
    assert met.count(late) == 2, "it was met, and met again where it moved to"


def test_views_follow_the_tables_of_the_case_types():
    every = {view: states_of(saved, CASE_TYPES) for view, saved in EVERY_VIEW.items() if saved.verbs}
    assert every["to_accept"]["clue"] == {"reported"}
    assert every["to_dispatch"] == {"clue": {"accepted", "reopened"}}
    assert every["unsigned"] == {"assignment": {"dispatched"}}, "a clue is signed for by its task, not by a person"
    assert every["returns"] == {"assignment": {"return_asked", "return_ruling"}}
    assert {"handled", "fed_back", "confirming", "dissatisfied"} == every["to_answer"]["clue"]
    ends = {(t.code, s.code) for t in CASE_TYPES for s in t.states if s.end}
    assert not ends & {(t, s) for states in every.values() for t, each in states.items() for s in each}
    held = {(t.code, s.code) for t in CASE_TYPES for s in t.states if s.end and s.holder != "none"}
    assert not held, "what has ended is in nobody's hands, so a holder is not looked for there"
    verbs = {step.does for case_type in CASE_TYPES for step in case_type.steps}
    assert all(saved.verbs <= verbs for saved in EVERY_VIEW.values()), "a view waits for a verb nobody knows"


@pytest.mark.parametrize("mark", [
    Mark("01a200d64ad57540b6ec0b13688e528f"),
    Mark("01a200d64ad57540b6ec0b13688e528f", "due", Place(DATED, FRIDAY), backwards=True),
    Mark("01a200d64ad57540b6ec0b13688e528f", "due", Place(CLOSED)),
    Mark("01a200d64ad57540b6ec0b13688e528f", "newest", backwards=True),
])  # fmt: skip
def test_a_mark_is_read_as_it_was_written_and_for_no_other_order(mark: Mark):
    assert read_mark(write_mark(mark), mark.sort) == mark
    assert len(write_mark(mark)) <= 64
    with pytest.raises(Malformed):
        read_mark(write_mark(mark), "due" if mark.sort == "newest" else "newest")


@pytest.mark.parametrize("cursor", ["AAAA", "////" * 9, "_" * 34, "f" * 34, "Ag" + "f" * 32, "好"])
def test_a_mark_nobody_wrote_is_refused_or_harmless(office: Office, cursor: str):
    reader = READERS[0]
    with office.database.reading() as connection:
        for sort in ("due", "newest"):
            try:
                page(connection, reader.actor, reader.kind, Asked(sort=sort, cursor=cursor), FRIDAY)
            except Malformed:
                continue


@pytest.mark.parametrize("asked", [Asked(view="x"), Asked(sort="x"), Asked(light="blue")])
def test_what_there_is_not_is_refused(office: Office, asked: Asked):
    with office.database.reading() as connection, pytest.raises(Malformed):
        page(connection, READERS[0].actor, "", asked, FRIDAY)
