"""The batch manifest: passing suits only, in order, summed exactly, with a digest of what they claim."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cases.errors import Conflict, Malformed
from cases.rules.screening import Contact, Manifest, Suit, manifest_of
from tests.cases.rules.screening.samples import PACK, a_suit, screened

CONTACT = Contact("某某市物业管理协会", "王联络", "0566-2020202")


def neighbour(at: int, **changes: object) -> Suit:
    cells = {"row": at + 2, "number": f"某物协诉〔2026〕{at:03d}号", "room": f"7-2-{at:03d}", "address": "某某路1号"}
    return a_suit(**{**cells, **changes})


def manifest(*suits: Suit, batch: str = "2026-11") -> Manifest:
    return manifest_of(batch, CONTACT, screened(*suits))


def test_only_passing_suits_in_their_order() -> None:
    made = manifest(neighbour(1), neighbour(2, service=()), neighbour(3, notes="已付清"), neighbour(4))
    assert [(line.position, line.number[-4:]) for line in made.lines] == [(1, "001号"), (2, "004号")]
    assert made.contact == CONTACT
    assert made.total == Decimal("3360.00")


def test_the_sum_is_exact() -> None:
    suits = [neighbour(at, amount=Decimal("1680.01")) for at in range(300)]
    assert manifest(*suits).total == Decimal("504003.00")


def test_the_digest_follows_what_is_claimed_and_not_who() -> None:
    made = manifest(neighbour(1))
    assert len(made.digest) == 64
    assert manifest(neighbour(1)).digest == made.digest
    assert manifest(neighbour(1, defendant="另一人", phone="")).digest == made.digest
    assert manifest(neighbour(1, amount=Decimal("1680.01"))).digest != made.digest
    assert manifest(neighbour(2)).digest != made.digest
    assert manifest(neighbour(1), batch="2026-12").digest != made.digest
    assert manifest(neighbour(1), neighbour(2)).digest != manifest(neighbour(2), neighbour(1)).digest


def test_the_digest_does_not_depend_on_how_a_sum_is_written() -> None:
    assert manifest(neighbour(1, amount=Decimal("1680"))).digest == manifest(neighbour(1)).digest


def test_a_batch_without_passing_suits_or_number_makes_none() -> None:
    with pytest.raises(Malformed, match="没有通过筛查"):
        manifest(neighbour(1, service=()))
    with pytest.raises(Malformed, match="批次编号"):
        manifest(neighbour(1), batch=" ")


def test_one_number_twice_makes_none_whatever_the_pack_weighs() -> None:
    twins = screened(neighbour(1), neighbour(1, room="7-2-999"))
    passing = [replace(one, findings=()) for one in twins]
    with pytest.raises(Conflict, match="编号相同"):
        manifest_of("2026-11", CONTACT, passing)


def test_a_suit_let_through_without_a_sum_makes_none() -> None:
    let_through = [replace(one, findings=()) for one in screened(neighbour(1, amount=None))]
    with pytest.raises(Malformed, match="第3行"):
        manifest_of("2026-11", CONTACT, let_through)
    assert PACK.screening["amount_unread"].weight == "repair"
