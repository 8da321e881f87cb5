"""What a run leaves to be read: counts and case numbers."""

from __future__ import annotations

from cases.desk.routing import Routed
from cases.desk.sweeping import Swept
from cases.office import Office
from tests.builders import FIRE
from workflows.records import NUMBERS_SHOWN, numbers, routed_rows, swept_rows


def test_a_long_list_of_numbers_is_cut_and_counted():
    assert numbers(f"N{i}" for i in range(NUMBERS_SHOWN + 5)).endswith("N199 … +5")


def test_a_row_for_each_department_and_for_what_went_to_an_operator(office: Office):
    rows = routed_rows(Routed({FIRE: ["N1", "N2"]}, proposed=["P1"], handed_over=["H1"]), office.pack)
    assert [(row["deed"], row["cases"]) for row in rows] == [("dispatch", 2), ("propose", 1), ("hand_over", 1)]
    assert rows[0]["department"] == FIRE
    assert rows[0]["name"]


def test_a_row_for_each_deed():
    assert swept_rows(Swept({"warn": ["N1"]}, 1)) == [{"deed": "warn", "cases": 1, "numbers": "N1"}]
