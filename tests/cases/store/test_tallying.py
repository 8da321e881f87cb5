"""Figures of a queue are the lengths of its lists: for every reader, in whose hands, and day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.desk.views import Reader
from cases.office import Office
from cases.piece import Piece
from cases.rules.saved_views import EVERY_VIEW
from cases.store.queue.asked import Asked
from cases.store.queue.paging import page
from cases.store.queue.tallying import Asker, by_day, by_holder, tally
from tests.builders import FRIDAY
from tests.cases.store.test_queue import READERS, pieces

__all__ = ["pieces"]

QUESTIONS = (
    *(Asked(view=view) for view in EVERY_VIEW),
    Asked(view="to_dispatch", state="reopened"),
    Asked(case_type="assignment", state="returned", closed_on=FRIDAY.date()),
    Asked(view="open", community="JT-C01", matter="XF01"),
)
TODAY = FRIDAY.date()


def asker(reader: Reader) -> Asker:
    return Asker(reader.actor, reader.kind, FRIDAY)


def test_a_figure_is_the_length_of_its_list(office: Office, pieces: list[Piece]):
    found = 0
    with office.database.reading() as connection:
        for reader in READERS:
            for asked in QUESTIONS:
                listed = page(connection, reader.actor, reader.kind, replace(asked, limit=200), FRIDAY)
                assert listed.next is None
                told = tally(connection, asker(reader), asked)
                assert (told.count, told.more) == (len(listed.pieces), False), (reader, asked)
                found += told.count
            several = tally(connection, asker(reader), Asked(), 3)
            assert several.more == (several.count == 3 < tally(connection, asker(reader), Asked()).count)
    assert found > len(pieces)


def test_what_is_overdue_is_told_by_holder_and_each_figure_has_its_list(office: Office, pieces: list[Piece]):
    late = Asked(view="overdue", limit=200)
    with office.database.reading() as connection:
        for reader in READERS:
            held, more = by_holder(connection, asker(reader), late)
            assert not more
            for holder, many in held.items():
                listed = page(connection, reader.actor, reader.kind, replace(late, holder=holder), FRIDAY)
                assert len(listed.pieces) == many, (reader, holder)
            every = page(connection, reader.actor, reader.kind, late, FRIDAY).pieces
            assert sum(held.values()) <= len(every), "who only reported does not get to know of holders"
            if reader is READERS[7]:
                assert sum(held.values()) == len(every)
            assert list(held.values()) == sorted(held.values(), reverse=True)
        capped = by_holder(connection, asker(READERS[7]), late, 1)
    assert capped[1], "more than were counted"


@pytest.mark.parametrize("which", ["opened_at", "closed_at"])
def test_days_are_those_of_the_lists(office: Office, pieces: list[Piece], which: str):
    span = TODAY - timedelta(days=3), TODAY
    reports = Asked(case_type="clue", limit=200)
    met = 0
    with office.database.reading() as connection:
        for reader in READERS:
            days = by_day(connection, asker(reader), reports, which, span)
            assert list(days) == [span[0] + timedelta(days=n) for n in range(4)]
            for on, many in days.items():
                asked = replace(reports, opened_on=on) if which == "opened_at" else replace(reports, closed_on=on)
                assert len(page(connection, reader.actor, reader.kind, asked, FRIDAY).pieces) == many, (reader, on)
                met += many
    assert met
