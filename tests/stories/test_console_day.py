"""The operator's day at the console, in a real browser: by hand, by keyboard, without scripts, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from anyio.from_thread import BlockingPortal
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route
from pypdf import PdfReader

from api.app import create_app
from tests.api.world import World
from tests.people import LI, WANG
from tests.stories.onstage import Stage, chromium, lasting_world, served

pytestmark = pytest.mark.xdist_group("browser")
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[World]:
    """A furnished office on SQLite, which the browser and the API's callers share."""
    home = tmp_path_factory.mktemp("console")
    with lasting_world(home, portal) as made:
        yield made


@pytest.fixture(scope="module")
def stage(world: World) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(world.house)) as address:
        yield Stage(address, browser)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent")


def test_an_operators_day(stage: Stage, world: World):
    """Find, open, accept; be overtaken and keep what was typed; see what others do as they do it."""
    first, second = (world.report(description=text) for text in ("楼道里给电动车充电", "窗户外挂着飞线"))
    with stage.window() as page, stage.window() as beside:
        stage.enter(page, WANG)
        stage.enter(beside, LI)
        with beside.expect_response("**/console/stream*"):
            beside.goto("/console")

        page.keyboard.press("/")
        assert focused(page) == "q"
        page.keyboard.type("楼道")
        page.wait_for_selector(f"#c-{second['id']}", state="detached")
        assert focused(page) == "q"
        assert page.input_value("#q") == "楼道"
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert focused(page) == first["number"]
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/console/cases/{first['id']}")

        page.click("text=不予受理")
        page.wait_for_selector("dialog[open] form")
        page.fill("dialog #reason", "写了很久的理由")
        assert world.step(LI, first["id"], "ask_more", {"request": "门牌号"}).status_code == 200
        assert world.step(LI, first["id"], "supplement", {"text": "302"}).status_code == 200
        page.keyboard.press("Control+Enter")
        said = page.wait_for_selector("dialog [role=alert]")
        assert said is not None
        assert "李站长" in said.inner_text()
        assert page.input_value("dialog #reason") == "写了很久的理由"
        page.keyboard.press("Escape")
        assert not page.is_visible("dialog")

        page.reload()
        page.click("text=受理 >> nth=0")
        page.wait_for_selector("dialog[open] form")
        page.fill("dialog #note", "")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**?done=accept")
        assert "已受理" in page.inner_text(".status")
        beside.wait_for_selector(f"#c-{first['id']} >> text=已受理")
    assert stage.errors == []


def test_who_was_logged_out_keeps_what_was_typed(stage: Stage, world: World):
    case_id = world.report()["id"]
    with stage.window() as page:
        stage.enter(page, WANG)
        page.goto(f"/console/cases/{case_id}")
        page.click("text=不予受理")
        page.wait_for_selector("dialog[open] form")
        page.fill("dialog #reason", "写了很久的理由")
        kept = page.context.cookies()
        page.context.clear_cookies()
        page.keyboard.press("Control+Enter")
        said = page.wait_for_selector("dialog .refused")
        assert said is not None
        assert "登录" in said.inner_text()
        assert page.input_value("dialog #reason") == "写了很久的理由"
        page.context.add_cookies(kept)  # type: ignore[arg-type]
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**?done=decline")
    assert stage.errors == []


def test_composing_pinyin_asks_for_nothing_until_it_is_done(stage: Stage):
    asked: list[str] = []
    with stage.window() as page:
        stage.enter(page, WANG)
        page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
        page.focus("#q")
        keyboard = page.context.new_cdp_session(page)
        for typed in ("f", "fe", "fei", "feixian"):
            keyboard.send("Input.imeSetComposition", {"text": typed, "selectionStart": 1, "selectionEnd": len(typed)})
            page.wait_for_timeout(120)
        page.wait_for_timeout(400)
        assert asked == []
        with page.expect_response("**q=*"):
            keyboard.send("Input.insertText", {"text": "飞线"})
        page.wait_for_timeout(400)
        assert len(asked) == 1
        assert focused(page) == "q"
    assert stage.errors == []


