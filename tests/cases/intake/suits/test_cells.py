"""Single cells of a suit: read when certain, left empty when not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cases.intake.moments import read_day
from cases.intake.suits.cells import COLUMNS, Money, read_money, read_suit
from cases.intake.suits.fees import read_fee
from cases.rules.screening import FeeStandard, Suit

BLANK = dict.fromkeys(COLUMNS, "")


def suit(**cells: str) -> Suit:
    return read_suit(2, {**BLANK, **cells})


@pytest.mark.parametrize(
    ("cell", "sum_"),
    [
        ("5472.95", "5472.95"),
        ("0", "0"),
        ("-168.15", "-168.15"),
        ("5,472.95元", "5472.95"),
        ("１２３４．５０", "1234.50"),
        ("￥1234", "1234"),
        (" 1 234.5 ", "1234.5"),
    ],
)
def test_a_sum_in_its_spellings(cell: str, sum_: str) -> None:
    assert read_money(cell) == Money(Decimal(sum_), False)


@pytest.mark.parametrize(
    "cell", ["", "三千元", "12.345", "1e5", "NaN", "Infinity", "12.", "1,23", "12元3", "=1+1", "1234567890"]
)
def test_what_is_not_exactly_one_sum_is_none(cell: str) -> None:
    assert read_money(cell) == Money(None, False)


@pytest.mark.parametrize("cell", ["约800元", "800元左右", "大概800", "800余元", "近800元"])
def test_a_rough_figure_is_no_sum(cell: str) -> None:
    assert read_money(cell) == Money(None, True)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-05-26", date(2026, 5, 26)),
        ("２０２６-05-26", date(2026, 5, 26)),
        ("2026/5/26", date(2026, 5, 26)),
        ("2026.5.26", date(2026, 5, 26)),
        ("2026年5月26日", date(2026, 5, 26)),
        ("20260526", date(2026, 5, 26)),
        ("2026-05-26T10:00:00", date(2026, 5, 26)),
        ("46168", date(2026, 5, 26)),
    ],
)
def test_a_day_in_its_spellings(cell: str, day: date) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize(
    "cell", ["", "5月26日", "05-26", "2026-05", "2026年5月", "2026-02-30", "12345678", "明年", "9999"]
)
def test_what_is_not_a_whole_day_is_none(cell: str) -> None:
    assert read_day(cell) is None


def test_a_day_out_of_this_age_is_not_believed() -> None:
    assert suit(period_from="1066-10-14").period_from is None
    assert suit(period_to="2206-09-30").period_to is None
    assert suit(demand_letter_sent_at="2206-09-30").demand_given


FULL = FeeStandard(Decimal("1.25"), Decimal("144.37"), Decimal(15), Decimal(15), "备案价目表")


@pytest.mark.parametrize(
    "cell",
    [
        "1.25元/㎡·月（备案价目表）;建筑面积144.37㎡;电梯运行费15元/月",
        "1.25元/平方米·月(备案价目表)；建筑面积：144.37平方米；电梯运行费：15元/户·月",
        "建筑面积144.37m2；１.25 元/㎡/月（备案价目表），电梯运行费15元每月",
        "1.25元每平方米每月（备案价目表）\n建筑面积144.37㎡\n电梯运行费15元/月",
    ],
)
def test_a_standard_in_its_spellings(cell: str) -> None:
    assert read_fee(cell) == FULL


@pytest.mark.parametrize(
    "cell", ["见合同", "按物业标准", "面积以房产证为准，证未取得", "群内公示价", "0元/㎡·月（合同）"]
)
def test_a_standard_that_says_nothing(cell: str) -> None:
    fee = read_fee(cell)
    assert fee is not None
    assert (fee.rate, fee.area) == (None, None)


def test_half_a_standard() -> None:
    area = read_fee("建筑面积112.00㎡，单价另附")
    rate = read_fee("0.80元/㎡·月（合同第5条）")
    assert area is not None
    assert rate is not None
    assert (area.rate, area.area) == (None, Decimal("112.00"))
    assert (rate.rate, rate.area, rate.basis) == (Decimal("0.80"), None, "合同第5条")


def test_two_rates_or_areas_are_none() -> None:
    fee = read_fee("1.25元/㎡·月（合同）;1.35元/㎡·月（表决）;建筑面积80㎡;建筑面积90㎡")
    assert fee == FeeStandard(None, None, Decimal(), Decimal(), "")


def test_other_monthly_fees_add_up_and_the_lift_is_known() -> None:
    fee = read_fee("1元/㎡·月（合同）;建筑面积80㎡;电梯运行费15元/月;公摊照明费2.5元/月")
    assert fee is not None
    assert (fee.monthly, fee.lift) == (Decimal("17.5"), Decimal(15))


def test_no_standard_at_all() -> None:
    assert read_fee("") is None
    assert suit(fee_standard="无").fee is None


@pytest.mark.parametrize("cell", ["无", "-", "／", "N/A", "暂无", " "])
def test_a_word_that_only_fills_the_cell_is_nothing(cell: str) -> None:
    read = suit(service_evidence=cell, demand_letter_proof=cell, defendant_address=cell, defendant_phone=cell)
    assert (read.service, read.demand_proof, read.address, read.phone) == ((), "", "", "")


def test_choices_in_english_and_chinese() -> None:
    assert [suit(contract_filed=word).contract for word in ("yes", "YES", "否", "expired", "maybe", "")] == [
        "yes",
        "yes",
        "no",
        "expired",
        "",
        "",
    ]
    assert [suit(mediated_before=word).mediated for word in ("no", "yes_failed", "yes_agreed", "yes", "是")] == [
        "no",
        "failed",
        "agreed",
        "",
        "",
    ]
    assert [suit(limitation_ok=word).limitation_ok for word in ("yes", "否", "也许")] == [True, False, None]


def test_evidence_is_split_without_blanks_and_repetition() -> None:
    read = suit(service_evidence="保洁签到表;;季度服务报告；保洁签到表、 无")
    assert read.service == ("保洁签到表", "季度服务报告")


def test_phones_are_digits_or_unread() -> None:
    assert [suit(defendant_phone=cell).phone for cell in ("+86 138 0013 3659", "199-0000-3373", "见档案", "")] == [
        "13800133659",
        "19900003373",
        None,
        "",
    ]
