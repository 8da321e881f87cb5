"""The pages in English on a telephone: they fit, and what stays Chinese (names, what people wrote) is marked so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal
from playwright.sync_api import Page

from api.app import create_app
from tests.api.chambers import Chambers
from tests.builders import FIRE
from tests.console.phone.department import a_link, a_task
from tests.console.phone.street import FORM, PLACE
from tests.people import BAI, WANG, ZHANG
from tests.stories.amicably import Amicably
from tests.stories.onstage import Stage, chromium, lasting_chambers, served
from tests.stories.telephone import TELEPHONE, fit

pytestmark = pytest.mark.xdist_group("browser")
PUBLIC = ("/r", "/r?q=xyz", FORM, "/f", f"/board/{PLACE}", "/party", "/help", "/help/words", "/r/nothing")
UNMARKED = """() => {
  const chinese = /[\\u4e00-\\u9fff]/, found = [];
  const marked = (one) => one.closest("[lang]").lang.startsWith("zh");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const one = text.parentElement;
    if (chinese.test(text.data) && one.checkVisibility() && !marked(one)) found.push(text.data.trim());
  }
  return found; }"""
"""Words in Chinese on an English page that are not marked as Chinese."""


@pytest.fixture(scope="module")
def chambers(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[Chambers]:
    with lasting_chambers(tmp_path_factory.mktemp("english"), portal) as made:
        yield made


@pytest.fixture(scope="module")
def stage(chambers: Chambers) -> Iterator[Stage]:
    with chromium() as browser, served(create_app(chambers.house)) as address:
        yield Stage(address, browser)


@pytest.fixture
def page(stage: Stage) -> Iterator[Page]:
    """A telephone whose owner chose English."""
    with stage.window(**TELEPHONE) as page:
        page.context.add_cookies([{"name": "huiyin_lang", "value": "en", "url": stage.address}])
        yield page
    assert stage.errors == []


def english(page: Page) -> None:
    """The page is in English, but for what is marked, and as wide as the telephone."""
    for one in page.query_selector_all("main details"):
        one.evaluate("one => one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert page.evaluate(UNMARKED) == [], page.url


def come_in(page: Page, address: str, number: str, code: str) -> None:
    page.goto(address)
    page.fill("#number", number)
    page.fill("#code", code)
    page.click("button.wide")
    page.wait_for_selector(".told-case")


def answered(chambers: Chambers, case_id: str) -> None:
    """A department has dealt with it, and whoever reported is told."""
    assert chambers.step(WANG, case_id, "dispatch", {"lead": FIRE, "reason": "由其主办"}).status_code == 200
    chambers.counter.deliver()
    task = chambers.task_of(case_id, FIRE).id
    for verb, said in (
        ("sign_for", {}), ("verify", {"officers": ["周", "郑"]}), ("find_nothing", {"text": "没有违法"}),
        ("report_result", {"measure": "现场查看", "text": "不影响"}),
    ):  # fmt: skip
        assert chambers.step(ZHANG, task, verb, said).status_code == 200
    assert chambers.step(WANG, case_id, "feed_back").status_code == 200


@pytest.mark.parametrize("address", PUBLIC)
def test_the_pages_of_the_street(page: Page, address: str):
    page.goto(address)
    english(page)
    fit(page)


def test_a_report_and_its_answer(page: Page, chambers: Chambers):
    said = {"community": "锦澜花苑", "description": "楼道里有人拉线充电", "matter": "XF01"}
    said |= {"found_at": "2026-11-20T08:00:00+08:00"}
    opened = chambers.post(None, "/public/reports", said).json()
    (case,) = [one for one in chambers.get(WANG, "/cases").json()["items"] if one["number"] == opened["receipt"]]
    dissuaded = {"at": "2026-11-20T08:00", "by": "物业", "words": "请拆除"}
    assert chambers.step(WANG, case["id"], "record_dissuasion", dissuaded).status_code == 200
    assert chambers.step(WANG, case["id"], "accept").status_code == 200
    answered(chambers, case["id"])
    come_in(page, "/f", opened["receipt"], opened["code"])
    english(page)
    fit(page)


def test_a_party_is_asked_and_follows(page: Page, chambers: Chambers):
    talk = Amicably(chambers).applied().accepted()
    path = f"/cases/{talk.id}/consents/links"
    link = chambers.made(BAI, path, {"party_id": talk.parties[1], "what": "mediation"})
    page.goto(link["page"])
    english(page)
    page.click("button.wide")
    page.wait_for_selector("#tail")
    assert page.inner_text("h1") == "Do you agree that the people's mediation committee mediates this dispute?"
    english(page)
    fit(page)
    page.check("[name=answer][value=yes]")
    page.fill("#tail", "2222")
    page.click("button.wide")
    page.wait_for_selector(".said.good")
    english(page)
    code = chambers.made(BAI, f"/cases/{talk.id}/parties/{talk.parties[0]}/code", {})["code"]
    come_in(page, "/party", talk.number, code)
    english(page)
    fit(page)


def test_a_department_with_a_link(page: Page, chambers: Chambers):
    link = a_link(chambers, a_task(chambers))
    page.goto(f"/d/{link['id']}#{link['code']}")
    page.click("button.wide")
    page.wait_for_selector(".deeds")
    english(page)
    fit(page)
    page.click(".deeds button >> nth=0")
    page.wait_for_selector("#_name")
    english(page)
    fit(page)


def test_the_console(page: Page, stage: Stage, chambers: Chambers):
    clue, task = chambers.report()["id"], a_task(chambers)
    stage.enter(page, WANG)
    assert page.is_visible("text=王操作"), "who sits there is said on a telephone too"
    for address in ("/console?view=all", f"/console/cases/{clue}", f"/console/cases/{task}", "/console/board"):
        page.goto(address)
        english(page)
    page.goto(f"/console/cases/{clue}")
    english(page)
    assert page.is_visible("text=Application for people's mediation"), "documents have English names"


def test_the_sheet_of_a_mediation(page: Page, stage: Stage, chambers: Chambers):
    talk = Amicably(chambers).applied(source="主动调解").accepted()
    stage.enter(page, BAI)
    sheet = f"/console/cases/{talk.id}"
    for address in (sheet, f"{sheet}/parties", f"{sheet}/mediators", "/console/week"):
        page.goto(address)
        english(page)
    page.goto(sheet)
    assert page.is_visible("text=of our own motion"), "what was chosen in a form is said in the language of the page"
