"""检索词: every two neighbouring signs of a text are found; nothing a text says can pass for a scope or a number."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.packs.loader import load_pack
from cases.rules.words import NUMBER, SCOPE, WALLED, sought, words_of, written
from tests.builders import COMMUNITY, FIRE, STATION, a_piece, a_task

PACK = load_pack("jintan")


def kept(text: str) -> set[str]:
    return set(written(number="", texts=(text,), scopes=(), walled=False).split(" "))


@settings(max_examples=30)
@given(st.text(max_size=24))
def test_every_two_neighbouring_signs_are_found(text: str):
    signs = unicodedata.normalize("NFKC", text).casefold()
    for i in range(len(signs) - 1):
        asked = sought(signs[i : i + 2])
        assert set(asked.words) <= kept(text)
        assert all(any(word.startswith(sign) for word in kept(text)) for sign in asked.beginnings)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_words_are_plain_signs_in_every_index(text: str):
    asked = sought(text)
    for word in (*asked.words, *asked.beginnings, *asked.number, *kept(text) - {""}):
        assert word.isalnum()
    assert not any(word.startswith((NUMBER, SCOPE, WALLED)) for word in kept(text) | set(asked.words))


def test_a_question_is_cut_where_it_gets_long_and_may_ask_for_nothing():
    assert not sought("!?,。 ")
    assert len(sought("施工扰民" * 100).words) <= 4
    assert sought("水").beginnings == ("水",)
    assert sought("XS-20261120-0001").number == ("0001", "20261120", "xs")
    assert not sought("3号楼").number, "a place is no number"


def test_what_a_row_says_is_found_and_who_reported_is_not():
    piece = a_piece(summary="三楼飞线", facts={"building": "6幢", "room": "302"}, reporter_org="JT-WY01")
    found = words_of(piece, PACK).split(" ")
    assert {"三楼", "楼飞", "飞线", "6幢", "30", "02"} <= set(found)
    assert set(sought(PACK.communities[COMMUNITY].name).words) <= set(found)
    assert "欧阳" not in found


def test_words_say_in_whose_sight_a_case_is():
    scopes = lambda piece: {w[1:3] for w in words_of(piece, PACK).split(" ") if w.startswith(SCOPE)}  # noqa: E731
    assert scopes(a_piece(station=STATION)) == {"os", "or"}
    assert scopes(a_task(assignee=FIRE, reporter_org="JT-WY01")) == {"os", "oa"}, "a task is not its reporter's to see"
    assert scopes(a_piece(case_type="mediation")) == {"ws", "or"}


def test_what_is_said_behind_the_wall_is_found_by_its_keeper_alone():
    found = words_of(a_piece(case_type="mediation", summary="漏水"), PACK).split(" ")
    assert WALLED + "漏水" in found
    assert "漏水" not in found
