"""A batch file becomes cases once: repeated it loses nothing, corrected rows are repaired, owners come alike."""

from __future__ import annotations

import pytest

from cases.desk.suits import filing
from cases.desk.suits.filing import Bound, check_bound
from cases.errors import Malformed, NotNow
from cases.packs.screening import ITEMS
from cases.papers.facts import PaperIncomplete
from cases.rules.screening import Contact, Result
from tests.cases.suits import ASSOCIATION, CLERK, COURT, DESK, NUMBER, Association, a_passing, a_row, csv_of


class Killed(Exception):
    """The process died."""


def test_cut_off_and_repeated_it_opens_each_row_once(association: Association, monkeypatch: pytest.MonkeyPatch):
    counter = association.counter
    monkeypatch.setattr(filing, "BATCH", 3)
    screened = [a_passing(n) for n in range(1, 8)]
    calls: list[int] = []

    def dies(done: int) -> None:
        calls.append(done)
        if done == 6:
            raise Killed

    with pytest.raises(Killed):
        filing.file_suits(association.office, screened, association.bound(), DESK, counter.now, dies)
    assert len(counter.rows("suit")) == 6
    again = association.file(screened)
    assert (len(again.already), len(again.opened)) == (6, 1)
    assert all(one.case_number for one in (*again.already, *again.opened))
    assert sorted(row["row"] for row in counter.rows("suit")) == sorted(one.suit.row for one in screened)
    assert len(counter.rows("suit_batch")) == 1


def test_what_was_to_be_repaired_comes_again_corrected(association: Association):
    counter = association.counter
    bad = association.read(csv_of([a_row(1, demand_letter_proof=""), a_row(2, amount_yuan="约1000")]))
    assert [one.result for one in bad] == [Result.REPAIR, Result.REPAIR]
    bad.append(a_passing(3))
    filed = association.file(bad)
    ids = {one.suit_no: one.case_id for one in filed.opened}
    first, second = (ids[f"家诉000{n}号"] for n in (1, 2))
    assert counter.piece(first).state == counter.piece(second).state == "repairing"
    assert counter.piece(first).facts["screening"]["items"][4]["finding"] == "repair"
    assert counter.rows("suit", case_id=second)[0]["amount_fen"] is None

    good = [a_passing(1), a_passing(2), bad[2]]
    repaired = association.file(good, "2026年第2批")
    assert {one.suit_no for one in repaired.repaired} == {"家诉0001号", "家诉0002号"}
    assert counter.piece(second).state == "accepted"
    assert counter.piece(second).facts["amount"] == "1002.50"
    row = counter.rows("suit", case_id=second)[0]
    assert (row["amount_fen"], row["result"]) == (100250, "pass")
    assert row["batch_id"] == association.batch("2026年第2批")["id"]
    again = association.file(good, "2026年第2批")
    assert (len(again.already), len(again.repaired)) == (3, 0)
    other = association.file([a_passing(3, amount_yuan="7.00")])
    assert "内容不同" in other.refused[0].why
    assert counter.whole()


def test_every_row_is_accounted_for(association: Association):
    text = csv_of([a_row(1), a_row(1, amount_yuan="5.00"), a_row(3, community="没有的小区"), a_row(4)])
    screened = association.read(text + b'\n"broken')
    filed = association.file(screened)
    whys = {one.row: one.why for one in filed.refused}
    assert "不止一次" in whys[3]
    assert "没有这个小区" in whys[4]
    assert "无法读取" in whys[6]
    assert {one.row for one in filed.opened} | set(whys) == {one.suit.row for one in screened}


def test_owners_come_the_same_way_and_are_not_asked_for_a_firm_s_papers(association: Association):
    counter = association.counter
    row = a_row(
        1, claimant_firm="陈某某", claimant_kind="owner", defendant_name="池州晴和物业服务有限公司", fee_standard="",
        period_from="", period_to="", demand_letter_sent_at="", demand_letter_proof="", notes="请求退还多收的物业费",
        defendant_phone="13900001111",
    )  # fmt: skip
    (one,) = association.read(csv_of([row]))
    assert one.result == Result.PASS, one.reasons
    (opened,) = association.file([one]).opened
    piece = counter.piece(opened.case_id)
    assert (piece.state, piece.facts["plaintiff_kind"], piece.facts["defendant_org"]) == ("accepted", "owner", "CZ-WY5")
    assert "陈某某" not in str(piece.facts)
    findings = {item["item"]: item["finding"] for item in piece.facts["screening"]["items"]}
    assert set(findings) == set(ITEMS)
    assert {item for item, said in findings.items() if said == "not_asked"} == {
        "contract", "fee", "service", "demand", "period",
    }  # fmt: skip
    assert {one["side"] for one in piece.facts["advised"]} == {"plaintiff", "defendant"}
    suit = counter.rows("suit")[0]
    assert (suit["side"], suit["firm"]) == ("owner", "池州晴和物业服务有限公司")
    assert association.submit().submitted == [piece.number]
    association.all("receipt", [piece.id], {"receipt": "收1号"}, CLERK)
    assert counter.piece(piece.id).state == "received"


