"""Suits over the API: who may file, read and give codes; what each side may do with the query code alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.api.world import World
from tests.people import BAI, DING, HE, LI, MA, WANG, XU, ZHANG, ZHENG, Someone
from tests.stories.test_court import FEES, FIRM, LEAK, OWNER, Suit

WHO: Mapping[str, Someone | None] = {
    "nobody": None, "desk": XU, "firm": MA, "court": DING, "station": WANG, "head": LI, "officer": ZHANG,
    "mediator": BAI, "auditor": ZHENG, "admin": HE,
}  # fmt: skip
ORDER = tuple(WHO)

#                                              nobo desk firm cour stat head offi medi audi admi
# fmt: off
EXPECTED: Mapping[tuple[str, str], str] = {
    ("POST", "/suits"):                       "401  201  201  403  201  201  403  403  403  403",
    ("POST", "/suits/{case_id}/codes"):       "401  201  403  403  404  404  404  404  403  404",
    ("GET",  "/public/suits/{number}"):       "404  404  404  404  404  404  404  404  404  404",
    ("POST", "/public/suits/{number}/steps/{verb}"): "404  404  404  404  404  404  404  404  404  404",
    ("POST", "/public/suits"):                "201  201  201  201  201  201  201  201  201  201",
}
# fmt: on
BODIES: Mapping[str, Mapping[str, Any]] = {
    "/suits": FEES,
    "/codes": {"side": "defendant"},
    "{verb}": {},
    "/public/suits": LEAK,
}  # fmt: skip


@pytest.fixture
def submitted(world: World) -> Suit:
    """A suit a court has received."""
    answer = world.post(XU, "/suits", {**FEES, "plaintiff": OWNER, "defendant": FIRM})
    return Suit(world, answer.json()).screened().received()


@pytest.mark.parametrize("who", WHO)
def test_everybody_at_every_route_of_suits(world: World, who: str):
    suit = Suit(world, world.post(MA, "/suits", FEES).json())
    suit.do(MA, "demand", document="催1号", served_on="2026-11-19", proof="邮寄回执", pay_by="2026-11-20")
    world.clock.ahead(days=1)
    suit.do(MA, "file")
    suit.screened().received()
    found: dict[tuple[str, str], int] = {}
    for method, path in EXPECTED:
        end = next((one for one in BODIES if path == one), path.rpartition("/")[2])
        more = {"json": BODIES[end if end in BODIES else f"/{end}"]} if method == "POST" else {}
        place = path.format(case_id=suit.id, number=suit.number, verb="withdraw")
        found[method, path] = world.ask(WHO[who], method, place, **more).status_code
        world.client.forget()
    assert found == {row: int(line.split()[ORDER.index(who)]) for row, line in EXPECTED.items()}


def test_a_court_a_plaintiff_and_a_desk_see_a_suit_and_nobody_else(world: World, submitted: Suit):
    seen = {who: world.get(one, f"/cases/{submitted.id}").status_code for who, one in WHO.items() if one is not None}
    expected = dict.fromkeys(seen, 404) | {"desk": 200, "court": 200, "auditor": 200}
    assert seen == expected, "the firm that is sued follows the suit by its query code"
    for who in (XU, DING):
        listed = world.get(who, "/cases?type=litigation").json()["items"]
        assert [one["id"] for one in listed] == [submitted.id]
    assert world.get(MA, "/cases?type=litigation").json()["items"] == []
    court = world.get(DING, f"/cases/{submitted.id}").json()["facts"]
    assert "advised" not in court or court["advised"] == [], "what was advised is no business of the court"
    assert OWNER["name"] not in world.get(XU, f"/cases/{submitted.id}").text


def test_the_sides_do_their_own_steps_and_no_others(world: World, submitted: Suit):
    theirs = world.post(XU, f"/suits/{submitted.id}/codes", {"side": "defendant"}).json()["code"]
    mine = {one["verb"] for one in submitted.seen(submitted.code)["actions"]}
    assert (mine, submitted.seen(theirs)["actions"]) == ({"withdraw"}, [])
    assert submitted.seen(theirs)["steps"][0]["words"] == "诉状已提交人民法院", "how it was made ready is not theirs"
    assert submitted.seen(submitted.code)["steps"][0]["words"] == "诉状正在筛查"
    assert submitted.by_code(theirs, "withdraw").status_code == 409
    assert submitted.by_code("0" * 12, "withdraw").status_code == 404
    assert submitted.by_code(theirs, "accept_filing").status_code == 404, "the court's steps are not at this window"
    submitted.do(DING, "wait", family="FX-1", model="(2026)苏0413民初1号")
    assert submitted.by_code(theirs, "leave_family", words="不愿等待").json()["state"] == "received"


def test_a_suit_names_what_the_pack_knows_and_a_firm_itself(shared: World):
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"community": "没有的小区"}, "community"),
        ({"matter": "XX99"}, "matter"),
        ({"desk": "JT-GA"}, "desk"),
        ({"defendant": {"kind": "owner"}}, "defendant"),
        ({"defendant": {"kind": "firm", "org": "JT-NO"}}, "defendant"),
    )
    for changed, field in wrong:
        answer = shared.post(MA, "/suits", FEES | changed)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    other = {"kind": "firm", "org": "JT-WY04"}
    assert shared.post(MA, "/suits", FEES | {"plaintiff": other}).status_code == 403
    assert shared.post(MA, "/suits", FEES | {"batch": "2026-11"}).status_code == 403, "the batch is the desk's"
