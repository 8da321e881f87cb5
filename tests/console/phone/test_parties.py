"""Parties of a mediation: a question answered by link, and their own view with number and code."""

from __future__ import annotations

from tests.api.chambers import Chambers
from tests.api.test_petitions import a_wish
from tests.console.browser import Browser, read
from tests.people import BAI


def test_a_link_asks_its_party_once_and_is_then_worth_nothing(chambers: Chambers):
    browser, case_id = Browser(chambers), chambers.table.ready("M1")
    party, other = chambers.table.counter.rows("party", case_id=case_id)
    asked = chambers.made(BAI, f"/cases/{case_id}/consents/links", {"party_id": party["id"], "what": "live_stream"})
    address, _, token = asked["page"].partition("#")
    assert token == asked["token"]
    door = browser.look(address)
    assert token not in door.answer.text, "what stands behind the # is not sent"
    assert read(browser.send(address, {"code": "guessed"})).status == 404
    page = read(browser.send(address, {**door.form(address), "code": token}))
    assert (page.status, "直播" in page.top.one("h1").text) == (200, True)
    assert not any(secret in page.answer.text for secret in (other["name"], party["name"], party["phone"]))
    form, to = page.form(f"{address}/answer"), f"{address}/answer"
    assert read(browser.send(to, form)).status == 422
    wrong = read(browser.send(to, {**form, "answer": "no", "tail": "9999"}))
    assert (wrong.status, "后四位" in wrong.top.one("p", role="alert").text) == (409, True)
    said = {**form, "answer": "no", "tail": party["phone"][-4:]}
    done = read(browser.send(to, said))
    assert done.status == 200
    assert "不同意" in done.top.one("p", role="status").text
    assert [row["answer"] for row in chambers.table.counter.rows("consent", id=asked["id"])] == ["no"]
    assert {read(browser.send(one, said)).status for one in (address, to)} == {404}


def test_a_party_sees_its_mediation_and_may_leave_it(chambers: Chambers):
    browser = Browser(chambers)
    made = chambers.made(None, "/public/mediations", a_wish())
    key = {"number": made["receipt"], "code": made["code"]}
    for wrong in ("", "0" * 12, made["code"][::-1]):
        assert read(browser.send("/party", {**key, "code": wrong})).status == 404
    assert read(browser.send("/f", key)).status == 404, "a dispute is no report"
    (case,) = chambers.table.counter.rows("case_file", number=made["receipt"])
    assert not read(browser.send("/party", key)).top.every("details", class_="deed")
    for verb in ("register", "accept"):
        assert chambers.step(BAI, case["id"], verb).status_code == 200
    page = read(browser.send("/party", key))
    assert page.status == 200
    left = read(browser.send("/party/step", {**page.form("/party/step"), "words": "另行起诉"}))
    assert (left.status, "不想再调解" in left.top.one("p", role="status").text) == (200, True)
    again = read(browser.send("/party/step", {**key, "_verb": "leave", "_version": "1"}))
    assert again.status == 409
