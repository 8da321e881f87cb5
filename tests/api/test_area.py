"""辖区: a street's supervisor gets the street everywhere over the API; the district's gets it all."""

from __future__ import annotations

import pytest

from tests.api.chambers import Chambers
from tests.builders import FIRE
from tests.cases.chamber import COMMITTEE, OTHER_COMMITTEE
from tests.people import STREETS, SU, WU, YU, Someone, move_in


@pytest.fixture
def streets(chambers: Chambers) -> Chambers:
    """Two streets' supervisors beside the district's."""
    with chambers.office.database.writing() as connection:
        move_in(connection, chambers.house.clock.now(), STREETS)
    return chambers


def numbers(world: Chambers, who: Someone) -> set[str]:
    return {row["id"] for row in world.get(who, "/cases", params={"limit": 200}).json()["items"]}


def test_lists_single_cases_and_steps_give_the_same_answer(streets: Chambers):
    report = streets.counter.dispatched(lead=FIRE)
    (task,) = streets.counter.tasks(report)
    talk = streets.table.open(parent=report)
    elsewhere = streets.table.open(station=OTHER_COMMITTEE, holder=OTHER_COMMITTEE)
    here = {report, task.id, talk}
    assert numbers(streets, SU) == here
    assert numbers(streets, YU) == {elsewhere}
    assert numbers(streets, WU) == here | {elsewhere}
    for who, seen in ((SU, here), (YU, {elsewhere}), (WU, here | {elsewhere})):
        for case_id in here | {elsewhere}:
            assert streets.get(who, f"/cases/{case_id}").status_code == (200 if case_id in seen else 404)
    order = {"requirement": "限期办结", "level": 2}
    assert streets.step(YU, task.id, "order_supervision", order).status_code == 404
    assert streets.step(SU, task.id, "order_supervision", order).status_code == 200
    assert streets.get(SU, f"/cases/{talk}").json()["facts"] == {}, "the wall stands inside the area too"
    assert "reporter" not in streets.get(SU, f"/cases/{report}").json()


def test_figures_deliveries_and_appraisals_are_those_of_the_area(streets: Chambers):
    report = streets.counter.dispatched(lead=FIRE)
    streets.table.open(station=OTHER_COMMITTEE, holder=OTHER_COMMITTEE, next_due=streets.clock.now())
    contract = {"body": "某律师事务所", "number": "HT", "starts_on": "2026-07-01", "ends_on": "2027-06-30"}
    for org in (COMMITTEE, OTHER_COMMITTEE):
        streets.made(WU, "/contracts", contract | {"org": org, "number": f"HT-{org}"})
    streets.clock.ahead(days=40)
    told = {who.login: streets.get(who, "/oversight").json() for who in (SU, YU, WU)}
    task = streets.counter.tasks(report)[0].number
    late = {login: {row["number"] for row in one["overdue"]["items"]} for login, one in told.items()}
    assert task in late["su"]
    assert late["wu"] == late["su"] | late["yu"]
    assert not late["su"] & late["yu"]
    assert [row["org"] for row in told["yu"]["mediation"]] == [OTHER_COMMITTEE]
    assert told["su"]["mediation"] == []
    appraised = {who: {one["org"] for one in streets.get(who, "/appraisals?year=2026").json()["items"]}
                 for who in (SU, YU, WU)}  # fmt: skip
    assert appraised == {SU: {COMMITTEE}, YU: {OTHER_COMMITTEE}, WU: {COMMITTEE, OTHER_COMMITTEE}}
    sent = {who: len(streets.get(who, "/deliveries").json()["items"]) for who in (SU, YU, WU)}
    assert sent[SU] == sent[WU] > sent[YU] == 0


def test_contracts_and_complaints_are_those_of_the_area(streets: Chambers):
    contract = {"body": "某律师事务所", "number": "HT", "starts_on": "2026-07-01", "ends_on": "2027-06-30"}
    assert streets.post(YU, "/contracts", contract | {"org": COMMITTEE}).status_code == 403
    assert streets.post(SU, "/contracts", contract | {"org": COMMITTEE}).status_code == 201
    about = {"org": COMMITTEE, "about": "调解员迟到"}
    assert streets.post(YU, "/complaints", about).status_code == 403
    complaint = streets.made(SU, "/complaints", about)["id"]
    assert streets.post(YU, f"/complaints/{complaint}/decide", {"upheld": True}).status_code == 403
    streets.made(SU, f"/complaints/{complaint}/decide", {"upheld": True}, 200)
    elsewhere = streets.table.open(station=OTHER_COMMITTEE, holder=OTHER_COMMITTEE)
    asked = [streets.post(SU, "/complaints", about | {"case_id": one}) for one in (elsewhere, "0" * 32)]
    assert [one.status_code for one in asked] == [422, 422]
    told = [{name: said for name, said in one.json().items() if name != "trace_id"} for one in asked]
    assert told[0] == told[1], "whether a case exists elsewhere is not told"
