"""预约: quarter hours, what may be planned, and how a span is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import Malformed
from cases.ports import BEIJING
from cases.rules.booking import Span, checked_absence, checked_span, of_party
from tests.builders import FRIDAY

NINE = FRIDAY + timedelta(days=3)
QUARTERS = st.integers(0, 200).map(lambda n: NINE + n * timedelta(minutes=15))


@given(QUARTERS, QUARTERS, QUARTERS, QUARTERS)
def test_two_spans_meet_exactly_if_they_share_a_quarter_hour(a: datetime, b: datetime, c: datetime, d: datetime):
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    if one.slots and other.slots:
        assert one.meets(other) == bool(set(one.slots) & set(other.slots))
    assert len(one.slots) == (one.ends - one.starts) // timedelta(minutes=15)


def test_the_same_moment_is_the_same_quarter_hour_in_every_zone():
    span = Span(NINE, NINE + timedelta(hours=1))
    assert Span(span.starts.astimezone(UTC), span.ends.astimezone(UTC)).slots == span.slots
    assert len(span.slots) == 4


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (NINE + timedelta(minutes=5), NINE + timedelta(hours=1), "starts"),
        (NINE, NINE + timedelta(minutes=50), "ends"),
        (NINE, NINE, "ends"),
        (NINE, NINE - timedelta(hours=1), "ends"),
        (NINE, NINE + timedelta(hours=13), "ends"),
        (FRIDAY, FRIDAY + timedelta(hours=1), "starts"),
        (NINE + timedelta(days=800), NINE + timedelta(days=800, hours=1), "starts"),
        (NINE + timedelta(seconds=1), NINE + timedelta(hours=1), "starts"),
    ],
)
def test_a_time_that_cannot_be_planned_is_refused_by_field(starts: datetime, ends: datetime, field: str):
    with pytest.raises(Malformed) as refused:
        checked_span(starts, ends, FRIDAY)
    assert field in refused.value.fields


def test_an_absence_may_run_over_nights_and_days_but_not_backwards():
    span = checked_absence(datetime(2026, 11, 23, 17, 31, tzinfo=BEIJING), datetime(2026, 12, 2, 8, 0, tzinfo=BEIJING))
    assert span.meets(Span(NINE + timedelta(days=4), NINE + timedelta(days=4, hours=1)))
    for ends in (span.starts, span.starts - timedelta(days=1), span.starts + timedelta(days=400)):
        with pytest.raises(Malformed):
            checked_absence(span.starts, ends)


def test_a_span_is_said_in_local_time():
    utc = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert Span(utc, utc + timedelta(minutes=90)).said == "2026年11月23日09:00至10:30"
    assert Span(utc, utc + timedelta(days=2)).said == "2026年11月23日09:00至2026年11月25日09:00"


def test_a_party_is_known_by_the_best_that_recognises_them():
    assert of_party("p", ("", "d2", "d3")) == "person:d2"
    assert of_party("p", ("", "")) == "party:p"
