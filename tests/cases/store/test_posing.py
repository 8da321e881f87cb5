"""Questions put into words once for all of a role, and what an area and a search make of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.office import Office
from cases.store import queues
from cases.store.queue import paging
from cases.store.queue.asked import NOBODY, Asked
from cases.store.queue.faces import faces
from cases.store.queue.paging import page
from cases.store.queue.posing import Inquiry, form_of, values_of
from cases.store.queues import OWN
from tests.builders import FRIDAY, OTHER_STATION, STATION, STREET, an_actor
from tests.cases.store.queue_rows import many_cases
from tests.cases.store.test_plans import heard

OPERATORS = an_actor("甲", STATION, "operator"), an_actor("乙", OTHER_STATION, "operator")
OF_STREET = an_actor("丙", STREET, "supervisor")


@pytest.mark.parametrize(
    "asked", [Asked(), Asked(view="mine"), Asked(view="to_accept", sort="due"), Asked(state="closed")]
)
def test_all_of_a_role_share_their_questions(office: Office, asked: Asked):
    with office.database.reading() as connection:
        one, other = (Inquiry.of(connection, actor, "station", asked, FRIDAY) for actor in OPERATORS)
    assert one.slices() is other.slices()
    assert (one.values["org"], other.values["org"]) == (STATION, OTHER_STATION)
    for piece in one.slices():
        for condition in piece.conditions:
            values = condition.compile().params.values()
            assert not {STATION, OTHER_STATION} & {value for value in values if isinstance(value, str)}


@pytest.mark.parametrize(("holder", "blank"), [(STATION, OWN), (NOBODY, NOBODY), (None, None), ("", "")])
def test_a_holder_who_asks_and_nobody_make_other_questions(holder: str | None, blank: str | None):
    assert form_of(Asked(holder=holder), STATION).holder == blank
    assert form_of(Asked(holder=holder), None).holder not in {STATION, OWN}


def test_a_text_is_filled_in_and_stands_for_nothing_but_itself():
    one, other = (form_of(Asked(text=text), STATION) for text in ("张三", "100%_/"))
    assert one == other
    assert values_of(Asked(text="100%_/"), FRIDAY)["within"] == "%100/%/_//%"


def test_a_question_of_too_many_parts_is_asked_of_an_area_as_a_whole(office: Office, monkeypatch: pytest.MonkeyPatch):
    many_cases(office, FRIDAY, 120)
    asked, lengths, lists = Asked(view="all", state="closed", sort="due"), list[int](), list[list[str]]()
    for most in (paging.MOST_PARTS, 2):
        monkeypatch.setattr(paging, "MOST_PARTS", most)
        actor = replace(OF_STREET, area=OF_STREET.area | {f"JT-{most}"})  # another question than the one before
        with office.database.reading() as connection, heard(office) as questions:
            found = page(connection, actor, "street", replace(asked, limit=90), FRIDAY)
        lists.append([one.id for one in found.pieces])
        lengths.append(max(statement.count("UNION ALL") for statement, _ in questions))
    assert lists[0] == lists[1] != []
    assert lengths[0] > lengths[1]


def test_an_area_is_asked_keeper_by_keeper_where_its_desks_are_few(monkeypatch: pytest.MonkeyPatch):
    whole = faces(OF_STREET, "street")
    apart = faces(OF_STREET, "street", by_keeper=True)
    assert len(apart) > len(whole)
    kept = [face.kept for face in apart if face.branch.area and not face.sealed]
    assert len(kept) == len(OF_STREET.area)
    assert sum(one is not None and not one.hardly_any for one in kept) == len(OF_STREET.desks) > 1
    monkeypatch.setattr(queues, "MOST_DESKS", 1)
    assert [face.kept for face in faces(OF_STREET, "street", by_keeper=True)] == [None] * len(whole)


@pytest.mark.parametrize("view", ["all", "overdue", "to_answer", "mine"])
def test_an_area_of_many_desks_has_the_same_lists(office: Office, view: str, monkeypatch: pytest.MonkeyPatch):
    many_cases(office, FRIDAY, 170)
    lists: list[list[str]] = []
    for most in (queues.MOST_DESKS, 0):
        monkeypatch.setattr(queues, "MOST_DESKS", most)
        actor = replace(OF_STREET, area=OF_STREET.area | {f"JT-{most}"})  # another question than the one before
        with office.database.reading() as connection:
            lists.append(
                [one.id for one in page(connection, actor, "street", Asked(view=view, limit=90), FRIDAY).pieces]
            )
    assert lists[0] == lists[1]
    assert lists[0] or view == "mine"


def test_words_are_looked_for_in_one_walk_over_all_lists(office: Office):
    many_cases(office, FRIDAY, 120)
    asked = Asked(search="扰民", view="open", limit=5)
    with office.database.reading() as connection, heard(office) as questions:
        found = page(connection, OPERATORS[0], "station", asked, FRIDAY)
    assert found.pieces
    assert len([one for one in questions if "FROM case_words" in one[0]]) == 1, "the first rows had enough of them"
