"""Views that are full: not counted again for a minute, and counted then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from api.brimming import MOST, STILL, Brimming, asker_of
from api.counter import Counter
from api.house import House
from cases.desk.views import Reader
from cases.office import Office
from cases.store.queue import paging
from cases.store.queue.asked import COUNTED, Asked, Tally
from tests.builders import FRIDAY, OTHER_STATION, STATION, an_actor
from tests.cases.store.queue_rows import held_in, many_cases, seen_by
from tests.fakes import FakeClock

ASKER = (an_actor("", STATION, "operator"), "station")
OTHER = (an_actor("", STATION, "auditor"), "station")
FULL, SOME = Tally(COUNTED, more=True), Tally(7)


def test_a_full_view_is_full_for_a_minute_and_for_nobody_else():
    known = Brimming()
    known.note(ASKER, {"all": FULL, "mine": SOME}, FRIDAY)
    assert known.full(ASKER, ("all", "mine"), FRIDAY) == {"all"}
    assert known.full(ASKER, ("all",), FRIDAY + STILL - timedelta(seconds=1)) == {"all"}
    assert known.full(ASKER, ("all",), FRIDAY + STILL) == set()
    assert known.full(OTHER, ("all",), FRIDAY) == set()


def test_a_clock_that_was_set_back_makes_nothing_full():
    known = Brimming()
    known.note(ASKER, {"all": FULL}, FRIDAY)
    assert known.full(ASKER, ("all",), FRIDAY - timedelta(hours=1)) == set()


def test_the_oldest_are_forgotten():
    known = Brimming()
    for n in range(MOST + 1):
        known.note(ASKER, {str(n): FULL}, FRIDAY)
    assert known.full(ASKER, ("0", "1", str(MOST)), FRIDAY) == {"1", str(MOST)}


def test_two_of_a_role_are_known_apart_by_their_organisation_and_by_nothing_else():
    one, same, other = (an_actor(*who, "operator") for who in (("a", STATION), ("b", STATION), ("c", OTHER_STATION)))
    assert asker_of(one, "station") == asker_of(same, "station") != asker_of(other, "station")


def test_what_is_full_at_one_station_is_counted_at_another(office: Office, monkeypatch: pytest.MonkeyPatch):
    pieces = many_cases(office, FRIDAY, 170)
    roles = "operator", "archivist"  # whose questions nobody has put into words with another limit
    readers = [Reader(an_actor("甲", org, *roles), "station") for org in (STATION, OTHER_STATION)]
    more, fewer = (len(held_in("overdue", reader, seen_by(reader, pieces, FRIDAY))) for reader in readers)
    assert more > fewer > 0
    monkeypatch.setattr(paging, "COUNTED", fewer)
    house = House.of(replace(office, clock=FakeClock(FRIDAY)))
    for reader, told in zip(readers, ((fewer, True), (fewer, False)), strict=True):
        found = Counter(house).views(reader, Asked(), ("overdue",))["items"][0]
        assert (found["count"], found["more"]) == told
