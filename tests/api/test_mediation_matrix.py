"""Every route of mediation asked by everybody: one table of expected answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.api.chambers import NUMBER, Chambers
from tests.builders import FIRE
from tests.cases.chamber import COMMITTEE, ROOM, hours
from tests.people import BAI, GAO, HE, MA, SUN, WANG, WU, ZHANG, ZHENG, Someone

WHO: Mapping[str, Someone | None] = {
    "nobody": None, "keeper": BAI, "mediator": GAO, "station": WANG, "elsewhere": SUN, "officer": ZHANG, "party": MA,
    "supervisor": WU, "auditor": ZHENG, "admin": HE,
}  # fmt: skip
ORDER = tuple(WHO)

#                                                          nobo keep medi stat else offi part supe audi admi
# fmt: off
EXPECTED: Mapping[tuple[str, str], str] = {
    ("GET",    "/cases/{case_id}/parties"):               "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/parties"):               "401  201  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/parties/reporter"):      "401  409  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/parties/{party_id}/correction"):    "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/parties/{party_id}/withdrawal"):    "401  409  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/parties/{party_id}/code"):          "401  201  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/parties/{party_id}/identity"):      "401  200  404  403  404  404  403  403  403  404",
    ("GET",    "/cases/{case_id}/consents"):              "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/consents"):              "401  201  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/consents/links"):        "401  201  404  403  404  404  403  403  403  404",
    ("GET",    "/cases/{case_id}/shared-facts"):          "401  200  404  200  404  404  200  200  200  404",
    ("POST",   "/cases/{case_id}/shared-facts"):          "401  201  404  201  404  404  403  403  403  404",
    ("GET",    "/cases/{case_id}/mediators"):             "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/disclosures"):           "401  201  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/mediators"):             "401  409  404  403  404  404  403  403  403  404",
    ("GET",    "/cases/{case_id}/meetings"):              "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/meetings"):              "401  201  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/meetings/{meeting_id}/move"):       "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/meetings/{meeting_id}/answers"):    "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/meetings/{meeting_id}/hold"):       "401  409  404  403  404  404  403  403  403  404",
    ("PUT",    "/cases/{case_id}/meetings/{meeting_id}/minutes"):    "401  409  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/meetings/{meeting_id}/signatures"): "401  409  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/meetings/{meeting_id}/cancel"):     "401  200  404  403  404  404  403  403  403  404",
    ("POST",   "/cases/{case_id}/mediators/objections"):  "401  201  404  403  404  404  403  403  403  404",
    ("GET",    "/committees"):                            "401  200  200  200  200  200  200  200  200  200",
    ("GET",    "/mediators"):                             "401  200  200  200  200  200  200  200  200  200",
    ("GET",    "/mediators/{mediator_id}/absences"):      "401  200  403  403  403  403  403  403  403  403",
    ("POST",   "/mediators/{mediator_id}/absences"):      "401  201  403  403  403  403  403  403  403  403",
    ("DELETE", "/mediators/{mediator_id}/absences/{absence_id}"):    "401  404  403  403  403  403  403  403  403  403",
    ("POST",   "/mediators/{mediator_id}/ties"):          "401  201  403  403  403  403  403  403  403  403",
    ("GET",    "/mediators/{mediator_id}/feed-keys"):     "401  200  403  403  403  403  403  403  403  403",
    ("POST",   "/mediators/{mediator_id}/feed-keys"):     "401  201  403  403  403  403  403  403  403  403",
    ("DELETE", "/mediators/{mediator_id}/feed-keys/{key_id}"):       "401  404  403  403  403  403  403  403  403  403",
    ("GET",    "/mediators/{mediator_id}/calendar.ics"):  "404  404  404  404  404  404  404  404  404  404",
    ("POST",   "/contracts"):                             "401  403  403  403  403  403  403  201  403  403",
    ("POST",   "/complaints"):                            "401  403  403  403  403  403  403  201  403  403",
    ("POST",   "/complaints/{complaint_id}/decide"):      "401  403  403  403  403  403  403  404  403  403",
    ("GET",    "/appraisals"):                            "401  200  200  403  403  403  403  200  200  403",
    ("GET",    "/public/consents/{consent_id}"):          "404  404  404  404  404  404  404  404  404  404",
    ("POST",   "/public/consents/{consent_id}"):          "404  404  404  404  404  404  404  404  404  404",
}
# fmt: on


def bodies(party: str, attendance: str) -> Mapping[str, Any]:
    """A body that could be right for each route that takes one, by the end of its path."""
    first, later = hours("09:00", "10:00", day=24), hours("11:00", "12:00")
    span = {"starts": first.starts.isoformat(), "ends": first.ends.isoformat()}
    return {
        "/reporter": {},
        "/code": {},
        "/correction": {"reason": "登记时写错", "address": "建新路9号"},
        "/withdrawal": {"reason": "同一人登记了两次"},
        "/identity": {"reason": "核对送达地址"},
        "/parties": {"side": "third", "kind": "person", "name": "林某某"},
        "/consents": {"party_id": party, "what": "mediation", "answer": "yes", "means": "on_site"},
        "/links": {"party_id": party, "what": "mediation"},
        "/shared-facts": {"wording": "漏水点在阳台"},
        "/disclosures": {"mediator_id": "M2", "tied": False, "statement": "无利害关系"},
        "/mediators": {"mediator_id": "M2", "chosen_by": "committee"},
        "/objections": {"party_id": party},
        "/meetings": {"kind": "committee", "room_id": ROOM, **span},
        "/move": {"starts": later.starts.isoformat(), "ends": later.ends.isoformat(), "reason": "改期"},
        "/answers": {"attendance_id": attendance, "answer": "yes"},
        "/hold": {"attended": [attendance]},
        "/minutes": {"attachment_id": "none"},
        "/signatures": {"attendance_id": attendance, "signature_id": "none", "minutes_sha256": "0" * 64},
        "/cancel": {"reason": "取消"},
        "/absences": {"starts": "2026-12-01T08:00:00", "ends": "2026-12-01T18:00:00"},
        "/ties": {"kind": "person", "identity_number": NUMBER, "relation": "兄"},
        "/feed-keys": {},
        "/contracts": {
            "org": COMMITTEE, "body": "某所", "number": "HT", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
        },
        "/complaints": {"org": COMMITTEE, "about": "调解员迟到"},
        "/decide": {"upheld": True},
        "{consent_id}": {"answer": "yes", "tail": "1111"},
    }  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_everybody_at_every_route_of_mediation(chambers: Chambers, who: str):
    report = chambers.counter.dispatched(lead=FIRE)
    case_id = chambers.table.ready("M1", parent=report, reporter_org=MA.org)
    meeting = chambers.planned(case_id)
    known = bodies(chambers.table.parties(case_id)[0], meeting["invited"][0]["id"])
    names = {
        "case_id": case_id, "meeting_id": meeting["id"], "mediator_id": "M1", "absence_id": "none", "key_id": "none",
        "complaint_id": "none", "consent_id": "none", "party_id": chambers.table.parties(case_id)[0],
    }  # fmt: skip
    found: dict[tuple[str, str], int] = {}
    for method, path in EXPECTED:
        more: dict[str, Any] = {"params": {"year": 2026}} if path == "/appraisals" else {}
        if path.endswith(("/correction", "/withdrawal")):
            more["headers"] = {"If-Match": "*"}
        if method in {"POST", "PUT"}:
            more["json"] = next(body for end, body in known.items() if path.endswith(end))
        found[method, path] = chambers.ask(WHO[who], method, path.format(**names), **more).status_code
        chambers.client.forget()
    expected = {row: int(line.split()[ORDER.index(who)]) for row, line in EXPECTED.items()}
    assert found == expected
