"""A number of each where one step is taken for many: lacking, alike, wrong, gone on with; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.test_batches import CONTACT, Court
from tests.api.world import World
from tests.console.browser import Browser, Node, Page, read
from tests.console.test_overtaken import contended
from tests.people import DING, XU

BULK = "/console/bulk"
FILING = {"procedure": "small_claims", "at": "2026-12-21T09:00"}


class Table:
    """The clerk of the court before the form of a step for every suit of a batch."""

    def __init__(self, world: World, court: Court, verb: str, state: str) -> None:
        self.world, self.court = world, court
        self.browser = Browser(world).enter(DING)
        self.list = f"/console/suits/batches/{court.batch}?state={state}&page=1"
        page = self.browser.look(self.list)
        ticks = [one.attrs["value"] for one in page.top.every("input", name="_case")]
        self.ids = [one.partition(":")[0] for one in ticks]
        self.asked = self.send({**page.form(BULK), "_case": ticks, "_verb": verb})
        self.filled: dict[str, Any] = {**self.asked.form(BULK), "_case": ticks}

    def send(self, filled: dict[str, Any]) -> Page:
        return read(self.browser.send(BULK, filled))

    def fill(self, field: str, *numbers: str, **said: str) -> Page:
        """Fill in the lines in their order, and send."""
        own = {f"_own.{case}.{field}": number for case, number in zip(self.ids, numbers, strict=True)}
        self.filled = {**self.filled, **own, **said}
        return self.send(self.filled)

    def number(self, n: int) -> str:
        return self.world.counter.piece(self.ids[n]).number

    def facts(self, name: str) -> list[Any]:
        return [self.world.counter.piece(one).facts.get(name) for one in self.ids]


@pytest.fixture
def court(world: World) -> Iterator[Court]:
    made = Court(world)
    made.done(XU, f"/batches/{made.batch}/submit", CONTACT)
    yield made
    world.client.forget()


@pytest.fixture
def receipts(world: World, court: Court) -> Table:
    return Table(world, court, "receipt", "submitted")


def at_lines(page: Page) -> dict[str, str]:
    """What is said at the fields that are marked as wrong, by what each is described by."""
    said = {one.attrs["id"]: one.text for one in page.top.every("p", class_="wrong")}
    marked = [one for one in page.top.every("input") if one.attrs.get("aria-invalid") == "true"]
    return {one.attrs["name"]: said[one.attrs["aria-describedby"]] for one in marked}


def values(page: Page, field: str) -> list[str]:
    return [one.attrs["value"] for one in page.top.every("input") if one.attrs["name"].endswith(f".{field}")]


def marks(page: Page) -> list[str]:
    return [one.attrs["value"] for one in page.top.every("input", name="_case")]


def tick(page: Page, name: str) -> str:
    return page.top.one("input", name=name).attrs["value"]


def lines(page: Page) -> list[Node]:
    return page.top.one("ul", class_="alike").every("li")


def test_who_lacks_a_number_is_shown_and_left_out_at_a_word(receipts: Table):
    lacking = receipts.fill("receipt", "收1号", "", "收3号", "")
    assert lacking.status == 422
    second, fourth = (f"_own.{receipts.ids[n]}.receipt" for n in (1, 3))
    assert at_lines(lacking) == {second: "没有编号", fourth: "没有编号"}
    assert values(lacking, "receipt") == ["收1号", "", "收3号", ""]
    links = lacking.top.one("div", role="alert").every("a")
    assert [one.text for one in links] == [receipts.number(1), receipts.number(3)]
    assert {one.attrs["href"][1:] for one in links} <= {one.attrs.get("id") for one in lacking.top.every("input")}
    assert receipts.facts("receipt") == [None] * 4, "nothing was done by halves"

    done = receipts.send({**receipts.filled, "_leave": tick(lacking, "_leave")})
    assert "办成 2 件,未办成 2 件" in done.text
    assert [("未办 没有编号" in one.text, "已办" in one.text) for one in lines(done)] == [
        (False, True),
        (True, False),
    ] * 2
    assert receipts.facts("receipt") == ["收1号", None, "收3号", None]

    assert done.top.one("p", class_="crumb").every("a")[-1].attrs["href"] == receipts.list, (
        "back to where one came from"
    )
    again = receipts.send({**done.form(BULK), "_case": marks(done)})
    assert [one.partition(":")[0] for one in marks(again)] == [receipts.ids[1], receipts.ids[3]]


def test_a_yes_holds_for_just_those_it_was_said_of(receipts: Table):
    lacking = receipts.fill("receipt", "收1号", "收2号", "收3号", "")
    leave = tick(lacking, "_leave")
    other = receipts.fill("receipt", "", "收2号", "收3号", "", _leave=leave)
    assert other.status == 422
    assert set(at_lines(other).values()) == {"没有编号"}
    nobody = receipts.fill("receipt", "", "", "", "", _leave=tick(other, "_leave"))
    assert nobody.status == 422
    assert not nobody.top.every("input", name="_leave"), "nothing would be left to do"


def test_equal_receipts_are_said_at_both_lines_and_taken_at_a_word(receipts: Table):
    twice = receipts.fill("receipt", "收1号", "收2号", "收 1号", "收4号")
    assert twice.status == 422
    first, third = (f"_own.{receipts.ids[n]}.receipt" for n in (0, 2))
    assert at_lines(twice) == {
        first: f"与 {receipts.number(2)} 的编号相同",
        third: f"与 {receipts.number(0)} 的编号相同",
    }
    same = tick(twice, "_same")
    other = receipts.fill("receipt", "收1号", "收2号", "收1号", "收2号", _same=same)
    assert set(at_lines(other)) == {f"_own.{receipts.ids[n]}.receipt" for n in (1, 3)}
    done = receipts.send({**receipts.filled, "_same": tick(other, "_same")})
    assert "办成 4 件" in done.text
    assert receipts.facts("receipt") == ["收1号", "收2号", "收1号", "收2号"]


def test_a_case_number_is_one_cases_own(world: World, court: Court):
    for_all = Table(world, court, "receipt", "submitted").fill("receipt", "", "", "", "", receipt="收2026-1号")
    assert "办成 4 件" in for_all.text, "one receipt may be for all"
    table = Table(world, court, "accept_filing", "received")
    assert not table.asked.top.every("input", name="number"), "no number is everybody's"
    numbers = [f"(2026)苏0413民初{n}号" for n in (1, 2, 3)]
    equal = "(2026)苏0413民初3号"
    twice = table.fill("number", *numbers, equal, **FILING, number="民初9号")
    third, fourth = (f"_own.{table.ids[n]}.number" for n in (2, 3))
    assert set(at_lines(twice)) == {third, fourth}
    assert all("一件一号" in one for one in at_lines(twice).values())
    assert not twice.top.every("input", name="_same"), "nothing to say yes to"
    short = table.fill("number", *numbers, "4", **FILING)
    assert at_lines(short) == {fourth: "至少 2 个字"}
    assert "办成 4 件" in table.fill("number", *numbers, "民初4号", **FILING).text
    assert table.facts("court_number") == [*numbers, "民初4号"]


def test_what_somebody_else_did_meanwhile_is_told_and_what_was_typed_goes_on(receipts: Table):
    world, (first, second, *_) = receipts.world, receipts.ids
    assert world.step(DING, first, "receipt", {"receipt": "收9号"}).status_code == 200
    assert world.step(DING, second, "join_family", {"family": "锦澜物业费"}).status_code == 200
    done = receipts.fill("receipt", "收1号", "收2号", "收3号", "收4号")
    assert "办成 2 件,未办成 2 件" in done.text
    assert "现在不能办理这一步" in lines(done)[-1].text, "whose turn is over is not passed over in silence"
    assert receipts.facts("receipt") == ["收9号", None, "收3号", "收4号"]
    again = receipts.send({**done.form(BULK), "_case": marks(done)})
    assert again.form(BULK)["receipt"] == "收2号", "of one case it stands in the one field"
    assert "办成 1 件" in receipts.send({**again.form(BULK), "_case": marks(again)}).text
    assert receipts.facts("receipt") == ["收9号", "收2号", "收3号", "收4号"]


def test_the_number_of_whose_turn_is_over_stays_to_be_read(receipts: Table):
    for n, case_id in enumerate(receipts.ids):
        assert receipts.world.step(DING, case_id, "receipt", {"receipt": f"先{n}号"}).status_code == 200
    done = receipts.fill("receipt", "收1号", "收2号", "收3号", "收4号")
    assert "办成 0 件,未办成 4 件" in done.text
    assert [f"收{n}号 未办 现在不能办理这一步" in one.text for n, one in enumerate(lines(done), 1)] == [True] * 4
    assert receipts.facts("receipt") == [f"先{n}号" for n in range(4)]


def test_a_word_that_was_given_stays_given_where_somebody_was_faster(receipts: Table):
    asked = receipts.fill("receipt", "收1号", "", "收1号", "收4号")
    said = {name: tick(asked, name) for name in ("_leave", "_same")}
    with contended(receipts.world):
        page = receipts.fill("receipt", "收1号", "", "收1号", "收4号", **said)
    assert page.status == 409
    assert at_lines(page) == {}
    assert values(page, "receipt") == ["收1号", "", "收1号", "收4号"]
    assert {name: page.form(BULK)[name] for name in said} == said
    assert "办成 3 件,未办成 1 件" in receipts.send({**page.form(BULK), "_case": marks(page)}).text


def test_what_was_typed_for_several_goes_on_with_them(receipts: Table):
    world = receipts.world
    for case_id in receipts.ids[:2]:
        assert world.step(DING, case_id, "join_family", {"family": "锦澜物业费"}).status_code == 200
    done = receipts.fill("receipt", "收1号", "", "收3号", "收4号", receipt="收9号")
    again = receipts.send({**done.form(BULK), "_case": marks(done)})
    assert (again.form(BULK)["receipt"], values(again, "receipt")) == ("收9号", ["收1号", ""])
    assert receipts.send({**again.form(BULK), "_case": marks(again)}).status == 200
    assert receipts.facts("receipt") == ["收1号", "收9号", "收3号", "收4号"]


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/console", "javascript:alert(1)", "/console\\x"]
)
def test_nobody_is_led_away(receipts: Table, back: str):
    page = receipts.send({**receipts.filled, "_back": back, "_go": "1", "receipt": ""})
    assert page.form(BULK)["_back"] == "/console"
    assert {one.attrs["href"] for one in page.top.one("p", class_="crumb").every("a")} == {"/console"}


def test_another_item_of_a_list_takes_no_step(receipts: Table):
    page = receipts.fill("receipt", "收1号", "收2号", "收3号", "收4号", _more="items")
    assert page.status == 200
    assert values(page, "receipt") == ["收1号", "收2号", "收3号", "收4号"]
    assert receipts.facts("receipt") == [None] * 4


def test_the_lines_speak_english(receipts: Table):
    receipts.world.client.keep("huiyin_lang", "en")
    page = receipts.fill("receipt", "收1号", "", "收1号", "")
    said = set(at_lines(page).values())
    assert "No number" in said
    assert any(one.startswith("The same number as ") for one in said)
