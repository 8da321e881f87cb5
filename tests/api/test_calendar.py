"""When a limit ends, over the network: as JSON and as a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from httpx import Response

from api.day_page import POLICY
from tests.api.world import World
from tests.cases.rules.coming_year import take_in_2027

VECTORS = [
    ("2026-02-13", "3wd", "2026-02-25T23:59:59+08:00", False),
    ("2026-09-01", "30d", "2026-10-08T23:59:59+08:00", False),
    ("2026-09-01", "30d!", "2026-10-01T23:59:59+08:00", False),
    ("2026-10-02T10:00", "24h", "2026-10-03T10:00:00+08:00", False),
    ("2026-11-23T11:00", "2work_h", "2026-11-23T14:30:00+08:00", False),
    ("2026-12-30", "3wd", "2027-01-05T23:59:59+08:00", True),
    ("2026-10-02T02:00:00Z", "24h", "2026-10-03T10:00:00+08:00", False),
]


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def ask(world: World, **asked: str) -> Response:
    return world.get(None, f"/calendar/due?{urlencode(asked)}")


def look(world: World, **asked: str) -> Response:
    return world.client.request("GET", f"/calendar?{urlencode(asked)}")


@pytest.mark.parametrize(("start", "rule", "due", "provisional"), VECTORS)
def test_the_end_and_every_day(shared: World, start: str, rule: str, due: str, provisional: bool):
    answer = ask(shared, start=start, rule=rule)
    assert answer.status_code == 200
    told = answer.json()
    assert list(told) == ["due", "provisional", "days"]
    assert (told["due"], told["provisional"]) == (due, provisional)
    assert told["days"][0][0] == "2026" + told["days"][0][0][4:]
    assert told["days"][-1][0] == due[:10]
    page = look(shared, start=start, rule=rule)
    assert page.status_code == 200
    assert f'<time datetime="{due}">' in page.text
    assert ("暂算" in page.text) is provisional
    assert page.text.count('<th scope="row">') == len(told["days"])
    for day, counted, why in told["days"]:
        assert re.search(
            f'class="{"yes" if counted else "no"}"><th scope="row">{day}</th>.*?<td>{re.escape(why)}</td>', page.text
        )


@pytest.mark.parametrize(("start", "rule", "due", "provisional"), VECTORS)
def test_the_page_in_english_has_no_chinese_but_the_rule_and_the_way_back(
    shared: World, start: str, rule: str, due: str, provisional: bool
):
    text = look(shared, start=start, rule=rule, lang="en").text
    assert due in text
    assert ("Provisional" in text) is provisional
    text = re.sub(r'<p lang="zh-CN">.*?</p>|<a href.*?</a>|<style>.*?</style>', "", text, flags=re.DOTALL)
    assert re.findall("[\u3000-\u9fff]+", text) == []


@pytest.mark.parametrize(
    ("start", "rule", "sentence"),
    [
        ("", "3wd", "时间无法识别"),
        ("2026-02-30", "3wd", "时间无法识别:2026-02-30"),
        ("明天", "3wd", "时间无法识别:明天"),
        ("2026-02-13", "soon", "期限写法无法识别"),
        ("2026-02-13", "", "期限写法无法识别"),
        ("2026-02-13", "24h!", "只有 d、m、y 可以写不顺延"),
        ("2026-02-13", "0d", "须为正整数"),
        ("2026-02-13", "90y", "期限过长"),
        ("1800-01-01", "3wd", "年份须在1900至9000之间"),
        ('"><script>alert(1)</script>', "3wd", "时间无法识别"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(shared: World, start: str, rule: str, sentence: str):
    answer = ask(shared, start=start, rule=rule)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert sentence in told["detail"] + "".join(told["fields"].values())
    page = look(shared, start=start, rule=rule)
    assert page.status_code == 422
    assert sentence in page.text
    assert "<script" not in page.text
    assert [tag for tag, _ in Tags(page.text).found if tag == "time"] == []


def test_a_question_left_out_or_too_long_is_refused(shared: World):
    assert shared.get(None, "/calendar/due?start=2026-02-13").status_code == 422
    assert ask(shared, start="2026-02-13", rule="3wd" + " " * 30).status_code == 422


def test_the_page_runs_no_scripts_and_loads_nothing(shared: World):
    page = look(shared)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    tags = Tags(page.text).found
    assert {"script", "img", "link", "iframe"} & {tag for tag, _ in tags} == set()
    assert all(not name.startswith("on") for _, attributes in tags for name in attributes)
    assert {attributes["name"] for tag, attributes in tags if tag == "input"} == {"start", "rule"}
    labels = {attributes["for"] for tag, attributes in tags if tag == "label"}
    assert labels == {attributes["id"] for tag, attributes in tags if tag == "input"}
    assert dict(tags)["html"]["lang"] == "zh-CN"


def test_the_form_keeps_what_was_asked_and_the_language(shared: World):
    text = look(shared, start="2026-02-13", rule="30d!", lang="en").text
    fields = {one["name"]: one["value"] for tag, one in Tags(text).found if tag == "input"}
    assert fields == {"lang": "en", "start": "2026-02-13", "rule": "30d!"}
    (back,) = [one["href"] for tag, one in Tags(text).found if tag == "a"]
    assert back == "?start=2026-02-13&rule=30d%21&lang=zh"
    assert 'lang="zh-CN"' in look(shared, lang="fr").text


def test_a_year_taken_in_elsewhere_is_used(world: World):
    before = ask(world, start="2027-02-08", rule="1wd").json()
    assert (before["due"][:10], before["provisional"]) == ("2027-02-09", True)
    with world.office.database.writing() as connection:
        take_in_2027(world.office.desk.almanac, connection)
    after = ask(world, start="2027-02-08", rule="1wd").json()
    assert (after["due"][:10], after["provisional"]) == ("2027-02-14", False)
    assert "2025-2027" in look(world).text


def test_the_page_counts_its_visitors(world: World):
    world.throttles.public.burst = 2.0
    answers = [look(world).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
