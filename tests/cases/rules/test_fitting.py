"""Whether an open case can go on under another pack: whatever it would miss there is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.machines.assignment import ASSIGNMENT
from cases.machines.clue import CLUE
from cases.packs.loader import load_pack
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.fitting import misfits
from tests.builders import COMMUNITY, FIRE, STATION, STREET, a_piece, a_task

PACK = load_pack("jintan")
DUE = "2026-11-25T23:59:59+08:00"
DISTRICT = "JT"


def clue(**changed: Any) -> Piece:
    fields: dict[str, Any] = {"clocks": {"acceptance": DUE}, "holder": STATION}
    return a_piece(**(fields | changed))


def task(**changed: Any) -> Piece:
    fields: dict[str, Any] = {"state": "signed_for", "clocks": {"handling": DUE}, "holder": FIRE}
    return a_task(**(fields | changed))


def without(table: str, *keys: str) -> Pack:
    kept = {key: one for key, one in getattr(PACK, table).items() if key not in keys}
    return replace(PACK, **{table: kept})


def with_organisation(code: str, **changed: Any) -> Pack:
    return replace(PACK, organisations={**PACK.organisations, code: replace(PACK.organisations[code], **changed)})


def without_clock(code: str) -> Pack:
    return replace(PACK, clocks=tuple(rule for rule in PACK.clocks if rule.clock != code))


def test_a_pack_that_has_everything_fits():
    for piece, kind in ((clue(), CLUE), (clue(matter=None), CLUE), (task(), ASSIGNMENT)):
        assert misfits(piece, kind, PACK) == []
        assert misfits(piece, kind, PACK, PACK) == []


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        (without("matters", "XF01"), "没有事项XF01"),
        (without("organisations", STATION), f"没有机构{STATION}"),
        (without("communities", COMMUNITY), f"没有小区{COMMUNITY}"),
        (without_clock("acceptance"), "没有时限acceptance"),
        (with_organisation(FIRE, duties=()), "没有登记该机构"),
        (replace(PACK, matters={**PACK.matters, "XF01": replace(PACK.matters["XF01"], valid_to=date(2026, 11, 1))}),
         "不在有效期内"),
        (with_organisation(STREET, kind="grid"), "不是"),
        (with_organisation(DISTRICT, kind="grid"), "没有可签发督办单的机构(时限acceptance第5级:district)"),
    ],
)  # fmt: skip
def test_what_a_report_would_miss_is_named(pack: Pack, said: str):
    found = misfits(clue(), CLUE, pack, PACK)
    assert any(said in sentence for sentence in found), found


def test_what_a_task_would_miss_is_named():
    assert misfits(task(), ASSIGNMENT, without("organisations", FIRE), PACK) == [f"新版地区包没有机构{FIRE}"]
    assert misfits(task(), ASSIGNMENT, without_clock("handling"), PACK) == ["新版地区包没有时限handling"]


def test_a_term_set_by_hand_needs_no_limit_of_the_pack():
    ordered = task(state="ordered", clocks={"rectify": DUE})
    assert misfits(ordered, ASSIGNMENT, without_clock("rectify"), PACK) == []


def test_a_report_its_departments_have_needs_no_other_route():
    """Who leads is settled; that nobody else would be found is no hindrance."""
    handed_out = clue(state="signed_for", lead=FIRE, clocks={"handling": DUE}, holder=FIRE)
    assert misfits(handed_out, CLUE, with_organisation(FIRE, duties=()), PACK) == []


def test_what_was_missing_before_is_not_held_against_the_new_pack():
    nobody_leads = with_organisation(FIRE, duties=())
    no_district = with_organisation(DISTRICT, kind="grid")
    for lacking in (nobody_leads, no_district):
        assert misfits(clue(), CLUE, lacking)
        assert misfits(clue(), CLUE, lacking, lacking) == []


def test_a_rung_that_would_reach_nobody_is_named():
    ladder = tuple(replace(r, tell=("leading_group",)) if r.ladder[0] == "*" and r.n == 1 else r for r in PACK.ladder)
    nobody = {code: replace(one, duties=tuple(d for d in one.duties if d != "leading_group"))
              for code, one in PACK.organisations.items() if one.kind != "leading_group"}  # fmt: skip
    found = misfits(clue(), CLUE, replace(PACK, ladder=ladder, organisations=nobody), PACK)
    assert found == ["新版地区包没有可告知的机构(时限acceptance第1级:leading_group)"]
