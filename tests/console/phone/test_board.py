"""The notice board: who is in charge of what, and the code at the door."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import segno

from tests.api.world import World
from tests.builders import FIRE
from tests.console.browser import HOME, Browser
from tests.console.phone.street import FORM, PLACE


def test_the_board_names_who_leads_every_matter_and_the_way_to_report(looker: Browser):
    page, pack = looker.look(f"/board/{PLACE}"), looker.world.office.pack
    assert page.status == 200
    row = next(one for one in page.top.every("tr") if pack.organisations[FIRE].name in one.text)
    assert pack.matters["XF01"].name in row.text
    missing = [one.name for one in pack.matters.values() if one.name not in page.text]
    assert missing == []
    station = pack.station_for(pack.communities[PLACE].street)
    assert station is not None
    assert station.name in page.text
    assert f"{HOME}{FORM}" in page.text
    assert looker.look("/board/NOWHERE").status == 404


def test_the_code_on_the_board_leads_to_the_form_of_the_community(looker: Browser):
    page = looker.look(f"/board/{PLACE}")
    code = next(one for one in page.top.every("img") if one.attrs["src"].endswith(".svg") and PLACE in one.attrs["src"])
    answer = looker.ask("GET", code.attrs["src"])
    assert answer.headers["content-type"] == "image/svg+xml"
    drawn = BytesIO()
    segno.make(f"{HOME}{FORM}", error="m", micro=False).save(drawn, kind="svg", scale=8, border=4, light="#fff")
    assert answer.content == drawn.getvalue()
    assert looker.ask("GET", "/board/NOWHERE/code.svg").status_code == 404


def test_a_printed_address_is_the_installations_own(world: World, monkeypatch: pytest.MonkeyPatch):
    settings = world.office.settings.model_copy(update={"public_url": "https://huiyin.example.cn/"})
    monkeypatch.setattr(world.app.state, "house", replace(world.house, office=replace(world.office, settings=settings)))
    page = Browser(world).look(f"/board/{PLACE}")
    assert f"https://huiyin.example.cn{FORM}" in page.text
