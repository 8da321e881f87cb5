"""The administrator's pages of organisations, packs, the calendar and errands."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api import errands
from api.console.admin import years
from api.errands import BROKEN
from cases.errors import Conflict
from cases.packs.reading import BUNDLED
from cases.store.errands import SILENT
from cases.store.records import By
from tests.api.test_cli_calendar import TEXT_2027
from tests.console.browser import Browser, Page, read
from tests.people import HE, ZHENG

ROOT = "/console/admin"
PACKS, YEARS = f"{ROOT}/packs", f"{ROOT}/years"


def test_organisations_stand_below_what_they_belong_to(looker: Browser):
    page = looker.enter(HE).look(f"{ROOT}/offices")
    rows = {row.one("th").every("code")[0].text: row for row in page.top.every("tbody")[0].every("tr")}
    assert set(rows) == set(looker.world.office.pack.organisations)
    depths = {code: row.attrs["class"] for code, row in rows.items()}
    assert (depths["JT"], depths["JT-JC"], depths["JT-JC-ZD"], depths["JT-WY01"]) == ("d0", "d1", "d2", "d2")
    assert "消防救援" in rows["JT-XF"].text
    (people,) = rows["JT-XF"].every("a")
    assert (people.text, people.attrs["href"]) == ("2", f"{ROOT}/people?org=JT-XF")
    found = looker.look(f"{ROOT}/offices?q=锦澜").top.every("tbody")
    assert [row.one("th").text.split()[0] for row in found[1].every("tr")] == ["锦澜花苑"]
    assert len(looker.look(f"{ROOT}/offices?kind=police").top.one("tbody").every("tr")) == 1


def test_a_pack_shows_what_it_says_and_how_sure_it_is(looker: Browser):
    page = looker.enter(HE).look(PACKS)
    (row,) = page.top.every("tbody")[0].every("tr")
    assert "现行" in row.text
    path = row.one("a").attrs["href"]
    seen = {
        part: looker.look(f"{path}?part={part}")
        for part in ("matters", "limits", "words", "papers", "grounds", "notes")
    }
    assert {one.status for one in seen.values()} == {200}
    pack = looker.world.office.pack
    assert len(seen["matters"].top.one("tbody").every("tr")) == len(pack.matters)
    assert "金坛区消防救援大队" in seen["matters"].top.one("tbody").every("tr")[0].text
    limit = next(one for one in seen["limits"].top.one("tbody").every("tr") if "V3 " in f"{one.text} ")
    assert ("3个工作日" in limit.text, "消防监督检查规定 18(2)" in limit.text, "已核对原文" in limit.text) == (
        True,
    ) * 3
    assert len(seen["words"].top.one("tbody").every("tr")) == len(pack.wording)
    found = looker.look(f"{path}?part=limits&q=st-accept").top.one("tbody").every("tr")
    assert {row.one("code").text for row in found} >= {"ST-ACCEPT", "ST-ACCEPT-E"}
    assert len(found) < len(pack.limits)
    assert looker.look(f"{PACKS}/999").status == 404
    assert looker.look(f"{PACKS}/x").status == 404


def test_a_folder_is_checked_with_every_finding(looker: Browser, monkeypatch: pytest.MonkeyPatch):
    form = looker.enter(HE).look(PACKS).form(f"{PACKS}/check")
    page = read(looker.send(f"{PACKS}/check", {**form, "pack": "jintan"}))
    assert (page.status, "检查通过" in page.top.one("div", class_="good").text) == (200, True)
    assert looker.send(f"{PACKS}/check", {**form, "pack": "../../etc"}).status_code == 404
    monkeypatch.setattr("api.trials.Trials.folders", lambda _: {"broken": looker.world.office.settings.home})
    page = read(looker.send(f"{PACKS}/check", {**form, "pack": "broken"}))
    assert page.status == 422
    assert "pack.toml" in page.top.one("div", class_="bad").text
    page = read(looker.send(f"{PACKS}/trial", {**form, "pack": "broken", "many": "200"}))
    assert (page.status, "pack.toml" in page.text) == (422, True)


def test_a_pack_is_tried_on_the_newest_cases_and_the_result_stays(browser: Browser):
    for room in ("1", "2", "3"):
        browser.world.report(room=room)
    form = browser.enter(HE).look(PACKS).form(f"{PACKS}/trial")
    assert browser.send(f"{PACKS}/trial", {**form, "many": "999999"}).status_code == 422
    answer = browser.send(f"{PACKS}/trial", {**form, "pack": "jintan", "many": "200"})
    assert answer.status_code == 303
    browser.world.house.errands.rest()
    page = browser.look(answer.headers["location"])
    assert "所有在办案件都有合法的下一步" in page.top.one("div", class_="good").text
    told = [one.text for one in page.top.one("dl", class_="facts").every("dd")]
    assert told == ["3", "3", "0"]
    assert "Refresh" not in page.answer.headers
    assert browser.look(PACKS).top.every("a", href=answer.headers["location"])


def test_what_another_pack_would_change_is_told_by_kind(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A folder in which reports are to be accepted a day later: every open report has another limit."""
    folder = tmp_path / "jintan"
    shutil.copytree(BUNDLED / "jintan", folder)
    header, rows = (BUNDLED / "base" / "limits.csv").read_text(encoding="utf-8").split("\n", 1)
    row = next(one for one in rows.split("\n") if one.startswith("ST-ACCEPT,"))
    code, name, _, rest = row.split(",", 3)
    (folder / "limits.csv").write_text(f"{header}\n{code},{name},9,{rest}\n", encoding="utf-8")
    monkeypatch.setattr("api.trials.Trials.folders", lambda _: {"jintan": folder})
    for room in ("1", "2"):
        browser.world.report(room=room)
    form = browser.enter(HE).look(PACKS).form(f"{PACKS}/trial")
    answer = browser.send(f"{PACKS}/trial", {**form, "pack": "jintan", "many": "200"})
    browser.world.house.errands.rest()
    page = browser.look(answer.headers["location"])
    limits, matters, _ = page.top.every("table", class_="roll")
    assert limits.one("tbody").text == "受理 2"
    assert matters.one("tbody").text.endswith(" 2")


