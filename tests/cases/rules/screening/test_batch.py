"""The rows of one batch beside each other: one claim once, no day twice, every number once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.screening import Result, Suit
from tests.cases.rules.screening.samples import a_suit, codes, screened


def second(**changes: object) -> Suit:
    return a_suit(**{"row": 3, "number": "某物协诉〔2026〕002号", **changes})


def test_the_second_of_two_alike_is_rejected_and_names_the_first() -> None:
    first, again = screened(a_suit(), second(phone="13800130000", notes="项目部二次报送"))
    assert first.result == Result.PASS
    assert (again.result, codes(again)) == (Result.REJECT, {"duplicate"})
    assert "某物协诉〔2026〕001号" in again.reasons[0]


def test_a_third_and_spellings_make_no_difference() -> None:
    answers = screened(
        a_suit(), second(room="７-2-301"), second(row=4, defendant="覃 涛", claimant="某某物业服务有限公司 ")
    )
    assert [one.result for one in answers] == [Result.PASS, Result.REJECT, Result.REJECT]


def test_the_better_of_two_alike_is_kept() -> None:
    broken, whole = screened(a_suit(service=()), second())
    assert (broken.result, whole.result) == (Result.REJECT, Result.PASS)
    assert "duplicate" in codes(broken)


def test_what_is_hopeless_once_does_not_pass_the_other_time() -> None:
    plain, noted = screened(a_suit(), second(notes="业主已付清"))
    assert (plain.result, codes(plain)) == (Result.REPAIR, {"duplicate_doubtful"})
    assert noted.result == Result.REJECT


@pytest.mark.parametrize(
    "changes",
    [
        {"room": "7-2-302", "address": "晴和大道88号晴川里7幢2单元302室"},
        {"claimant": "另一物业服务有限公司"},
        {"period_from": date(2026, 7, 1), "period_to": date(2026, 7, 31), "amount": Decimal("140.00")},
        {"period_from": date(2024, 7, 1), "period_to": date(2025, 6, 30)},
    ],
)
def test_another_flat_firm_or_time_is_another_claim(changes: dict[str, object]) -> None:
    assert [one.result for one in screened(a_suit(), second(**changes))] == [Result.PASS, Result.PASS]


@pytest.mark.parametrize(
    "changes",
    [
        {"period_from": date(2026, 6, 1), "period_to": date(2026, 7, 31), "amount": Decimal("280.00")},
        {"period_from": date(2025, 10, 1), "period_to": date(2025, 12, 31), "amount": Decimal("420.00")},
        {"defendant": "另一人"},
    ],
)
def test_a_shared_day_is_to_be_cleared_up(changes: dict[str, object]) -> None:
    first, other = screened(a_suit(), second(**changes))
    assert first.result == Result.PASS
    assert (other.result, codes(other)) == (Result.REPAIR, {"overlap"})


def test_a_duplicate_is_not_called_an_overlap_too() -> None:
    assert codes(screened(a_suit(), second())[1]) == {"duplicate"}


def test_a_long_period_is_seen_past_a_short_one() -> None:
    long = a_suit(period_from=date(2024, 1, 1), amount=Decimal("4200.00"))
    short = second(period_from=date(2024, 3, 1), period_to=date(2024, 3, 31), amount=Decimal("140.00"))
    late = second(row=4, number="某物协诉〔2026〕003号", period_from=date(2026, 6, 1), amount=Decimal("140.00"))
    assert [codes(one) for one in screened(long, short, late)] == [set(), {"overlap"}, {"overlap"}]


def test_one_number_for_two_claims() -> None:
    other = a_suit(row=3, room="9-1-101", address="")
    first, reused = screened(a_suit(), other)
    assert first.result == Result.PASS
    assert codes(reused) == {"number_reused", "address_missing"}
    assert "第2行" in reused.reasons[0]


def test_rows_without_a_place_are_compared_with_nothing() -> None:
    answers = screened(a_suit(room=""), second(room=""), second(row=4, number="", room=""))
    assert all("duplicate" not in codes(one) and "overlap" not in codes(one) for one in answers)


def test_a_number_that_would_break_the_sentence_is_not_repeated() -> None:
    again = screened(a_suit(number="；=1。"), second())[1]
    assert "第2行" in again.reasons[0]
    assert "=1" not in again.reasons[0]


START = date(2026, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 150), st.integers(0, 60)), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SPANS)
def test_passing_suits_of_one_flat_never_share_a_day(spans: list[tuple[int, int]]) -> None:
    suits = [
        a_suit(
            row=at + 2,
            number=f"{at}号",
            defendant=f"业主{at}",
            period_from=START + timedelta(days=start),
            period_to=START + timedelta(days=start + length),
        )
        for at, (start, length) in enumerate(spans)
    ]
    free = [one.suit for one in screened(*suits) if "overlap" not in codes(one)]
    periods = sorted((suit.period_from, suit.period_to) for suit in free if suit.period_from and suit.period_to)
    assert all(later[0] > earlier[1] for earlier, later in pairwise(periods))
