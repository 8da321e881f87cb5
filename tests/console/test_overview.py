"""全区概况: whose numbers one gets, sorted without a script, handed out as a table; few are no per cent."""

from __future__ import annotations

import csv
import io

import pytest

from api.console.entrance import Seat
from api.console.overview import BOM, written
from api.identity import Caller
from api.overview import Line
from cases.rules.shares import Share
from tests.builders import FIRE, FRIDAY, POLICE, STATION, URBAN, an_actor
from tests.console.browser import Browser
from tests.people import HE, LI, MA, STREETS, SU, SUN, WANG, WU, YU, ZHANG, ZHENG, move_in

PAGE = "/console/overview"


@pytest.fixture
def town(browser: Browser) -> Browser:
    """Reports of two communities; tasks of three departments, one of them sealed."""
    world = browser.world
    counter = world.counter
    with world.office.database.writing() as connection:
        move_in(connection, world.house.clock.now(), STREETS)
    for n in range(6):
        counter.dispatched(lead=FIRE, building=f"{n}幢")
    counter.dispatched(lead=URBAN, matter="CG01", building="20幢")
    world.sealed_result()
    world.clock.ahead(days=20)
    return browser


def table(browser: Browser, name: str, query: str = "") -> list[dict[str, str]]:
    answer = browser.ask("GET", f"{PAGE}.csv?table={name}{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer.text[1:])))


def test_everybody_gets_the_numbers_of_their_own_area(town: Browser):
    seen: dict[str, tuple[int, int]] = {}
    for who in (LI, SUN, WU, ZHENG, SU, YU):
        page = town.enter(who).look(PAGE)
        assert page.status == 200
        reports = sum(int(row["在办"]) for row in table(town, "communities"))
        seen[who.login] = reports, sum(int(row["本期派遣"]) for row in table(town, "departments"))
        assert reports == sum(int(row["在办"]) for row in table(town, "stations"))
    assert seen["li"] == seen["wu"] == seen["zheng"] == seen["su"] == (8, 7)
    assert seen["sun"] == seen["yu"] == (0, 0)


def test_what_is_sealed_is_not_among_the_numbers_and_few_are_no_per_cent(town: Browser):
    page = town.enter(WU).look(PAGE)
    departments = {row["代码"]: row for row in table(town, "departments")}
    assert set(departments) == {FIRE, URBAN}
    assert POLICE not in departments
    (fire,) = [row for row in page.top.every("tr") if row.text.startswith(departments[FIRE]["部门"])]
    (urban,) = [row for row in page.top.every("tr") if row.text.startswith(departments[URBAN]["部门"])]
    assert "6/6 100%" in fire.text, "all six are overdue"
    assert "1/1" in urban.text
    assert "100%" not in urban.text
    assert departments[FIRE]["超期/在办"] == departments[FIRE]["超期/在办·基数"] == "6"


def test_a_table_is_sorted_by_its_address(town: Browser):
    town.enter(WU)
    up, down = (table(town, "departments", f"&sort=given{order}") for order in ("&order=up", ""))
    assert [row["代码"] for row in down] == [FIRE, URBAN]
    assert [row["代码"] for row in up] == [URBAN, FIRE]
    page = town.look(f"{PAGE}?sort=given&order=up")
    heads = [one for one in page.top.every("th") if one.attrs.get("aria-sort")]
    assert [one.attrs["aria-sort"] for one in heads] == ["ascending"]
    turned = heads[0].one("a").attrs["href"].partition("#")[0]
    assert {one.text for one in town.look(turned).top.every("th", **{"aria-sort": "descending"})} == {"本期派遣 ↓"}
    assert town.look(f"{PAGE}?sort=nonsense").status == 200


def test_a_period_is_chosen_and_nonsense_is_the_usual_one(town: Browser):
    town.enter(WU)
    today = town.world.clock.now().date()
    none = table(town, "departments", f"&from={today}&to={today}")
    assert {row["本期派遣"] for row in none} == {"0"}, "open now, but given before"
    for query in ("days=x", "days=99999999", "from=2026-13-99&to=x", "from=0001-01-01&to=2026-11-20", "days=²"):
        assert town.look(f"{PAGE}?{query}").status == 200, query
    wrong = town.look(f"{PAGE}?from=2026-11-20&to=2026-11-19")
    assert wrong.status == 422
    assert "截止日不得早于起始日" in wrong.text
    assert town.look(f"{PAGE}?from=2099-01-01&to=2099-02-01").status == 200
    assert town.ask("GET", f"{PAGE}.csv?table=people").status_code == 422


def test_who_has_no_overview_is_told_where_to_go(looker: Browser):
    for who in (WANG, ZHANG, MA, HE):
        page = looker.enter(who).look(PAGE)
        assert page.status == 403
        assert looker.ask("GET", f"{PAGE}.csv").status_code == 403
        assert PAGE not in {a.attrs["href"] for a in page.top.every("a")}


def test_an_empty_town_says_so_in_both_languages(looker: Browser):
    page = looker.enter(WU).look(PAGE)
    assert page.text.count("这段时间没有数据。") == 4
    looker.ask("GET", f"/console/language?to=en&back={PAGE}")
    assert looker.look(PAGE).text.count("Nothing in this period.") == 4


@pytest.mark.parametrize("name", ["=1+1", "-x", "@a", "\tx", "＝1", "\n=1"])
def test_no_cell_makes_a_table_program_reckon(looker: Browser, name: str):
    line = Line("C1", name, "S1", 3, Share(1, 3), 2)
    caller = Caller(an_actor("a", STATION, "operator"), "session", None, frozenset(), FRIDAY)
    seat = Seat(looker.world.house, caller, "zh", b"")
    told = list(csv.reader(io.StringIO(written([line], "communities", seat).removeprefix(BOM), newline="")))
    assert told[1][1] == f"'{name}"
