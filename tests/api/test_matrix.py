"""Every route asked by everybody: one table of expected answers. A route without a row fails the build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from api.app import BASE
from tests.api.test_accounts import EXPECTED as ACCOUNTS
from tests.api.test_batches import EXPECTED as BATCHES
from tests.api.test_mediation_matrix import EXPECTED as MEDIATION
from tests.api.test_suits import EXPECTED as SUITS
from tests.api.world import World, a_public_report, a_report
from tests.builders import FIRE
from tests.people import FENG, HE, LI, MA, SUN, WANG, WU, ZHANG, ZHAO, ZHENG, ZHOU, Someone

WHO: Mapping[str, Someone | None] = {
    "nobody": None, "operator": WANG, "head": LI, "elsewhere": SUN, "officer": ZHANG, "chief": ZHAO, "other": ZHOU,
    "reporter": MA, "stranger": FENG, "supervisor": WU, "auditor": ZHENG, "admin": HE,
}  # fmt: skip
ORDER = tuple(WHO)

#                                                  nobody oper head else offi chie othe repo stra supe audi admi
# fmt: off
EXPECTED: Mapping[tuple[str, str], str] = {
    ("POST", "/login"):                           "401  401  401  401  401  401  401  401  401  401  401  401",
    ("POST", "/logout"):                          "401  204  204  204  204  204  204  204  204  204  204  204",
    ("GET",  "/me"):                              "401  200  200  200  200  200  200  200  200  200  200  200",
    ("POST", "/cases"):                           "401  201  201  403  403  403  403  201  201  403  403  403",
    ("GET",  "/cases"):                           "401  200  200  200  200  200  200  200  200  200  200  200",
    ("GET",  "/cases/views"):                     "401  200  200  200  200  200  200  200  200  200  200  200",
    ("GET",  "/cases/{clue}"):                    "401  200  200  404  404  404  404  200  404  200  200  404",
    ("GET",  "/cases/{task}"):                    "401  200  200  404  200  200  404  404  404  200  200  404",
    ("GET",  "/cases/{clue}/entries"):            "401  200  200  404  404  404  404  200  404  200  200  404",
    ("GET",  "/cases/{task}/deadlines"):          "401  200  200  404  200  200  404  404  404  200  200  404",
    ("GET",  "/cases/{clue}/holdings"):           "401  200  200  404  404  404  404  403  404  200  200  404",
    ("GET",  "/organisations/{org}/holdings"):    "401  200  200  200  200  200  403  403  403  200  200  403",
    ("POST", "/cases/{clue}/reporter"):           "401  200  200  404  404  404  404  403  404  403  403  404",
    ("POST", "/cases/{fresh}/steps/accept"):      "401  200  200  404  404  404  404  403  404  403  403  404",
    ("POST", "/cases/{task}/steps/sign_for"):     "401  403  403  404  200  200  404  404  404  403  403  404",
    ("POST", "/steps"):                           "401  200  200  200  200  200  200  200  200  200  200  200",
    ("POST", "/cases/{task}/links"):              "401  201  201  404  403  403  404  404  404  403  403  404",
    ("GET",  "/cases/{task}/links"):              "401  200  200  404  403  403  404  404  404  403  403  404",
    ("POST", "/cases/{task}/links/{link_id}/revoke"): "401 404 404 404 403 403 404 404 404 403 403 404",
    ("POST", "/cases/{clue}/attachments"):        "401  201  201  404  404  404  404  201  404  403  403  404",
    ("GET",  "/cases/{clue}/attachments"):        "401  200  200  404  404  404  404  200  404  200  200  404",
    ("GET",  "/attachments/{file}"):              "401  200  200  404  200  200  404  404  404  200  200  404",
    ("GET",  "/papers"):                          "401  200  200  200  200  200  200  200  200  200  200  200",
    ("GET",  "/cases/{clue}/papers"):             "401  200  200  404  404  404  404  200  404  200  200  404",
    ("GET",  "/cases/{clue}/papers/feedback_notice"):           "401 200 200 404 404 404 404 403 404 403 403 404",
    ("POST", "/cases/{clue}/papers/feedback_notice"):           "401 201 201 404 404 404 404 403 404 403 403 404",
    ("GET",  "/cases/{clue}/papers/feedback_notice/draft.pdf"): "401 200 200 404 404 404 404 403 404 403 403 404",
    ("POST", "/cases/{clue}/papers/feedback_notice/draft.pdf"): "401 200 200 404 404 404 404 403 404 403 403 404",
    ("GET",  "/papers/{paper}.pdf"):              "401  200  200  404  404  404  404  200  404  200  200  404",
    ("GET",  "/papers/{paper}.docx"):             "401  200  200  404  404  404  404  200  404  200  200  404",
    ("POST", "/papers/{paper}/void"):             "401  200  200  404  404  404  404  403  404  403  403  404",
    ("GET",  "/matters"):                         "200  200  200  200  200  200  200  200  200  200  200  200",
    ("GET",  "/communities"):                     "200  200  200  200  200  200  200  200  200  200  200  200",
    ("GET",  "/organisations"):                   "401  200  200  200  200  200  200  200  200  200  200  200",
    ("GET",  "/suggestions"):                     "401  200  200  200  403  403  403  403  403  403  403  403",
    ("GET",  "/calendar/due"):                    "422  422  422  422  422  422  422  422  422  422  422  422",
    ("GET",  "/inbox"):                           "401  200  200  200  200  200  200  200  200  200  200  403",
    ("POST", "/inbox/{notice}/seen"):             "401  404  404  404  200  200  404  404  404  404  404  403",
    ("GET",  "/deliveries"):                      "401  403  200  200  200  200  200  403  403  200  200  200",
    ("POST", "/deliveries/replay"):               "401  403  200  200  403  200  200  403  403  403  403  200",
    ("POST", "/deliveries/{notice}/replay"):      "401  403  409  404  403  409  404  403  403  403  403  409",
    ("POST", "/endpoints/mine/test"):             "401  403  403  403  403  409  409  403  403  403  403  403",
    ("DELETE", "/endpoints/mine"):                "401  403  403  403  403  404  404  403  403  403  403  403",
    ("GET",  "/endpoints/mine"):                  "401  403  403  403  404  404  404  403  403  403  403  403",
    ("PUT",  "/endpoints/mine"):                  "401  403  403  403  403  200  200  403  403  403  403  403",
    ("POST", "/public/reports"):                  "201  201  201  201  201  201  201  201  201  201  201  201",
    ("GET",  "/public/reports/{receipt}"):        "404  404  404  404  404  404  404  404  404  404  404  404",
    ("POST", "/public/reports/{receipt}/steps/confirm"): "404 404 404 404 404 404 404 404 404 404 404 404",
    ("POST", "/mediations"):                      "401  201  201  201  403  403  403  201  201  403  403  403",
    ("POST", "/public/mediations"):               "201  201  201  201  201  201  201  201  201  201  201  201",
    ("GET",  "/public/mediations/{receipt}"):     "404  404  404  404  404  404  404  404  404  404  404  404",
    ("POST", "/public/mediations/{receipt}/steps/leave"): "404 404 404 404 404 404 404 404 404 404 404 404",
    ("GET",  "/oversight"):                       "401  403  403  403  403  403  403  403  403  200  200  403",
    ("GET",  "/health"):                          "200  200  200  200  200  200  200  200  200  200  200  200",
}
# fmt: on

DISPUTE: Mapping[str, Any] = {
    "application": {"community": "锦澜花苑", "matter": "MS02", "dispute": "楼上渗水", "source": "走访发现"},
    "parties": [{"side": "applicant", "kind": "person", "name": "陈某某"}],
}
NOTICE = {"result": "已处理", "remedies": "可以向本工作站提出"}
BODIES: Mapping[str, Any] = {
    "/login": {"login": "wang", "password": "falsch"},
    "/cases": a_report(),
    "/cases/{clue}/reporter": {"reason": "电话核实地址"},
    "/steps": {"orders": [{"case_id": "none", "verb": "accept"}]},
    "/cases/{clue}/papers/feedback_notice": {"facts": NOTICE},
    "/papers/{paper}/void": {"reason": "姓名有误"},
    "/endpoints/mine": {"url": "https://receiver.example/hook"},
    "/public/reports": a_public_report(),
    "/mediations": DISPUTE,
    "/public/mediations": {**DISPUTE, "application": {**DISPUTE["application"], "source": "当事人申请"}},
}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def plain(path: str) -> str:
    """A path of the table as the app writes it."""
    for name in ("clue", "task", "fresh"):
        path = path.replace(f"{{{name}}}", "{case_id}")
    path = path.replace("/public/mediations/{receipt}", "/public/mediations/{number}")
    for name, said in (("file", "attachment_id"), ("notice", "notice_id"), ("paper", "paper_id"), ("org", "code")):
        path = path.replace(f"{{{name}}}", f"{{{said}}}")
    path = path.replace("/feedback_notice", "/{code}")
    head, sep, _ = path.partition("/steps/")
    return f"{head}/steps/{{verb}}" if sep else path


def test_every_route_has_a_row(shared: World):
    asked = {(method, BASE + plain(path)) for method, path in EXPECTED}
    asked |= {(method, BASE + path) for method, path in (*MEDIATION, *SUITS, *BATCHES, *ACCOUNTS)}
    assert asked == set(shared.routes())


@pytest.mark.parametrize("who", WHO)
def test_everybody_at_every_route(world: World, who: str):
    clue = world.counter.dispatched(lead=FIRE)
    task = world.task_of(clue, FIRE)
    fresh = world.report()["id"]
    notice = next(one for one in world.get(ZHANG, "/inbox").json()["items"])["id"]
    upload = {"file": ("a.png", PNG, "image/png")}
    file = world.ask(WANG, "POST", f"/cases/{clue}/attachments", files=upload).json()["id"]
    paper = world.post(WANG, f"/cases/{clue}/papers/feedback_notice", {"facts": NOTICE}).json()["id"]
    receipt = world.get(WANG, f"/cases/{clue}").json()["number"]
    names = {"clue": clue, "task": task.id, "fresh": fresh, "file": file, "notice": notice, "receipt": receipt}
    names |= {"paper": paper, "org": FIRE, "link_id": "none"}
    found: dict[tuple[str, str], int] = {}
    for method, path in sorted(EXPECTED, key=lambda row: row[1] == "/logout"):
        more: dict[str, Any] = {"headers": {"If-Match": "*"}}
        if path.endswith("/attachments") and method == "POST":
            more["files"] = upload
        elif method in {"POST", "PUT"}:
            more["json"] = BODIES.get(path, {})
        if path == "/suggestions":
            more["params"] = {"text": "楼上扔东西"}
        found[method, path] = world.ask(WHO[who], method, path.format(**names), **more).status_code
        world.client.forget()
    expected = {row: int(line.split()[ORDER.index(who)]) for row, line in EXPECTED.items()}
    assert found == expected
