"""The supervision view: counts and numbers for those who supervise, and never a word out of a file."""

from __future__ import annotations

from datetime import timedelta

from tests.api.chambers import CANARY, Chambers
from tests.builders import FIRE, OPERATOR, STATION, URBAN
from tests.cases.chamber import COMMITTEE, OTHER_COMMITTEE
from tests.people import SHI


def test_what_is_late_given_back_or_came_to_nothing_and_what_committees_carry(chambers: Chambers):
    counter = chambers.counter
    given_back = counter.dispatched(lead=URBAN, description=CANARY)
    counter.return_asked(counter.task(given_back, URBAN))
    nothing = counter.handled(description=CANARY)
    declined = counter.open(description=CANARY).case_id
    counter.step(declined, "decline", OPERATOR, reason=CANARY)
    failed = chambers.table.ready(summary=CANARY)
    chambers.table.closed(failed)
    chambers.table.open(station=OTHER_COMMITTEE, holder=OTHER_COMMITTEE, next_due=chambers.clock.now())
    chambers.clock.ahead(days=40)

    answer = chambers.get(SHI, "/oversight")
    assert answer.status_code == 200, answer.text
    assert CANARY not in answer.text
    assert "13812345678" not in answer.text
    told = answer.json()
    numbers = {name: {row["number"] for row in told[name]["items"]} for name in ("overdue", "returned", "not_filed")}
    task = counter.task(given_back, URBAN).number
    assert task in numbers["overdue"]
    assert numbers["returned"] == {task}
    assert [(row["org"], row["asked"], row["upheld"]) for row in told["returned"]["by"]] == [(URBAN, 1, 0)]
    found_nothing = counter.tasks(nothing)[0].number
    assert numbers["not_filed"] == {counter.piece(declined).number, found_nothing}
    assert {(row["org"], row["how"]) for row in told["not_filed"]["by"]} == {
        (STATION, "declined"),
        (FIRE, "no_violation"),
    }
    load = {row["org"]: row for row in told["mediation"]}
    assert (load[COMMITTEE]["open"], load[COMMITTEE]["failed"]) == (0, 1)
    assert (load[OTHER_COMMITTEE]["open"], load[OTHER_COMMITTEE]["overdue"]) == (1, 1)
    assert load[COMMITTEE]["name"] == chambers.office.pack.organisations[COMMITTEE].name

    after = (chambers.clock.now() - timedelta(days=2)).date().isoformat()
    later = chambers.get(SHI, "/oversight", params={"from": after}).json()
    assert later["returned"]["total"] == later["not_filed"]["total"] == 0
    assert later["overdue"]["total"] == told["overdue"]["total"]
    assert chambers.get(SHI, "/oversight", params={"from": after, "to": "2026-01-01"}).status_code == 422


def test_a_sealed_task_is_not_told(chambers: Chambers):
    _, task = chambers.sealed_result()
    chambers.clock.ahead(days=90)
    assert chambers.counter.piece(task).number not in chambers.get(SHI, "/oversight").text


def test_the_judicial_bureau_opens_no_file(chambers: Chambers):
    report = chambers.counter.dispatched(lead=FIRE)
    mediation = chambers.table.ready()
    assert chambers.get(SHI, "/cases").json()["items"] == []
    for case_id in (report, mediation):
        assert chambers.get(SHI, f"/cases/{case_id}").status_code == 404
