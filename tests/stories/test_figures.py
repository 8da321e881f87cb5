"""A head's morning and a supervisor's look at the district, in a real browser: figures that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from api.app import create_app
from tests.api.world import World
from tests.builders import FIRE, OPERATOR
from tests.people import LI, WU
from tests.stories.onstage import Stage, chromium, lasting_world, served

pytestmark = pytest.mark.xdist_group("browser")
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[World]:
    """An office with some tasks that are late, one of them urged, and reports that wait."""
    with lasting_world(tmp_path_factory.mktemp("figures"), portal) as made:
        late = [made.counter.dispatched(lead=FIRE, building=f"{n}幢") for n in range(6)]
        made.clock.ahead(days=20)
        (task,) = made.counter.tasks(late[0])
        made.counter.step(task.id, "urge", OPERATOR, text="请尽快办理")
        made.report(description="楼道里给电动车充电")
        yield made


@pytest.fixture(scope="module")
def stage(world: World) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(world.house)) as address:
        yield Stage(address, browser)


def grave(page: Page) -> list[str]:
    """What would shut somebody out."""
    every = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in every if one["impact"] in GRAVE]


@pytest.mark.usefixtures("world")
def test_a_head_reads_the_morning_and_opens_what_waits(stage: Stage):
    with stage.window(viewport={"width": 390, "height": 844}, color_scheme="dark") as page:
        stage.enter(page, LI)
        page.click("nav >> text=今日看板")
        page.wait_for_url("**/console/board")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert grave(page) == []
        urged = page.locator(".tile", has_text="催办未答复")
        assert urged.locator("b").inner_text() == "1"
        urged.click()
        page.wait_for_url("**/console?view=urged")
        assert page.locator("table.cases tbody tr").count() == 1
        page.go_back()
        page.wait_for_url("**/console/board")
        late = page.locator("section", has_text="超期在谁手上").locator("tbody a").first
        figure = int(late.inner_text())
        late.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**view=overdue&holder=*")
        assert page.locator("table.cases tbody tr").count() == figure
    assert stage.errors == []


@pytest.mark.usefixtures("world")
def test_a_supervisor_looks_at_the_district_and_takes_the_table_along(stage: Stage):
    with stage.window(viewport={"width": 1440, "height": 900}) as page:
        stage.enter(page, WU)
        page.click("nav >> text=今日看板")
        page.wait_for_url("**/console/board")
        assert grave(page) == []
        page.click("nav >> text=全区概况")
        page.wait_for_url("**/console/overview")
        assert grave(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        sheet = page.locator("section", has=page.locator("#t-departments"))
        sheet.locator("th a", has_text="本期派遣").click()
        page.wait_for_url("**sort=given**")
        assert sheet.locator("th[aria-sort=descending]").inner_text().startswith("本期派遣")
        with page.expect_download() as handed:
            sheet.locator("a", has_text="下载表格").click()
        assert handed.value.suggested_filename.startswith("huiyin-departments-")
        page.click("text=近 7 天")
        page.wait_for_url("**days=7")
        assert page.locator(".periods a[aria-current]").inner_text() == "近 7 天"
    assert stage.errors == []
