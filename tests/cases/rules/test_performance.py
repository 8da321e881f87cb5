"""履行: the next day an item is due, how far an agreement was kept."""

from __future__ import annotations

import pytest

from cases.rules.performance import how_far, last_day, next_due, open_items

ONE = {"n": 1, "due": "2026-12-10"}
TWO = {"n": 2, "due": "2026-12-01"}
DONE = {"done_on": "2026-11-30"}


def test_the_earliest_open_item_is_the_next():
    assert [item["n"] for item in open_items([ONE, TWO])] == [2, 1]
    assert (next_due([ONE, TWO]), next_due([ONE, TWO | DONE]), next_due([ONE | DONE, TWO | DONE])) == (
        "2026-12-01", "2026-12-10", "",
    )  # fmt: skip
    assert (last_day([ONE, TWO]), last_day([])) == ("2026-12-10", "")


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ([], "full"),
        ([ONE | DONE, TWO | DONE], "full"),
        ([ONE | DONE, TWO], "partial"),
        ([ONE, {**TWO, "paid": [{"amount": "100"}]}], "partial"),
        ([ONE, TWO], "none"),
    ],
)
def test_how_far_it_was_kept(plan: list[dict[str, object]], said: str):
    assert how_far(plan) == said
