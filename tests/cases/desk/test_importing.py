"""Importing a read file: every report becomes a clue once, however often the file is brought."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.desk import importing
from cases.desk.importing import Imported, import_reports
from cases.grammar import Actor
from cases.intake.report import Dissuasion, Reading, Report
from cases.office import Office
from tests.builders import COMMUNITY, FRIDAY, PROPERTY, an_actor
from tests.cases.counter import Counter

IMPORTER: Actor = an_actor("导入", None, "reporter")


def a_report(number: str = "WY-1", **changed: object) -> Report:
    report = Report(
        row=2,
        external_id=number,
        source="property",
        reporter_org="苏澜物业锦澜花苑服务中心",
        reporter_name="马杰",
        reporter_phone="13800131390",
        reporter_phone_given="138-0013-1390",
        anonymous=False,
        secrecy=True,
        community=COMMUNITY,
        building="6幢",
        room="302",
        lng=119.5,
        lat=31.7,
        found_at=FRIDAY,
        matter_code="XF01",
        description="飞线充电",
        dissuasion=Dissuasion(FRIDAY, "马杰", "请拆除", "不听"),
        evidence=("一.jpg",),
        emergency=None,
        remarks=(),
    )
    return replace(report, **changed)


def bring(office: Office, *reports: Report) -> Imported:
    return import_reports(office, Reading(list(reports), [], [], len(reports)), IMPORTER, FRIDAY)


def test_a_report_becomes_a_clue_with_everything_it_said(counter: Counter):
    done = bring(counter.office, a_report())
    ((external_id, receipt, code, case_id),) = done.opened
    piece = counter.piece(case_id)
    assert (external_id, receipt, piece.state, piece.matter) == ("WY-1", piece.number, "reported", "XF01")
    assert piece.reporter_org == PROPERTY
    assert piece.facts["secrecy"] is True
    assert piece.facts["dissuasions"] == 1
    assert piece.facts["evidence"] == ["一.jpg"]
    assert len(code) == 12
    (reporter,) = counter.rows("reporter")
    assert (reporter["name"], reporter["phone"]) == ("马杰", "13800131390")
    (reference,) = counter.rows("foreign_reference")
    assert (reference["system"], reference["number"]) == (f"property:{PROPERTY}", "WY-1")


def test_the_same_file_twice_creates_nothing_twice(counter: Counter):
    first = bring(counter.office, a_report("1"), a_report("2"))
    again = bring(counter.office, a_report("1", row=9), a_report("2"), a_report("3"))
    assert [one.external_id for one in again.opened] == ["3"]
    assert {(one.external_id, one.case_id) for one in again.already} == {
        (one.external_id, one.case_id) for one in first.opened
    }
    assert len(counter.rows("case_file")) == 3
    assert counter.whole()


def test_a_known_number_with_another_content_is_refused(counter: Counter):
    bring(counter.office, a_report())
    again = bring(counter.office, a_report(description="别的事"))
    assert [one.external_id for one in again.refused] == ["WY-1"]
    assert "内容不同" in again.refused[0].reason
    assert len(counter.rows("case_file")) == 1


def test_two_firms_may_count_alike(counter: Counter):
    done = bring(counter.office, a_report(), a_report(reporter_org="常州禾瑞物业望洮家园项目部"))
    assert len(done.opened) == 2


def test_an_unknown_organisation_is_left_out(counter: Counter):
    done = bring(counter.office, a_report(reporter_org="外地物业", reporter_phone=""))
    assert counter.piece(done.opened[0].case_id).reporter_org is None
    assert counter.rows("reporter")[0]["phone"] == "138-0013-1390"
    assert counter.rows("foreign_reference")[0]["system"] == "property"


def test_what_cannot_be_a_case_is_refused_and_takes_nobody_with_it(counter: Counter):
    bad = a_report("坏", found_at=FRIDAY.replace(year=2030))
    long = a_report("长", building="幢" * 101)
    done = bring(counter.office, a_report("1"), bad, long, a_report("2"))
    assert [one.external_id for one in done.opened] == ["1", "2"]
    assert {one.external_id for one in done.refused} == {"坏", "长"}
    assert "building" in next(one.reason for one in done.refused if one.external_id == "长")
    receipts = [one.receipt for one in done.opened]
    assert [receipt[-4:] for receipt in receipts] == ["0001", "0002"]


def test_batches_are_told_and_a_crash_between_them_is_repaired_by_bringing_the_file_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "BATCH", 2)
    reports = [a_report(str(n)) for n in range(5)]
    told: list[int] = []

    def crash(done: int) -> None:
        told.append(done)
        if done == 4:
            raise KeyboardInterrupt

    reading = Reading(reports, [], [], 5)
    with pytest.raises(KeyboardInterrupt):
        import_reports(counter.office, reading, IMPORTER, FRIDAY, progress=crash)
    assert told == [2, 4]
    done = import_reports(counter.office, reading, IMPORTER, FRIDAY)
    assert (len(done.already), len(done.opened)) == (4, 1)
    assert len(counter.rows("case_file")) == 5
