"""The mail room over the API: inboxes, deliveries, replays, endpoints."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from cases.signing import key_of
from cases.store.sheaf import table
from tests.api.world import World
from tests.builders import FIRE, URBAN
from tests.people import BAI, DING, HE, LI, MA, SUN, WANG, XU, ZHANG, ZHAO, ZHENG, ZHOU


def states(world: World) -> list[str]:
    with world.office.database.reading() as connection:
        return [row.state for row in connection.execute(select(table("notice").c.state))]


def park(world: World) -> int:
    """Everything due is tried once and cannot be delivered, although everybody has named an address."""
    row = {"secret": "-", "networks": "", "active": True, "created_at": world.clock.now()}
    rows = [{**row, "org": org, "url": "https://receiver.example"} for org in world.office.pack.organisations]
    with world.office.database.writing() as connection:
        connection.execute(insert(table("endpoint")), rows)
    claimed = world.counter.claim()
    world.counter.settle(claimed, "parked", detail="unreachable")
    return len(claimed)


def test_an_organisation_reads_its_notices_newest_first_and_marks_them(world: World):
    clue = world.counter.dispatched(lead=FIRE, assists=(URBAN,))
    (notice,) = world.get(ZHANG, "/inbox").json()["items"]
    task = world.task_of(clue, FIRE)
    assert (notice["event"], notice["body"]["data"]["case_id"]) == ("assignment.open", task.id)
    assert notice["seen_at"] is None
    at = world.post(ZHANG, f"/inbox/{notice['id']}/seen").json()["seen_at"]
    world.clock.ahead(hours=1)
    assert world.post(ZHANG, f"/inbox/{notice['id']}/seen").json()["seen_at"] == at, "the first time counts"
    assert world.get(ZHANG, "/inbox?unseen=true").json()["items"] == []
    assert world.post(ZHOU, f"/inbox/{notice['id']}/seen").status_code == 404


def test_an_inbox_is_walked_in_pages(world: World):
    for _ in range(5):
        world.report()
    first = world.get(WANG, "/inbox?limit=3").json()
    second = world.get(WANG, f"/inbox?limit=3&cursor={first['next']}").json()
    ids = [one["id"] for one in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == 5
    assert ids == sorted(ids, reverse=True)
    assert second["next"] is None


def test_the_reporting_organisation_is_told_in_plain_words(world: World):
    world.accepted()
    events = {one["event"]: one["body"]["data"] for one in world.get(MA, "/inbox").json()["items"]}
    assert events["clue.accepted" if "clue.accepted" in events else "clue.accept"]["words"] == "已受理,正在安排承办单位"


def test_deliveries_show_every_try_but_never_the_contents(world: World):
    world.report()
    many = park(world)
    rows = world.get(LI, "/deliveries?state=parked").json()["items"]
    assert len(rows) == many > 0
    assert (rows[0]["attempts"][0]["outcome"], rows[0]["last_error"]) == ("parked", "unreachable")
    assert "body" not in rows[0]
    assert world.get(SUN, "/deliveries").json()["items"] == [], "a head of station sees the station's own"
    assert len(world.get(HE, "/deliveries").json()["items"]) == len(world.get(ZHENG, "/deliveries").json()["items"]) > 0
    assert world.get(ZHAO, f"/deliveries?recipient={rows[0]['recipient']}").json()["items"] == [], "only its own"
    one = rows[0]["recipient"]
    assert {row["recipient"] for row in world.get(LI, f"/deliveries?recipient={one}").json()["items"]} == {one}


def test_a_replay_sets_parked_notices_waiting_again(world: World):
    world.report()
    parked = park(world)
    recipients = {row["recipient"] for row in world.get(HE, "/deliveries").json()["items"]}
    assert len(recipients) == 2
    one = sorted(recipients)[0]
    assert world.post(LI, "/deliveries/replay", {"recipient": one}).json() == {"replayed": 1}
    assert world.post(HE, "/deliveries/replay").json() == {"replayed": parked - 1}
    assert set(states(world)) == {"waiting"}
    assert world.post(HE, "/deliveries/replay").json() == {"replayed": 0}
    assert world.post(WANG, "/deliveries/replay").status_code == 403


def test_an_endpoint_is_registered_and_its_secret_told_once(world: World):
    wish = {"url": "https://10.1.2.3:8443/hook", "networks": ["10.1.2.0/24"]}
    told = world.ask(ZHAO, "PUT", "/endpoints/mine", json=wish).json()
    assert len(key_of(told["secret"])) == 32
    shown = world.get(ZHANG, "/endpoints/mine").json()
    assert shown == {name: value for name, value in told.items() if name != "secret"}
    again = world.ask(ZHAO, "PUT", "/endpoints/mine", json=wish).json()
    assert again["secret"] != told["secret"]
    with world.office.database.reading() as connection:
        assert len(connection.execute(select(table("endpoint"))).all()) == 1


def test_a_court_says_where_it_receives_and_sees_how_its_own_travelled(world: World):
    wish = {"url": "https://10.1.2.3:8443/hook", "networks": ["10.1.2.0/24"]}
    assert world.ask(DING, "PUT", "/endpoints/mine", json=wish).json()["org"] == DING.org
    assert world.get(DING, "/endpoints/mine").json()["url"] == wish["url"]
    world.report()
    assert len(world.get(HE, "/deliveries").json()["items"]) > 0
    assert world.get(DING, "/deliveries").json()["items"] == [], "no more than its own"
    for who in (XU, MA, BAI):
        assert world.ask(who, "PUT", "/endpoints/mine", json=wish).status_code == 403


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"url": "ftp://receiver.example/x"}, "malformed"),
        ({"url": "https://user:pass@receiver.example/"}, "malformed"),
        ({"url": "http://127.0.0.1:80/"}, "unsafe"),
        ({"url": "http://10.1.2.3/"}, "unsafe"),
        ({"url": "http://10.1.2.3/", "networks": ["0.0.0.0/0"]}, "unsafe"),
        ({"url": "http://169.254.169.254/latest", "networks": ["169.254.0.0/16"]}, "unsafe"),
        ({"url": "https://receiver.example/", "networks": ["nonsense"]}, "malformed"),
        ({"url": "https://receiver.example/", "networks": ["10.0.0.0/8"] * 21}, "malformed"),
        ({"networks": []}, "malformed"),
    ],
)
def test_addresses_that_must_not_be_called_are_refused(shared: World, wish: Any, code: str):
    answer = shared.ask(ZHAO, "PUT", "/endpoints/mine", json=wish)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert shared.get(ZHAO, "/endpoints/mine").status_code == 404


def test_a_machine_of_a_department_may_be_called_on_a_named_network(world: World):
    wish = {"url": "http://127.0.0.1:9001/hook", "networks": ["127.0.0.0/8"]}
    assert world.ask(ZHAO, "PUT", "/endpoints/mine", json=wish).status_code == 200


def test_no_department_approves_its_own_network(world: World):
    wish = {"url": "http://192.168.7.9/hook", "networks": ["192.168.7.0/24"]}
    answer = world.ask(ZHAO, "PUT", "/endpoints/mine", json=wish)
    assert (answer.status_code, answer.json()["code"]) == (422, "unsafe")
    assert "HUIYIN_HOOK_NETWORKS" in answer.json()["detail"]
    assert world.get(ZHAO, "/endpoints/mine").status_code == 404


def test_a_head_sends_again_what_is_about_the_own_stations_cases_only(world: World):
    world.report()
    parked = park(world)
    assert world.post(SUN, "/deliveries/replay").json() == {"replayed": 0}
    assert world.post(LI, "/deliveries/replay").json() == {"replayed": parked}
