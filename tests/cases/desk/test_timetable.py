"""时限表: each clock says by when, how it stands, in whose hands, and why; a list says it with one question for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event

from cases.desk.timetable import Timetable
from cases.desk.views import Reader, View, Views
from cases.grammar import Actor
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.calendar import Calendar
from tests.builders import FIRE, HEAD, OPERATOR, REPORTER, STATION, an_actor, of_department
from tests.cases.counter import Counter

OFFICER = an_actor("甲", FIRE, "dept_officer")
STAND = {"clock": "handling", "ground": "appraisal", "document": "鉴定委托书〔2026〕1号", "reason": "须检测电线"}
WHY_LONGER = "须等待检测报告"


def on(day: int, hour: int = 0, minute: int = 0, second: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=BEIJING)


def shown(counter: Counter, case_id: str, actor: Actor = HEAD) -> dict[str, View]:
    """The newest clock of each code, as somebody of the station (or the reporter) sees it."""
    kind = "property" if actor is REPORTER else "station"
    with counter.database.reading() as connection:
        found = Timetable(counter.desk).deadlines(connection, counter.piece(case_id), Reader(actor, kind), counter.now)
    return {one["code"]: one for one in found}


def row(counter: Counter, case_id: str, actor: Actor = HEAD) -> View:
    """The case as a row of a list."""
    with counter.database.reading() as connection:
        piece = counter.piece(case_id)
        return Views(counter.desk).many(connection, [piece], Reader(actor, "station"), counter.now, schemas=False)[0]


@pytest.fixture
def task(counter: Counter) -> Piece:
    """The fire brigade's task, being verified since Friday; it is to be handled in five working days."""
    case_id = counter.dispatched(lead=FIRE)
    found = counter.task(case_id, FIRE)
    counter.step(found.id, "sign_for", of_department(FIRE))
    counter.step(found.id, "verify", OFFICER, officers=("甲", "乙"))
    return counter.task(case_id, FIRE)


def moved(counter: Counter, task: Piece) -> None:
    """The clock stands from Monday to Wednesday at ten and is then extended by three working days."""
    counter.clock.jump(on(23, 10))
    counter.step(task.id, "pause_clock", HEAD, **STAND)
    counter.clock.jump(on(25, 10))
    counter.step(task.id, "resume_clock", HEAD, clock="handling")
    asked: dict[str, Any] = {"clock": "handling", "amount": 3, "reason": WHY_LONGER}
    counter.step(task.id, "ask_extension", OFFICER, **asked)
    counter.step(task.id, "grant_extension", HEAD, **asked)


def test_a_clock_says_why_it_ends_when_it_ends(counter: Counter, task: Piece):
    moved(counter, task)
    clock = shown(counter, task.id)["handling"]
    limit = counter.pack.limits["H5"]
    assert clock["due_at"] == on(4, 23, 59, 59, month=12)
    assert clock["why"] == [
        f"起算事由:{limit.start_event}",
        f"依据:H5 {limit.name},{limit.law} {limit.article};{limit.basis}(已核对原文)",
        "起算:2026-11-20 09:00:00,期限:8个工作日",
        "其中原期限5个工作日,延长3个工作日",
        "计算规则:CR8:按工作日计算:开始的当日不计入,国务院通知的调休上班日是工作日,计入并可以作为末日(惯例)",
        "2026-11-20:不计入,起算当日不计",
        "2026-11-21:不计入,周六",
        "2026-11-22:不计入,周日",
        "2026-11-23:计入,第1日,工作日",
        "2026-11-24至2026-11-25:不计入,暂停:鉴定、检测、检验",
        "2026-11-26至2026-11-27:计入,第2至3日,工作日",
        "2026-11-28:不计入,周六",
        "2026-11-29:不计入,周日",
        "2026-11-30至2026-12-04:计入,第4至8日,工作日",
        "期限届满:2026-12-04 23:59:59",
        "停表:2026-11-23 10:00:00至2026-11-25 10:00:00,事由:鉴定、检测、检验,文书:鉴定委托书〔2026〕1号,"
        "批准:account:李站长,理由:须检测电线",
        "延长时限:2026-11-25 10:00:00,延长3个工作日,批准:account:李站长,理由:须等待检测报告,"
        "届满由2026-12-01 23:59:59变为2026-12-04 23:59:59",
        f"地区包:{counter.pack.name} {counter.pack.version};日历:{clock['calendar']}",
    ]
    assert [one["kind"] for one in clock["changes"]] == ["pause", "resume", "extend"]
    assert (clock["extra"], clock["extensions"], clock["light"]) == (3, 1, "green")
    assert (clock["words"], clock["left"]) == ("还剩7个工作日6小时", (7 * 7 + 6) * 3600)
    assert clock["holder"] == {"code": FIRE, "name": counter.pack.organisations[FIRE].name}


