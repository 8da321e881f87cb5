"""A month over the turn of the year, a thousand reports: judged on each database, and told alike by both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cases.ports import BEIJING
from tests import databases
from tests.cases.desk.year.judge.records import Row
from tests.cases.desk.year.left import Left, live_through
from tests.cases.desk.year.season import Plan

pytestmark = [pytest.mark.xdist_group("month"), pytest.mark.timeout(900)]

BEGINS = datetime(2026, 12, 23, tzinfo=BEIJING)
MONTH = Plan(
    seed="month",
    begins=BEGINS,
    ends=BEGINS + timedelta(days=30),
    reports=1000,
    calendar_at=BEGINS + timedelta(days=19),
    pack_at=BEGINS + timedelta(days=12),
)

Months = Callable[[databases.Kind], Left]


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Months:
    """The month as each database has it, lived through once."""
    lived: dict[databases.Kind, Left] = {}

    def month(kind: databases.Kind) -> Left:
        if kind not in lived:
            lived[kind] = live_through(MONTH, kind, Path(tmp_path_factory.mktemp("month")))
        return lived[kind]

    return month


def test_every_clock_and_every_rung_came_as_it_must(months: Months, database_kind: databases.Kind):
    found = months(database_kind).complaints
    assert found[:20] == [], f"{len(found)} complaints"


def test_the_office_is_in_order_and_nothing_has_come_out(months: Months, database_kind: databases.Kind):
    left = months(database_kind)
    assert left.breaches == []
    assert left.leaks == []


def test_it_was_a_month_in_which_everything_happened(months: Months, database_kind: databases.Kind):
    """Else the judge would have had nothing to find fault with."""
    left = months(database_kind)
    verbs = left.verbs
    for verb in (
        "warn", "overdue", "supervise", "escalate", "lapse", "deem_signed", "pause_clock", "resume_clock",
        "ask_extension", "grant_extension", "refuse_extension", "extend_clock", "rebase", "recount", "classify",
        "supplement", "urge", "answer_urge", "uphold_return", "reject_return", "answer_order", "return_answer",
        "close_order", "withdraw", "order_supervision", "reopen", "rework", "object",
    ):  # fmt: skip
        assert verbs[verb] > 0, verb
    assert left.by_itself > 5, "stands ended by themselves"
    assert left.held_up > 200, "rungs an outage held up for hours"
    assert left.digests > 20
    assert left.late_deliveries > 20, "dispatches that arrived a day late"
    assert left.cases["clue"] == MONTH.reports


@pytest.mark.skipif(len(databases.available()) < 2, reason="PostgreSQL was not found")
def test_both_databases_tell_the_same_month(months: Months):
    one, other = months("sqlite"), months("postgresql")
    assert (one.done, one.refused) == (other.done, other.refused)
    for mine, theirs in zip(one.told, other.told, strict=True):
        assert differing(mine, theirs) == []


def differing(mine: list[Row], theirs: list[Row]) -> list[Any]:
    """In what the first few rows differ, or how many there are; a whole month's difference nobody could read."""
    if len(mine) != len(theirs):
        return [(len(mine), len(theirs))]
    pairs = [(one, other) for one, other in zip(mine, theirs, strict=True) if one != other]
    return [
        [(name, one[name], other.get(name)) for name in one if one[name] != other.get(name)] for one, other in pairs[:3]
    ]
