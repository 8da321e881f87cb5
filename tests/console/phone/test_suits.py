"""A party's own view of its suit, with number and code: plain words, the next limit, the steps of its side alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.chambers import Chambers
from tests.console.browser import Browser, Page, read
from tests.people import DING, XU
from tests.stories.test_court import LEAK, OWNER, Suit

TENANT = {"kind": "owner", "name": "林业主", "phone": "13900002222", "address": "锦澜花苑6幢402室"}


class Parties:
    """An owner's suit against another, both with codes."""

    def __init__(self, chambers: Chambers) -> None:
        self.chambers, self.browser = chambers, Browser(chambers)
        made = chambers.made(None, "/public/suits", {**LEAK, "plaintiff": OWNER, "defendant": TENANT})
        (found,) = chambers.get(XU, f"/cases?text={made['receipt']}").json()["items"]
        self.suit = Suit(chambers, {"id": found["id"], "code": made["code"]})
        self.codes = {"plaintiff": made["code"]}

    def before_court(self) -> None:
        self.suit.screened(fee="not_asked", demand="not_asked").received()
        made = self.chambers.made(XU, f"/suits/{self.suit.id}/codes", {"side": "defendant"})
        self.codes["defendant"] = made["code"]

    def key(self, side: str) -> dict[str, str]:
        return {"number": self.suit.number, "code": self.codes[side]}

    def look(self, side: str, **more: str) -> Page:
        return read(self.browser.send("/party", {**self.key(side), **more}))

    def send(self, page: Page, **filled: Any) -> Page:
        return read(self.browser.send("/party/step", {**page.form("/party/step"), **filled}))


@pytest.fixture
def parties(chambers: Chambers) -> Parties:
    return Parties(chambers)


def verbs(page: Page) -> set[str]:
    return {one.attrs["value"] for one in page.top.every("button", name="_open")}


def facts(page: Page) -> dict[str, str]:
    names, said = page.top.every("dt"), page.top.every("dd")
    return {name.text: one.text for name, one in zip(names, said, strict=True)}


def test_each_side_reads_the_same_plain_words_and_is_offered_its_own_steps(parties: Parties):
    """双方各凭查询码看进展;只列本方可办的;被告看不到提交前的经过。"""
    page = parties.look("plaintiff")
    assert page.top.one("h1").text == "诉状正在筛查"
    assert facts(page)["您是"] == "原告"
    parties.before_court()
    parties.suit.do(DING, "accept_filing", number="(2026)苏0413民初9号", procedure="ordinary", at=parties.suit.now)
    mine, theirs = parties.look("plaintiff"), parties.look("defendant")
    assert mine.top.one("h1").text == theirs.top.one("h1").text == "人民法院已立案"
    assert facts(theirs)["您是"] == "被告"
    assert (facts(theirs)["人民法院"], facts(theirs)["最近一项期限"][:5]) == ("金坛区人民法院", "2026年")
    assert "ask_withdrawal" in verbs(mine)
    assert "ask_withdrawal" not in verbs(theirs)
    for page in (mine, theirs):
        assert not any(one["phone"] in page.answer.text for one in (OWNER, TENANT))
    assert "筛查" not in theirs.top.one("ol").text


def test_a_defendant_appeals_and_only_in_its_own_name(parties: Parties):
    parties.before_court()
    suit = parties.suit
    suit.do(DING, "accept_filing", number="(2026)苏0413民初9号", procedure="ordinary", at=suit.now)
    suit.do(DING, "serve", at=suit.now, manner="直接")
    suit.do(DING, "open_trial", at=suit.now, place="第一法庭")
    suit.do(DING, "judge", document="判9号", kind="judgment", outcome="partly", served_at=suit.now)
    page = parties.look("defendant", _open="appeal")
    form = page.form("/party/step")
    assert (form["_verb"], form["side"], form["at"][:4]) == ("appeal", "defendant", "2026")
    odd = parties.send(page, at="不知道")
    assert odd.status == 422
    assert odd.form("/party/step")["at"] == "不知道"
    other = parties.send(page, side="plaintiff")
    assert (other.status, "自己一方" in other.top.one("main").text) == (409, True)
    parties.chambers.clock.ahead(days=30)
    late = parties.send(page, at="2026-12-20T10:00")
    assert (late.status, "上诉期限已过" in late.top.one("main").text) == (409, True)
    done = parties.send(page)
    assert (done.status, done.top.one("h1").text) == (200, "已上诉,等待二审裁判")
    assert "上诉" in done.top.one("p", role="status").text
    again = parties.send(page)
    assert again.status == 200
    assert parties.chambers.counter.verbs(suit.id).count("appeal") == 1


def test_a_wrong_code_is_the_same_for_suits_and_for_nothing(parties: Parties):
    for key in (
        {"number": parties.suit.number, "code": "0" * 12},
        {"number": "320413JT-JC-SS-20261128-9999", "code": parties.codes["plaintiff"]},
        {"number": parties.suit.number, "code": ""},
    ):
        page = read(parties.browser.send("/party", key))
        assert (page.status, page.top.one("p", role="alert").text) == (404, "没有这起纠纷,或者查询码不正确")
        step = read(parties.browser.send("/party/step", {**key, "_verb": "withdraw", "_version": "1"}))
        assert step.status == 404
    unknown = read(parties.browser.send("/party/step", {**parties.key("plaintiff"), "_verb": "judge", "_version": "1"}))
    assert (unknown.status, unknown.top.one("p", role="alert").text) == (409, "没有这个动作")
    assert read(parties.browser.send("/party", {**parties.key("plaintiff"), "_open": "judge"})).status == 200
