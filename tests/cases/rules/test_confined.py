"""Whoever is confined to a case is nobody anywhere else; when a link ends and which task has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.engine import stands
from cases.grammar import Actor
from cases.machines.roles import ROLES
from cases.piece import Piece
from cases.rules.links import BARRED, CLOSED, EXPIRED, REVOKED, SEALED, why_none, why_shut
from cases.rules.visibility import may_see
from cases.rules.wall import MEDIATION, side_of
from tests.builders import FIRE, FRIDAY, POLICE, a_piece, a_task

MINE, OTHER = a_task(id="mine", assignee=FIRE), a_task(id="other", assignee=FIRE)
HOLDER = Actor("link:1", "孙承办", FIRE, frozenset({"dept_officer", "dept_head"}), frozenset({"mine"}), confined=True)
LATER = FRIDAY + timedelta(days=7)


def test_a_confined_actor_stands_in_its_own_case_only():
    officer = ROLES["dept_officer"]
    assert stands(officer, HOLDER, MINE)
    assert not stands(officer, HOLDER, OTHER)
    assert stands(officer, replace(HOLDER, confined=False), OTHER), "an officer with an account stands in both"
    assert not stands(ROLES["operator"], HOLDER, MINE)
    elsewhere = replace(HOLDER, org=POLICE)
    assert not stands(officer, elsewhere, MINE), "the department must still be the one it was dispatched to"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_confined_actor_sees_its_own_case_only_whatever_its_roles(role: str):
    actor = replace(HOLDER, roles=frozenset({role}))
    if role != "supervisor":
        assert [may_see(actor, piece) for piece in (MINE, OTHER, a_piece(reporter_org=FIRE))] == [True, False, False]


def test_a_confined_actor_is_on_no_side_of_the_wall():
    walled = a_piece(id="mine", case_type=MEDIATION, station=FIRE)
    assert side_of(replace(HOLDER, roles=frozenset({"mediator"})), walled) is None


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (MINE, ""),
        (a_piece(), "只有部门任务"),
        (a_task(sealed=True), "封存"),
        (a_task(is_open=False), "办结"),
    ],
)
def test_which_task_may_be_handed_out(task: Piece, said: str):
    assert why_none(task).startswith(said) or said in why_none(task)
    assert bool(why_none(task)) is bool(said)


def test_why_a_link_opens_nothing_any_more():
    assert why_shut(MINE, LATER, None, FRIDAY) == ""
    assert why_shut(MINE, LATER, None, LATER) == EXPIRED
    assert why_shut(MINE, LATER, FRIDAY, FRIDAY) == REVOKED
    assert why_shut(a_task(is_open=False), LATER, None, FRIDAY) == CLOSED
    assert why_shut(a_task(sealed=True), LATER, None, FRIDAY) == SEALED
    assert why_shut(MINE, LATER, None, FRIDAY, vouched=False) == BARRED
