"""To court, on both databases, over the API: a firm's suit that is settled on the way, an owner's that goes to the end,
and a payment order the debtor objects to."""

from __future__ import annotations

from typing import Any

from httpx import Response

from tests.api.chambers import Chambers
from tests.api.world import World
from tests.cases.machines.at_court import items
from tests.people import BAI, DING, MA, XU, Someone
from tests.stories.amicably import COURT, JOINT, Amicably, done, instalment
from tests.stories.telling import refusal_says

FIRM = {"kind": "firm", "org": MA.org}
OWNER = {"kind": "owner", "name": "陈业主", "phone": "13800001111", "address": "锦澜花苑6幢302室"}
FEES = {"plaintiff": FIRM, "defendant": OWNER, "community": "锦澜花苑", "room": "302", "amount": "2400.00"}
LEAK = {
    "plaintiff": OWNER, "defendant": FIRM, "community": "锦澜花苑", "building": "6幢", "room": "302", "matter": "MS02",
    "cause": "物业服务合同纠纷", "claims": ["修复屋面渗漏", "赔偿3000元"], "amount": "3000.00",
}  # fmt: skip
BATCH = {"court": COURT, "batch": "2026-11", "manifest": "金坛物协批〔2026〕第1号"}
REFERRAL = {"committee": BAI.org, "dispute": "拖欠2025年度物业费", "document": "委派函1号"}


class Suit:
    """One suit with whoever acts in it."""

    def __init__(self, chambers: World, made: dict[str, Any]) -> None:
        self.chambers, self.id, self.code = chambers, made["id"], made["code"]
        self.number = chambers.counter.piece(self.id).number

    def do(self, who: Someone, verb: str, **form: Any) -> None:
        done(self.chambers, who, self.id, verb, **form)

    def by_code(self, code: str, verb: str, **form: Any) -> Response:
        headers = {"Huiyin-Query-Code": code}
        return self.chambers.post(None, f"/public/suits/{self.number}/steps/{verb}", form, headers=headers)

    def seen(self, code: str) -> dict[str, Any]:
        headers = {"Huiyin-Query-Code": code}
        return self.chambers.get(None, f"/public/suits/{self.number}", headers=headers).json()

    def screened(self, **findings: str) -> Suit:
        self.do(XU, "screen", result="pass", items=items(**findings))
        for side in ("plaintiff", "defendant"):
            self.do(XU, "advise", side=side, words="可以协商、调解,也可以自己起诉或者应诉")
        return self

    def received(self) -> Suit:
        self.do(XU, "submit", **BATCH)
        self.do(DING, "receipt", receipt="收1号")
        return self

    @property
    def state(self) -> str:
        return self.chambers.counter.piece(self.id).state

    @property
    def clocks(self) -> dict[str, str]:
        return {name: due[:10] for name, due in self.chambers.counter.piece(self.id).clocks.items()}

    @property
    def now(self) -> str:
        return self.chambers.clock.now().isoformat()


def test_a_firms_suit_is_settled_before_it_is_filed(chambers: Chambers) -> None:
    """催告期满方可提交,协会逐项筛查,批次送法院,诉前委派调解成功,司法确认后了结。"""
    suit = Suit(chambers, chambers.made(MA, "/suits", FEES))
    refusal_says(chambers.step(MA, suit.id, "file"), "书面催告", "民法典第九百四十四条")
    suit.do(MA, "demand", document="催1号", served_on="2026-11-20", proof="邮寄回执", pay_by="2026-12-05")
    assert suit.clocks == {"prepare": "2027-01-19", "demand": "2026-12-05"}
    refusal_says(chambers.step(MA, suit.id, "file"), "2026-12-05")
    chambers.clock.ahead(days=17)
    suit.do(MA, "file")
    half = {"result": "pass", "items": items()[1:]}
    refusal_says(chambers.step(XU, suit.id, "screen", half), "逐项写明")
    suit.do(XU, "screen", result="repair", items=items(contract="repair"), reasons=["物业服务合同没有备案"])
    suit.do(MA, "repair", words="已补办备案")
    suit.do(XU, "screen", result="pass", items=items())
    refusal_says(chambers.step(XU, suit.id, "submit", BATCH), "对原告、被告的法律提示")
    for side in ("plaintiff", "defendant"):
        suit.do(XU, "advise", side=side, words="可以协商、调解,也可以自己起诉或者应诉")
    mine = chambers.get(MA, f"/cases/{suit.id}").json()["facts"]
    assert [one["side"] for one in mine["advised"]] == ["plaintiff"], "what the other side was told is theirs"
    assert mine["defendant_masked"] == "陈**"

    assert chambers.get(DING, f"/cases/{suit.id}").status_code == 404, "no court before the suit is submitted"
    suit.received().do(DING, "divert", **REFERRAL)
    talk = Amicably(chambers).take_up(chambers.counter.children(suit.id)[0].id)
    assert (suit.state, suit.clocks, len(talk.parties)) == ("diverted", {}, 2), "the time runs in the mediation"
    talk.accepted().begun().talked(place="调解室").settled(instalment("2027-01-20"))
    assert (suit.state, list(suit.clocks)) == ("agreed", ["agreed"])

    talk.agreed_to("joint_confirmation")
    court = talk.child()
    done(chambers, BAI, court, "apply", court=COURT, **JOINT)
    done(chambers, DING, court, "accept", number="(2026)苏0413民特1号")
    done(chambers, DING, court, "confirm", document="(2026)苏0413民特1号")
    suit.do(DING, "conclude", document="(2026)苏0413民特1号", words="调解协议已经司法确认")
    assert suit.state == "settled"
    assert chambers.counter.whole()