def test_a_batch_has_one_association_and_one_court(association: Association):
    for wrong in (
        Bound(COURT, COURT, "1", 7),
        Bound(ASSOCIATION, ASSOCIATION, "1", 7),
        Bound(ASSOCIATION, COURT, "", 7),
    ):
        with pytest.raises(Malformed):
            check_bound(association.office, wrong)
    association.file([a_passing(1)])
    association.counter.clock.ahead(days=30)
    association.submit()
    late = association.file([a_passing(1), a_passing(2)])
    assert len(late.already) == 1
    assert "封存" in late.refused[0].why


def test_a_submission_cut_off_anywhere_goes_on(association: Association, monkeypatch: pytest.MonkeyPatch):
    counter, submitting = association.counter, association.submitting
    association.file([a_passing(n) for n in range(1, 6)])
    association.file(association.read(csv_of([a_row(9, demand_letter_proof="")])), "空")
    with pytest.raises(NotNow, match="没有可以提交"):
        association.submit("空")
    counter.clock.ahead(days=30)
    monkeypatch.setattr("cases.desk.suits.submitting.AT_ONCE", 2)
    real = submitting.room.make

    def dies(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(submitting.room, "make", dies)
    with pytest.raises(Killed):
        association.submit()
    monkeypatch.setattr(submitting.room, "make", real)
    batch = association.batch()
    assert (batch["suits"], batch["total_fen"], batch["manifest_id"]) == (5, 501750, None)
    take_steps, seen = counter.desk.take_steps, list[int]()

    def once(*given: object, **more: object) -> object:
        seen.append(1)
        if len(seen) == 2:
            raise Killed
        return take_steps(*given, **more)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(counter.desk, "take_steps", once)
    with pytest.raises(Killed):
        association.submit()
    assert association.batch()["submitted_at"] is None
    done = association.submit()
    assert len(done.submitted) == 3
    batch = association.batch()
    assert batch["submitted_at"] is not None
    papers = counter.rows("paper")
    assert [(row["id"], row["number"]) for row in papers] == [(batch["manifest_id"], done.manifest)]
    cases = [counter.piece(row["case_id"]) for row in counter.rows("suit", batch_id=batch["id"])]
    assert {one.state for one in cases} == {"submitted"}
    assert {one.facts["manifest"] for one in cases} == {done.manifest}
    assert sorted(one.facts["position"] for one in cases) == [1, 2, 3, 4, 5]
    assert association.submit().submitted == []
    told = {row["recipient"] for row in counter.rows("notice") if row["event"].endswith("submit")}
    assert COURT in told


def test_what_does_not_go_with_a_batch_goes_with_the_next(association: Association, monkeypatch: pytest.MonkeyPatch):
    counter = association.counter
    monkeypatch.setattr("cases.desk.suits.submitting.MOST_LINES", 2)
    association.file([*(a_passing(n) for n in range(1, 4)), *association.read(csv_of([a_row(9, room="")]))])
    counter.clock.ahead(days=30)
    first = association.submit()
    assert (len(first.submitted), [why for why in first.left.values() if "下一批" in why]) == (
        2,
        [*first.left.values()],
    )
    following = association.batch(f"{NUMBER}续1")
    moved = counter.rows("suit", batch_id=following["id"])
    assert sorted(row["result"] for row in moved) == ["pass", "repair"]
    assert len(association.submit(f"{NUMBER}续1").submitted) == 1
    (row,) = counter.rows("suit", batch_id=association.batch(f"{NUMBER}续2")["id"])
    assert row["result"] == "repair"


def test_a_manifest_that_cannot_be_drawn_closes_nothing(association: Association):
    association.file([a_passing(1)])
    association.counter.clock.ahead(days=30)
    with pytest.raises(PaperIncomplete):
        association.submitting.submit(
            association.batch()["id"], Contact(ASSOCIATION, "", ""), DESK, association.counter.now
        )
    assert association.batch()["closed_at"] is None
    assert association.submit().submitted
