"""Opening a report: gap-free numbers, an identity kept apart, a code told once, refusals that leave nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest

from cases.desk.opening import Opened
from cases.errors import Malformed, Refusal
from cases.grammar import Actor
from cases.ids import CODE_LENGTH, CROCKFORD, code_hash
from cases.ports import BEIJING
from tests.builders import FRIDAY, OPERATOR, PROPERTY, REPORTER, STATION, a_clue, a_dissuasion
from tests.cases.counter import Counter

NAME, PHONE = "欧阳举报", "13812345678"


def everything(counter: Counter, *tables: str) -> str:
    """All that stands in these tables, as one text."""

    def text(value: Any) -> str:
        return value.decode(errors="replace") if isinstance(value, bytes) else str(value)

    return "\n".join(text(v) for name in tables for row in counter.rows(name) for v in row.values())


def test_a_report_becomes_a_case_with_its_first_entry_clock_and_notices(counter: Counter):
    opened = counter.open()
    piece = counter.piece(opened.case_id)
    assert (piece.state, piece.version, piece.station, piece.holder) == ("reported", 1, STATION, STATION)
    assert opened.number == piece.number == "320413JT-JC-XS-20261120-0001"
    assert (piece.matter, piece.severity, piece.place) == ("XF01", 3, "JT-C01|6||302")
    entries = counter.rows("entry", case_id=opened.case_id)
    assert [(e["seq"], e["verb"], e["from_state"], e["to_state"]) for e in entries] == [(1, "open", "", "reported")]
    assert piece.head_hash == entries[0]["hash"]
    assert list(piece.clocks) == [c["code"] for c in counter.rows("deadline")] == ["acceptance"]
    assert piece.next_due == datetime(2026, 11, 23, 23, 59, 59, tzinfo=BEIJING)
    assert [(n["recipient"], n["event"]) for n in counter.notices(opened.case_id)] in (
        [(PROPERTY, "clue.open"), (STATION, "clue.open")],
        [(STATION, "clue.open"), (PROPERTY, "clue.open")],
    )
    assert [d["words"] for d in counter.rows("dissuasion")] == ["请拆除飞线"]
    assert counter.whole()


def test_who_reported_stands_in_the_vault_and_nowhere_else(counter: Counter):
    opened = counter.open(description="楼道飞线", secrecy=True)
    counter.step(opened.case_id, "accept", OPERATOR)
    counter.route()
    vault = counter.rows("reporter")
    assert [(r["name"], r["phone"], r["org"], r["secrecy"]) for r in vault] == [(NAME, PHONE, PROPERTY, True)]
    elsewhere = everything(counter, "case_file", "entry", "entry_payload", "notice", "dissuasion", "deadline")
    assert "楼道飞线" in elsewhere, "what is said of the matter is kept"
    assert NAME not in elsewhere
    assert PHONE not in elsewhere


def test_an_anonymous_reporter_is_not_even_in_the_vault(counter: Counter):
    counter.open(anonymous=True, reporter_org=None)
    assert [(r["name"], r["phone"], r["org"], r["anonymous"]) for r in counter.rows("reporter")] == [
        ("", "", None, True)
    ]
    assert PHONE not in everything(counter, "case_file", "entry_payload", "notice", "reporter")


def test_the_query_code_is_told_once_and_only_its_hash_is_kept(counter: Counter):
    opened = counter.open()
    assert len(opened.code) == CODE_LENGTH
    assert set(opened.code) <= set(CROCKFORD)
    kept = everything(counter, "case_file", "entry", "entry_payload", "notice", "reporter")
    assert opened.code not in kept
    assert code_hash(opened.case_id, opened.code) in kept
    spoken = f" {opened.code[:4].lower()}-{opened.code[4:8]} {opened.code[8:]}".replace("0", "o").replace("1", "l")
    assert code_hash(opened.case_id, spoken) == code_hash(opened.case_id, opened.code), "read out over the telephone"
    assert code_hash("another", opened.code) not in kept, "a code opens its own report only"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"community": "不存在花园"}, "community"),
        ({"matter": "XX99"}, "matter"),
        ({"found_at": FRIDAY + timedelta(minutes=1)}, "found_at"),
    ],
)
def test_a_report_that_cannot_be_opened_leaves_nothing(counter: Counter, changed: dict[str, Any], field: str):
    with pytest.raises(Malformed) as refused:
        counter.open(**changed)
    assert set(refused.value.fields) == {field}
    for name in ("case_file", "entry", "entry_payload", "reporter", "notice", "deadline", "dissuasion", "serial"):
        assert counter.rows(name) == [], name


def test_refused_reports_leave_no_gap_and_the_others_go_on(counter: Counter):
    forms = [a_clue(room=str(n)) if n % 3 else a_clue(matter="XX99") for n in range(9)]
    found = counter.open_many(forms)
    assert [isinstance(one, Opened) for one in found] == [n % 3 > 0 for n in range(9)]
    counter.clock.ahead(days=1)
    counter.open_many([a_clue(matter="XX99"), a_clue(community="望洮家园"), a_clue()])
    numbers = sorted(row["number"] for row in counter.rows("case_file"))
    assert numbers == [
        "320413JT-DC-XS-20261121-0001",
        *(f"320413JT-JC-XS-20261120-{n:04d}" for n in range(1, 7)),
        "320413JT-JC-XS-20261121-0007",
    ]
    assert len(counter.rows("entry")) == len(numbers)
    assert {row["series"]: row["last"] for row in counter.rows("serial")} == {
        "320413JT-JC-XS-2026": 7,
        "320413JT-DC-XS-2026": 1,
    }
    assert counter.whole()


def test_a_new_year_counts_from_one_again(counter: Counter):
    counter.open()
    counter.clock.jump(datetime(2027, 1, 1, 0, 0, 1, tzinfo=BEIJING))
    assert counter.open().number.endswith("-20270101-0001")


def test_two_writers_at_once_leave_no_gap_and_no_double(counter: Counter):
    found: list[Opened | Refusal] = []

    def write(start: int) -> None:
        for n in range(start, start + 6):
            found.extend(counter.open_many([a_clue(room=str(n)), a_clue(matter="XX99"), a_clue(room=f"{n}A")]))

    threads = [Thread(target=write, args=(start,)) for start in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(one.number for one in found if isinstance(one, Opened))
    assert [int(number[-4:]) for number in numbers] == list(range(1, 25))
    assert counter.whole()


def test_a_moment_without_zone_is_local_time(counter: Counter):
    opened = counter.open(found_at="2026-11-20T08:30:00", dissuasion=a_dissuasion(at="2026-11-20T08:00:00"))
    assert counter.piece(opened.case_id).facts["found_at"] == "2026-11-20T08:30:00+08:00"
    assert counter.rows("dissuasion")[0]["at"] == datetime(2026, 11, 20, 8, 0, tzinfo=BEIJING)


def test_a_report_found_last_night_counts_for_the_local_day(counter: Counter):
    late = datetime(2026, 11, 19, 16, 30, tzinfo=BEIJING).astimezone(BEIJING)
    opened = counter.open(found_at=late.replace(hour=0, minute=10))
    assert str(counter.piece(opened.case_id).found_on) == "2026-11-19"


@pytest.mark.parametrize(
    ("matter", "said", "emergency"),
    [
        ("XF01", None, False),
        ("XF01", True, True),
        ("XF03", None, True),
        ("XF03", False, True),
        ("MS01", True, False),
        (None, True, False),
    ],
)
def test_an_emergency_is_what_the_matter_says_and_where_it_depends_what_the_reporter_says(
    counter: Counter, matter: str | None, said: bool | None, emergency: bool
):
    piece = counter.piece(counter.open(matter=matter, emergency=said).case_id)
    assert piece.emergency is emergency
    assert piece.facts.get("urgent", False) is bool(said)
    wait = timedelta(minutes=30) if emergency else timedelta(days=3, hours=14, minutes=59, seconds=59)
    assert piece.next_due == counter.now + wait


def test_fractions_of_a_position_enter_the_chain_as_text(counter: Counter):
    opened = counter.open(lng=119.571486, lat=31.742883)
    assert counter.piece(opened.case_id).facts["lng"] == 119.571486
    assert '"119.571486"' in counter.rows("entry_payload")[0]["body"]
    assert counter.whole()


def test_only_those_the_case_type_names_may_open(counter: Counter):
    for actor in (REPORTER, OPERATOR):
        opened = counter.open(actor)
        entry = counter.rows("entry", case_id=opened.case_id)[0]
        assert (entry["actor"], entry["role"]) == (actor.id, next(iter(actor.roles)))
    with pytest.raises(Refusal) as refused:
        counter.open(Actor("account:x", "外人", "JT-XF", frozenset({"dept_officer"})))
    assert refused.value.kind == "not_allowed"
    assert len(counter.rows("case_file")) == 2
