"""A batch of suits before a scripted court: signed webhooks out, answers over the API back, and their funnel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from api.receiver.court_script import CourtScript, Exceptional
from api.receiver.roster import Behaviour
from cases.office import Office
from tests.api.world import BASE, World
from tests.cases.counter import Counter
from tests.cases.suits import ASSOCIATION, BUREAU, COURT, Association, a_passing, a_row, csv_of, filing_decision
from tests.stories.courtroom import Courtroom, a_courtroom, a_key, bearer, funnel_of

SERIES = "(2026)皖1702民初"
OWNERS = [
    {
        "suit_no": f"业诉{n}号",
        "claimant_firm": "陈某某",
        "claimant_kind": "owner",
        "defendant_name": "池州晴和物业服务有限公司",
        "demand_letter_sent_at": "",
        "demand_letter_proof": "",
        "period_from": "",
        "period_to": "",
        "notes": "请求退还重复收取的物业费",
    }
    for n in (1, 2)
]
"""Two owners who claim from a firm: the same file format, the same checklist, the same steps."""


def a_script(*exceptions: tuple[str, str], rule: str = "filed") -> CourtScript:
    told = tuple(Exceptional(lines=lines, course=course) for lines, course in exceptions)
    return CourtScript(series=SERIES, rule={rule: 1}, exceptions=told)


PUBLISHED = (("1-106", "mediated"), ("107-143", "judged"), ("172-185", "refused"), ("186-191", "received"))
"""The published outcomes, line by line of the manifest; which line has which outcome is a sample."""


class Session:
    """An association's office behind the API, with keys for its desk, for the court and for who supervises."""

    def __init__(self, office: Office, portal: BlockingPortal, home: Path) -> None:
        counter = Counter(office)
        self.association = Association(counter, home)
        self.world = World(self.association.office, portal)
        self.desk = a_key(self.world, ASSOCIATION, "operator")
        self.bureau = a_key(self.world, str(BUREAU.org), "justice")

    def submit(self) -> list[str]:
        """The batch handed over by its desk, over the API; the numbers of the suits that went."""
        self.association.counter.clock.ahead(days=40)
        batch = self.association.batch()["id"]
        contact = {"person": "汪协会", "phone": "0566-0000001"}
        path = f"{BASE}/batches/{batch}/submit"
        answer = self.world.client.request("POST", path, json=contact, headers=bearer(self.desk))
        assert answer.status_code == 200, answer.text
        assert not answer.json()["left"]
        return answer.json()["submitted"]

    def received(self) -> None:
        """289 suits, as the association received them."""
        screened = self.association.read()
        opened = self.association.file(screened).opened
        owners = self.association.file(
            self.association.read(csv_of([a_row(n, **row) for n, row in enumerate(OWNERS, 1)]))
        ).opened
        assert (len(screened), len(opened), len(owners)) == (289, 287, 2)

    def some(self, many: int) -> list[str]:
        """A few like suits of one firm, passed and submitted; their cases in the order of the manifest."""
        filed = self.association.file([a_passing(n) for n in range(1, many + 1)])
        assert not filed.refused
        self.submit()
        return [one.case_id for one in filed.opened]

    def by_hand(self, filed: int, mediated: int) -> None:
        """The court's clerk enters all suits, files and mediates the first ones, a batch at a time."""
        counter = self.association.counter
        mine = sorted((row for row in counter.rows("suit") if row["line"]), key=lambda row: row["line"])
        ids, now = [row["case_id"] for row in mine], counter.now
        self.association.all("receipt", ids, lambda n: {"receipt": f"收{n}号"})
        self.association.all("accept_filing", ids[:filed], lambda n: filing_decision(n, now))
        paper = {"document": "调1号", "signed_at": now}
        self.association.all("mediate_in_court", ids[:mediated], paper)

    def funnel(self) -> dict[str, int]:
        return funnel_of(self.world, self.bureau)

    def states(self, ids: list[str]) -> list[str]:
        return [self.association.counter.piece(one).state for one in ids]

    def ended(self, ids: list[str]) -> list[str]:
        """With which paper each ended before the court, if it did."""
        return [self.association.counter.piece(one).facts.get("ruling_kind", "") for one in ids]

    def verbs(self, case_id: str) -> list[str]:
        return self.association.counter.verbs(case_id)


@pytest.fixture
def session(office: Office, portal: BlockingPortal, tmp_path: Path) -> Iterator[Session]:
    made = Session(office, portal, tmp_path)
    yield made
    made.world.client.close()


def works(court: Courtroom) -> dict[str, Any]:
    """Webhooks out, answers back, until the court is done."""
    court.deliver()
    court.turns()
    return court.bureau.plan()


def counted(mediated: int, judged: int) -> dict[str, int]:
    told = {"received": 289, "passed": 191, "submitted": 191, "filed": 171}
    return {**told, "mediated": mediated, "judged": judged}


