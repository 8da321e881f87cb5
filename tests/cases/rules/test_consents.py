"""同意: each party for itself, about one thing, the newest answer; silence is no consent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.rules.consents import (
    LIVE_STREAM,
    MEDIATION,
    Given,
    all_agreed,
    anyone_refused,
    may_stream,
    question_of,
    shared,
    waiting_for,
)
from tests.builders import FRIDAY

PARTIES = ("a", "b")


def said(party: str, answer: str | None, what: str = MEDIATION, hours: int = 0) -> Given:
    return Given(party, what, answer, FRIDAY + timedelta(hours=hours) if answer else None)


@pytest.mark.parametrize(
    ("given", "agreed", "refused", "waiting"),
    [
        ((), False, False, PARTIES),
        ((said("a", "yes"),), False, False, ("b",)),
        ((said("a", "yes"), said("b", None)), False, False, ("b",)),
        ((said("a", "yes"), said("b", "yes")), True, False, ()),
        ((said("a", "yes"), said("b", "no")), False, True, ()),
        ((said("a", "yes"), said("b", "no", hours=1), said("b", "yes", hours=2)), True, False, ()),
        ((said("a", "yes"), said("b", "no", hours=2), said("b", "yes", hours=1)), False, True, ()),
        ((said("a", "yes"), said("b", "yes", LIVE_STREAM)), False, False, ("b",)),
        ((said("a", "yes"), said("c", "yes")), False, False, ("b",)),
        ((said("a", "no"), said("a", None, hours=5)), False, True, ("b",)),
    ],
)
def test_what_answers_add_up_to(given: tuple[Given, ...], agreed: bool, refused: bool, waiting: tuple[str, ...]):
    assert all_agreed(given, PARTIES) is agreed
    assert anyone_refused(given, PARTIES) is refused
    assert waiting_for(given, PARTIES) == waiting


def test_nobody_asked_is_nobody_agreed():
    assert not all_agreed((), ())


def test_a_meeting_is_streamed_only_with_each_partys_own_word_for_it():
    given = [said("a", "yes"), said("b", "yes"), said("a", "yes", LIVE_STREAM)]
    assert not may_stream(given, PARTIES)
    assert may_stream([*given, said("b", "yes", LIVE_STREAM)], PARTIES)
    assert not may_stream([*given, said("b", "yes", LIVE_STREAM), said("a", "no", LIVE_STREAM, 1)], PARTIES)


def test_a_fact_is_shared_by_its_number_alone():
    given = [said("a", "yes", "share_fact:1"), said("b", "yes", "share_fact:1"), said("a", "yes", "share_fact:11")]
    assert shared(given, PARTIES, 1)
    assert not shared(given, PARTIES, 11)


@pytest.mark.parametrize("what", ["", "share_fact:", "attend:", "everything", "share_fact", "Mediation"])
def test_what_nobody_asks(what: str):
    assert question_of(what) is None


@pytest.mark.parametrize("what", [MEDIATION, LIVE_STREAM, "named_to_other", "electronic_service", "share_fact:3"])
def test_what_is_asked_has_a_sentence(what: str):
    assert "是否" in (question_of(what) or "")
