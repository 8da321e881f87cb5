"""How the databases go about a queue: along an index in its order, and by plans they already have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from cases.models.queue_indexes import QUEUE_INDEXES
from cases.office import Office
from cases.rules.saved_views import DUE, SAVED_VIEWS
from cases.store.queue.asked import CLOSED, DATED, UNDATED, Asked
from cases.store.queue.paging import counts, page
from cases.store.queue.posing import Inquiry
from cases.store.queue.tallying import Asker, tally
from cases.store.queue.walking import Walk, put
from tests.builders import FIRE, FRIDAY
from tests.cases.store.queue_rows import many_cases
from tests.cases.store.test_queue import READERS

Question = tuple[str, Any]


@contextmanager
def heard(office: Office) -> Iterator[list[Question]]:
    """Every statement that is asked inside, with its values."""
    found: list[Question] = []

    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        found.append((statement, values))

    event.listen(office.database.engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        event.remove(office.database.engine, "before_cursor_execute", listen)


def plans(office: Office, asked: Asked, who: int) -> list[str]:
    """What SQLite says of each question of a page, line by line."""
    reader = READERS[who]
    with office.database.reading() as connection:
        with heard(office) as questions:
            page(connection, reader.actor, reader.kind, asked, FRIDAY)
        return [
            row[3]
            for statement, values in questions
            if "FROM case_file" in statement
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


on_sqlite = pytest.mark.only_on("sqlite")
"""SQLite chooses by the shape of a question alone, so its plans are the same for ten cases and for a million."""

on_postgresql = pytest.mark.only_on("postgresql")


def sorted_again(found: list[str]) -> list[str]:
    """What is sorted after it was read; the mediations of a station's reports are few and may be, and so may the page
    that the slices were each cut to."""
    pairs = zip(["", *found], found, strict=False)
    few = ("SCAN anon_", "SEARCH report USING")
    return [before for before, line in pairs if "TEMP B-TREE" in line and not before.startswith(few)]


@on_sqlite
@pytest.mark.parametrize("who", [0, 2, 7, 9])
@pytest.mark.parametrize("view", list(SAVED_VIEWS))
def test_a_view_is_read_in_the_order_of_an_index(office: Office, view: str, who: int):
    found = plans(office, Asked(view=view), who)
    assert found
    assert not sorted_again(found), found
    assert not [line for line in found if line == "SCAN case_file"], found


@on_sqlite
@pytest.mark.parametrize("who", [0, 2, 7])
@pytest.mark.parametrize(
    "asked",
    [
        Asked(state="verifying"),
        Asked(state="closed"),
        Asked(light="red"),
        Asked(light="yellow"),
        Asked(light="green"),
        Asked(matter="XF01"),
    ],
    ids=lambda asked: asked.state or asked.light or asked.matter,
)
@pytest.mark.usefixtures("nothing_is_few")
def test_a_filtered_list_is_read_in_the_order_of_an_index(office: Office, asked: Asked, who: int):
    found = plans(office, asked, who)
    assert not sorted_again(found), found
    assert not [line for line in found if line == "SCAN case_file"], found


@on_sqlite
def test_few_cases_are_looked_up_by_their_ids(office: Office):
    many_cases(office, FRIDAY, 30)
    found = plans(office, Asked(community="JT-C01"), 0)
    assert any("case_of_place" in line for line in found)
    looked_up = [line for line in found if "sqlite_autoindex_case_file_1 (id=?)" in line]
    assert looked_up
    assert not [line for line in found if "case_station" in line], found


def test_all_views_are_counted_by_one_question(office: Office):
    reader = READERS[0]
    with office.database.reading() as connection, heard(office) as questions:
        counts(connection, reader.actor, reader.kind, FRIDAY)
    assert len([one for one in questions if "count(" in one[0]]) == 1


@pytest.mark.usefixtures("nothing_is_few")
def test_the_same_question_of_other_values_is_put_in_the_same_words(office: Office):
    many_cases(office, FRIDAY, 170)
    reader = READERS[0]
    with office.database.reading() as connection, heard(office) as questions:
        for matter in ("XF01", "CG02"):
            page(connection, reader.actor, reader.kind, Asked(matter=matter), FRIDAY)
    asked = [statement for statement, _ in questions if "case_file.matter" in statement]
    half = len(asked) // 2
    assert asked[:half] == asked[half:] != []
    assert any("ORDER BY" in statement for statement in asked)


@on_postgresql
def test_postgresql_keeps_the_plans_of_questions_from_page_to_page(office: Office):
    """The end of a transaction would make the driver forget them."""
    reader = READERS[0]
    for _ in range(7):
        with office.database.reading() as connection:
            page(connection, reader.actor, reader.kind, Asked(), FRIDAY)
    with office.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT statement FROM pg_prepared_statements").scalars().all()
    assert any("case_file" in statement for statement in kept)


@on_postgresql
@pytest.mark.usefixtures("nothing_is_few")
def test_postgresql_thinks_a_filtered_question_over_each_time(office: Office):
    """What is the best way to the cases of one holder is the worst to those of another."""
    many_cases(office, FRIDAY, 170)
    reader = READERS[0]
    for asked, keeps in ((Asked(view="overdue"), True), (Asked(view="overdue", matter="XF01"), False)):
        with office.database.reading() as connection:
            connection.exec_driver_sql("DEALLOCATE ALL")
            for _ in range(7):
                page(connection, reader.actor, reader.kind, asked, FRIDAY)
            kept = connection.exec_driver_sql("SELECT statement FROM pg_prepared_statements").scalars().all()
        assert any("ORDER BY" in statement for statement in kept) == keeps


@on_sqlite
def test_what_ended_on_a_day_is_counted_among_what_closed_that_day(office: Office):
    reader = READERS[7]
    asked = Asked(case_type="assignment", state="returned", closed_on=FRIDAY.date())
    with office.database.reading() as connection, heard(office) as questions:
        tally(connection, Asker(reader.actor, reader.kind, FRIDAY), asked)
        statement, values = next(one for one in questions if "count(" in one[0])
        found = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert any("case_closed" in line for line in found), found


@on_sqlite
def test_what_a_station_holds_itself_is_walked_along_an_index_of_its_own(office: Office):
    found = plans(office, Asked(view="mine"), 0)
    assert [line for line in found if "case_holder_station_due (holder=? AND station=?" in line], found


@on_sqlite
def test_the_few_cases_of_a_matter_are_looked_up_by_their_ids(office: Office):
    many_cases(office, FRIDAY, 30)
    found = plans(office, Asked(matter="XF01"), 0)
    assert any("case_of_matter (matter=?" in line for line in found), found
    assert any("sqlite_autoindex_case_file_1 (id=?)" in line for line in found), found


@on_sqlite
@pytest.mark.parametrize("light", ["due_soon", "overdue"])
def test_of_a_department_s_rows_an_index_knows_whether_they_are_behind_the_seal(office: Office, light: str):
    """What the wall and the seal ask of a row is in the index: a row that is only counted is not read."""
    used = {
        line.split(" USING INDEX ")[1].split(" ")[0]
        for line in plans(office, Asked(view=light), 2)
        if "INDEX case_" in line
    }
    columns = {name: each for name, each, _ in QUEUE_INDEXES}
    divided = {name for name in used if name.startswith("case_assignee") and "sealed" not in name}
    assert divided
    for name in divided:
        assert {"case_type", "sealed"} <= set(columns[name]), name


@on_sqlite
@pytest.mark.parametrize("asked", [Asked(), Asked(view="mine"), Asked(view="overdue"), Asked(view="due_soon")])
def test_a_long_list_of_one_matter_is_read_along_an_index_that_knows_it(office: Office, asked: Asked):
    reader, walk = READERS[0], Walk(asked.order, None, False, 31)
    used: set[str] = set()
    with office.database.reading() as connection:
        inquiry = Inquiry.of(connection, reader.actor, reader.kind, replace(asked, matter="XF01"), FRIDAY)
        with heard(office) as questions:
            for one in inquiry.slices():
                if one.face.why in {"office", "station"} and (question := put([one], walk, DATED)) is not None:
                    inquiry.put(question)
        for statement, values in questions:
            found = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            used |= {line.split(" USING INDEX ")[1].split(" ")[0] for line in found if "INDEX case_" in line}
    columns = {name: each for name, each, _ in QUEUE_INDEXES} | {"case_station_pages": ("station", "id", "matter")}
    assert used
    assert "case_of_matter" not in used
    for name in used:
        assert "matter" in columns[name], name


@on_sqlite
@pytest.mark.parametrize("view", ["to_accept", "to_answer"])
def test_a_station_walks_the_mediations_of_its_reports_state_by_state(office: Office, view: str):
    found = plans(office, Asked(view=view), 0)
    assert [line for line in found if "case_walled_state (state=?)" in line], found


@pytest.mark.parametrize("state", ["judged", "filed", "archived", "dispatched", "concluded"])
@pytest.mark.parametrize("who", range(len(READERS)))
def test_no_part_of_a_list_is_asked_for_what_it_cannot_hold(office: Office, state: str, who: int):
    """A database that is asked for what is open and has ended looks at every row there is."""
    reader, walk = READERS[who], Walk(DUE, None, False, 31)
    with office.database.reading() as connection:
        some = Inquiry.of(connection, reader.actor, reader.kind, Asked(state=state, sort=DUE), FRIDAY).slices()
    for one in some:
        zones = {zone for zone in (DATED, UNDATED, CLOSED) if put([one], walk, zone) is not None}
        assert zones
        assert zones == {CLOSED} or CLOSED not in zones


@pytest.mark.parametrize("view", ["mine", "overdue", "due_today"])
def test_nothing_is_asked_of_what_has_ended_where_only_open_cases_are_meant(office: Office, view: str):
    reader = READERS[0]
    with office.database.reading() as connection:
        for asked, found in ((Asked(view=view, state="archived"), False), (Asked(view=view, state="dispatched"), True)):
            inquiry = Inquiry.of(connection, reader.actor, reader.kind, asked, FRIDAY)
            assert bool(list(inquiry.slices()) + list(inquiry.slices(apart=False))) == found


@on_sqlite
@pytest.mark.parametrize("who", [0, 7])
def test_the_few_cases_of_a_kind_are_looked_up_by_their_ids(office: Office, who: int):
    many_cases(office, FRIDAY, 30)
    found = plans(office, Asked(case_type="litigation"), who)
    assert any("case_state_due (case_type=?" in line for line in found), found
    assert any("case_ended (case_type=?" in line for line in found), found
    assert not any("case_station_pages" in line or line == "SCAN case_file" for line in found), found


def test_a_kind_of_case_is_looked_for_only_where_it_can_be(office: Office):
    reader = READERS[0]
    with office.database.reading() as connection:
        inquiry = Inquiry.of(connection, reader.actor, reader.kind, Asked(case_type="mediation"), FRIDAY)
        assert {one.face.why for one in inquiry.slices()} == {"station", "reporter"}


@on_sqlite
def test_the_open_tasks_of_a_department_are_counted_along_an_index_of_open_cases(office: Office):
    """Left to itself SQLite takes the narrower index, which is of all cases, and reads each row to see whether it is
    open."""
    found = plans(office, Asked(view="mine", department=FIRE), 0)
    counted = [line for line in found if "(assignee=?)" in line]
    assert counted
    assert "_due (assignee=?)" in counted[0], found
