"""依法删除: the content goes, the chain holds, and who erased it on what ground stays."""

from __future__ import annotations

from typing import Any

import pytest

from cases.errors import NotAllowed, NotFound, NotNow, StillNeeded
from cases.journal import verify_store
from tests.builders import HEAD, OPERATOR, OTHER_STATION, STATION, an_actor
from tests.cases.counter import Counter
from tests.cases.invariants import breaches

ARCHIVIST = an_actor("钱档案", STATION, "archivist")
GROUND = "个人信息保护法第四十七条"


@pytest.fixture
def rested(counter: Counter) -> str:
    """A report that rests, with something personal in it."""
    case_id = counter.open().case_id
    counter.step(case_id, "decline", OPERATOR, reason="住六幢的老李说不必办了")
    return case_id


def erase(counter: Counter, case_id: str, **form: Any) -> None:
    counter.step(case_id, "erase", ARCHIVIST, ground=GROUND, **form)


def test_the_content_goes_and_the_chain_still_verifies(counter: Counter, rested: str):
    before = counter.rows("entry", case_id=rested)
    erase(counter, rested, entries=(2,), identity=True)
    first, second, third = counter.rows("entry_payload", case_id=rested)
    assert (second["body"], second["salt"], second["erased_at"], second["tombstone"]) == (
        None,
        None,
        counter.now,
        GROUND,
    )
    assert first["body"]
    assert GROUND in third["body"], "the erasure itself is on record"
    (vault,) = counter.rows("reporter")
    assert (vault["name"], vault["phone"], vault["org"]) == ("", "", None)
    assert counter.rows("entry", case_id=rested)[:2] == before
    verdict = verify_store(counter.database.engine)
    assert (verdict.ok, verdict.erased) == (True, 1)
    assert breaches(counter) == []


def test_only_the_archivist_of_the_station_erases(counter: Counter, rested: str):
    for actor in (OPERATOR, HEAD):
        with pytest.raises(NotAllowed):
            counter.step(rested, "erase", actor, ground=GROUND, entries=(1,))
    with pytest.raises(NotFound):
        counter.step(rested, "erase", an_actor("外档案", OTHER_STATION, "archivist"), ground=GROUND, entries=(1,))
    assert all(row["body"] for row in counter.rows("entry_payload"))


def test_what_is_still_being_worked_on_is_not_erased(counter: Counter):
    with pytest.raises(NotNow):
        erase(counter, counter.open().case_id, entries=(1,))


@pytest.mark.parametrize("form", [{}, {"entries": (3,)}, {"entries": (0,)}, {"entries": (1, 99)}, {"identity": False}])
def test_what_is_not_there_cannot_be_erased(counter: Counter, rested: str, form: dict[str, Any]):
    with pytest.raises(StillNeeded):
        erase(counter, rested, **form)
    assert all(row["body"] for row in counter.rows("entry_payload"))


def test_erasing_twice_does_no_harm(counter: Counter, rested: str):
    erase(counter, rested, entries=(1,))
    erase(counter, rested, entries=(1, 2))
    assert [row["body"] is None for row in counter.rows("entry_payload", case_id=rested)] == [True, True, False, False]
    assert verify_store(counter.database.engine).ok


def test_the_content_of_the_case_itself_goes_too(counter: Counter, rested: str):
    erase(counter, rested, entries=(1, 2), content=True)
    piece = counter.piece(rested)
    assert (piece.summary, piece.facts["description"], piece.facts["decision"]) == ("", "", "")
    (record,) = counter.rows("dissuasion")
    assert (record["by"], record["words"], record["response"]) == ("", "", "")
    assert breaches(counter) == []


def test_a_second_erasure_leaves_the_first_tombstone(counter: Counter, rested: str):
    erase(counter, rested, entries=(2,))
    counter.step(rested, "erase", ARCHIVIST, ground="另一个理由", entries=(1, 2))
    first, second, *_ = counter.rows("entry_payload", case_id=rested)
    assert (first["tombstone"], second["tombstone"]) == ("另一个理由", GROUND)
