"""Mediation against the clock, its limits and what it may not touch, on both databases, over the API."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.api.chambers import Chambers
from tests.people import BAI, TAO, WANG, WEI
from tests.stories.amicably import APPLICANT, COURT, JOINT, SAID, Amicably, done, instalment
from tests.stories.telling import refusal_says


def test_the_window_is_reminded_thrice_and_then_closed_with_the_article(amicably: Amicably) -> None:
    """申请司法确认:生效当日、第十五日、第二十五日提醒;逾期(含顺延)拒绝并说明法条。"""
    chambers = amicably.chambers
    talk = amicably.applied().accepted().begun().talked().settled(instalment("2027-03-01"))
    court = talk.child()
    due = chambers.counter.piece(court).next_due
    assert due is not None
    assert due.date().isoformat() == "2026-12-21", "the thirtieth day is a Sunday and rolls over"
    days: list[int] = []
    for day in range(27):
        chambers.counter.sweep()
        fired = [row for row in chambers.counter.rows("entry", case_id=court) if row["verb"] == "warn"]
        if len(fired) > len(days):
            days.append(day)
        chambers.clock.ahead(days=1)
    assert days == [0, 15, 25]
    talk.agreed_to("joint_confirmation")
    chambers.clock.jump(due + timedelta(minutes=1))
    late = chambers.step(BAI, court, "apply", {"court": COURT, **JOINT})
    refusal_says(late, "2026年12月21日届满", "民事诉讼法第205条")
    chambers.counter.sweep()
    assert chambers.counter.piece(court).state == "expired"
    refusal_says(chambers.step(BAI, court, "apply", {"court": COURT, **JOINT}), "民事诉讼法第205条")


def test_the_total_time_never_restarts_while_the_file_moves_between_tiers(chambers: Chambers) -> None:
    """网格七日未成自动上交,街道再上交区级;各级重新计时,当事人的总期限只有一个。"""
    talk = Amicably(chambers, WEI, "M5").applied(source="主动调解").accepted().begun()
    total = chambers.counter.piece(talk.id).clocks["total"]
    chambers.clock.ahead(days=8)
    chambers.counter.sweep()
    piece = chambers.counter.piece(talk.id)
    assert (piece.station, piece.facts["tier"], piece.state, piece.clocks["total"]) == (
        BAI.org, "street", "choosing", total,
    )  # fmt: skip
    assert piece.facts["handed"][-1]["reason"] == "本级调解期满,自动上交"
    assert chambers.get(WEI, f"/cases/{talk.id}").status_code == 404, "the file went with the dispute"
    assert chambers.counter.rows("appointment", case_id=talk.id)[0]["ended_because"] == "handed_on"
    tier = piece.clocks["tier"]
    done(chambers, TAO, talk.id, "hand_up", reason="涉及整栋楼")
    piece = chambers.counter.piece(talk.id)
    assert (piece.station, piece.facts["tier"], piece.clocks["total"]) == ("JT-TJ", "district", total)
    assert piece.clocks["tier"] >= tier
    chambers.clock.ahead(days=24)
    chambers.counter.sweep()
    assert (talk.state, talk.facts["ground"]) == ("terminated", "期限届满未延长")
    rows = [row for row in chambers.counter.rows("deadline", case_id=talk.id) if row["code"] == "total"]
    assert len(rows) == 1


def test_appraisal_stops_both_clocks_and_an_extension_needs_everybody(amicably: Amicably) -> None:
    """鉴定期间不计入期限;延长须各方分别同意,每次重新征求。"""
    chambers = amicably.chambers
    talk = amicably.applied().accepted().begun()
    before = chambers.counter.piece(talk.id).clocks
    talk.do("appraise", subject="渗漏原因", by="某鉴定所", document="委托书1号")
    assert {chambers.counter.piece(talk.id).clocks[code] for code in ("total", "tier")} == {""}
    chambers.clock.ahead(days=20)
    talk.do("end_appraisal", finding="防水层老化")
    after = chambers.counter.piece(talk.id).clocks
    assert all(after[code] > before[code] for code in ("total", "tier"))
    longer = {"amount": 15, "reason": "等待维修报价"}
    refusal_says(talk.try_("extend_clock", **longer), "各方当事人同意延长")
    talk.agreed_to("extend_term")
    talk.do("extend_clock", **longer)
    assert chambers.counter.piece(talk.id).clocks["total"] > after["total"]
    refusal_says(talk.try_("extend_clock", **longer), "各方当事人同意延长")


def test_danger_is_reported_and_mediation_goes_on(amicably: Amicably) -> None:
    """调解中发现可能激化的,报告公安并生成线索;线索不含调解内容,调解员看不到执法办理。"""
    chambers = amicably.chambers
    talk = amicably.applied().accepted().begun().talked(words=SAID)
    now = chambers.clock.now().isoformat()
    talk.do("report_danger", matter="GA10", what="一方扬言当晚动手", told_police_at=now, receipt="接警单1号")
    (clue,) = [one for one in chambers.counter.children(talk.id) if one.case_type == "clue"]
    assert (clue.state, clue.matter, clue.station, clue.emergency) == ("reported", "GA10", WANG.org, True)
    view = chambers.get(WANG, f"/cases/{clue.id}").json()
    assert (view["facts"]["description"], SAID in json.dumps(view, ensure_ascii=False)) == ("一方扬言当晚动手", False)
    assert chambers.get(BAI, f"/cases/{clue.id}").status_code == 404
    assert "children" not in chambers.get(BAI, f"/cases/{talk.id}").json() or not [
        one for one in chambers.get(BAI, f"/cases/{talk.id}").json()["children"] if one["id"] == clue.id
    ]
    assert talk.state == "mediating"


@pytest.mark.parametrize("matter", ["GA07", "GA08", "GA11"])
def test_excluded_matters_are_not_mediated(chambers: Chambers, matter: str) -> None:
    """涉黄赌毒、传销、家庭暴力不得调解;已立案的刑事案件、身份关系也不得调解。"""
    application = {"community": "锦澜花苑", "matter": matter, "dispute": "要求调解", "source": "主动调解"}
    body = {"application": application, "parties": [APPLICANT]}
    refusal_says(chambers.post(BAI, "/mediations", body), "不得调解")
    for nature, words in (("criminal", "刑事案件"), ("status", "身份关系")):
        other = {**application, "matter": "MS02", "natures": [nature]}
        refusal_says(chambers.post(BAI, "/mediations", {"application": other, "parties": [APPLICANT]}), words)
