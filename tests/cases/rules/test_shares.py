"""占比: a per cent only where the base is big enough, and never more than a hundred."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.shares import FEW, Share, lengths_of


@pytest.mark.parametrize(("count", "of", "percent"), [
    (0, 0, None), (3, 4, None), (4, 4, None), (0, 5, 0), (5, 5, 100), (1, 8, 13), (1, 200, 1), (1, 201, 0),
    (2, 3, None),
])  # fmt: skip
def test_a_share_of_few_is_no_per_cent(count: int, of: int, percent: int | None):
    assert Share(count, of).percent == percent


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_shares_are_whole_per_cents_of_their_base(count: int, more: int):
    found = Share(count, count + more).percent
    assert (found is None) == (count + more < FEW)
    assert found is None or abs(found - 100 * count / (count + more)) <= 0.5


def test_lengths_of_few_are_only_counted():
    assert lengths_of([3600.0] * 4) == lengths_of([1.0] * 4)
    told = lengths_of([3600.0, 3600.0, 7200.0, 10_800.0, 360_000.0])
    assert (told.count, told.mean, told.middle) == (5, 21.4, 2.0)
    assert lengths_of([]).middle is None
