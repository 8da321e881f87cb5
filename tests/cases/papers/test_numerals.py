"""Amounts in capital numerals, against the bank's own examples and read back digit by digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.papers.numerals import LARGEST, capitals, figures, ordinal, stem

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(said: str) -> Decimal:
    """What a clerk reads: digits times their unit, summed up; zeros say nothing."""
    total = group = digit = 0
    fen = 0
    for sign in said.removesuffix("整"):
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in UNITS:
            group, digit = group + digit * UNITS[sign], 0
        elif sign in "万亿":
            total, group, digit = total + (group + digit) * {"万": 10**4, "亿": 10**8}[sign], 0, 0
        elif sign == "元":
            total, group, digit = total + group + digit, 0, 0
        elif sign in "角分":
            fen, digit = fen + digit * {"角": 10, "分": 1}[sign], 0
        else:
            raise AssertionError(sign)
    return Decimal(total) + Decimal(fen) / 100


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        # 正确填写票据和结算凭证的基本规定, its examples
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # edges
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("10000", "壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010001", "壹亿零壹万零壹元整"),
        ("20000000000", "贰佰亿元整"),
        ("10101010.10", "壹仟零壹拾万壹仟零壹拾元壹角"),
    ],
)
def test_an_amount_in_capital_numerals(amount: str, said: str):
    assert capitals(Decimal(amount)) == said


@given(st.integers(0, int(LARGEST * 100)))
def test_every_amount_reads_back_as_itself_and_zeros_are_said_once(fen: int):
    said = capitals(Decimal(fen) / 100)
    assert read_back(said) == Decimal(fen) / 100
    assert "零零" not in said
    assert said.endswith("整") == (fen % 100 == 0)


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "1000000000000"])
def test_what_is_no_amount_is_not_said(amount: str):
    with pytest.raises(ValueError, match="no amount"):
        capitals(Decimal(amount))


def test_figures_ordinals_and_stems():
    assert figures(Decimal("1234567.5")) == "1,234,567.50"
    assert [ordinal(n) for n in (1, 10, 11, 20, 21, 99, 100)] == ["一", "十", "十一", "二十", "二十一", "九十九", "100"]
    assert [stem(n) for n in (1, 10, 11)] == ["甲", "癸", "第十一"]
