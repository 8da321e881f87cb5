"""Coming in: passwords, the lock, sessions, keys. Whoever is not let in gets one and the same answer."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from httpx import Response
from pwdlib import PasswordHash
from sqlalchemy import select

from api.identity import SIDE_BY_SIDE, KeyWish, Passwords, checked_password
from cases.errors import Conflict, Malformed
from cases.store.accounts import (
    LONGEST_KEY,
    NewAccount,
    add_account,
    checked_roles,
    revoke_key,
    set_active,
    set_password,
)
from cases.store.sheaf import table
from tests.api.world import World
from tests.builders import FIRE, FRIDAY
from tests.people import PASSWORD, QUICK, WANG, ZHANG


def login(world: World, who: str, password: str = PASSWORD) -> Response:
    return world.post(None, "/login", {"login": who, "password": password})


def without_trace(answer: Response) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name != "trace_id"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def a_key(world: World, **changed: Any) -> str:
    wish = KeyWish(FIRE, "消防系统", frozenset({"dept_officer"}), frozenset({"read", "write"}))
    with world.office.database.writing() as connection:
        return world.house.identity.issue_key(connection, replace(wish, **changed))


def test_a_login_opens_a_session_that_works_as_token_and_as_cookie(world: World):
    answer = login(world, "wang")
    assert answer.status_code == 200
    token = answer.json()["token"]
    assert answer.json()["account"]["org_name"] == "金城镇联合执法工作站"
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", f"huiyin_session={token}"} <= set(cookie.split("; "))
    world.client.forget()
    assert world.get(None, "/me", headers=bearer(token)).json()["account"]["login"] == "wang"
    assert world.get(None, "/me", headers={"Cookie": f"huiyin_session={token}"}).json()["by"] == "session"


def test_nothing_readable_is_kept_of_password_token_or_key(world: World):
    token, key = login(world, "wang").json()["token"], a_key(world)
    with world.office.database.reading() as connection:
        kept = [
            str(row) for name in ("account", "session", "api_key") for row in connection.execute(select(table(name)))
        ]
    assert kept
    assert not any(secret in line for line in kept for secret in (token, key.split("_", 2)[2], PASSWORD))


def test_unknown_login_wrong_password_and_locked_account_are_one_answer(world: World):
    wrong = login(world, "wang", "falsch")
    assert wrong.status_code == 401
    assert without_trace(login(world, "nobody", "falsch")) == without_trace(wrong)
    last = [login(world, "wang", "falsch") for _ in range(5)][-1]
    assert without_trace(last) == without_trace(wrong)
    assert without_trace(login(world, "wang")) == without_trace(wrong), "the right password does not open the lock"


def test_the_lock_opens_after_ten_minutes(world: World):
    for _ in range(5):
        login(world, "wang", "falsch")
    world.real.ahead(minutes=9, seconds=59)
    assert login(world, "wang").status_code == 401
    world.real.ahead(seconds=2)
    assert login(world, "wang").status_code == 200
    assert login(world, "zhang").status_code == 200, "the lock is the account's alone"


def test_failures_before_a_success_are_forgotten(world: World):
    for _ in range(3):
        for _ in range(4):
            assert login(world, "wang", "falsch").status_code == 401
        assert login(world, "wang").status_code == 200


def test_tries_side_by_side_are_counted_before_their_passwords_are_looked_at(world: World):
    """Twelve guesses at once, the right one among the last: no more than five get as far as the password."""
    looked: list[str] = []

    class Watched(Passwords):
        def fits(self, password: str, person: Any) -> bool:
            if person is not None:
                looked.append(password)
            return super().fits(password, person)

    world.house.identity.passwords = Watched(QUICK)
    threads = [threading.Thread(target=lambda n=n: login(world, "wang", f"guess-{n}")) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked) == 5
    assert login(world, "wang").status_code == 401


def test_only_so_many_passwords_are_hashed_at_once():
    running, most, lock, all_in = 0, 0, threading.Lock(), threading.Event()

    class Slow(PasswordHash):
        def verify(self, password: str | bytes, hash: str | bytes) -> bool:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            all_in.wait(0.05)
            with lock:
                running -= 1
            return True

    passwords = Passwords(Slow(QUICK.hashers))
    threads = [threading.Thread(target=passwords.fits, args=("x", None)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == SIDE_BY_SIDE


def test_logging_out_is_final(world: World):
    token = login(world, "wang").json()["token"]
    assert world.post(None, "/logout", headers=bearer(token)).status_code == 204
    assert world.get(None, "/me", headers=bearer(token)).status_code == 401


def test_a_session_ends_when_idle_and_when_old(world: World):
    assert world.get(WANG, "/me").status_code == 200
    world.real.ahead(minutes=29)
    assert world.get(WANG, "/me").status_code == 200
    world.real.ahead(minutes=29)
    assert world.get(WANG, "/me").status_code == 200, "being used keeps it open"
    world.real.ahead(minutes=31)
    assert world.get(WANG, "/me").status_code == 401
    for _ in range(17):
        world.get(ZHANG, "/me")
        world.real.ahead(minutes=29)
    assert world.get(ZHANG, "/me").status_code == 401, "eight hours are the end, however busy"


def test_a_simulated_jump_does_not_end_sessions(world: World):
    world.clock.ahead(days=40)
    assert world.get(WANG, "/me").status_code == 200


def test_barring_an_account_and_changing_a_password_end_its_sessions(world: World):
    with world.office.database.writing() as connection:
        set_active(connection, "wang", active=False)
        set_password(connection, "zhang", QUICK.hash("Another-pass-1"))
    assert world.get(WANG, "/me").status_code == 401
    assert login(world, "wang").status_code == 401
    assert world.get(ZHANG, "/me").status_code == 401
    assert login(world, "zhang").status_code == 401
    assert login(world, "zhang", "Another-pass-1").status_code == 200


def test_a_key_works_until_it_is_revoked_or_has_expired(world: World):
    key, short = a_key(world), a_key(world, lifetime=timedelta(days=1))
    found = world.get(None, "/me", headers=bearer(key)).json()
    assert (found["by"], found["account"]["org"]) == ("key", FIRE)
    with world.office.database.writing() as connection:
        revoke_key(connection, key.split("_")[1], FRIDAY)
    assert world.get(None, "/me", headers=bearer(key)).status_code == 401
    world.real.ahead(days=1)
    assert world.get(None, "/me", headers=bearer(short)).status_code == 401


@pytest.mark.parametrize("spoil", [lambda key: key[:-1], lambda key: key + "A", lambda key: key[:4] + "00" + key[6:]])
def test_a_key_that_is_not_quite_right_is_refused(shared: World, spoil: Any):
    assert shared.get(None, "/me", headers=bearer(spoil(a_key(shared)))).status_code == 401


@pytest.mark.parametrize("token", ["", "hy_", "hy__", "hy_x", "hs_", "x", "hy_" + "é" * 20, "Basic x", "a" * 5000])
def test_rubbish_is_no_token(shared: World, token: str):
    answer = shared.get(None, "/me", headers={"Authorization": f"Bearer {token}".encode()})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_wrong_header_is_not_made_good_by_a_cookie(world: World):
    headers = {"Authorization": "Basic eDp5", "Cookie": f"huiyin_session={WANG.token}"}
    assert world.get(None, "/me", headers=headers).status_code == 401


def test_a_key_does_no_more_than_its_scopes(world: World):
    reading = bearer(a_key(world, scopes=frozenset({"read"})))
    assert world.get(None, "/cases", headers=reading).status_code == 200
    assert world.post(None, "/steps", {"orders": [{"case_id": "x", "verb": "y"}]}, headers=reading).status_code == 403
    keeping = bearer(a_key(world, scopes=frozenset({"endpoint"}), roles=frozenset({"dept_head"})))
    assert world.get(None, "/cases", headers=keeping).status_code == 403
    endpoint = {"url": "https://receiver.example/hook"}
    assert world.ask(None, "PUT", "/endpoints/mine", json=endpoint, headers=keeping).status_code == 200


def test_a_key_lives_a_year_at_most_and_has_known_scopes_and_roles(shared: World):
    for wrong in (
        {"lifetime": LONGEST_KEY + timedelta(days=1)},
        {"scopes": frozenset({"everything"})},
        {"scopes": frozenset()},
        {"roles": frozenset({"router"})},
    ):
        with pytest.raises(Malformed):
            a_key(shared, **wrong)


def test_another_site_cannot_use_a_visitors_cookie(world: World):
    cookie = {"Cookie": f"huiyin_session={WANG.token}"}
    order = {"orders": [{"case_id": "x", "verb": "accept"}]}
    foreign = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]
    for more in (*foreign, {"Origin": "null"}, {"Origin": "http://["}, {"Origin": "//]"}):
        assert world.post(None, "/steps", order, headers={**cookie, **more}).status_code == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://huiyin.example"}
    assert world.post(None, "/steps", order, headers={**cookie, **own}).status_code == 200
    assert world.post(WANG, "/steps", order, headers={"Origin": "https://evil.example"}).status_code == 200


@pytest.mark.parametrize("password", ["short-1A", "alllowercase1", "WANG-is-my-name-1", "1234567890"])
def test_weak_passwords_are_refused(password: str):
    with pytest.raises(Malformed):
        checked_password(password, "wang")


def test_an_account_is_opened_with_a_good_password_and_a_login_of_its_own(world: World):
    identity, database = world.house.identity, world.office.database
    with database.writing() as connection:
        identity.open_account(connection, NewAccount("new", "新人", FIRE, ("dept_officer",), ""), "Long-enough-9")
        with pytest.raises(Conflict):
            add_account(connection, NewAccount("wang", "另一人", FIRE, ("dept_officer",), "x"), FRIDAY)
    assert login(world, "new", "Long-enough-9").status_code == 200


@pytest.mark.parametrize("roles", [("router",), ("nobody",), (), ("admin", "operator"), ("auditor", "admin")])
def test_some_roles_nobody_holds_and_some_are_held_alone(roles: tuple[str, ...]):
    with pytest.raises(Malformed):
        checked_roles(roles)


def test_too_many_logins_from_one_address_have_to_wait(world: World):
    world.throttles.logins.burst = 3.0
    answers = [login(world, "nobody", "falsch").status_code for _ in range(5)]
    assert answers == [401, 401, 401, 429, 429]


def test_failed_logins_of_a_known_account_are_written_down(world: World):
    login(world, "wang", "falsch")
    login(world, "nobody", "falsch")
    refused = table("refused")
    with world.office.database.reading() as connection:
        rows = connection.execute(select(refused.c.kind, refused.c.what)).all()
    assert [tuple(row) for row in rows] == [("unauthenticated", "login")]


def test_behind_a_proxy_that_encrypts_the_cookie_is_kept_to_encrypted_ways(world: World):
    vars(world.house)["proxies"] = ("198.51.100.0/24",)
    body = {"login": WANG.login, "password": PASSWORD}
    for said, secure in (("https", True), ("http", False)):
        answer = world.post(None, "/login", body, headers={"X-Forwarded-Proto": said})
        assert ("secure" in answer.headers["set-cookie"].lower()) is secure
        form = {"login": WANG.login, "password": PASSWORD}
        head = {"Origin": "http://huiyin.example", "X-Forwarded-Proto": said}
        page = world.client.request("POST", "/console/login", data=form, headers=head)
        assert page.status_code == 303
        assert ("secure" in page.headers["set-cookie"].lower()) is secure