def test_an_owners_suit_goes_to_judgment_appeal_and_execution(chambers: Chambers) -> None:
    """业主凭查询码自己办:同一筛查,同样的提示;判决、上诉、生效、申请执行,半年不动可向上一级法院申请。"""
    told = chambers.post(None, "/public/suits", {**LEAK, "batch": "x"})
    assert told.status_code == 403, "the batch is the desk's"
    made = chambers.made(None, "/public/suits", LEAK)
    (found,) = chambers.get(XU, f"/cases?text={made['receipt']}").json()["items"]
    suit = Suit(chambers, {"id": found["id"], "code": made["code"]})
    assert (suit.state, found["facts"]["plaintiff_masked"]) == ("screening", "陈**"), "no demand is asked of an owner"
    suit.screened(fee="not_asked", demand="not_asked").received()
    theirs = chambers.made(XU, f"/suits/{suit.id}/codes", {"side": "defendant"})["code"]

    suit.do(DING, "accept_filing", number="(2026)苏0413民初9号", procedure="ordinary", at=suit.now)
    assert suit.clocks == {"service": "2026-11-25", "term": "2027-05-20"}
    suit.do(DING, "serve", at=suit.now, manner="直接")
    assert suit.clocks["defence"] == "2026-12-07", "the fifteenth day was a Saturday"
    suit.do(DING, "open_trial", at=suit.now, place="第一法庭")
    verdict = {"document": "(2026)苏0413民初9号", "kind": "judgment", "outcome": "partly", "served_at": suit.now}
    suit.do(DING, "judge", **verdict)
    offered = {one["verb"] for one in suit.seen(theirs)["actions"]}
    assert offered == {"appeal"}, "the defendant may appeal, and do nothing in the plaintiff's name"
    refusal_says(suit.by_code(theirs, "appeal", side="plaintiff", at=suit.now), "自己一方")
    chambers.clock.ahead(days=18)
    refusal_says(suit.by_code(theirs, "appeal", side="defendant", at=suit.now), "上诉期限已过")
    in_time = "2026-12-01T10:00:00+08:00"
    assert suit.by_code(theirs, "appeal", side="defendant", at=in_time).json()["state"] == "appealed"
    second = {"result": "upheld", "document": "(2027)苏04民终1号", "outcome": "partly", "at": suit.now}
    suit.do(DING, "second_ruling", **second, perform_by="2026-12-31")
    assert suit.clocks == {"execution": "2029-01-02"}, "two years from the last day of performance"

    assert suit.by_code(theirs, "apply_execution", unperformed="赔偿款").status_code == 409
    assert suit.by_code(made["code"], "apply_execution", unperformed="赔偿款3000元").status_code == 200
    suit.do(DING, "take_execution", document="(2027)苏0413执1号")
    refusal_says(suit.by_code(made["code"], "ask_higher_court"), "超过六个月", "第二百三十七条")
    chambers.clock.ahead(days=200)
    assert suit.by_code(made["code"], "ask_higher_court").status_code == 200
    suit.do(DING, "end_execution", document="(2027)苏0413执1号之一", complete=True)
    assert (suit.state, suit.seen(made["code"])["words"]) == ("performed", "已履行完毕")
    assert chambers.counter.whole()


def test_a_payment_order_is_objected_to_and_the_way_to_a_suit_is_open(chambers: Chambers) -> None:
    """支付令送达后债务人在十五日内提出书面异议,支付令失效,转入诉讼。"""
    suit = Suit(chambers, chambers.made(MA, "/suits", FEES))
    asked = {"court": COURT, "no_other_debts": False, "can_be_served": True}
    refusal_says(chambers.step(MA, suit.id, "ask_order", asked), "没有其他债务纠纷")
    suit.do(MA, "ask_order", **{**asked, "no_other_debts": True})
    assert suit.clocks == {"order_notice": "2026-11-25"}
    suit.do(DING, "take_order", document="(2026)苏0413民督1号")
    suit.do(DING, "issue_order", document="(2026)苏0413民督1号", served_at=suit.now)
    assert suit.clocks == {"order_answer": "2026-12-07"}
    refusal_says(chambers.step(DING, suit.id, "take_effect", {"document": "生效证明1号"}), "尚未届满")
    chambers.clock.ahead(days=10)
    suit.do(DING, "object_to_order", at=suit.now, words="物业服务不到位")
    suit.do(MA, "sue")
    piece = chambers.counter.piece(suit.id)
    assert (piece.state, piece.holder, piece.assignee) == ("screening", XU.org, None)
    assert chambers.get(DING, f"/cases/{suit.id}").status_code == 404
    assert chambers.counter.whole()
