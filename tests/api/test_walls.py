"""The wall between mediation and enforcement over the API, with a canary wherever something can be said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from cases.store.sheaf import table
from tests.api.chambers import CANARY, PNG, Chambers
from tests.builders import FIRE
from tests.people import BAI, CAST, GAO, LI, MA, SUN, WANG, WU, ZHANG, ZHENG, Someone


def everything(
    chambers: Chambers, who: Someone, case_id: str, meeting_id: str, file_id: str
) -> Iterator[tuple[str, str]]:
    """All that somebody can read about a mediation, and what the API says to all they try."""
    at = f"/cases/{case_id}"
    for tail in ("", "/entries", "/deadlines", "/holdings", "/attachments"):
        yield f"GET {tail}", chambers.get(who, at + tail).text
    for tail in ("/parties", "/consents", "/mediators", "/meetings"):
        yield f"GET {tail}", chambers.get(who, at + tail).text
    for code in ("mediation_application", "statement_of_claim", "mediation_record"):
        yield f"paper {code}", chambers.get(who, f"{at}/papers/{code}").text
    yield "papers", chambers.get(who, f"{at}/papers").text
    yield "shared", chambers.get(who, f"{at}/shared-facts").text
    yield "file", chambers.get(who, f"/attachments/{file_id}").text
    for query in ("?type=mediation&schemas=true", f"?text={CANARY[:6]}", "?type=mediation&state=mediating", ""):
        yield f"list {query}", chambers.get(who, f"/cases{query}").text
    for path in ("/inbox", "/deliveries", "/appraisals?year=2026", "/mediators"):
        yield path, chambers.get(who, path).text
    yield "reporter", chambers.post(who, f"{at}/reporter", {"reason": "我想看看"}).text
    yield "step", chambers.step(who, case_id, "inquire", {"text": "探听"}).text
    yield "cancel", chambers.post(who, f"{at}/meetings/{meeting_id}/cancel", {"reason": "探听"}).text


@pytest.fixture
def spoken(chambers: Chambers) -> tuple[str, str, str, str]:
    """A mediation from a report, with the canary in every place where something can be said."""
    report = chambers.counter.dispatched(lead=FIRE)
    case_id = chambers.table.ready("M1", parent=report, summary=CANARY)
    assert chambers.step(BAI, case_id, "inquire", {"text": CANARY}).status_code == 200
    meeting = chambers.planned(case_id, kind="visit", room_id=None, address=CANARY)
    chambers.made(BAI, f"/cases/{case_id}/shared-facts", {"wording": CANARY})
    upload = {"file": (f"{CANARY}.pdf", b"%PDF-" + CANARY.encode(), "application/pdf")}
    file = chambers.ask(BAI, "POST", f"/cases/{case_id}/attachments", files=upload).json()
    timed(chambers, case_id)
    return report, case_id, meeting["id"], file["id"]


def timed(chambers: Chambers, case_id: str) -> None:
    """A clock of the mediation that was extended, with the canary in what was written about it."""
    now = chambers.clock.now()
    due = now + timedelta(days=30)
    clock = {"id": "c10c", "case_id": case_id, "code": "mediation", "started_at": now, "due_at": due}
    term = {"limit_code": "M30", "amount": 30, "unit": "d", "rolls": True, "extra": 0, "extensions": 0, "rung": 0}
    still = {"stood": "[]", "ground": "", "provisional": False, "hours": "", "pack_id": chambers.office.pack_id}
    move = {
        "id": "40fe",
        "deadline_id": "c10c",
        "case_id": case_id,
        "at": now,
        "kind": "extend",
        "actor": "account:bai",
    }
    said = {"ground": "", "document": CANARY, "reason": CANARY, "amount": 3, "unit": "d", "calendar": ""}
    dues = {"due_before": now, "due_after": due, "pack_id": chambers.office.pack_id}
    with chambers.office.database.writing() as connection:
        connection.execute(insert(table("deadline")).values(**clock, **term, **still, calendar=""))
        connection.execute(insert(table("deadline_change")).values(**move, **said, **dues))
        noted = json.dumps({"mediation": due.isoformat()})
        case = table("case_file")
        connection.execute(update(case).where(case.c.id == case_id).values(clocks=noted))


OTHERS = [one for one in CAST if one.org != BAI.org]


def test_what_is_said_in_mediation_is_read_by_nobody_outside(chambers: Chambers, spoken: tuple[str, str, str, str]):
    report, case_id, meeting_id, file_id = spoken
    for tail in ("", "/entries", "/deadlines", "/attachments", "/meetings", "/shared-facts"):
        assert CANARY in chambers.get(BAI, f"/cases/{case_id}{tail}").text, "the canary is there to be found"
    assert CANARY.encode() in chambers.get(BAI, f"/attachments/{file_id}").content
    names = [row["name"] for row in chambers.table.counter.rows("party", case_id=case_id)]
    for who in OTHERS:
        for place, text in everything(chambers, who, case_id, meeting_id, file_id):
            for secret in (CANARY, *names, "138000"):
                assert secret not in text, (who.login, place)
            assert '"inquire"' not in text or who in {WU, ZHENG}, (who.login, place)
        assert CANARY not in chambers.get(who, f"/cases/{report}").text
        draft = chambers.get(who, f"/cases/{case_id}/papers/statement_of_claim/draft.pdf")
        assert draft.status_code in {403, 404}, who.login


def test_the_station_knows_that_there_is_one_its_state_and_its_outcome(
    chambers: Chambers, spoken: tuple[str, str, str, str]
):
    report, case_id, *_ = spoken
    (child,) = [one for one in chambers.get(WANG, f"/cases/{report}").json()["children"] if one["id"] == case_id]
    assert child["state"] == "mediating"
    view = chambers.get(WANG, f"/cases/{case_id}").json()
    assert (view["state"], view["summary"], view["facts"], view["actions"], view["next_due"]) == (
        "mediating", "", {}, [], None,
    )  # fmt: skip
    assert (view["clocks"], view["light"]) == ([], "none")
    assert chambers.get(WANG, f"/cases/{case_id}/deadlines").json()["items"] == []
    assert chambers.get(WANG, f"/cases/{case_id}/holdings").status_code == 403
    for who in (BAI, WU):
        assert chambers.get(who, f"/cases/{case_id}/deadlines").json()["items"], "the keeper, and who supervises"
    assert chambers.get(WANG, f"/cases/{case_id}/entries").json()["items"][0]["label"] == "调解内容依法保密"
    chambers.table.closed(case_id)
    view = chambers.get(LI, f"/cases/{case_id}").json()
    assert (view["state"], view["facts"]) == ("routed", {"outcome": "failed"})
    assert chambers.get(SUN, f"/cases/{case_id}").status_code == 404
    assert chambers.get(GAO, f"/cases/{case_id}").status_code == 404


def test_the_file_of_enforcement_is_not_read_by_mediators(chambers: Chambers, spoken: tuple[str, str, str, str]):
    report, case_id, *_ = spoken
    task = chambers.task_of(report, FIRE)
    upload = {"file": ("现场.png", PNG, "image/png")}
    file = chambers.ask(ZHANG, "POST", f"/cases/{task.id}/attachments", files=upload).json()["id"]
    for path in (f"/cases/{report}", f"/cases/{task.id}", f"/cases/{report}/entries", f"/attachments/{file}"):
        assert chambers.get(BAI, path).status_code == 404, path
    listed = {one["id"] for one in chambers.get(BAI, "/cases").json()["items"]}
    assert listed == {case_id}
    view = chambers.get(BAI, f"/cases/{case_id}").json()
    assert "report" not in view or not view["report"]


def test_a_fact_both_parties_agreed_to_share_is_read_across_the_wall(
    chambers: Chambers, spoken: tuple[str, str, str, str]
):
    report, case_id, *_ = spoken
    assert chambers.get(WANG, f"/cases/{case_id}/shared-facts").json()["items"] == []
    rows = chambers.table.counter.rows("party", case_id=case_id)
    for one in rows:
        link = chambers.linked(case_id, one["id"], "share_fact:1")
        assert CANARY in chambers.get(None, link[0], headers={"Huiyin-Query-Code": link[1]}).text, (
            "they see what they share"
        )
        assert chambers.say(link, "yes", one["phone"][-4:]).status_code == 200
    (fact,) = chambers.get(WANG, f"/cases/{case_id}/shared-facts").json()["items"]
    assert (fact["wording"], fact["shared"]) == (CANARY, True)
    for who in (WU, SUN, MA, ZHANG):
        assert CANARY not in chambers.get(who, f"/cases/{case_id}/shared-facts").text
    assert chambers.post(WANG, f"/cases/{case_id}/shared-facts", {"wording": "消防检查已通过"}).status_code == 201
    assert "消防检查" not in chambers.get(BAI, f"/cases/{case_id}/shared-facts").text
    assert report


def test_a_party_firm_knows_its_own_case_and_nothing_said_in_it(chambers: Chambers):
    case_id = chambers.table.ready("M1", reporter_org=MA.org, summary=CANARY)
    assert chambers.step(BAI, case_id, "inquire", {"text": CANARY}).status_code == 200
    view = chambers.get(MA, f"/cases/{case_id}")
    assert (view.status_code, view.json()["facts"], view.json()["summary"]) == (200, {}, "")
    for tail in ("", "/entries", "/deadlines", "/attachments"):
        assert CANARY not in chambers.get(MA, f"/cases/{case_id}{tail}").text
    assert chambers.get(MA, f"/cases/{case_id}/parties").status_code == 403
