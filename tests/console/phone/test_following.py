"""Following a report with number and code, and taking the steps the engine offers."""

from __future__ import annotations

import re
from contextlib import closing
from urllib.parse import urlencode

from api.console.english import ENGLISH
from api.console.frame import HERE
from api.console.phone.following import DEEDS
from api.parlour import VERBS as OF_PARTIES
from api.window import VERBS
from cases.rules.wall import MEDIATION
from tests.api.world import World
from tests.console.browser import HOME, Browser, read
from tests.console.phone.street import a_bomb, a_photo, key_of, report, send
from tests.people import WANG


def bare(text: str) -> str:
    """A page without what is new on each: tokens of forms."""
    return re.sub(r'value="[^"]*"', "", text)


def test_a_wrong_code_an_unknown_number_and_somebody_elses_report_are_one_page(world: World):
    browser = Browser(world)
    key, other = (key_of(report(browser)) for _ in "12")
    tried = [
        {**key, "code": "0" * 12},
        {**key, "code": ""},
        {**key, "code": other["code"]},
        {**key, "number": "320413JT-JC-XS-20261120-9999"},
        {"number": "'; --", "code": "x" * 4000},
    ]
    pages = [read(browser.send("/f", one)) for one in tried]
    pages += [read(browser.send("/f/step", {**one, "_verb": "confirm", "_version": "1"})) for one in tried]
    assert {one.status for one in pages} == {404}
    assert len({bare(one.answer.text) for one in pages}) == 1
    for _ in range(10):
        browser.send("/f", {**key, "code": "0" * 12})
    late = read(browser.send("/f", key))
    assert (late.status, "频繁" in late.top.one("p", role="alert").text) == (429, True)
    with closing(browser.world.elsewhere()) as owner:
        head = {"Origin": HOME, "Content-Type": "application/x-www-form-urlencoded"}
        assert owner.request("POST", "/f", content=urlencode(key), headers=head).status_code == 200


def test_what_was_asked_for_is_supplied_with_a_photograph_once(world: World):
    browser = Browser(world)
    key = key_of(report(browser))
    (case,) = world.get(WANG, "/cases").json()["items"]
    assert world.step(WANG, case["id"], "ask_more", {"request": "请补充门牌"}).status_code == 200
    page = read(browser.send("/f", key))
    assert "请补充门牌" in page.text
    assert "等您答复" in page.text
    form = page.form("/f/step") | {"text": "6幢302", "told_by": "保安", "told_at": "2026-11-20T08:30"}
    half = send(browser, "/f/step", form)
    assert (half.status, half.top.one("p", id="told_words-wrong").text[:3]) == (422, "请填写")
    bad = send(browser, "/f/step", form | {"told_words": "请拆"}, a_bomb(30_000, 30_000))
    assert bad.status == 422
    assert bad.form("/f/step")["text"] == "6幢302"
    whole = form | {"told_words": "请拆"}
    done, again = (send(browser, "/f/step", whole, a_photo()) for _ in "12")
    assert (done.status, again.status) == (200, 200)
    assert "补充材料" in done.top.one("p", role="status").text
    files = world.get(WANG, f"/cases/{case['id']}/attachments").json()["items"]
    assert [(one["name"], one["media_type"]) for one in files] == [("照片1.jpg", "image/jpeg")]
    stale = send(browser, "/f/step", {**whole, "_once": "another-token-of-some-length"})
    assert stale.status == 409
    assert stale.top.one("p", role="alert").text


def test_buttons_are_the_engines_and_no_others(world: World):
    browser = Browser(world)
    key = key_of(report(browser))
    page = read(browser.send("/f", key))
    assert not page.top.every("details", class_="deed")
    for verb in ("confirm", "accept", "nothing", ""):
        refused = send(browser, "/f/step", {**key, "_verb": verb, "_version": "1"}, a_photo())
        assert refused.status == 409, verb
    assert not list(world.office.settings.home.glob("files/*/*")), "no photograph is kept for a step nobody may take"
    assert set(VERBS) | set(OF_PARTIES[MEDIATION]) == set(DEEDS)


def test_every_text_of_these_pages_has_an_english():
    spoken: set[str] = set(DEEDS.values())
    for file in [*(HERE / "templates").glob("phone*"), *(HERE / "phone").glob("*.py")]:
        spoken |= set(re.findall(r"""(?:\b_|\bsay)\((?:lang, )?['"]([^'"]+)['"]""", file.read_text(encoding="utf-8")))
    assert len(spoken) > 80
    assert spoken - set(ENGLISH) == set()
