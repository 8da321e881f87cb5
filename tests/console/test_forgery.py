"""No page of somebody else acts for whoever is logged in (CSRF): every form of the house, found by walking the app.

Who may use a form is not asked here: one that does not come from our own page is turned away before anything else of it
is looked at, so everybody gets the same answer. What does not live here: tokens of the API, which no browser sends by
itself (``tests.api.test_identity``).
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Response

from api.console import pages
from tests import people
from tests.api.chambers import Chambers
from tests.api.world import World
from tests.console.browser import HOME, Browser, read
from tests.people import BAI, LI
from tests.stories.amicably import Amicably

pytestmark = pytest.mark.only_on("sqlite")
"""All of this is answered before the database is asked for more than the session."""

FOREIGN = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
HERE = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CAST = {role: who for who in people.CAST for role in who.roles}
"""Somebody in each role."""

STREET = re.compile(r"/(r|f|d|party|consent)\b")
"""The pages without an account: nobody is logged in there, so there is no session to act with, and no token of one."""

WITHOUT_SESSION = {"/console/login"}
STEPS, AGREEMENT = "/console/cases/{case_id}/steps/{verb}", "/console/cases/{case_id}/agreement"
"""Forms that keep what was typed when a token is too old, so they draw their case first: who may not know of it is told
that there is none, and so is everybody of the agreement of a report; that of a mediation is looked at by itself."""

BODIES: dict[str, dict[str, Any]] = {
    "empty": {"content": b"", "headers": FORM},
    "filled": {"content": b"_version=1&reason=x&number=1&code=2&url=https%3A%2F%2Fx.example&file=x", "headers": FORM},
    "no text": {"content": b"reason=%00", "headers": FORM},
    "file": {"files": [("files", ("a.png", b"\x89PNG", "image/png")), ("photos", ("a.png", b"\x89PNG", "image/png"))]},
    "forged": {"content": b"_token=" + b"0" * 128, "headers": FORM},
    "json": {"json": {"_version": 1}},
}


EVERY_WAY = {"operator", "admin"}
"""Who sends a form in every way; the others send it empty and filled."""

NOT_YOURS = ("只有", "系统管理员")
TOLD = ("请返回上一页,刷新后再提交", "请再提交一次", "没有这件案件", "没有这个动作", *NOT_YOURS)


def forms() -> list[str]:
    """The addresses of all pages that take a POST."""
    app = FastAPI()
    pages.install(app)
    found = {str(one.path) for one in iter_route_contexts(app.routes) if "POST" in (one.methods or ())}
    return sorted(found)


FORMS = forms()
OWN = [path for path in FORMS if not STREET.match(path) and path not in WITHOUT_SESSION]


def test_all_forms_are_here(looker: Browser):
    """Of the whole app, that is; what is missing would be a form nobody looked at."""
    contexts = iter_route_contexts(looker.world.app.routes)
    found = {str(one.path) for one in contexts if "POST" in (one.methods or ())}
    assert {path for path in found if not path.startswith("/api/")} == set(FORMS)
    assert len(FORMS) >= 70
    assert CAST.keys() >= {"admin", "auditor", "mediator", "court_clerk", "justice"}


def place_of(path: str, case_id: str) -> str:
    """An address: of a case there is, and of nothing else there is."""
    known = {"case_id": case_id, "verb": "accept"}
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "x"), path)


@pytest.fixture(scope="module")
def case_id(shared: World) -> str:
    """A report that waits to be accepted."""
    return shared.report()["id"]


def send(looker: Browser, place: str, sent: dict[str, Any], head: dict[str, str]) -> Response:
    return looker.ask("POST", place, **{**sent, "headers": {**head, **sent.get("headers", {})}})


def ways(role: str) -> dict[str, dict[str, Any]]:
    return BODIES if role in EVERY_WAY else {kind: BODIES[kind] for kind in ("empty", "filled")}


def is_page(answer: Response, *words: str) -> bool:
    """Whether an answer is a page that says no and why."""
    page = read(answer)
    said = [one.text for tag in ("h1", "p") for one in page.top.every(tag)]
    return any(word in one for one in said for word in words)


@pytest.mark.parametrize("path", OWN)
def test_a_form_without_our_token_does_nothing(looker: Browser, case_id: str, path: str):
    place = place_of(path, case_id)
    for role, who in CAST.items():
        looker.enter(who)
        unknown = path == AGREEMENT or (path == STEPS and looker.look(place).status == 404)
        for kind, sent in ways(role).items():
            answer = send(looker, place, sent, HERE)
            told = (role, place, kind, answer.status_code)
            assert answer.status_code == (404 if unknown and kind != "no text" else 403), told
            assert is_page(answer, *TOLD), told
    assert looker.world.get(LI, f"/cases/{case_id}").json()["version"] == 1


@pytest.mark.parametrize("path", FORMS)
def test_a_form_from_somebody_elses_page_does_nothing(looker: Browser, case_id: str, path: str):
    place = place_of(path, case_id)
    for role, who in CAST.items():
        token = looker.enter(who).look("/console/password").form("/console/password")["_token"]
        for kind, sent in {**ways(role), "stolen": {"content": f"_token={token}&_version=1", "headers": FORM}}.items():
            answer = send(looker, place, sent, FOREIGN)
            told = (role, place, kind, answer.status_code)
            assert answer.status_code == 403, told
            assert is_page(answer, "其他网站", *NOT_YOURS), told
    assert looker.world.get(LI, f"/cases/{case_id}").json()["version"] == 1


def test_an_agreement_whose_token_is_missing_is_not_made_and_kept_on_the_page(chambers: Chambers):
    talk = Amicably(chambers).applied().accepted().begun().talked()
    browser, place = Browser(chambers).enter(BAI), f"/console/cases/{talk.id}/agreement"
    version = chambers.get(BAI, f"/cases/{talk.id}").json()["version"]
    for kind, sent in BODIES.items():
        answer = send(browser, place, sent, HERE)
        assert answer.status_code == 403, kind
        assert is_page(answer, *TOLD), kind
    filled = {**browser.look(place).form(place), "_token": "", "findings": "双方确认欠费"}
    assert "双方确认欠费" in read(browser.send(place, filled)).form(place)["findings"]
    assert chambers.get(BAI, f"/cases/{talk.id}").json()["version"] == version