class TestErrands:
    """What takes a while: told as it goes, one of a kind at a time, and honest about its end."""

    BY = By("a", "何系统")

    def begun(self, browser: Browser, work: Any) -> str:
        return browser.world.house.errands.begin("backtest", WHAT, self.BY, work)

    def page(self, browser: Browser, errand: str) -> Page:
        return browser.enter(HE).look(f"{PACKS}/trials/{errand}")

    def test_while_it_is_at_work_the_page_asks_again(self, browser: Browser):
        made = browser.world.house.errands
        seen: list[Page] = []

        def work(hear: errands.Hear) -> Mapping[str, Any]:
            hear(3, 7)
            errand = made.newest("backtest")
            assert errand is not None
            seen.append(self.page(browser, errand.id))
            with pytest.raises(Conflict, match="还没有做完"):
                self.begun(browser, work)
            return {}

        self.begun(browser, work)
        made.rest()
        assert made.newest("backtest").failed == ""  # type: ignore[union-attr]
        assert seen[0].answer.headers["Refresh"] == "3"
        bar = seen[0].top.one("progress")
        assert (bar.attrs["value"], bar.attrs["max"]) == ("3", "7")

    def test_one_that_breaks_says_so(self, browser: Browser):
        errand = self.begun(browser, lambda _: {}["missing"])
        browser.world.house.errands.rest()
        assert BROKEN in self.page(browser, errand).text
        assert self.page(browser, "none").status == 404

    def test_one_whose_process_went_away_counts_as_broken_off(self, browser: Browser, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(errands.Errands, "_do", lambda *_: None)
        errand = self.begun(browser, lambda _: {})
        browser.world.real.jump(browser.world.real.now() + SILENT + timedelta(seconds=1))
        assert "没有做完" in self.page(browser, errand).text


WHAT = {"pack": "jintan", "version": "1", "digest": "0" * 64, "many": 200}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other process has to notice the year."""
    monkeypatch.setattr(years, "LOOK_SECONDS", 0.0)


@pytest.mark.usefixtures("at_once")
def test_a_year_is_looked_at_before_it_is_taken_in(browser: Browser):
    """The deadline that reaches into the new year moves; the case is told of before and counted after."""
    world = browser.world
    world.clock.jump(world.clock.now().replace(year=2027, month=2, day=4))
    case_id = world.report()["id"]
    form = browser.enter(HE).look(YEARS).form(f"{YEARS}/preview")
    page = read(browser.send(f"{YEARS}/preview", {**form, "text": TEXT_2027}))
    assert page.status == 200
    moved = page.top.one("dl", class_="big").every("dd")[1].text
    assert moved == "1"
    assert 2027 not in world.office.calendar().known_years, "a look changes nothing"
    answer = browser.send(f"{YEARS}/take", {**page.form(f"{YEARS}/take"), "text": TEXT_2027})
    assert answer.status_code == 303
    world.house.errands.rest()
    told = browser.look(answer.headers["location"])
    assert [one.text for one in told.top.one("dl", class_="big").every("dd")] == ["0", "1", "1"]
    assert 2027 in world.office.calendar().known_years
    assert "recount" in world.counter.verbs(case_id)
    listed = browser.look(YEARS)
    assert "何系统" in listed.top.every("tbody")[0].every("tr")[0].text
    record = browser.enter(ZHENG).look(f"{ROOT}/records").top.one("tbody").text
    assert ("收录放假安排" in record, "2027" in record) == (True, True)
    again = read(browser.enter(HE).send(f"{YEARS}/preview", {**form, "text": TEXT_2027}))
    assert "没有变化" in again.text


@pytest.mark.usefixtures("at_once")
def test_a_year_that_was_changed_since_the_look_is_looked_at_again(browser: Browser):
    form = browser.enter(HE).look(YEARS).form(f"{YEARS}/preview")
    page = read(browser.send(f"{YEARS}/preview", {**form, "text": TEXT_2027}))
    taken = {**page.form(f"{YEARS}/take"), "seen": "2025-2026.other"}
    refused = read(browser.send(f"{YEARS}/take", taken))
    assert (refused.status, "重新预览" in refused.text) == (409, True)
    assert refused.form(f"{YEARS}/preview")["text"].startswith(TEXT_2027[:20])


NOT_A_YEAR = "date,kind,name,notice\n2027-01-01,perhaps,元旦,某通知\n"


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"text": ""}, 422, "请选择文件"),
        ({"text": "不是通知"}, 422, ""),
        ({"text": NOT_A_YEAR}, 422, "kind 只能是 off 或 work"),
        ({"text": TEXT_2027, "extra": "x"}, 422, "整数"),
        ({"text": TEXT_2027, "replace": "true"}, 422, "理由"),
        ({"text": TEXT_2027.replace("2027", "2029")}, 422, ""),
    ],
)
def test_what_is_no_year_is_refused_with_a_sentence(looker: Browser, sent: dict[str, str], status: int, words: str):
    form = looker.enter(HE).look(YEARS).form(f"{YEARS}/preview")
    page = read(looker.send(f"{YEARS}/preview", {**form, **sent}))
    assert page.status == status
    said = page.top.one("div", class_="bad").text
    assert said
    assert words in page.text
    assert page.form(f"{YEARS}/preview")["text"].split() == sent["text"].split()
    assert looker.world.office.calendar().known_years == {2025, 2026}


def test_a_file_that_is_no_text_is_refused(looker: Browser):
    form = looker.enter(HE).look(YEARS).form(f"{YEARS}/preview")
    fields = {name: (None, value) for name, value in form.items()}
    headers = {"Origin": "http://huiyin.example"}
    for name, raw in (("通知.pdf", b"%PDF-1.7 x"), ("通知.doc", b"\xd0\xcf\x11\xe0\x00\x00")):
        files = {**fields, "_file": (name, raw, "text/plain")}
        page = read(looker.ask("POST", f"{YEARS}/preview", files=files, headers=headers))
        assert (page.status, name in page.top.one("div", class_="bad").text) == (422, True)
    huge = {**fields, "_file": ("大.txt", b"x" * 1_000_001, "text/plain")}
    assert looker.ask("POST", f"{YEARS}/preview", files=huge, headers=headers).status_code == 413
    files = {**fields, "_file": ("通知.txt", TEXT_2027.encode("gb18030"), "text/plain")}
    assert read(looker.ask("POST", f"{YEARS}/preview", files=files, headers=headers)).status == 200
