"""The day of an association's desk and of a court's clerk at the console, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from api.app import create_app
from tests.api.test_batches import Court
from tests.api.world import World
from tests.people import DING, XU
from tests.stories.onstage import Stage, chromium, lasting_world, served

pytestmark = pytest.mark.xdist_group("browser")
GRAVE = {"serious", "critical"}
AT = "/console/suits"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[World]:
    with lasting_world(tmp_path_factory.mktemp("suits"), portal) as made:
        yield made


@pytest.fixture(scope="module")
def stage(world: World) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(world.house)) as address:
        yield Stage(address, browser)


def fair(page: Page) -> None:
    """Nothing grave for whoever reads with a screen reader, and nothing wider than the page."""
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in GRAVE] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def number_each(page: Page) -> None:
    """A column of numbers is pasted; one is missing and two are alike, and each is said where it is."""
    column = "\n".join(f"(2026)苏0413民初{n}号" for n in (1, 2, 2))
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text", text);
            const cell = document.querySelector("input[data-each]");
            cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        column,
    )
    cells = page.locator("input[data-each]")
    assert cells.nth(2).input_value() == "(2026)苏0413民初2号"
    page.click("button.main")
    page.wait_for_selector("[role=alert]")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert page.locator("input[data-each][aria-invalid=true]").count() == 3
    fair(page)
    page.click("[role=alert] a >> nth=-1")
    assert page.evaluate("document.querySelector(':target') === document.querySelectorAll('input[data-each]')[3]")
    cells.nth(2).fill("(2026)苏0413民初3号")
    cells.nth(3).fill("(2026)苏0413民初4号")


def test_a_batch_is_submitted_received_and_filed(stage: Stage, world: World):
    """协会提交一批诉状;法院承办人收到、逐件出具回执并立案;漏斗随之改变。"""
    court = Court(world)
    with stage.window() as page, stage.window() as beside:
        stage.enter(page, XU)
        page.click("nav >> text=批量诉讼")
        fair(page)
        page.click("text=2026年第1批")
        page.click("text=提交批次")
        page.wait_for_selector("dialog[open] form")
        assert page.input_value("dialog #person") == XU.name
        page.fill("dialog #phone", "0519-00000001")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("text=提交 4 件,留下 0 件")
        fair(page)

        stage.enter(beside, DING)
        beside.click("nav >> text=批量诉讼")
        beside.click("text=2026年第1批")
        for verb, name, filled in (
            ("receipt", "submitted", {"receipt": "收2026-1号"}),
            ("accept_filing", "received", {"at": "2026-12-21T09:00"}),
        ):
            beside.click(f"nav.states a[href='?state={name}']")
            for tick in beside.query_selector_all("input[name=_case]"):
                tick.check()
            beside.select_option("select[name=_verb]", verb)
            beside.click("#bulk >> text=批量办理")
            for field, said in filled.items():
                beside.fill(f"#{field}", said)
            if verb == "accept_filing":
                beside.check("input[name=procedure][value=small_claims]")
                fair(beside)
                number_each(beside)
            beside.click("button.main")
            beside.wait_for_selector("text=办成 4 件,未办成 0 件")
            beside.goto(f"{AT}/batches/{court.batch}")
        assert "已立案" in beside.inner_text("nav.states")
        fair(beside)

        page.goto(f"{AT}/funnel?batch={court.batch}")
        assert page.inner_text("tr.s-filed").split()[:3] == ["立案", "4", "100%"]
        fair(page)
    assert stage.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_telephone(stage: Stage, world: World, scheme: str):
    batch = world.get(XU, "/batches").json()["items"][0]["id"]
    narrow = {"viewport": {"width": 390, "height": 844}, "color_scheme": scheme, "java_script_enabled": True}
    with stage.window(**narrow) as page:
        stage.enter(page, DING)
        for path in (AT, f"{AT}/funnel", f"{AT}/batches/{batch}", f"{AT}/families/new"):
            page.goto(path)
            fair(page)
    assert stage.errors == []


def test_a_defendant_follows_the_suit_on_a_telephone(stage: Stage, world: World):
    """被告凭查询码在手机上看进展,判决后打开上诉的表单并提交。"""
    batch = world.get(XU, "/batches").json()["items"][0]["id"]
    suit = world.get(XU, f"/batches/{batch}").json()["items"][0]
    code = world.post(XU, f"/suits/{suit['case_id']}/codes", {"side": "defendant"}).json()["code"]
    at = world.clock.now().isoformat()
    turns = (
        ("convert", {"procedure": "ordinary", "document": "裁1号"}),
        ("judge", {"kind": "judgment", "document": "判1号", "outcome": "granted", "served_at": at}),
    )
    for verb, form in turns:
        assert world.step(DING, suit["case_id"], verb, form).status_code == 200
    with stage.window(viewport={"width": 390, "height": 844}, java_script_enabled=False) as page:
        page.goto(f"/party?number={suit['number']}")
        page.fill("#code", code)
        page.click("button.main")
        page.click("button[value=appeal]")
        page.wait_for_selector("form.step")
        page.click("form.step button.main")
        assert "已上诉" in page.inner_text("h1")
    with stage.window(viewport={"width": 390, "height": 844}, color_scheme="dark") as page:
        page.goto(f"/party?number={suit['number']}")
        page.fill("#code", code)
        page.click("button.main")
        fair(page)
    assert stage.errors == []
