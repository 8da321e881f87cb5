"""The street's pages in a real browser on a telephone: all of it without scripts, and photographs small with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal
from PIL import Image
from playwright.sync_api import Page

from api.app import create_app
from tests.api.world import World
from tests.console.phone.street import FORM, PLACE
from tests.people import WANG
from tests.stories.onstage import Stage, chromium, lasting_world, served
from tests.stories.telephone import TELEPHONE, fit

pytestmark = pytest.mark.xdist_group("browser")
SEEN = ("/r", FORM, "/f", "/consent/x#token", "/d/x#CODE", "/r/nothing", f"/board/{PLACE}", "/help", "/help/operator")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[World]:
    home = tmp_path_factory.mktemp("street")
    with lasting_world(home, portal) as made:
        yield made


@pytest.fixture(scope="module")
def stage(world: World) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(world.house)) as address:
        yield Stage(address, browser)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photograph as a telephone takes it: large, and it knows where it was taken."""
    file = tmp_path_factory.mktemp("camera") / "IMG_0001.jpg"
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 44.0, 33.0)})
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(file, exif=exif, quality=80)
    return file


def fill_in(page: Page, photo: Path) -> None:
    page.click("summary >> nth=0")
    page.click("label.chip:has-text('飞线充电')")
    page.fill("#description", "6 幢有人从窗户拉线充电")
    page.set_input_files("#photos", photo)
    page.click("button.wide")
    page.wait_for_selector("#code")


@pytest.mark.parametrize("scripts", [True, False], ids=["with_scripts", "without"])
def test_a_passer_by_reports_and_follows_on_a_telephone(stage: Stage, world: World, photo: Path, *, scripts: bool):
    with stage.window(**TELEPHONE, java_script_enabled=scripts) as page:
        page.goto(f"/r?q={world.office.pack.communities[PLACE].name}")
        page.click(f"a[href='{FORM}']")
        with page.expect_response(f"**{FORM}", timeout=60_000) as sent:
            fill_in(page, photo)
        assert sent.value.request.method == "POST"
        travelled, taken = int(sent.value.request.all_headers()["content-length"]), photo.stat().st_size
        assert travelled < taken / 2 if scripts else travelled > taken
        assert page.is_visible("text=复制") is scripts
        page.click("text=现在看看进展")
        assert page.inner_text("h1") == "您的报告已收到,正在审核"
        assert "code=" not in page.url
    files = world.get(WANG, "/cases").json()["items"]
    kept = world.get(WANG, f"/cases/{files[0]['id']}/attachments").json()["items"]
    assert [one["media_type"] for one in kept] == ["image/jpeg"]
    assert stage.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_telephone_and_everybody(stage: Stage, photo: Path, scheme: str):
    with stage.window(**TELEPHONE, color_scheme=scheme) as page:
        for path in SEEN if scheme == "light" else SEEN[:2]:
            page.goto(path)
            fit(page)
        assert page.goto("/consent/x#token") is not None
        assert page.input_value("#code") == "token"
        page.goto(FORM)
        fill_in(page, photo)
        fit(page)
        page.click("text=现在看看进展")
        fit(page)
    assert stage.errors == []
