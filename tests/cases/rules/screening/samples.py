"""A suit in perfect order, and the short way from a changed one to the codes of what it does not meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cases.packs.loader import load_pack
from cases.ports import BEIJING
from cases.rules.screening import FeeStandard, Screened, Suit, screen

AS_OF = datetime(2026, 11, 21, 9, 0, tzinfo=BEIJING)
PACK = load_pack("base")

FEE = FeeStandard(Decimal("1.25"), Decimal("100.00"), Decimal(15), Decimal(15), "合同第12条")
SUIT = Suit(
    row=2,
    number="某物协诉〔2026〕001号",
    claimant="某某物业服务有限公司",
    community="晴川里",
    room="7-2-301",
    defendant="覃涛",
    address="晴和大道88号晴川里7幢2单元301室",
    phone="13800133373",
    period_from=date(2025, 7, 1),
    period_to=date(2026, 6, 30),
    amount=Decimal("1680.00"),
    contract="yes",
    fee=FEE,
    service=("保洁签到表", "公共照明维修单"),
    demand_on=date(2026, 8, 3),
    demand_given=True,
    demand_proof="EMS 1065629142妥投（家人代收）",
    limitation_ok=True,
    mediated="no",
)


def a_suit(**changes: Any) -> Suit:
    return replace(SUIT, **changes)


def screened(*suits: Suit, as_of: datetime = AS_OF) -> list[Screened]:
    return screen(suits, PACK, as_of)


def answer(**changes: Any) -> Screened:
    """The answer to the perfect suit with some cells changed."""
    return answer_on(AS_OF, **changes)


def answer_on(as_of: datetime, **changes: Any) -> Screened:
    return screened(a_suit(**changes), as_of=as_of)[0]


def codes(one: Screened) -> set[str]:
    """The codes of what decides; notes are left out."""
    return {found.code for found in one.findings if found.weight != "note"}
