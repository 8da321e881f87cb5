"""Coming in and going out, the language, and how the console says no."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.exc import OperationalError

from api.console.english import ENGLISH
from api.console.frame import HERE, POLICY
from tests.api.world import World
from tests.console.browser import Browser, read
from tests.people import MA, PASSWORD, WANG, ZHANG

FOREIGN = "http://elsewhere.example"


def test_login_leads_back_to_where_one_was_going(looker: Browser):
    sent_away = looker.ask("GET", "/console?view=overdue&q=飞线")
    assert sent_away.status_code == 303
    door = looker.look(sent_away.headers["location"])
    filled = door.form("/console/login")
    answer = looker.send("/console/login", {**filled, "login": WANG.login, "password": PASSWORD})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/console?view=overdue&q=")
    cookie = answer.headers["set-cookie"]
    assert all(mark in cookie for mark in ("HttpOnly", "SameSite=lax", "Max-Age"))
    queue = looker.look("/console")
    assert "王操作" in queue.text
    gone = looker.send("/console/logout", queue.form("/console/logout"))
    assert gone.headers["location"] == "/console/login"
    assert looker.ask("GET", "/console").status_code == 303


@pytest.mark.parametrize("filled", [{"login": "wang", "password": "falsch"}, {"login": "", "password": ""}, {}])
def test_a_failed_login_is_said_on_the_form(looker: Browser, filled: dict[str, str]):
    page = read(looker.send("/console/login", filled))
    assert page.status == 401
    assert page.top.one("p", role="alert").text
    assert page.top.one("input", id="password").attrs["aria-invalid"] == "true"
    assert "value" not in page.top.one("input", id="password").attrs


@pytest.mark.parametrize(
    "goal", ["https://evil.example/", "//evil.example", "/\\evil.example", "/console/../x\r\nA: b", "/api/v1/me", ""]
)
def test_the_way_back_stays_in_the_house(looker: Browser, goal: str):
    sent = {"login": WANG.login, "password": PASSWORD, "next": goal}
    assert looker.send("/console/login", sent).headers["location"] == "/console"


def test_nobody_elses_page_can_act_for_a_visitor(looker: Browser):
    looker.enter(WANG)
    filled = looker.look("/console").form("/console/logout")
    for headers in ({"Origin": FOREIGN}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}, {"Origin": "http://["}):
        page = read(looker.send("/console/logout", filled, **headers))
        assert (page.status, "其他网站" in page.text) == (403, True)
    assert read(looker.send("/console/logout", {})).status == 403
    for foreign in ("0" * 64, "0" * 128, "zz", "0" * 127):
        assert read(looker.send("/console/logout", {"_token": foreign})).status == 403
    assert looker.ask("GET", "/console").status_code == 200
    again = looker.look("/console").form("/console/logout")
    assert again["_token"] != filled["_token"], "the size of a compressed page must not tell what stays the same in it"


def test_every_no_is_a_page_that_says_what_next(looker: Browser, monkeypatch: pytest.MonkeyPatch):
    looker.enter(ZHANG)
    asked = {
        "/console/nothing": 404,
        "/console/cases/" + "0" * 32: 404,
        "/console?matter=" + "x" * 65: 422,
        "/console?q=" + "x" * 201: 422,
        "/console?view=all&cursor=" + "x" * 97: 422,
        "/console/cases/%00": 422,
    }
    for path, status in asked.items():
        page = looker.look(path)
        assert page.status == status, path
        assert page.top.one("h1").text
        assert any(link.attrs["href"] == "/console" for link in page.top.one("main").every("a"))
        assert page.answer.headers["content-security-policy"] == POLICY
    assert read(looker.ask("PUT", "/console")).status == 405
    house = looker.world.house

    def gone(_: str) -> None:
        raise OperationalError("SELECT 1", {}, Exception())

    monkeypatch.setattr(house.identity, "caller", gone)
    assert looker.look("/console").status == 503
    monkeypatch.setattr(house.identity, "caller", lambda _: 1 / 0)
    page = looker.look("/console")
    assert page.status == 500
    assert page.answer.headers["x-trace-id"] in page.text


def test_too_many_logins_are_told_when_to_come_again(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(world.throttles.logins, "burst", 0.0)
    page = read(Browser(world).send("/console/login", {"login": "wang", "password": PASSWORD}))
    assert page.status == 429
    assert page.answer.headers["retry-after"]


def test_pages_load_nothing_from_elsewhere_and_hold_no_script_of_their_own(looker: Browser):
    looker.enter(WANG)
    page = looker.look("/console")
    assert page.answer.headers["content-security-policy"] == POLICY
    assert page.answer.headers["referrer-policy"] == "same-origin"
    assert page.answer.headers["cache-control"] == "no-store"
    templates = "".join(file.read_text(encoding="utf-8") for file in (HERE / "templates").iterdir())
    assert not re.search(r"""<script(?! src=)|<style|\sstyle=|\son\w+=|javascript:|https?://""", templates)
    for name in ("script", "link", "img"):
        for one in page.top.every(name):
            assert (one.attrs.get("src") or one.attrs["href"]).startswith("/static/")


def test_a_static_file_is_kept_for_ever_under_the_address_of_its_content(looker: Browser):
    style = looker.enter(WANG).look("/console").top.one("link", rel="stylesheet").attrs["href"]
    answer = looker.ask("GET", style)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")
    assert looker.ask("GET", style.split("?")[0]).headers["cache-control"] == "no-cache"
    assert looker.ask("GET", "/static/..%2fframe.py").status_code == 404
    assert answer.headers["content-encoding"] == "gzip"
    page = looker.ask("GET", "/console", headers={"Accept-Encoding": "gzip"})
    assert (page.headers["content-encoding"], "Accept-Encoding" in page.headers["vary"]) == ("gzip", True)
    assert int(page.headers["content-length"]) < len(page.content) / 2
    assert "content-encoding" not in looker.ask("GET", "/console", headers={"Accept-Encoding": "identity"}).headers
    assert "content-encoding" not in looker.ask("GET", "/api/v1/openapi.json").headers
    assert looker.ask("GET", "/static/console.py").status_code == 404


def test_the_language_is_chosen_once(looker: Browser):
    looker.enter(MA)
    answer = looker.ask("GET", "/console/language?to=en&back=/console?view=overdue")
    assert answer.headers["location"] == "/console?view=overdue"
    page = looker.look("/console")
    assert page.top.one("html").attrs["lang"] == "en"
    assert page.top.one("h1").text == ENGLISH["案件队列"]
    assert looker.ask("GET", "/console/language?to=zh&back=//x").headers["location"] == "/console"
    assert looker.look("/console").top.one("h1").text == "案件队列"


def test_every_text_of_the_pages_has_an_english():
    spoken: set[str] = set()
    for file in [*(HERE / "templates").iterdir(), *HERE.glob("*.py")]:
        spoken |= set(re.findall(r"""(?:\b_|\bsay)\((?:lang, )?['"]([^'"]+)['"]""", file.read_text(encoding="utf-8")))
    assert len(spoken) > 50
    assert spoken - set(ENGLISH) == set()
