"""A report from a telephone goes to two departments, one with a system and one with nothing but a link, and comes back.

The app is served on loopback, the departments' webhook goes out through the post room to a real receiver, a real
browser stands in for the resident, the operator and the officer with the link.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal
from PIL import Image
from playwright.sync_api import Page

from api.app import create_app
from cases.signing import verify
from tests.api.world import World
from tests.builders import FIRE, URBAN
from tests.console.phone.street import FORM
from tests.people import WANG, ZHOU
from tests.stories.onstage import Stage, chromium, lasting_world, served
from tests.stories.telephone import TELEPHONE, fit
from tests.workflows.rooms import a_room, send_all
from tests.workflows.sink import Sink

pytestmark = pytest.mark.xdist_group("browser")
SAID = "6 幢有人从窗户拉线给电动车充电"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[World]:
    with lasting_world(tmp_path_factory.mktemp("door"), portal) as made:
        yield made


@pytest.fixture(scope="module")
def stage(world: World) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(world.house)) as address:
        yield Stage(address, browser)


@pytest.fixture(scope="module")
def sink(portal: BlockingPortal) -> Iterator[Sink]:
    """The receiver of the department that has a system."""
    with portal.wrap_async_context_manager(Sink()) as made:
        yield made


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("camera") / "IMG_0002.jpg"
    Image.effect_noise((1200, 800), 60).convert("RGB").save(file, quality=80)
    return file


def send(world: World) -> None:
    """What waits goes out, over the wire or onto the shelf, as the worker does it."""

    async def deliver() -> None:
        async with a_room(world.office) as room:
            await send_all(room)

    world.portal.call(deliver)


def press(page: Page, case_id: str, verb: str, **said: str) -> None:
    """Take a step from the case's page, without the script's dialog."""
    page.goto(f"/console/cases/{case_id}/steps/{verb}")
    for name, one in said.items():
        field = page.locator(f"[name='{name}']").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(one)
        elif field.get_attribute("type") in {"checkbox", "radio"}:
            page.check(f"[name='{name}'][value='{one}']")
        else:
            field.fill(one)
    page.click("form.step button.main")
    page.wait_for_url(f"**/console/cases/{case_id}?done={verb}")


def reported(page: Page, photo: Path) -> dict[str, str]:
    """A resident reports with a photograph; number and code."""
    page.goto(FORM)
    page.fill("#description", SAID)
    page.set_input_files("#photos", photo)
    for one in page.query_selector_all("details"):
        one.evaluate("one => one.open = true")
    page.fill("#told_by", "物业保安")
    page.fill("#told_at", "2026-11-20T08:30")
    page.fill("#told_words", "请把线拆掉")
    page.click("button.wide")
    page.wait_for_selector("#code")
    return {"number": page.inner_text("#number").strip(), "code": page.inner_text("#code").strip()}


def done_by_link(page: Page, link: str, photo: Path) -> None:
    """An officer without an account signs, goes there, has it put right, reports."""
    page.goto(link)
    page.click("button.wide")
    page.wait_for_selector("h1:has-text('飞线充电')")
    assert link.partition("#")[2] not in page.url
    assert page.is_visible(f"text={SAID}")
    assert page.locator(".gallery img").count() == 1
    fit(page)
    for verb, said in (
        ("签收", {}),
        ("开始核查", {"officers": "孙承办\n吴承办"}),
        ("当场改正", {"text": "已拆除飞线"}),
    ):
        page.click(f".deeds button:has-text('{verb}')")
        for name, one in said.items():
            page.fill(f"#{name}", one)
        if verb == "当场改正":
            page.set_input_files("#after_photo-file", photo)
            fit(page)
        page.fill("#_name", "孙承办")
        page.click("button.wide")
        page.wait_for_selector(f".said.good:has-text('{verb}')")
    page.click(".deeds button:has-text('反馈结果')")
    assert page.input_value("#_name") == "孙承办", "the name is asked for once"
    page.fill("#measure", "上门拆除")
    page.fill("#text", "飞线已当场拆除")
    page.click("button.wide")
    page.wait_for_selector("h1:has-text('已经办结')")


def test_a_report_goes_to_a_link_and_a_system_and_its_answer_comes_back(
    stage: Stage, world: World, sink: Sink, photo: Path
):
    """扫码报告→推荐事项→受理→派遣→链接签收、核查、附照片反馈→工作站答复→居民确认。"""
    secret = world.ask(ZHOU, "PUT", "/endpoints/mine", json={"url": sink.url, "networks": ["127.0.0.0/8"]}).json()[
        "secret"
    ]
    with (
        stage.window(**TELEPHONE) as resident,
        stage.window() as operator,
        stage.window(**TELEPHONE) as officer,
    ):
        key = reported(resident, photo)
        stage.enter(operator, WANG)
        (case,) = world.get(WANG, "/cases").json()["items"]
        matters = world.get(WANG, "/suggestions", params={"text": SAID}).json()["items"]
        press(operator, case["id"], "classify", matter=matters[0]["matter"])
        press(operator, case["id"], "accept")
        press(operator, case["id"], "dispatch", lead=FIRE, assists=URBAN, reason="消防主办,城管协办")
        send(world)
        (got,) = sink.got
        verify(secret, got.headers, got.body, int(got.headers["webhook-timestamp"]))
        task, beside = world.task_of(case["id"], FIRE), world.task_of(case["id"], URBAN)
        assert json.loads(got.body)["data"]["case_id"] == beside.id
        assert (bool(beside.facts.get("delivered")), bool(task.facts.get("delivered"))) == (True, False)

        operator.goto(f"/console/cases/{task.id}")
        operator.click("text=办件链接")
        operator.click("text=发一个链接")
        done_by_link(officer, operator.inner_text("#link"), photo)
        assert world.counter.piece(task.id).state == "concluded"
        for verb, said in (
            ("sign_for", {}), ("verify", {"officers": ["周城管", "郑城管"]}), ("find_nothing", {"text": "市容无违法"}),
            ("report_result", {"measure": "现场查看", "text": "不影响市容"}),
        ):  # fmt: skip
            assert world.step(ZHOU, beside.id, verb, said).status_code == 200

        press(operator, case["id"], "feed_back")
        send(world)
        resident.goto("/f")
        resident.fill("#number", key["number"])
        resident.fill("#code", key["code"])
        resident.click("main button")
        assert "飞线已当场拆除" in resident.inner_text(".answer")
        resident.click("summary:has-text('问题解决了')")
        resident.click("details[open] button.main")
        resident.wait_for_selector("text=已收到您的答复")
    assert world.counter.piece(case["id"]).state == "closed"
    assert world.counter.whole()
    assert stage.errors == []
