"""今日看板: who has a board, and that each figure on it leads into a list of exactly so many lines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.board import DAYS
from api.console.graphs import bars_of, ceiling
from api.console.today import tiles
from tests.builders import FIRE, OPERATOR, STATION, URBAN
from tests.console.browser import Browser, Node, Page
from tests.people import HE, LI, MA, STREETS, SU, WANG, WU, YU, ZHANG, ZHENG, move_in

BOARD = "/console/board"


@pytest.fixture
def town(browser: Browser) -> Browser:
    """A station with something of everything: late, given back, ruled on, urged, escalated, reopened, closed."""
    world = browser.world
    counter = world.counter
    with world.office.database.writing() as connection:
        move_in(connection, world.house.clock.now(), STREETS)
    late = counter.dispatched(lead=FIRE)
    returned = counter.dispatched(lead=URBAN, matter="CG01", building="7幢")
    counter.return_asked(counter.task(returned, URBAN))
    counter.open(building="8幢")
    declined = counter.open(building="9幢").case_id
    counter.step(declined, "decline", OPERATOR, reason="不属于受理范围")
    world.clock.ahead(days=20)
    (task,) = counter.tasks(late)
    counter.step(task.id, "urge", OPERATOR, text="请尽快办理")
    counter.step(task.id, "order_supervision", SU.actor(), requirement="限期办结", level=2)
    counter.open(building="10幢", found_at=world.clock.now() - timedelta(hours=1))
    return browser


def figures_of(page: Page) -> dict[str, int]:
    """Each figure of the board that is a link, by where it leads."""
    figures = [(a.attrs["href"], (a.every("b") or [a])[0].text) for a in page.top.one("main").every("a")]
    return {address: int(text) for address, text in figures if text.isdigit()}


def lines(browser: Browser, address: str) -> int:
    """How many lines the list has, page by page."""
    found = 0
    while address:
        page = browser.look(address)
        assert page.status == 200
        found += sum(len(body.every("tr")) for body in page.top.every("tbody"))
        more = page.top.every("a", rel="next")
        address = more[0].attrs["href"] if more else ""
    return found


def test_every_figure_is_the_number_of_lines_it_leads_to(town: Browser):
    shown = sum(len(some) for some in tiles("2026-11-20").values())
    for who in (WANG, LI, WU, ZHENG, SU, YU):
        page = town.enter(who).look(BOARD)
        assert page.status == 200
        found = figures_of(page)
        assert len(found) >= shown + 2 * DAYS
        seen = sum(found.values())
        assert seen == 0 if who is YU else seen > 10, who.name
        if who in (LI, WU):
            for address, figure in found.items():
                assert lines(town, address) == figure, address


def test_the_board_says_who_must_answer_an_order_and_in_whose_hands_the_late_ones_are(town: Browser):
    page = town.enter(LI).look(BOARD)
    figures = figures_of(page)
    assert figures["/console?view=urged"] == figures["/console?view=to_reply"] == 1
    assert figures[f"/console?view=overdue&holder={STATION}"] >= 1
    (order,) = orders_of(page)
    assert town.world.office.pack.organisations[STATION].name in order.text
    number = order.one("a").text
    assert town.look(order.one("a").attrs["href"]).text.count(number)


def test_a_list_of_the_board_is_named_like_its_figure(looker: Browser):
    looker.enter(LI)
    for tile in (tile for some in tiles("2026-11-20").values() for tile in some if tile.wish.view == tile.code):
        (here,) = looker.look(tile.wish.address()).top.one("nav", class_="views").every("a", **{"aria-current": "page"})
        assert here.text.startswith(tile.name if tile.code != "returns" else "退单")


def orders_of(page: Page) -> list[Node]:
    """The supervision orders that wait for an answer."""
    section = next(one for one in page.top.every("section") if one.attrs["aria-labelledby"] == "orders")
    return section.one("tbody").every("tr")


def test_who_has_no_board_is_told_where_to_go(looker: Browser):
    for who in (ZHANG, MA, HE):
        page = looker.enter(who).look(BOARD)
        assert page.status == 403
        assert BOARD not in {a.attrs["href"] for a in page.top.every("a")}
        assert page.top.one("main").every("a")
    looker.world.client.forget()
    assert looker.ask("GET", BOARD).status_code in {303, 401}


def test_an_empty_board_has_nothing_but_noughts(looker: Browser):
    page = looker.enter(LI).look(BOARD)
    assert set(figures_of(page).values()) == {0}
    assert "没有超期的案件" in page.text
    assert len(page.top.one("svg", role="img").every("rect")) == 28
    english = looker.ask("GET", "/console/language?to=en&back=/console/board")
    assert english.headers["location"] == BOARD
    assert "Nothing is overdue." in looker.look(BOARD).text


@pytest.mark.parametrize(
    "query",
    ["holder=%00", "type=x", "opened=2026-13-40", "closed=9999-12-31", "view=urged&opened=x", "holder=-"],
)
def test_addresses_nobody_wrote_are_lists_all_the_same(looker: Browser, query: str):
    assert looker.enter(LI).look(f"/console?{query}").status in {200, 422}


def test_bars_stand_on_the_floor_and_under_the_ceiling():
    assert [ceiling(value) for value in (0, 1, 2, 3, 6, 11, 21, 99, 101)] == [2, 2, 2, 10, 10, 20, 50, 100, 200]
    drawn = bars_of([("1", (0, 3)), ("2", (10, 7))])
    assert [bar.value for bar in drawn.bars] == [0, 3, 10, 7]
    floor = {round(bar.y + bar.height, 1) for bar in drawn.bars}
    assert len(floor) == 1
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert [value for value, _ in drawn.lines] == [0, 5, 10]
    assert bars_of([]).bars == []
