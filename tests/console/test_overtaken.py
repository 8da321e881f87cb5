"""One step for many where somebody was faster at every case: each is answered for itself, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from cases.errors import Overtaken
from cases.store.sheaf import FASTER, Sheaf, Writer
from tests.api.world import World
from tests.console.browser import Browser, Node, Page, read
from tests.people import LI, WANG

BULK = "/console/bulk"
NOTE = "三件同一楼道,一并受理"
DISSUADED = {"at": "2026-11-20T08:00", "by": "甲", "words": "乙"}


class Contended(Writer):
    """A writer before whom somebody always was at the next entry."""

    def write(self, connection: Connection, sheaf: Sheaf) -> None:
        raise Overtaken(FASTER)


@contextmanager
def contended(world: World) -> Iterator[None]:
    """Somebody is faster every time, for as long as this lasts."""
    desk = world.office.desk
    usual, desk.writer = desk.writer, Contended(world.office.database.kind)
    yield
    desk.writer = usual


def ticked(page: Page) -> list[str]:
    return [one.attrs["value"] for one in page.top.every("input", name="_case")]


def lines(page: Page) -> list[Node]:
    return page.top.one("ul", class_="alike").every("li")


def states(world: World, ids: list[str]) -> list[str]:
    return [world.counter.piece(one).state for one in ids]


def asked(browser: Browser) -> tuple[list[str], dict[str, Any]]:
    """Three reports, all ticked, with the form of accepting them filled in and not yet sent."""
    ids = [browser.world.report()["id"] for _ in range(3)]
    page = browser.enter(WANG).look("/console?view=to_accept")
    ticks = ticked(page)
    form = read(browser.send(BULK, {**page.form(BULK), "_case": ticks, "_verb": "accept"}))
    return ids, {**form.form(BULK), "_case": ticks, "note": NOTE}


def test_where_every_case_was_changed_each_says_by_whom_and_one_goes_on_as_typed(browser: Browser):
    ids, filled = asked(browser)
    for one in ids:
        assert browser.world.step(LI, one, "record_dissuasion", DISSUADED).is_success
    page = read(browser.send(BULK, filled))
    assert page.status == 200
    assert "办成 0 件,未办成 3 件" in page.text
    assert len(lines(page)) == 3
    for line in lines(page):
        assert "未办 这件案件刚刚被别人办理过" in line.text
        assert "李站长 于 " in line.text
        assert "办理了“记录劝阻”" in line.text
    assert states(browser.world, ids) == ["reported"] * 3

    anew = read(browser.send(BULK, {**page.form(BULK), "_case": ticked(page)}))
    assert anew.form(BULK)["note"] == NOTE
    done = read(browser.send(BULK, {**anew.form(BULK), "_case": ticked(anew)}))
    assert "办成 3 件,未办成 0 件" in done.text
    assert states(browser.world, ids) == ["accepted"] * 3


def test_where_every_case_was_done_by_another_what_was_typed_is_shown_to_be_copied(browser: Browser):
    ids, filled = asked(browser)
    for one in ids:
        assert browser.world.step(LI, one, "accept").is_success
    page = read(browser.send(BULK, filled))
    assert "办成 0 件,未办成 3 件" in page.text
    for line in lines(page):
        assert "未办 现在不能办理这一步" in line.text
        assert "李站长 于 " in line.text
        assert "办理了“受理” (已提交 → 已受理)" in line.text
    kept = page.top.one("dl", class_="facts")
    assert NOTE in kept.text
    assert "note" not in kept.text, "a field is called as the form calls it"
    assert not page.top.one("main").every("form"), "there is nothing to go on with"
    assert page.top.one("p", class_="buttons").one("a").attrs["href"] == "/console?view=to_accept"

    browser.world.client.keep("huiyin_lang", "en")
    english = read(browser.send(BULK, filled))
    assert "What you typed" in english.text
    assert NOTE in english.text


def test_a_whole_batch_that_is_overtaken_while_written_comes_back_as_it_was_typed(browser: Browser):
    ids, filled = asked(browser)
    with contended(browser.world):
        page = read(browser.send(BULK, filled))
    assert page.status == 409
    assert "这件案件刚刚被别人办理过" in page.top.one("div", role="alert").text
    assert states(browser.world, ids) == ["reported"] * 3, "nothing was done by halves"
    assert (page.form(BULK)["note"], sorted(ticked(page))) == (NOTE, sorted(filled["_case"]))
    done = read(browser.send(BULK, {**page.form(BULK), "_case": ticked(page)}))
    assert "办成 3 件,未办成 0 件" in done.text
    assert states(browser.world, ids) == ["accepted"] * 3


def test_a_batch_of_machines_that_is_overtaken_while_written_is_refused_as_a_whole(browser: Browser):
    world = browser.world
    ids = [world.report()["id"] for _ in range(2)]
    orders = {"orders": [{"case_id": one, "verb": "accept", "version": 1} for one in ids]}
    with contended(world):
        refused = world.post(WANG, "/steps", orders)
    assert (refused.status_code, refused.json()["code"]) == (409, "overtaken")
    for one in ids:
        assert world.step(LI, one, "accept").is_success
    told = world.post(WANG, "/steps", orders).json()["items"]
    assert [(one["ok"], one["problem"]["code"]) for one in told] == [(False, "stale_version")] * 2
