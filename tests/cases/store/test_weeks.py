"""Whose meetings a week shows, and who leads which case."""

from __future__ import annotations

import pytest

from cases.office import Office
from cases.rules.booking import Span
from cases.store import weeks
from tests.cases.chamber import COMMITTEE, OTHER_COMMITTEE, Table, a_plan, hours, plan


@pytest.fixture
def chamber(office: Office) -> Table:
    made = Table(office)
    made.register()
    return made


def test_a_week_is_a_committees_or_a_mediators(chamber: Table):
    first, second = chamber.ready("M1"), chamber.ready("M2")
    early = plan(chamber, first)["id"]
    late = plan(chamber, second, a_plan(hours("10:00", "11:00")))["id"]
    whole = Span(hours("00:00", "01:00").starts, hours("00:00", "01:00", day=24).starts)
    nine = hours("09:00", "10:00")

    def found(span: Span = whole, **asked: str) -> list[str]:
        with chamber.database.reading() as connection:
            return [row["id"] for row in weeks.meetings_within(connection, span, **asked)]

    assert found(committee=COMMITTEE) == [early, late]
    assert found(nine, committee=COMMITTEE) == [early], "one that begins when the span ends is not in it"
    assert (found(mediator_id="M2"), found(mediator_id="M3")) == ([late], [])
    assert (found(committee=OTHER_COMMITTEE), found(committee=OTHER_COMMITTEE, also="M1")) == ([], [early])
    with chamber.database.reading() as connection:
        assert weeks.leaders_of(connection, [first, "none"]) == {first: {"id": "M1", "name": "柏调解"}}
        assert weeks.mediator_of(connection, "nobody") is None
