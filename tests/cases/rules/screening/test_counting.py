"""Months, sums and the limitation of claims, by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.ports import BEIJING
from cases.rules.screening import Result
from cases.rules.screening.limitation import last_day, standing
from cases.rules.screening.reckoning import agrees, fee_for, months_after, months_of
from cases.rules.screening.suit import FeeStandard
from tests.cases.rules.screening.samples import answer, answer_on, codes

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2025, 1, 1), date(2025, 1, 31), 1),
        (date(2024, 2, 1), date(2024, 2, 29), 1),
        (date(2025, 3, 15), date(2025, 5, 14), 2),
        (date(2025, 4, 1), date(2025, 4, 15), Fraction(1, 2)),
        (date(2025, 4, 16), date(2025, 5, 31), Fraction(47, 31)),
        (date(2025, 1, 31), date(2025, 2, 27), 1),
        (date(2025, 6, 1), date(2025, 6, 1), Fraction(1, 30)),
    ],
)
def test_months_run_from_day_to_day(start: date, end: date, months: Fraction) -> None:
    assert months_of(start, end) == months


@settings(max_examples=200, deadline=None, derandomize=True)
@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_a_longer_period_is_never_fewer_months(start: date, days: int, more: int) -> None:
    end = start + timedelta(days=days)
    assert 0 < months_of(start, end) <= months_of(start, end + timedelta(days=more))


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2024, 2, 29), 36) == date(2027, 2, 28)
    assert months_after(date(2025, 11, 30), -9) == date(2025, 2, 28)


def standard(rate: str, area: str, monthly: str = "0") -> FeeStandard:
    return FeeStandard(Decimal(rate), Decimal(area), Decimal(monthly), Decimal(), "")


@pytest.mark.parametrize(
    ("fee", "months", "reckoned"),
    [
        (standard("1.25", "144.37", "15"), 28, "5472.95"),
        (standard("2.20", "167.85", "20"), 24, "9342.48"),
        (standard("0.65", "66.83"), Fraction(1, 3), "14.48"),
        (standard("0.3335", "1"), 10, "3.34"),
    ],
)
def test_the_sum_is_exact_to_the_fen(fee: FeeStandard, months: Fraction, reckoned: str) -> None:
    assert fee_for(fee, months) == Decimal(reckoned)


def test_rounding_each_bill_is_the_only_difference_allowed() -> None:
    assert agrees(Decimal("100.01"), Decimal("100.00"), 1)
    assert not agrees(Decimal("100.02"), Decimal("100.00"), 1)
    assert agrees(Decimal("100.11"), Decimal("100.00"), 22)
    assert not agrees(Decimal("100.12"), Decimal("100.00"), 22)


@pytest.mark.parametrize(
    ("demands", "until"),
    [
        ((), date(2026, 1, 31)),
        ((date(2026, 1, 31),), date(2029, 1, 31)),  # on the last day: in time
        ((date(2026, 2, 1),), date(2026, 1, 31)),  # a day late: nothing to interrupt
        ((date(2023, 1, 31),), date(2026, 1, 31)),  # not yet due
        ((date(2024, 5, 1), date(2027, 4, 30)), date(2030, 4, 30)),  # one demand keeps the way open for the next
        ((date(2027, 4, 30),), date(2026, 1, 31)),
    ],
)
def test_a_demand_in_time_begins_the_years_anew(demands: tuple[date, ...], until: date) -> None:
    assert last_day(date(2023, 1, 31), demands, 3) == until


PERIOD = (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("today", "first_alive"),
    [
        (date(2026, 1, 31), date(2023, 1, 1)),
        (date(2026, 2, 1), date(2023, 2, 1)),
        (date(2026, 12, 31), date(2023, 12, 1)),
        (date(2027, 1, 1), None),
    ],
)
def test_every_month_lapses_for_itself(today: date, first_alive: date | None) -> None:
    found = standing(*PERIOD, (), 3, today)
    assert found.first_alive == first_alive
    assert found.last_day == date(2026, 12, 31)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(DAYS, st.integers(0, 3000), st.lists(DAYS, max_size=4), DAYS)
def test_a_later_month_never_lapses_before_an_earlier_one(
    start: date, days: int, demands: list[date], today: date
) -> None:
    end = start + timedelta(days=days)
    found = standing(start, end, demands, 3, today)
    dues = [due for n in range(1, 120) if (due := months_after(start, n) - timedelta(days=1)) <= end] or [end]
    lapsed = [last_day(due, sorted(demands), 3) < today for due in dues]
    assert lapsed == sorted(lapsed, reverse=True)
    assert (found.first_alive is None) == (found.last_day < today)
    assert lapsed[0] == (found.first_alive != start)


LAPSED = {"period_from": date(2021, 1, 1), "period_to": date(2021, 12, 31), "demand_on": date(2026, 7, 1)}


def test_a_demand_after_the_end_revives_nothing() -> None:
    one = answer(**LAPSED, limitation_ok=False, notes="2026年第一次发函")
    assert codes(one) == {"limitation_lapsed"}
    assert "2024-12-31" in one.reasons[0]


def test_noted_demands_keep_the_claim() -> None:
    one = answer(**LAPSED, notes="2023年9月、2025年7月均书面催收，时效中断")
    assert one.result == Result.PASS


@pytest.mark.parametrize(
    "notes",
    [
        "2023年9月从未书面催收",
        "2019年9月书面催收",  # not yet due
        "2027年1月书面催收",  # to come
        "2023年13月书面催收",
        "2023年9月电话催收",
    ],
)
def test_what_is_no_demand_in_time_keeps_nothing(notes: str) -> None:
    assert codes(answer(**LAPSED, notes=notes)) == {"limitation_unproven"}


def test_a_letter_without_proof_interrupts_nothing() -> None:
    old = {"period_from": date(2023, 9, 1), "period_to": date(2026, 6, 30), "amount": Decimal("4760.00")}
    assert answer(**old).result == Result.PASS
    assert codes(answer(**old, demand_proof="")) == {"demand_unproven", "limitation_partly"}


def at_noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=BEIJING)


def test_the_firm_saying_so_does_not_make_it_so() -> None:
    fresh = answer_on(at_noon(2026, 9, 1), limitation_ok=False)
    assert codes(fresh) == {"limitation_contradicted"}
    stale = answer_on(at_noon(2029, 8, 4))
    assert codes(stale) == {"limitation_unproven"}
    assert codes(answer_on(at_noon(2029, 8, 3))) == set()


def test_the_day_is_the_one_in_beijing() -> None:
    evening = datetime(2026, 8, 2, 17, tzinfo=UTC)  # already the third in Beijing, the day of the letter
    assert codes(answer_on(evening)) == set()
    assert codes(answer_on(evening - timedelta(hours=2))) == {"demand_future"}