def test_a_clock_that_stands_is_grey_and_says_since_when_and_how_long_at_most(counter: Counter, task: Piece):
    counter.clock.jump(on(23, 10))
    counter.step(task.id, "pause_clock", HEAD, **STAND, until=on(30, 10))
    clock = shown(counter, task.id)["handling"]
    assert clock["light"] == "grey"
    assert clock["stands"] == {
        "since": on(23, 10), "until": on(30, 10), "ground": "鉴定、检测、检验", "document": STAND["document"],
        "by": "account:李站长",
    }  # fmt: skip
    assert clock["words"] == "停表,还剩4个工作日6小时"
    said = next(line for line in clock["why"] if line.startswith("停表"))
    assert said.startswith("停表:2026-11-23 10:00:00起,尚未恢复,最迟至2026-11-30 10:00:00,事由:鉴定、检测、检验")
    in_list = row(counter, task.id)
    assert {one["code"]: one["light"] for one in in_list["clocks"]} == {"verification": "green", "handling": "grey"}
    assert in_list["light"] == "green", "another clock runs"


def test_a_case_all_of_whose_clocks_stand_is_grey_in_a_list(counter: Counter, task: Piece):
    counter.clock.jump(on(23, 10))
    counter.step(task.id, "pause_clock", HEAD, **STAND)
    clue = row(counter, task.parent_id or "")
    assert (clue["light"], clue["next_due"]) == ("grey", None)
    (clock,) = clue["clocks"]
    assert (clock["name"], clock["words"], clock["provisional"]) == ("办理", "停表,还剩4个工作日6小时", False)


def test_a_clock_that_was_late_before_it_stood_stays_red(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.clock.jump(on(25, 9))
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    assert shown(counter, case_id)["acceptance"]["light"] == "red"
    assert row(counter, case_id)["light"] == "red"


def test_a_list_asks_once_for_all_its_cases(counter: Counter):
    ids = [counter.open(room=str(n)).case_id for n in range(7)]
    counter.clock.ahead(hours=9)
    counter.sweep()
    pieces = [counter.piece(case_id) for case_id in ids]
    asked: list[str] = []
    with counter.database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
        found = Views(counter.desk).many(connection, pieces, Reader(HEAD, "station"), counter.now, schemas=False)
    assert {one["light"] for one in found} == {"yellow"}
    assert len([statement for statement in asked if "FROM deadline" in statement]) == 1
    assert len(asked) <= 4, asked


def test_right_after_a_step_the_case_in_memory_counts(counter: Counter, task: Piece):
    counter.clock.jump(on(27, 9))
    counter.sweep()
    assert row(counter, task.id)["light"] == "red", "verification was due on Wednesday"
    piece = counter.piece(task.id)
    piece.clocks = {"handling": on(30, 23, 59, 59).isoformat()}
    with counter.database.reading() as connection:
        view = Views(counter.desk).many(connection, [piece], Reader(HEAD, "station"), counter.now, schemas=False)[0]
    assert [(one["light"], one["words"]) for one in view["clocks"]] == [("green", "还剩2个工作日")]


def test_a_stopped_clock_says_whether_it_was_kept_and_who_held_it(counter: Counter):
    case_id = counter.open().case_id
    counter.clock.jump(on(24, 11))
    counter.step(case_id, "accept", OPERATOR)
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE, reason="指定办理")
    clocks = shown(counter, case_id)
    late, kept = clocks["acceptance"], clocks["dispatch"]
    assert (late["light"], late["kept"], late["words"]) == ("red", False, "超期2小时,用时2个工作日2小时")
    assert (kept["light"], kept["kept"], kept["words"]) == ("green", True, "未超期,用时不到1分钟")
    assert (late["left"], late["holder"]["code"]) == (None, STATION)
    assert clocks["handling"]["holder"]["code"] == FIRE


