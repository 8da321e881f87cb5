"""A year of twenty thousand reports, through every holiday and a late calendar: judged on each database."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cases.ports import BEIJING
from tests import databases
from tests.cases.desk.year.left import live_through
from tests.cases.desk.year.season import Plan

BEGINS = datetime(2026, 3, 1, tzinfo=BEIJING)
YEAR = Plan(
    seed="year",
    begins=BEGINS,
    ends=BEGINS + timedelta(days=365),
    reports=int(os.environ.get("HUIYIN_TEST_YEAR", "20000")),
    calendar_at=datetime(2027, 2, 1, tzinfo=BEIJING),
    pack_at=datetime(2026, 9, 10, tzinfo=BEIJING),
)


@pytest.mark.nightly
@pytest.mark.timeout(4 * 3600)
def test_a_year_ends_with_every_rung_fired_once_in_order_at_the_right_holder(
    database_kind: databases.Kind, tmp_path: Path
):
    left = live_through(YEAR, database_kind, tmp_path, telling=False)
    assert left.complaints[:20] == [], f"{len(left.complaints)} complaints"
    assert left.breaches[:20] == []
    assert left.leaks[:20] == []
    assert left.cases["clue"] == YEAR.reports
    assert left.verbs["recount"] > 0
    assert left.held_up > YEAR.reports / 10
