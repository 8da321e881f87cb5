"""A mediation over the API, as the office says it: application, consents, talks, agreement. Steps only, no expectations
but that each is done.

What does not live here: the stories.
"""

from __future__ import annotations

from typing import Any

from httpx import Response

from tests.api.chambers import Chambers
from tests.api.world import World
from tests.people import BAI, DING, Someone

APPLICANT = {"side": "applicant", "kind": "person", "name": "陈甲方", "phone": "13800001111"}
RESPONDENT = {"side": "respondent", "kind": "person", "name": "林乙方", "phone": "13900002222"}
LAWFUL = dict.fromkeys(("lawful", "harmless", "voluntary", "clear", "owners", "guardians"), True)
TERMS = {
    "findings": "2025年度物业费未交", "issues": "欠费金额和减免", "responsibility": "被申请人应交费,申请人应整改",
    "content": ["被申请人分两期交清", "申请人修复单元门"],
}  # fmt: skip
COURT = DING.org
SAID = "他在调解时承认自己每晚开鞋柜加工点"
"""A canary: something said in mediation that nobody outside may ever read."""

JOINT = dict.fromkeys(("application", "agreement", "mediation_proof", "identity", "service_address"), True)


def instalment(due: str, amount: str = "600", **more: Any) -> dict[str, Any]:
    """One item of performance: the respondent pays."""
    paid = {"obligor": 2, "obligee": 1, "kind": "给付金钱", "content": "物业费", "manner": "转账至尾号1234账户"}
    return {**paid, "amount": amount, "due": due, **more}


def done(chambers: World, who: Someone, case_id: str, verb: str, **form: object) -> None:
    answer = chambers.step(who, case_id, verb, form)
    assert answer.status_code == 200, answer.text


class Amicably:
    """One mediation with whoever keeps it."""

    def __init__(self, chambers: Chambers, keeper: Someone = BAI, mediator_id: str = "M1") -> None:
        self.chambers, self.keeper, self.mediator_id = chambers, keeper, mediator_id
        if mediator_id == "M5":
            chambers.table.add_tiers()
        self.id, self.number = "", ""
        self.codes: dict[str, str] = {}

    # --- asking

    def try_(self, verb: str, **form: Any) -> Response:
        return self.chambers.step(self.keeper, self.id, verb, form)

    def do(self, verb: str, **form: Any) -> dict[str, Any]:
        answer = self.try_(verb, **form)
        assert answer.status_code == 200, answer.text
        return answer.json()["case"]

    @property
    def state(self) -> str:
        return self.chambers.counter.piece(self.id).state

    @property
    def facts(self) -> dict[str, Any]:
        return self.chambers.counter.piece(self.id).facts

    @property
    def parties(self) -> list[str]:
        rows = self.chambers.counter.rows("party", case_id=self.id)
        return [row["id"] for row in sorted(rows, key=lambda row: row["ordinal"])]

    def child(self, case_type: str = "confirmation") -> str:
        (found,) = [one for one in self.chambers.counter.children(self.id) if one.case_type == case_type]
        return found.id

    # --- the way of a mediation

    def applied(self, who: Someone | None = None, parties: Any = (APPLICANT, RESPONDENT), **changed: Any) -> Amicably:
        """An application with its parties."""
        application = {"community": "锦澜花苑", "building": "6幢", "room": "302", "matter": "MS02"}
        application |= {"dispute": "楼上渗水到楼下天花板", "source": "主动调解", **changed}
        found = self.chambers.made(
            who or self.keeper, "/mediations", {"application": application, "parties": list(parties)}
        )
        return self.take_up(found["id"], {one["side"]: one["code"] for one in found["codes"]})

    def take_up(self, case_id: str, codes: dict[str, str] | None = None) -> Amicably:
        self.id, self.codes = case_id, codes or {}
        self.number = self.chambers.counter.piece(case_id).number
        return self

    def accepted(self) -> Amicably:
        if self.state == "applied":
            self.do("register")
        self.do("accept")
        return self

    def said(self, party: int, answer: str = "yes", what: str = "mediation") -> None:
        """What a party said on the spot."""
        consent = {"party_id": self.parties[party], "what": what, "answer": answer, "means": "on_site"}
        self.chambers.made(self.keeper, f"/cases/{self.id}/consents", consent)

    def agreed_to(self, what: str = "mediation") -> None:
        for n in range(len(self.parties)):
            self.said(n, what=what)

    def begun(self) -> Amicably:
        """Both agree, a mediator is chosen, the rights are told."""
        self.agreed_to()
        at = f"/cases/{self.id}"
        disclosed = {"mediator_id": self.mediator_id, "tied": False, "statement": "无利害关系"}
        self.chambers.made(self.keeper, f"{at}/disclosures", disclosed)
        chosen = {"mediator_id": self.mediator_id, "chosen_by": "parties"}
        self.chambers.made(self.keeper, f"{at}/mediators", chosen)
        self.do("begin")
        self.do("tell_rights", parties=self.parties, how="当面", at=self.chambers.clock.now().isoformat())
        return self

    def talked(self, words: str = "双方陈述", place: str = "6幢302室门口") -> Amicably:
        """A talk on the spot."""
        self.do("meet", place=place, at=self.chambers.clock.now().isoformat(), words=words)
        return self

    def settled(self, *terms: dict[str, Any]) -> Amicably:
        """A written agreement, checked, signed by all and sealed."""
        self.do("draft", **TERMS, terms=list(terms))
        self.do("check", **LAWFUL)
        for signer in (*self.parties, "mediator"):
            self.do("sign", signer=signer, manner="签名", at=self.chambers.clock.now().isoformat())
        self.do("seal", at=self.chambers.clock.now().isoformat())
        return self

    # --- what the parties hear

    def told(self, case_id: str = "") -> list[str]:
        """The words the parties were told about a case, in order."""
        notices = self.chambers.counter.notices(case_id or self.id)
        return [one["said"]["words"] for one in notices if one["recipient"].startswith("party:")]