def test_289_received_and_the_court_answers_line_by_line(session: Session, tmp_path: Path):
    """协会收289件,筛查通过并提交191件;法院逐件收件,立案171件,调解106件,裁判37件。"""
    session.received()
    with a_courtroom(session.world, COURT, a_script(*PUBLISHED), tmp_path) as court:
        assert len(session.submit()) == 191
        assert session.funnel() == {"received": 289, "passed": 191, "submitted": 191}
        plan = works(court)
        log = court.bureau.inbox.tally()
    assert (plan["done"], plan["stuck"], plan["in_flight"]) == (191, [], 0)
    assert (log.received, log.repeated, log.turned_away) == (191, 0, 0)
    assert session.funnel() == counted(mediated=106, judged=37)
    assert funnel_of(session.world, court.key)["received"] == 191, "a court counts what it was handed"
    assert session.association.counter.whole()


def test_one_changed_answer_changes_the_funnel(session: Session, tmp_path: Path):
    """同样的289件,法院已手工办了一部分,接收端接着办;第107件由裁判改为调解,漏斗成为107件和36件。"""
    session.received()
    script = a_script(*PUBLISHED, ("107", "mediated"))
    with a_courtroom(session.world, COURT, script, tmp_path) as court:
        session.submit()
        session.by_hand(filed=171, mediated=100)
        plan = works(court)
    assert (plan["done"], plan["stuck"]) == (191, [])
    assert session.funnel() == counted(mediated=107, judged=36)


def test_a_court_that_fails_for_a_while_loses_nothing_and_does_nothing_twice(session: Session, tmp_path: Path):
    """法院接收端先报错、后拒收,恢复后补齐;一件不少,一件不重。"""
    script = a_script(("1-3", "mediated"), ("4", "judged"))
    with a_courtroom(session.world, COURT, script, tmp_path, Behaviour(fails=1.0)) as court:
        ids = session.some(6)
        court.deliver()
        failed = court.bureau.inbox.tally()
        court.bureau.accepting = False
        session.world.clock.ahead(hours=3)
        court.deliver()
        refused = court.bureau.inbox.tally()
        assert (failed.received, refused.received) == (0, 0)
        assert 0 < failed.attempts < refused.attempts
        assert court.bureau.plan()["next_at"] is None
        court.bureau.accepting = True
        for _ in range(4):
            session.world.clock.ahead(hours=3)
            court.deliver()
        tally = court.bureau.inbox.tally()
        court.turns()
    assert tally.received == tally.repeated == 6, "the first attempt at each message fails"
    assert session.ended(ids) == ["mediation"] * 3 + ["judgment", "", ""]
    for one in ids:
        verbs = session.verbs(one)
        assert all(verbs.count(verb) <= 1 for verb in ("receipt", "accept_filing", "mediate_in_court", "judge"))
    assert session.association.counter.whole()


def test_an_answer_lost_on_the_way_is_asked_for_again_with_the_same_key(session: Session, tmp_path: Path):
    """答复途中丢失,以同一幂等键重发,只办一次。"""
    with a_courtroom(session.world, COURT, a_script(("1", "judged")), tmp_path) as court:
        (suit,) = session.some(1)
        court.deliver()
        court.wire.answers_lost = 1
        court.turns()
    assert court.wire.keys[0] == court.wire.keys[1]
    assert len(set(court.wire.keys)) == 3
    assert session.verbs(suit).count("receipt") == 1
    assert session.ended([suit]) == ["judgment"]


def test_a_clerk_who_was_faster_is_not_overruled(session: Session, tmp_path: Path):
    """法院承办人已先行办理的,接收端按现状续办,不重复、不推翻。"""
    with a_courtroom(session.world, COURT, a_script(("1-2", "mediated")), tmp_path) as court:
        ids = session.some(2)
        court.deliver()
        now = session.world.clock.now()
        session.association.all("receipt", ids, {"receipt": "窗口收1号"})
        refusal = {"document": "裁1号", "words": "不属受理范围", "served_at": now}
        session.association.all("refuse_filing", ids[:1], refusal)
        court.turns()
        assert court.bureau.plan()["stuck"] == []
    assert session.states(ids) == ["not_filed", "effective"]
    assert session.verbs(ids[1]).count("receipt") == 1


def test_a_refused_answer_is_set_aside_with_its_reason(session: Session, tmp_path: Path):
    """脚本填错的,接口说明理由;留给人办,不反复。"""
    script = a_script(("1", "judged"))
    wrong = {**script.forms, "judge": {**script.forms["judge"], "outcome": "won"}}
    with a_courtroom(session.world, COURT, script.model_copy(update={"forms": wrong}), tmp_path) as court:
        (suit,) = session.some(1)
        plan = works(court)
        asked = len(court.wire.keys)
        session.world.clock.ahead(days=3)
        court.bureau.tell(session.world.clock.now())
        assert court.bureau.round() == 0
    (stuck,) = plan["stuck"]
    assert "422" in stuck
    assert session.association.counter.piece(suit).number in stuck
    assert (asked, session.states([suit])) == (3, ["filed"])
