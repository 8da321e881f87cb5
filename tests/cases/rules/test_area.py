"""辖区: what lies under an organisation in the pack's tree, and that nobody gets one without supervising."""

from __future__ import annotations

import pytest

from cases.grammar import EVERYWHERE, Actor
from cases.packs.loader import load_pack
from cases.rules.area import area_of, oversees, placed
from tests.builders import DISTRICT, FIRE, OTHER_STATION, PACK, PROPERTY, STATION, STREET

CITY = load_pack("wuhan")


def somebody(org: str | None, *roles: str) -> Actor:
    return Actor("account:x", "某", org, frozenset(roles))


def test_a_streets_supervisor_has_the_street_and_the_districts_all():
    street = area_of(somebody(STREET, "supervisor"), PACK)
    assert {STREET, STATION, "JT-JC-TJ", "JT-JW-JL"} <= street
    assert not street & {DISTRICT, OTHER_STATION, "JT-DC-TJ", FIRE, "JT-XH"}
    assert all(PACK.organisations[code].parent == STREET for code in street - {STREET})
    assert area_of(somebody(DISTRICT, "supervisor"), PACK) == EVERYWHERE


def test_a_department_supervises_itself_and_an_auditor_the_level_it_stands_at():
    assert area_of(somebody(FIRE, "supervisor"), PACK) == {FIRE, "JT-XF-JD"}
    assert area_of(somebody("JT-SH", "supervisor"), PACK) == {"JT-SH"}
    for role in ("supervisor", "auditor"):
        assert area_of(somebody(PROPERTY, role), PACK) == {PROPERTY}, "it stands under nobody, and above nobody"
    assert area_of(somebody("JT-SH", "auditor"), PACK) == EVERYWHERE
    assert area_of(somebody("JT-JC-ZF", "auditor"), PACK) == area_of(somebody(STREET, "supervisor"), PACK)
    assert area_of(somebody("JT-JC-ZF", "auditor", "supervisor"), PACK) == area_of(somebody(STREET, "auditor"), PACK)


def test_a_district_of_a_city_has_no_other_district():
    district = area_of(somebody("WH-JA", "supervisor"), CITY)
    assert {"WH-JA", "WH-JA-TJ"} <= district
    assert not district & {"WH", "WH-JH", "WH-JH-TJ"}
    assert area_of(somebody("WH-JA-TJ", "auditor"), CITY) == district
    assert area_of(somebody("WH", "auditor"), CITY) == EVERYWHERE


@pytest.mark.parametrize("actor", [
    somebody(DISTRICT, "operator", "station_head", "admin", "justice"),
    somebody(DISTRICT),
    somebody("gone", "supervisor", "auditor"),
    somebody(None, "supervisor"),
])  # fmt: skip
def test_whoever_supervises_nothing_or_is_unknown_has_no_area(actor: Actor):
    assert placed(actor, PACK).area == placed(actor, PACK).desks == frozenset()
    assert not oversees(placed(actor, PACK), STATION)
    assert not oversees(placed(actor, PACK), None)


def test_the_desks_of_an_area_are_the_stations_and_committees_in_it():
    assert placed(somebody(STREET, "supervisor"), PACK).desks == {STATION, "JT-JC-TJ"}
    assert placed(somebody(FIRE, "supervisor"), PACK).desks == frozenset()
    assert placed(somebody(DISTRICT, "supervisor"), PACK).desks == frozenset(), "of everything nobody asks desk by desk"


def test_a_forgotten_area_shows_nothing_and_a_role_that_went_takes_it_along():
    assert not oversees(somebody(DISTRICT, "supervisor"), STATION)
    assert not oversees(Actor("x", "", DISTRICT, frozenset({"operator"}), area=EVERYWHERE), STATION)
    assert oversees(placed(somebody(DISTRICT, "supervisor"), PACK), None), "a report of no station is the district's"
    assert not oversees(placed(somebody(STREET, "supervisor"), PACK), None)
