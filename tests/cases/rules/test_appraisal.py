"""受聘机构考核: five figures from cases, and no money among what goes in."""

from __future__ import annotations

from dataclasses import fields

import pytest

from cases.rules.appraisal import Targets, Tried, appraise

YEAR = [
    Tried(True, "agreed", "full"),
    Tried(True, "agreed", "partial"),
    Tried(False, "agreed"),
    Tried(True, "failed"),
    Tried(True, "withdrawn"),
    Tried(True, "declined"),
    Tried(False, None),
]


def figures(targets: Targets, complaints: int = 1) -> dict[str, tuple[int, int, int | None, bool | None]]:
    return {one.name: (one.count, one.of, one.share, one.met) for one in appraise(YEAR, complaints, targets)}


def test_the_figures_of_a_year():
    assert figures(Targets()) == {
        "accepted": (6, 6, None, None),
        "on_time": (4, 6, 66, None),
        "success": (3, 4, 75, None),
        "performance": (1, 2, 50, None),
        "complaints": (1, 1, None, None),
    }


@pytest.mark.parametrize(
    ("targets", "name", "met"),
    [
        (Targets(accepted=6), "accepted", True),
        (Targets(accepted=7), "accepted", False),
        (Targets(on_time=66), "on_time", True),
        (Targets(on_time=67), "on_time", False),
        (Targets(success=75), "success", True),
        (Targets(success=76), "success", False),
        (Targets(performance=51), "performance", False),
        (Targets(most_complaints=1), "complaints", True),
        (Targets(most_complaints=0), "complaints", False),
    ],
)
def test_against_what_was_promised(targets: Targets, name: str, met: bool):
    assert figures(targets)[name][3] is met


def test_where_nothing_can_be_counted_nothing_is_met_or_missed():
    for one in appraise([], 0, Targets(on_time=90, success=90, performance=90)):
        assert one.share is None
        if one.name in {"on_time", "success", "performance"}:
            assert one.met is None
            assert "无可计件" in one.said


def test_money_is_no_input():
    """行政处罚法 74(3): fines may not be linked to anybody's assessment."""
    names = {one.name for kind in (Tried, Targets) for one in fields(kind)}
    assert names == {
        "on_time", "outcome", "performed", "accepted", "success", "performance", "most_complaints",
    }  # fmt: skip
