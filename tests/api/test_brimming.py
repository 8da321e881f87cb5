"""Views that are full: not counted again for a minute, and counted then."""

from __future__ import annotations

from datetime import timedelta

from api.brimming import MOST, STILL, Brimming
from cases.store.queue.asked import COUNTED, Tally
from tests.builders import FRIDAY, STATION, an_actor

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
