"""Help for every role, and the words of the house."""

from __future__ import annotations

import re

import pytest

from api.console.frame import HERE
from api.console.phone import helping
from tests.console.browser import Browser


def test_every_role_has_a_page_in_both_languages_and_no_page_is_forgotten():
    files = {file.name for file in (HERE / "help").glob("*.*.md")}
    assert files == {f"{role}.{lang}.md" for role in helping.ROLES for lang in ("zh", "en")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_are_listed_and_every_link_on_them_leads_somewhere(looker: Browser, lang: str):
    looker.ask("GET", f"/language?to={lang}")
    index = looker.look("/help")
    links = {one.attrs["href"] for one in index.top.one("main").every("a")}
    assert links == {f"/help/{role}" for role in (*helping.ROLES, "words")}
    found: set[str] = set()
    for path in links:
        page = looker.look(path)
        assert page.status == 200
        assert len(page.top.every("h1")) == 1
        assert page.top.one("html").attrs["lang"] == {"zh": "zh-CN", "en": "en"}[lang]
        found |= {one.attrs["href"] for one in page.top.one("main").every("a")}
    assert {looker.ask("GET", path).status_code for path in found} == {200}
    assert looker.look("/help/nobody").status == 404


def test_the_glossary_names_every_state_and_step(looker: Browser):
    page = looker.look("/help/words")
    cells = {one.text for one in page.top.every("td")}
    for engine in looker.world.office.desk.engines.values():
        kind = engine.case_type
        assert {one.label for one in kind.states} | {en for _, en in kind.verbs.values()} <= cells


def test_markup_in_a_page_is_shown_as_text(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("help")
    (folder / "resident.xx.md").write_text(
        "# A\n\n<script>alert(1)</script> [x](javascript:alert(1))", encoding="utf-8"
    )
    monkeypatch.setattr(helping, "PAGES", folder)
    heading, told = helping.written("resident", "xx")
    assert heading == "A"
    assert not re.search(r"<script|href=.javascript", told)