def test_an_answer_that_was_overtaken_is_dropped(stage: Stage, world: World):
    """The answer to the first word comes after that to the second; the list shows the second's."""
    wanted = world.report(description="地下车库停着报废汽车")
    other = world.report(description="屋顶搭了鸽笼")
    held: list[Route] = []
    with stage.window() as page:
        stage.enter(page, WANG)
        page.route("**/console?*q=*", lambda route: route.continue_() if held else held.append(route))
        page.fill("#q", "鸽笼")
        while not held:
            page.wait_for_timeout(50)
        with page.expect_response("**q=*"):
            page.fill("#q", "报废汽车")
        page.wait_for_selector(f"#c-{other['id']}", state="detached")
        with page.expect_response("**q=*"):
            held[0].continue_()
        page.wait_for_timeout(200)
        assert page.is_visible(f"#c-{wanted['id']}")
        assert not page.is_visible(f"#c-{other['id']}")
        assert page.input_value("#q") == "报废汽车"
    assert stage.errors == []


def test_a_case_is_accepted_by_keyboard_alone(stage: Stage, world: World):
    case_id = world.report(description="架空层里养鸡")["id"]
    with stage.window() as page:
        stage.enter(page, WANG)
        page.keyboard.press("/")
        page.keyboard.type("养鸡")
        page.wait_for_function("() => document.querySelectorAll('#list tbody tr').length === 1")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/console/cases/{case_id}")
        for _ in range(40):
            page.keyboard.press("Tab")
            if focused(page) == "受理":
                break
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open] form")
        assert page.evaluate("document.querySelector('#step').contains(document.activeElement)")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**?done=accept")
    assert world.get(WANG, f"/cases/{case_id}").json()["state"] == "accepted"
    assert stage.errors == []


def test_a_case_goes_on_paper(stage: Stage, world: World):
    """The sheet as PDF: number, facts and history, upright A4, none of what is only pressed."""
    made = world.report(description="围墙边堆着建筑垃圾")
    assert world.step(WANG, made["id"], "accept").status_code == 200
    with stage.window() as page:
        stage.enter(page, WANG)
        page.goto(f"/console/cases/{made['id']}")
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    words = "".join(one.extract_text() for one in printed.pages)
    assert [round(float(side) * 25.4 / 72) for side in printed.pages[0].mediabox[2:]] == [210, 297]
    assert all(word in words for word in (made["number"], "围墙边堆着建筑垃圾", "办理经过", "受理"))
    assert not any(word in words for word in ("退出", "案件队列", "添加材料", "查看完整身份"))
    assert stage.errors == []


def test_without_scripts_on_a_telephone(stage: Stage, world: World):
    case_id = world.report(description="消防通道停满了车", matter="XF03")["id"]
    with stage.window(java_script_enabled=False, viewport={"width": 390, "height": 800}) as page:
        stage.enter(page, WANG)
        page.fill("#q", "消防通道")
        page.click("text=筛选")
        page.click(f"#c-{case_id} a")
        page.click("a:has-text('要求补正')")
        page.click("main button.main")
        page.fill("#request", "请补充照片")
        page.click("main button.main")
        page.wait_for_url("**?done=ask_more")
        assert "请补充照片" in page.inner_text(".history")
        page.click("text=退出")
        page.wait_for_url("**/console/login")
    assert stage.errors == []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_pages_fit_and_can_be_read_by_everybody(stage: Stage, world: World, width: int, scheme: str):
    case_id = world.report(description="楼道堆物")["id"]
    assert world.step(WANG, case_id, "accept").status_code == 200
    seen = ("/console", f"/console/cases/{case_id}", f"/console/cases/{case_id}/steps/dispatch", "/console/register",
            "/console/cases/nothing")  # fmt: skip
    with stage.window(viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        page.goto("/console/login")
        found = {"/console/login": _grave(page)}
        stage.enter(page, WANG)
        for path in seen:
            page.goto(path)
            page.wait_for_load_state()
            for one in page.query_selector_all("details"):
                one.evaluate("one => one.open = true")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
            found[path] = _grave(page)
    assert {path: grave for path, grave in found.items() if grave} == {}
    assert stage.errors == []


def test_the_keys_are_told(stage: Stage, world: World):
    world.report()
    with stage.window() as page:
        stage.enter(page, WANG)
        page.keyboard.press("?")
        assert page.is_visible("#keys")
        page.keyboard.press("Escape")
        assert not page.is_visible("#keys")
        page.keyboard.press("k")
        assert page.evaluate("document.activeElement.closest('tr') !== null")
        page.goto("/console")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert focused(page) == "main"
    assert stage.errors == []


def _grave(page: Page) -> list[str]:
    """What would shut somebody out."""
    every = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in every if one["impact"] in GRAVE]
