"""Accounts, keys and what is written down of their changes: for administrators; the last of them stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cases.errors import Conflict
from cases.store.roster import keep_an_administrator
from tests.api.test_identity import bearer, login
from tests.api.world import World
from tests.builders import FIRE, STATION
from tests.people import HE, MA, PASSWORD, WANG, WU, ZHENG, Someone

NEW: Mapping[str, Any] = {"login": "chen", "name": "陈新人", "org": STATION, "roles": ["operator"]}
KEY: Mapping[str, Any] = {"org": FIRE, "name": "消防系统", "roles": ["dept_officer"], "scopes": ["read", "write"]}
OWN = "Mein-eigenes-1"

EXPECTED: Mapping[tuple[str, str], str] = {
    #                                         nobody reporter operator supervisor auditor admin
    ("GET", "/accounts"): "401 403 403 403 403 200",
    ("POST", "/accounts"): "401 403 403 403 403 201",
    ("GET", "/accounts/{account_id}"): "401 403 403 403 403 200",
    ("PUT", "/accounts/{account_id}"): "401 403 403 403 403 200",
    ("POST", "/accounts/{account_id}/sessions/end"): "401 403 403 403 403 200",
    ("POST", "/accounts/{account_id}/password"): "401 403 403 403 403 200",
    ("POST", "/accounts/{account_id}/lock"): "401 403 403 403 403 200",
    ("POST", "/accounts/{account_id}/unlock"): "401 403 403 403 403 200",
    ("GET", "/keys"): "401 403 403 403 403 200",
    ("POST", "/keys"): "401 403 403 403 403 201",
    ("POST", "/keys/{prefix}/revoke"): "401 403 403 403 403 200",
    ("GET", "/records"): "401 403 403 403 200 200",
    ("GET", "/records/refused"): "401 403 403 403 200 403",
    ("GET", "/records/looks"): "401 403 403 403 200 403",
    ("PUT", "/me/password"): "401 422 422 422 422 422",
}
WHO: Mapping[str, Someone | None] = {
    "nobody": None, "reporter": MA, "operator": WANG, "supervisor": WU, "auditor": ZHENG, "admin": HE,
}  # fmt: skip
BODIES: Mapping[str, Any] = {
    "/accounts": NEW,
    "/accounts/{account_id}": {"name": "马物业", "org": STATION, "roles": ["reporter"]},
    "/accounts/{account_id}/lock": {"reason": "调离"},
    "/keys": KEY,
    "/keys/{prefix}/revoke": {"reason": "换系统"},
    "/me/password": {"old": "falsch", "new": OWN},
}


def id_of(world: World, who: Someone) -> str:
    every = world.get(HE, "/accounts", params={"text": who.login}).json()["items"]
    return next(one["id"] for one in every if one["login"] == who.login)


def deeds(world: World, reader: Someone = ZHENG) -> list[str]:
    return [one["deed"] for one in world.get(reader, "/records").json()["items"]]


def test_everybody_at_every_route_of_accounts(world: World):
    prefix = world.post(HE, "/keys", KEY).json()["prefix"]
    account = world.post(HE, "/accounts", {**NEW, "login": "someone"}).json()["id"]
    found: dict[tuple[str, str], str] = {}
    for method, path in EXPECTED:
        statuses: list[str] = []
        for who in WHO.values():
            body = {"json": BODIES.get(path, {})} if method != "GET" else {}
            answer = world.ask(who, method, path.format(account_id=account, prefix=prefix), **body)
            statuses.append(str(answer.status_code))
            world.client.forget()
        found[method, path] = " ".join(statuses)
    assert found == EXPECTED


def test_a_new_account_works_once_its_password_is_its_own(world: World):
    answer = world.post(HE, "/accounts", NEW)
    assert answer.status_code == 201
    opened = answer.json()
    assert (opened["org_name"], opened["sessions"], opened["handed_at"] is not None) == (
        "金城镇联合执法工作站",
        0,
        True,
    )
    token = login(world, "chen", opened["password"]).json()["token"]
    world.client.forget()
    refused = world.get(None, "/cases", headers=bearer(token))
    assert (refused.status_code, refused.json()["detail"]) == (403, "初始密码尚未更改,请先改成自己的密码")
    assert world.get(None, "/me", headers=bearer(token)).status_code == 200
    change = {"old": opened["password"], "new": OWN}
    assert world.ask(None, "PUT", "/me/password", json=change, headers=bearer(token)).status_code == 204
    assert world.get(None, "/me", headers=bearer(token)).status_code == 401, "a new password ends all sessions"
    token = login(world, "chen", OWN).json()["token"]
    world.client.forget()
    assert world.get(None, "/cases", headers=bearer(token)).status_code == 200
    shown = world.get(HE, f"/accounts/{opened['id']}").json()
    assert (shown["handed_at"], shown["seen_at"] is not None) == (None, True)
    assert opened["password"] not in world.get(ZHENG, "/records").text


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"login": "wang"}, 409, None),
        ({"login": "mit leerzeichen"}, 422, "login"),
        ({"password": "kurz"}, 422, "password"),
        ({"password": "Chen-2026-mima"}, 422, "password"),
        ({"roles": ["chief_of_everything"]}, 422, "roles"),
        ({"roles": ["router"]}, 422, "roles"),
        ({"roles": ["admin", "operator"]}, 422, "roles"),
        ({"roles": []}, 422, "roles"),
        ({"org": "JT-NOWHERE"}, 422, "org"),
        ({"active": False}, 422, "active"),
    ],
)
def test_what_is_no_account_is_refused_whole(shared: World, changed: dict[str, Any], status: int, field: str | None):
    answer = shared.post(HE, "/accounts", {**NEW, **changed})
    assert answer.status_code == status
    assert field is None or field in answer.json()["fields"]
    assert shared.get(HE, "/accounts", params={"text": "陈新人"}).json()["items"] == []
    assert deeds(shared) == []


def test_changes_count_at_once_and_are_written_down_before_and_after(world: World):
    account = id_of(world, WANG)
    body = {"name": "王操作", "org": STATION, "roles": ["station_head", "operator"]}
    assert world.ask(HE, "PUT", f"/accounts/{account}", json=body).json()["roles"] == ["operator", "station_head"]
    assert world.get(WANG, "/me").json()["account"]["roles"] == ["operator", "station_head"]
    (record,) = world.get(ZHENG, "/records").json()["items"]
    assert record["said"] == {"roles": [["operator"], ["operator", "station_head"]]}
    assert (record["actor_name"], record["subject_name"]) == ("何系统", "王操作")
    assert world.ask(HE, "PUT", f"/accounts/{account}", json=body).status_code == 200
    assert deeds(world) == ["account.change"], "what stays as it was is no change"


def test_a_barred_account_is_out_at_once_and_can_come_back(world: World):
    account = id_of(world, WANG)
    assert world.post(HE, f"/accounts/{account}/lock", {"reason": "调离"}).json()["sessions"] == 0
    assert world.get(WANG, "/me").status_code == 401
    assert login(world, "wang").status_code == 401
    assert world.post(HE, f"/accounts/{account}/unlock").json()["active"] is True
    assert login(world, "wang").status_code == 200
    assert deeds(world) == ["account.unlock", "account.lock"]
    assert world.get(ZHENG, "/records", params={"deed": "account.lock"}).json()["items"][0]["reason"] == "调离"


def test_sessions_are_ended_and_passwords_given_by_the_administrator(world: World):
    account = id_of(world, WANG)
    assert world.post(HE, f"/accounts/{account}/sessions/end").json()["sessions"] == 0
    assert world.get(WANG, "/me").status_code == 401
    given = world.post(HE, f"/accounts/{account}/password", {}).json()["password"]
    assert login(world, "wang").status_code == 401
    assert login(world, "wang", given).status_code == 200
    own = world.post(HE, f"/accounts/{account}/password", {"password": "Gegeben-2026"}).json()
    assert own["password"] is None
    assert deeds(world) == ["account.password", "account.password", "account.sessions"]


def test_the_last_administrator_stays_and_nobody_raises_oneself(world: World):
    me = id_of(world, HE)
    assert world.post(HE, f"/accounts/{me}/lock", {"reason": "试试"}).status_code == 403
    case_roles = {"name": "何系统", "org": HE.org, "roles": ["operator"]}
    assert world.ask(HE, "PUT", f"/accounts/{me}", json=case_roles).status_code == 403
    elsewhere = {"name": "何系统", "org": STATION, "roles": ["admin"]}
    assert world.ask(HE, "PUT", f"/accounts/{me}", json=elsewhere).status_code == 403
    second = world.post(HE, "/accounts", {**NEW, "roles": ["admin"], "password": "Zweiter-2026"}).json()["id"]
    token = login(world, "chen", "Zweiter-2026").json()["token"]
    world.client.forget()
    own = {"old": "Zweiter-2026", "new": OWN}
    assert world.ask(None, "PUT", "/me/password", json=own, headers=bearer(token)).status_code == 204
    token = login(world, "chen", OWN).json()["token"]
    world.client.forget()
    assert world.post(HE, f"/accounts/{second}/lock", {"reason": "试试"}).status_code == 200
    assert world.post(HE, f"/accounts/{second}/unlock").status_code == 200
    token = login(world, "chen", OWN).json()["token"]
    world.client.forget()
    assert world.post(None, f"/accounts/{me}/lock", {"reason": "调离"}, headers=bearer(token)).status_code == 200
    refused = world.ask(None, "PUT", f"/accounts/{second}", json=case_roles, headers=bearer(token))
    assert refused.status_code == 403


def test_an_account_of_an_administrator_may_go_only_while_another_is_left(world: World):
    """The guard itself: an administrator who is barred does not count."""
    second = world.post(HE, "/accounts", {**NEW, "roles": ["admin"]}).json()["id"]
    assert world.post(HE, f"/accounts/{second}/lock", {"reason": "调离"}).status_code == 200
    mine = id_of(world, HE)
    with world.office.database.writing() as connection:
        keep_an_administrator(connection, second)
        with pytest.raises(Conflict, match="最后一个"):
            keep_an_administrator(connection, mine)


def test_a_key_is_told_once_and_worthless_once_revoked(world: World):
    made = world.post(HE, "/keys", {**KEY, "days": 30})
    assert made.status_code == 201
    key, prefix = made.json()["key"], made.json()["prefix"]
    assert world.get(None, "/cases", headers=bearer(key)).status_code == 200
    (listed,) = world.get(HE, "/keys", params={"org": FIRE}).json()["items"]
    assert (listed["used_at"] is not None, "key" in listed, key in world.get(HE, "/keys").text) == (True, False, False)
    assert world.post(HE, f"/keys/{prefix}/revoke", {"reason": "换系统"}).json()["revoked_at"] is not None
    assert world.get(None, "/cases", headers=bearer(key)).status_code == 401
    assert world.post(HE, f"/keys/{prefix}/revoke", {"reason": "换系统"}).status_code == 200
    assert deeds(world) == ["key.revoke", "key.issue"]
    assert world.post(HE, "/keys/none/revoke", {"reason": "换系统"}).status_code == 404
    assert world.ask(None, "PUT", "/me/password", json={"old": "a", "new": OWN}, headers=bearer(key)).status_code == 401


@pytest.mark.parametrize(
    "changed",
    [{"days": 366}, {"scopes": ["everything"]}, {"org": "JT-NOWHERE"}, {"roles": ["x"]}, {"roles": ["admin"]}],
)
def test_what_is_no_key_is_refused(shared: World, changed: dict[str, Any]):
    assert shared.post(HE, "/keys", {**KEY, **changed}).status_code == 422
    assert shared.get(HE, "/keys").json()["items"] == []


def test_accounts_are_found_by_words_organisation_role_and_state(shared: World):
    def found(**wanted: Any) -> set[str]:
        return {one["login"] for one in shared.get(HE, "/accounts", params=wanted).json()["items"]}

    assert found(text="何") == {"he"}
    assert found(role="auditor") == {"zheng"}
    assert {"wang", "li"} <= found(org=STATION)
    assert found(active=False) == set()
    first = shared.get(HE, "/accounts", params={"limit": 3}).json()
    assert (len(first["items"]), first["total"] > 3) == (3, True)
    second = shared.get(HE, "/accounts", params={"limit": 3, "after": first["next"]}).json()
    assert not {one["login"] for one in first["items"]} & {one["login"] for one in second["items"]}


def test_a_wrong_old_password_counts_as_a_failed_login(world: World):
    """Guessing the password of an open session locks the account like guessing at the door."""
    for _ in range(5):
        assert world.ask(WANG, "PUT", "/me/password", json={"old": "falsch", "new": OWN}).status_code == 422
    assert world.ask(WANG, "PUT", "/me/password", json={"old": PASSWORD, "new": OWN}).status_code == 422
    weak = world.ask(WANG, "PUT", "/me/password", json={"old": PASSWORD, "new": "kurz"}).json()
    assert set(weak["fields"]) == {"new"}


def test_the_auditor_reads_what_was_refused_and_who_looked_at_identities(world: World):
    case = world.report()
    assert world.post(WANG, f"/cases/{case['id']}/reporter", {"reason": "电话核实地址"}).status_code == 200
    for _ in range(3):
        assert world.get(WANG, "/accounts").status_code == 403
    (look,) = world.get(ZHENG, "/records/looks").json()["items"]
    assert (look["actor_name"], look["number"], look["reason"]) == ("王操作", case["number"], "电话核实地址")
    first = world.get(ZHENG, "/records/refused", params={"limit": 2}).json()
    assert {(one["actor_name"], one["what"]) for one in first["items"]} == {("王操作", "GET /api/v1/accounts")}
    rest = world.get(ZHENG, "/records/refused", params={"limit": 2, "before": first["next"]}).json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)
