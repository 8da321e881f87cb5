"""What is counted, and when the demonstration counts as whole."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from api.demo.diary import Diary, Line
from api.demo.report import DepartmentRow, Report, count_departments, missing, note_routes, write_report
from api.demo.table import show
from api.receiver.telephone import Log
from tests.api.demo.stage import Stage
from tests.api.world import World
from tests.builders import FIRE, URBAN
from tests.people import ZHANG, ZHOU

KEYS = [
    "reported", "rejected", "declined", "needs_more", "redirected", "merged", "accepted", "dispatched", "returned",
    "closed", "open", "answers_delivered", "webhooks", "lost", "seconds", "cases",
]  # fmt: skip


def a_log(org: str = FIRE, ids: frozenset[str] = frozenset({"m1", "m2"}), repeated: int = 1) -> Log:
    return Log(org, len(ids), repeated, 9, 0, ids)


def a_diary() -> Diary:
    diary = Diary(parked=2)
    diary.write(Line(2, "A", "R1", "c", "1", outcome="accepted", lead="fire", assist=("urban",), reason="主办"))
    diary.write(Line(3, "B", "R2", "c", "2", outcome="merged", reason="同一件"))
    diary.write(Line(4, "C", "R3", "c", "3", outcome="needs_more", reason="还需"))
    diary.write(Line(5, "D", outcome="rejected", reason="没有小区"))
    for line in diary.lines[:2]:
        line.answer, line.ended, line.dispatched = "已处理", True, True
    return diary


def a_report(diary: Diary, **changed: int) -> Report:
    rows = [DepartmentRow(FIRE, "消防", 2, 2, 1, 1, 0)]
    report = write_report(diary, rows, [a_log()], 0, 12.34)
    return replace(report, **changed)


def test_the_document_has_every_figure_and_they_add_up():
    document = json.loads(a_report(a_diary()).text())
    assert sorted(document) == sorted(KEYS)
    six = ("rejected", "declined", "needs_more", "redirected", "merged", "accepted")
    assert sum(document[name] for name in six) == document["reported"] == len(document["cases"]) == 4
    assert document["webhooks"] == {"delivered": 2, "retried": 1, "parked": 2}
    assert (document["closed"], document["open"], document["returned"], document["seconds"]) == (1, 0, 1, 12.3)
    first = {"external_id": "A", "outcome": "accepted", "lead": "fire", "assist": ["urban"], "reason": "主办"}
    assert document["cases"][0] == first


def test_a_whole_run_is_whole():
    assert a_report(a_diary()).whole


@pytest.mark.parametrize("changed", [{"lost": 1}, {"open": 1}, {"answers_delivered": 0}, {"undecided": 1}])
def test_anything_lost_or_left_open_is_not_whole(changed: dict[str, int]):
    assert not a_report(a_diary(), **changed).whole


@pytest.mark.parametrize("at", [0, 1])
def test_an_unread_answer_is_not_whole_not_even_of_a_joined_report(at: int):
    diary = a_diary()
    diary.lines[at].answer = ""
    assert not a_report(diary).whole


def test_a_report_nobody_decided_about_is_not_whole():
    diary = a_diary()
    diary.write(Line(6, "E", "R9", "c", "9"))
    report = a_report(diary)
    assert report.reported == 5
    assert not report.whole


def test_messages_missing_in_the_receivers_own_logs_are_lost():
    logs = [a_log(), a_log(URBAN, frozenset({"u1"}))]
    assert missing([(FIRE, "m1"), (URBAN, "u1")], logs) == 0
    assert missing([(FIRE, "m1"), (FIRE, "u1"), (URBAN, "u2"), ("JT-SJ", "m1")], logs) == 3


def test_the_tables_name_departments_outcomes_and_deliveries():
    out = io.StringIO()
    show(Console(file=out, width=100), a_report(a_diary()))
    text = out.getvalue()
    for word in ("消防", "退单", "超期", "已受理", "合计", "曾搁置并补投", "受理 1 件"):
        assert word in text


def test_routes_and_tasks_are_read_over_the_api(world: World):
    stage = Stage(world)
    line, asked = stage.bring("1"), stage.bring("2", dissuasion=None, building="7幢")
    stage.answered(line)
    station = stage.operator._staff.operator  # pyright: ignore[reportPrivateUsage]
    note_routes(stage.diary, station.cases(type="clue"), world.office.pack)
    assert (line.lead, line.dispatched) == ("fire", True)
    assert "urban" in line.assist
    assert line.reason
    assert (asked.lead, asked.dispatched) == ("", False)
    rows = count_departments({FIRE: stage.client(ZHANG), URBAN: stage.client(ZHOU)}, world.office.pack)
    assert {(row.org, row.dispatched, row.signed_for, row.handled) for row in rows} == {
        (FIRE, 1, 1, 1),
        (URBAN, 1, 1, 1),
    }
