"""调解层级: who keeps a dispute where, and what lies above and below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases.packs.loader import load_pack
from cases.piece import Piece
from cases.rules.tiers import in_order, keeper_at, mediates, next_tier, tier_of
from tests.builders import FIRE, a_piece

PACK = load_pack("jintan")


def a_talk(tier: str, **changed: Any) -> Piece:
    return a_piece(case_type="mediation", station="JT-JC-TJ", facts={"tier": tier}, **changed)


@pytest.mark.parametrize(
    ("tier", "up", "found"),
    [
        ("grid", True, ("street", "JT-JC-TJ")),
        ("street", True, ("district", "JT-TJ")),
        ("district", True, ("court", "JT-JC-TJ")),
        ("court", True, None),
        ("court", False, ("district", "JT-TJ")),
        ("street", False, ("grid", "JT-JW-JL")),
        ("grid", False, None),
        ("", True, None),
    ],
)
def test_the_nearest_tier_somebody_keeps(tier: str, up: bool, found: tuple[str, str] | None):
    where = next_tier(PACK, a_talk(tier), up=up)
    assert (where and (where[0].code, where[1])) == found


def test_several_bodies_in_one_street_are_told_apart_by_the_community():
    grid = PACK.tiers["grid"]
    assert keeper_at(PACK, grid, a_talk("street")) == "JT-JW-JL"
    assert keeper_at(PACK, grid, a_talk("street", community=None)) is None, "nobody knows which"
    empty = replace(PACK, organisations={})
    assert keeper_at(empty, grid, a_talk("street")) is None


def test_who_mediates_and_at_which_tier():
    assert [tier.code for tier in in_order(PACK)] == ["grid", "community", "street", "district", "court"]
    assert [mediates(PACK, org) for org in ("JT-JC-TJ", "JT-TJ", "JT-JW-JL", FIRE, None)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    found = [tier_of(PACK, org) for org in ("JT-JC-TJ", "JT-TJ", "JT-JW-JL", FIRE)]
    assert [tier and tier.code for tier in found] == ["street", "district", "grid", None]
