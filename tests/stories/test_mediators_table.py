"""A mediator's week in a real browser: from the counter to the kitchen table and to the first promise kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from anyio.from_thread import BlockingPortal
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from api.app import create_app
from tests.api.chambers import Chambers
from tests.people import BAI, TAO
from tests.stories.amicably import APPLICANT, RESPONDENT, Amicably
from tests.stories.onstage import Stage, chromium, lasting_chambers, served

pytestmark = pytest.mark.xdist_group("browser")
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
TELEPHONE = {"viewport": {"width": 390, "height": 844}}
SHUT_OUT = {"serious", "critical"}


@pytest.fixture(scope="module")
def chambers(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[Chambers]:
    with lasting_chambers(tmp_path_factory.mktemp("table"), portal) as made:
        yield made


@pytest.fixture(scope="module")
def stage(chambers: Chambers) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(chambers.house)) as address:
        yield Stage(address, browser)


def fit(page: Page) -> None:
    """The page fits, and nobody is shut out."""
    for one in page.query_selector_all("details"):
        one.evaluate("one => one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SHUT_OUT] == [], (
        page.url
    )


def take(page: Page, link: str, *ticks: str, **filled: str) -> None:
    """A form in a dialog: opened by its link, ticked, filled in, sent by the keyboard."""
    page.click(f"a[href*='{link}']")
    page.wait_for_selector("dialog[open] form")
    for tick in ticks:
        page.check(f"dialog {tick}")
    for name, value in filled.items():
        page.fill(f"dialog [name={name}]", value)
    page.keyboard.press("Control+Enter")


def sign(page: Page, link: str, said: str) -> None:
    """A signature drawn on the screen."""
    page.click(link)
    box = page.locator("canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 3
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(x + 20 * step, y + 60 * (step % 2))
    page.mouse.up()
    page.click("button.main")
    page.wait_for_selector(f".said.good:has-text('{said}')")


def apply_at_the_counter(page: Page) -> str:
    page.goto("/console/petition")
    fit(page)
    page.select_option("[name='application.community']", label="锦澜花苑")
    page.select_option("[name='application.matter']", value="MS02")
    page.fill("[name='application.dispute']", "楼上渗水到楼下天花板")
    for place, (name, phone) in enumerate((("陈甲方", "13800001111"), ("林乙方", "13900002222"))):
        page.fill(f"[name='parties.{place}.name']", name)
        page.fill(f"[name='parties.{place}.phone']", phone)
    page.click("button.main")
    page.click("main a.main")
    page.wait_for_selector("#sheet")
    return page.url.rpartition("/")[2]


def everybody_agrees(page: Page, stage: Stage, case_id: str) -> None:
    """One says so at the counter, the other answers by link on their telephone."""
    for verb in ("register", "accept"):
        take(page, f"/steps/{verb}")
        page.wait_for_url(f"**?done={verb}")
    page.goto(f"/console/cases/{case_id}/parties")
    fit(page)
    take(page, "/consents/new", "input[value=yes]")
    page.wait_for_selector(".tag.good")
    page.click("article:nth-of-type(2) a[href*='/consents/link']")
    page.wait_for_selector("dialog[open] form")
    page.keyboard.press("Control+Enter")
    link = page.inner_text("dialog #link")
    page.keyboard.press("Escape")
    with stage.window(**TELEPHONE) as phone:
        phone.goto(link)
        phone.click("button >> nth=-1")
        phone.check("input[value=yes]")
        phone.fill("[name=tail]", "2222")
        phone.click("main button >> nth=-1")
        phone.wait_for_selector("[role=status]")


def a_mediator_is_chosen(page: Page, at: str) -> None:
    page.goto(f"{at}/mediators")
    fit(page)
    take(page, "/mediators/M1", "[name=tied][value=false]", "[value=parties]", statement="没有利害关系")
    page.wait_for_selector("text=要求更换调解员")
    page.goto(at)
    take(page, "/steps/begin")
    page.wait_for_url("**?done=begin")
    take(page, "/steps/tell_rights", "[name=parties] >> nth=0", "[name=parties] >> nth=1", "[value=当面]",
         at="2026-11-20T09:00")  # fmt: skip
    page.wait_for_url("**?done=tell_rights")


def at_the_kitchen_table(page: Page, chambers: Chambers, at: str) -> None:
    take(
        page,
        "/meetings/new",
        "[value=visit]",
        address="6幢302室厨房",
        starts="2026-11-20T14:00",
        ends="2026-11-20T15:00",
    )
    page.wait_for_url("**/meetings/*")
    chambers.clock.jump(datetime.fromisoformat("2026-11-20T14:10:00+08:00"))
    page.reload()
    fit(page)
    for box in page.query_selector_all("[name=attended]"):
        box.check()
    page.click("text=会议开始,登记到会")
    page.fill("#agreed", "渗水点在卫生间")
    page.click("text=记入案卷")
    page.wait_for_selector(".noted")
    page.fill("#words", "双方陈述了经过,林乙方愿意修")
    page.check("[value=达成协议]")
    page.context.set_offline(True)
    page.click("text=保存记录")
    page.wait_for_selector("[data-offline]:visible")
    page.context.set_offline(False)
    page.goto(at)
    page.go_back()
    page.reload()
    page.click("[data-restore]")
    assert page.input_value("#words") == "双方陈述了经过,林乙方愿意修"
    page.click("text=保存记录")
    page.wait_for_selector("#signing")
    assert "huiyin:" not in page.evaluate("Object.keys(localStorage).join()")
    fit(page)
    for _ in range(3):
        sign(page, "#signing a.button >> nth=0", "签名已保存")


def an_agreement_is_made(page: Page, at: str) -> None:
    page.click("text=调解协议 >> nth=-1")
    page.wait_for_selector("#draft")
    assert page.input_value("#findings") == "渗水点在卫生间"
    for name, said in {"issues": "谁来修", "responsibility": "被申请人负责", "content": "修复并赔偿"}.items():
        page.fill(f"#{name}", said)
    page.fill("[name='terms.0.content']", "赔偿天花板")
    page.wait_for_selector("#check:has-text('第1项的金额、履行期限、履行方式')")
    fit(page)
    page.fill("[name='terms.0.amount']", "600")
    page.fill("[name='terms.0.due']", "2026-12-10")
    page.fill("[name='terms.0.manner']", "转账")
    page.wait_for_selector("#check:has-text('陆佰元整')")
    page.click("#draft button.main")
    page.wait_for_url("**?done=draft")
    yes = ("lawful", "harmless", "voluntary", "clear", "owners", "guardians")
    take(page, "/steps/check", *(f"[name={name}][value=true]" for name in yes))
    page.wait_for_url("**?done=check")
    page.goto(f"{at}/agreement")
    fit(page)
    page.click("a[href*='/agreement/sign/'] >> nth=0")
    page.wait_for_selector("canvas")
    fit(page)
    page.go_back()
    for _ in range(3):
        sign(page, "a[href*='/agreement/sign/'] >> nth=0", "已办理")
    take(page, "/steps/seal", at="2026-11-20T14:10")
    page.wait_for_url("**?done=seal")


def a_document_is_printed(page: Page, at: str) -> None:
    page.goto(f"{at}/papers/agreement")
    for place in range(2):
        page.fill(f"[name='parties.{place}.address']", "锦澜花苑6幢")
    page.fill("[name=copies]", "3")
    page.click("button.main")
    page.wait_for_url("**#papers-title")
    link = page.get_attribute(".papers li:has-text('协议书') a", "href")
    printed = page.request.get(f"{link}")
    assert printed.body()[:5] == b"%PDF-"


def test_a_mediators_week(stage: Stage, chambers: Chambers):
    with stage.window(**TABLET) as page:
        stage.enter(page, BAI)
        case_id = apply_at_the_counter(page)
        at = f"/console/cases/{case_id}"
        everybody_agrees(page, stage, case_id)
        a_mediator_is_chosen(page, at)
        at_the_kitchen_table(page, chambers, at)
        an_agreement_is_made(page, at)
        a_document_is_printed(page, at)
        page.goto("/console/promises")
        fit(page)
        take(page, "record_performance", on="2026-11-20", proof="收条")
        page.wait_for_url("**?done=record_performance")
        assert chambers.counter.piece(case_id).state == "performed"
    assert stage.errors == []


def test_the_week_and_the_committees_load_fit_every_screen(stage: Stage, chambers: Chambers):
    chambers.planned(Amicably(chambers).applied().accepted().begun().id)
    for width, scheme in ((1440, "light"), (390, "dark")):
        with stage.window(viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
            stage.enter(page, TAO)
            page.goto("/console/week?on=2026-11-23")
            fit(page)
            assert "柏调解" in page.inner_text(".weekly table")
            assert page.is_visible("text=09:00")
    assert stage.errors == []


def test_a_wrong_entry_is_put_right_and_one_too_many_taken_back_on_every_screen(stage: Stage, chambers: Chambers):
    third = {"side": "third", "kind": "person", "name": "王误登", "phone": "13700003333"}
    for screen, name in ((TABLET, "凌乙方"), (TELEPHONE, "零乙方")):
        talk = Amicably(chambers).applied(parties=(APPLICANT, RESPONDENT, third)).accepted()
        talk.said(1)
        with stage.window(**screen) as page:
            stage.enter(page, BAI)
            page.goto(f"/console/cases/{talk.id}/parties")
            fit(page)
            page.click(f"a[href$='{talk.parties[0]}/withdraw']")
            page.wait_for_selector("dialog[open] .said.warn:has-text('各至少一方')")
            fit(page)
            page.keyboard.press("Escape")
            page.click(f"a[href$='{talk.parties[1]}/correct']")
            page.wait_for_selector("dialog[open] form")
            fit(page)
            page.keyboard.press("Escape")
            take(page, f"{talk.parties[1]}/correct", name=name, reason="姓写错")
            page.wait_for_selector("[role=status]:has-text('已更正')")
            fit(page)
            take(page, f"{talk.parties[2]}/withdraw", reason="同一人登记了两次")
            page.wait_for_selector("[role=status]:has-text('已撤回')")
            assert page.locator("article").count() == 2
            assert page.is_visible("text=更正后作废")
            page.goto(f"/console/cases/{talk.id}/parties/{talk.parties[1]}/correct")
            fit(page)
    assert stage.errors == []
