"""The administrator's morning, in a real browser: a colleague begins, a pack is tried, a diagram is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from api.app import create_app
from tests.api.world import World
from tests.people import HE, PASSWORD, WU
from tests.stories.onstage import Stage, chromium, lasting_world, served

pytestmark = pytest.mark.xdist_group("browser")
OWN, AREA = "Mein-eigenes-1", "/console/admin"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[World]:
    """A furnished office on SQLite with a few cases."""
    with lasting_world(tmp_path_factory.mktemp("admin"), portal) as made:
        for room in ("1", "2"):
            made.accepted(room=room)
        made.report(room="3")
        yield made


@pytest.fixture(scope="module")
def stage(world: World) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(world.house)) as address:
        yield Stage(address, browser)


def grave(page: Page) -> list[str]:
    """What would shut somebody out."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


def come_in(page: Page, login: str, password: str, goal: str) -> None:
    page.goto("/console/login")
    page.fill("#login", login)
    page.fill("#password", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{goal}")


def test_a_colleague_gets_an_account_and_makes_it_their_own(stage: Stage):
    with (
        stage.window() as page,
        stage.window(java_script_enabled=False, viewport={"width": 390, "height": 800}) as phone,
    ):
        come_in(page, HE.login, PASSWORD, AREA)
        page.click("main .views >> text=人员账号")
        page.click("text=开账号")
        page.fill("#name", "陈新人")
        page.fill("#login", "chen")
        page.select_option("#org", "JT-JC-ZD")
        page.check("text=工作站受理岗")
        page.click("main button.main")
        password = page.inner_text(".secret")

        come_in(phone, "chen", password, "/console/password")
        phone.fill("#old", password)
        phone.fill("#new", OWN)
        phone.fill("#again", OWN)
        phone.click("main button.main")
        phone.wait_for_url(f"{stage.address}/console")
        assert "陈新人" in phone.inner_text(".who")

        page.click("text=打开账号")
        page.fill("#reason", "试用结束")
        page.click("section:has(#reason) button")
        page.wait_for_url("**?done=lock")
        assert "试用结束" in page.inner_text(".history")
        phone.click("nav a >> nth=0")
        phone.wait_for_url("**/console/login?next=*")
    assert stage.errors == []


def test_a_pack_is_tried_while_one_watches(stage: Stage, world: World):
    with stage.window() as page:
        come_in(page, HE.login, PASSWORD, AREA)
        page.goto("/console/admin/packs")
        page.click("text=开始回测")
        page.wait_for_url("**/packs/trials/*")
        world.house.errands.rest()
        page.reload()
        assert "所有在办案件都有合法的下一步" in page.inner_text("main")
    assert stage.errors == []


def test_a_state_in_the_diagram_opens_its_cases_by_keyboard(stage: Stage):
    with stage.window() as page:
        come_in(page, WU.login, PASSWORD, "/console")
        page.goto("/console/admin/states/clue")
        link = page.locator("svg a", has_text="已受理")
        assert "2件" in (link.text_content() or "")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/console?*state=accepted*")
        assert page.locator("tbody tr").count() == 2
    assert stage.errors == []


PAGES = (
    "", "/people", "/people/new", "/keys/new", "/records", "/offices?q=锦澜", "/packs", "/packs/1?part=papers",
    "/years", "/ladder", "/states", "/states/clue",
)  # fmt: skip


@pytest.mark.parametrize(("width", "scheme", "seen"), [(1440, "light", PAGES[::2]), (390, "dark", PAGES[1::2])])
def test_the_pages_fit_and_can_be_read_by_everybody(stage: Stage, width: int, scheme: str, seen: tuple[str, ...]):
    found: dict[str, list[str]] = {}
    with stage.window(viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        come_in(page, HE.login, PASSWORD, AREA)
        page.goto(f"{AREA}/people?q=wang")
        person = page.get_attribute("tbody th a", "href") or ""
        for path in [*(AREA + one for one in seen), person, "/console/password"]:
            page.goto(path)
            for one in page.query_selector_all("details"):
                one.evaluate("one => one.open = true")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
            found[path] = grave(page)
    assert {path: what for path, what in found.items() if what} == {}
    assert stage.errors == []