def test_a_term_set_by_hand_is_told_as_one(counter: Counter, task: Piece):
    counter.step(task.id, "order", OFFICER, text="拆除飞线", article="某办法第九条", complete_by="2026-11-30")
    clock = shown(counter, task.id)["rectify"]
    assert (clock["limit_name"], clock["due_at"]) == ("办理时指定的期限", on(30, 23, 59, 59))
    assert clock["why"][0] == "依据:办理时指定的期限"
    assert "2026-11-21至2026-11-29:计入,第1至9日,自然日" in clock["why"]


def test_delivering_and_ruling_are_the_workstations_time(counter: Counter):
    case_id = counter.accepted()
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE, reason="指定办理")
    task = counter.task(case_id, FIRE)
    assert shown(counter, task.id)["delivery"]["holder"]["code"] == STATION
    counter.deliver()
    clocks = shown(counter, task.id)
    assert {code: one["holder"]["code"] for code, one in clocks.items()} == {
        "delivery": STATION, "sign_for": FIRE, "verification": FIRE, "handling": FIRE,
    }  # fmt: skip


def test_another_limit_and_the_pack_it_comes_from_are_told(counter: Counter, task: Piece):
    longer = replace(counter.pack.limits["H5"], amount=7)
    counter.publish(replace(counter.pack, version="told", limits={**counter.pack.limits, "H5": longer}))
    counter.step(task.id, "rebase", HEAD, reason="新版地区包施行")
    clock = shown(counter, task.id)["handling"]
    assert clock["pack"] == {"name": counter.pack.name, "version": "told"}
    said = next(line for line in clock["why"] if line.startswith("改按新的时限"))
    assert "理由:新版地区包施行,届满由2026-11-27 23:59:59变为2026-12-01 23:59:59" in said
    assert said.endswith(f"按地区包{counter.pack.name} told、日历{clock['calendar']}")


def test_a_clock_counted_with_other_days_says_so(counter: Counter, task: Piece, monkeypatch: pytest.MonkeyPatch):
    calendar = counter.desk.calendar
    days = {day: one for day, one in calendar.days.items() if day.month != 11}
    off = replace(next(iter(days.values())), day=on(24).date(), kind="off", name="临时放假")
    other = Calendar.of([*days.values(), off], calendar.known_years, calendar.windows, calendar.statutory)
    monkeypatch.setattr(type(counter.desk.almanac), "calendar", property(lambda _: other))
    monkeypatch.setattr(type(counter.desk.almanac), "look", lambda *_: other)
    clock = shown(counter, task.id)["handling"]
    assert clock["due_at"] == on(27, 23, 59, 59)
    said = next(line for line in clock["why"] if "现行日历" in line)
    assert "计得2026-11-27 23:59:59,以此为准" in said
    assert clock["calendar"] in said


def test_provisional_is_a_mark_of_its_own(counter: Counter):
    counter.clock.jump(datetime(2026, 12, 31, 10, tzinfo=BEIJING))
    case_id = counter.open().case_id
    clock = shown(counter, case_id)["acceptance"]
    assert (clock["light"], clock["provisional"]) == ("green", True)
    assert any(line.startswith("暂算") for line in clock["why"])
    in_list = row(counter, case_id)
    assert (in_list["light"], in_list["provisional"]) == ("green", True)


def test_the_reporter_reads_the_reason_but_no_name_and_no_document(counter: Counter, task: Piece):
    moved(counter, task)
    clocks = shown(counter, task.parent_id or "", REPORTER)
    text = str(clocks)
    assert WHY_LONGER in text
    assert "鉴定、检测、检验" in text
    for unsaid in ("李站长", STAND["document"], STAND["reason"], "随动"):
        assert unsaid not in text
    assert not {"ruling", "return_approval"} & set(clocks)
    assert all(one["holder"] is None for one in clocks.values())
