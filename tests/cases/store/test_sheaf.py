"""A sheaf is written whole or not at all, and the same rows come out of both databases, few or many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from cases.errors import Overtaken
from cases.office import Office
from cases.piece import Piece
from cases.store.dues import running_clocks
from cases.store.pieces import Pieces, row_of
from cases.store.sheaf import FEW_ROWS, INSERT_ORDER, UPDATES, Sheaf, Writer, sqlite_value, table
from tests.builders import FRIDAY, a_piece
from tests.cases.counter import Counter

PARIS = timezone(timedelta(hours=1))
AWKWARD = "“引号”'\"\\\n\t$1 ? %s {} 😀 𠮷 \u200b|\u2028"


def entry(case_id: str, seq: int, **changed: Any) -> dict[str, Any]:
    row = {
        "case_id": case_id,
        "seq": seq,
        "at": FRIDAY + timedelta(microseconds=seq),
        "actor": AWKWARD,
        "actor_org": "",
        "role": "operator",
        "verb": "note",
        "from_state": "reported",
        "to_state": "reported",
        "alg": "sha256",
        "prev_hash": "",
        "digest": "d",
        "hash": f"h{seq}",
        "record": bytes(range(256)),
    }
    return row | changed


def deadline(case_id: str, n: int, **changed: Any) -> dict[str, Any]:
    row = {
        "id": f"{case_id}-{n}",
        "case_id": case_id,
        "code": f"clock{n}",
        "limit_code": "ST-ACCEPT",
        "amount": n,
        "unit": "wd",
        "rolls": not n % 2,
        "extra": 0,
        "extensions": 0,
        "started_at": FRIDAY.astimezone(PARIS),
        "due_at": datetime(2026, 11, 23, 23, 59, 59, 999999, UTC),
        "next_at": None if n > 24 else FRIDAY,
        "rung": 0,
        "stopped_at": None,
        "provisional": bool(n % 2),
        "stood": "[]",
        "stands_since": None,
        "stands_until": FRIDAY if n % 2 else None,
        "ground": AWKWARD,
        "hours": "",
        "pack_id": 1,
        "calendar": "c",
    }
    return row | changed


def a_sheaf(pack_id: int, many: int) -> Sheaf:
    """New cases with everything awkward a row may hold."""
    sheaf = Sheaf()
    for n in range(many):
        piece = a_piece(
            id=f"case{n:03d}",
            number=f"N{n}",
            pack_id=pack_id,
            summary=AWKWARD,
            facts={"description": AWKWARD, "lng": 119.5, "flags": ["a"]},
            clocks={"acceptance": FRIDAY.isoformat()},
            emergency=bool(n % 2),
            next_due=FRIDAY.astimezone(PARIS) if n % 3 else None,
            community=None,
        )
        sheaf.insert("case_file", **row_of(piece))
        sheaf.insert("entry", **entry(piece.id, 1))
        sheaf.insert("entry_payload", case_id=piece.id, seq=1, salt=b"\x00\xff" * 8, body=AWKWARD)
        sheaf.insert("deadline", **deadline(piece.id, n))
    return sheaf


def write(office: Office, sheaf: Sheaf) -> None:
    with office.database.writing() as connection:
        Writer(office.database.kind).write(connection, sheaf)


@pytest.mark.parametrize("many", [1, 5, 60])
def test_what_is_written_is_what_is_read(counter: Counter, many: int):
    sheaf = a_sheaf(counter.office.pack_id, many)
    assert (sum(map(len, sheaf.inserts.values())) > FEW_ROWS) is (many == 60)
    expected = {name: [dict(row) for row in rows] for name, rows in sheaf.inserts.items()}
    write(counter.office, sheaf)
    for name, rows in expected.items():
        assert [{key: row[key] for key in rows[0]} for row in counter.rows(name)] == rows, name
    pieces = [counter.piece(f"case{n:03d}") for n in range(many)]
    assert [piece.summary for piece in pieces] == [AWKWARD] * many
    assert [piece.facts["description"] for piece in pieces] == [AWKWARD] * many
    assert [piece.emergency for piece in pieces] == [bool(n % 2) for n in range(many)]


@pytest.mark.parametrize("many", [1, 12])
def test_named_updates_change_the_rows_they_name_and_no_others(counter: Counter, many: int):
    write(counter.office, a_sheaf(counter.office.pack_id, 30))
    sheaf, later = Sheaf(), FRIDAY + timedelta(days=1)
    for n in range(many):
        piece = replace(counter.piece(f"case{n:03d}"), state="accepted", version=2, level=3, closed_at=later)
        sheaf.swap(row_of(piece), piece.id, 1)
        sheaf.update("deadline_stop", later, piece.id, f"clock{n}")
        sheaf.update("deadline_rung", 4, later, f"case{n + many:03d}-{n + many}", 0, FRIDAY)
        sheaf.update("payload_erase", None, None, later, "个人信息保护法第四十七条", f"case{n:03d}", 1)
    write(counter.office, sheaf)
    cases, clocks = counter.rows("case_file"), counter.rows("deadline")
    assert [(c["state"], c["version"], c["level"], c["closed_at"]) for c in cases[:many]] == [
        ("accepted", 2, 3, later)
    ] * many
    assert {(c["state"], c["version"]) for c in cases[many:]} == {("reported", 1)}
    assert [row["stopped_at"] for row in clocks] == [later] * many + [None] * (30 - many)
    assert [(row["rung"], row["next_at"]) for row in clocks[many : 2 * many]] == [(4, later)] * many
    assert {row["rung"] for row in clocks[:many] + clocks[2 * many :]} == {0}
    payloads = counter.rows("entry_payload")
    assert [(p["salt"], p["body"], p["erased_at"]) for p in payloads[:many]] == [(None, None, later)] * many
    assert {p["body"] for p in payloads[many:]} == {AWKWARD}


def test_a_stopped_clock_is_neither_stopped_nor_moved_again(counter: Counter):
    write(counter.office, a_sheaf(counter.office.pack_id, 1))
    first, second = Sheaf(), Sheaf()
    first.update("deadline_stop", FRIDAY, "case000", "clock0")
    second.update("deadline_stop", FRIDAY + timedelta(days=1), "case000", "clock0")
    second.update("deadline_rung", 7, FRIDAY, "case000-0", 0, FRIDAY)
    write(counter.office, first)
    write(counter.office, second)
    (row,) = counter.rows("deadline")
    assert (row["stopped_at"], row["rung"]) == (FRIDAY, 0)


@pytest.mark.parametrize("meanwhile", [(1, FRIDAY), (0, FRIDAY + timedelta(hours=1))])
def test_a_clock_that_was_moved_meanwhile_is_not_moved_again(counter: Counter, meanwhile: tuple[int, datetime]):
    write(counter.office, a_sheaf(counter.office.pack_id, 1))
    for rung, next_at in (meanwhile, (2, FRIDAY)):
        sheaf = Sheaf()
        sheaf.update("deadline_rung", rung, next_at, "case000-0", 0, FRIDAY)
        write(counter.office, sheaf)
    row = counter.rows("deadline")[0]
    assert (row["rung"], row["next_at"]) == meanwhile


def test_no_update_is_named_like_a_table_of_the_sheaf():
    assert set(UPDATES).isdisjoint(INSERT_ORDER)


@pytest.mark.parametrize("many", [1, 30])
def test_a_clock_is_changed_and_the_line_about_it_is_kept(counter: Counter, many: int):
    """Few rows or many: what moved a clock stands beside the clock that was moved."""
    write(counter.office, a_sheaf(counter.office.pack_id, many))
    sheaf = Sheaf()
    for n in range(many):
        with counter.database.reading() as connection:
            (clock,) = running_clocks(connection, f"case{n:03d}")
        replace(clock, amount=77).write(sheaf)
        sheaf.insert(
            "deadline_change", id=f"change{n}", deadline_id=clock.id, case_id=clock.case_id, at=FRIDAY, kind="extend",
            actor="", ground="", document="", reason="", amount=1, unit="wd", due_before=FRIDAY, due_after=FRIDAY,
            pack_id=1, calendar="c",
        )  # fmt: skip
    write(counter.office, sheaf)
    assert [row["amount"] for row in counter.rows("deadline")] == [77] * many
    assert len(counter.rows("deadline_change")) == many


@pytest.mark.parametrize("many", [1, 20])
def test_a_clock_changed_and_stopped_in_one_sheaf_is_written_changed_and_stopped(counter: Counter, many: int):
    write(counter.office, a_sheaf(counter.office.pack_id, many + 1))
    sheaf, later = Sheaf(), FRIDAY + timedelta(days=1)
    with counter.database.reading() as connection:
        clocks = [running_clocks(connection, f"case{n:03d}")[0] for n in range(many)]
    for clock in clocks:
        replace(clock, amount=77).write(sheaf)
        replace(clock, amount=99).write(sheaf)
        sheaf.stop_clock(clock.case_id, clock.code, later)
    sheaf.stop_clock(f"case{many:03d}", f"clock{many}", later)
    sheaf.finish()
    write(counter.office, sheaf)
    rows = counter.rows("deadline")
    assert [(row["amount"], row["stopped_at"]) for row in rows] == [(99, later)] * many + [(many, later)]


@pytest.mark.parametrize("many", [1, 30])
def test_zero_rows_touched_is_overtaken_and_nothing_is_written(counter: Counter, many: int):
    write(counter.office, a_sheaf(counter.office.pack_id, 30))
    before = {name: counter.rows(name) for name in ("case_file", "entry", "deadline")}
    sheaf = Sheaf()
    for n in range(many):
        piece = replace(counter.piece(f"case{n:03d}"), state="accepted", version=2)
        stale = n == many - 1
        sheaf.swap(row_of(piece), piece.id, 0 if stale else 1)
        sheaf.insert("entry", **entry(piece.id, 1 if stale else 2))
    with pytest.raises(Overtaken):
        write(counter.office, sheaf)
    assert {name: counter.rows(name) for name in before} == before


@pytest.mark.parametrize("many", [1, 30])
def test_a_failure_in_the_middle_leaves_nothing(counter: Counter, many: int):
    sheaf = a_sheaf(counter.office.pack_id, many)
    sheaf.insert("deadline", **deadline("no-such-case", 99))
    driver = counter.database.engine.dialect.loaded_dbapi
    with pytest.raises(driver.IntegrityError):
        write(counter.office, sheaf)
    assert {name: counter.rows(name) for name in ("case_file", "entry", "entry_payload", "deadline")} == {
        name: [] for name in ("case_file", "entry", "entry_payload", "deadline")
    }


def test_on_its_own_connection_a_sheaf_is_one_transaction(counter: Counter):
    """PostgreSQL commits a sheaf by itself; a broken one must leave nothing there, too."""
    sheaf = a_sheaf(counter.office.pack_id, 2)
    sheaf.insert("deadline", **deadline("no-such-case", 99))
    driver = counter.database.engine.dialect.loaded_dbapi
    with pytest.raises(driver.IntegrityError), counter.database.stepping() as connection:
        Writer(counter.database.kind).write(connection, sheaf)
    assert counter.rows("case_file") == []
    with counter.database.stepping() as connection:
        Writer(counter.database.kind).write(connection, a_sheaf(counter.office.pack_id, 2))
    assert len(counter.rows("case_file")) == 2


def test_an_empty_sheaf_is_written_without_a_word(counter: Counter):
    write(counter.office, Sheaf())
    sheaf = Sheaf()
    sheaf.inserts["entry"] = []
    sheaf.updates["case_swap"] = []
    write(counter.office, sheaf)
    assert counter.rows("case_file") == []


def test_the_same_answer_twice_is_overtaken_not_an_error(counter: Counter):
    """Two requests with one idempotency key at the same time: the second finds the first one's answer."""
    row = {"principal": "p", "key": "k", "route": "r", "fingerprint": "f", "status": 200, "body": b"{}"}
    for _ in range(2):
        sheaf = Sheaf()
        sheaf.insert("idempotency", **row, created_at=FRIDAY)
        if counter.rows("idempotency"):
            with pytest.raises(Overtaken):
                write(counter.office, sheaf)
        else:
            write(counter.office, sheaf)


def test_a_clock_started_and_stopped_in_one_sheaf_is_written_stopped():
    sheaf = Sheaf()
    sheaf.insert("deadline", **deadline("a", 1))
    sheaf.insert("deadline", **deadline("b", 1))
    sheaf.stop_clock("a", "clock1", FRIDAY)
    sheaf.stop_clock("a", "clock2", FRIDAY)
    sheaf.finish()
    assert [row["stopped_at"] for row in sheaf.inserts["deadline"]] == [FRIDAY, None]
    assert sheaf.updates == {"deadline_stop": [(FRIDAY, "a", "clock2")]}


def test_pieces_are_read_as_they_were_written(counter: Counter):
    write(counter.office, a_sheaf(counter.office.pack_id, 3))
    pieces = Pieces(counter.database.kind)
    with counter.database.reading() as connection:
        one = pieces.one(connection, "case001")
        assert pieces.one(connection, "case999") is None
        assert {p.id for p in pieces.many(connection, ["case000", "case002", "case000", "none"])} == {
            "case000",
            "case002",
        }
        assert [p.id for p in pieces.many(connection, ["N1"], by="number")] == ["case001"]
        assert pieces.many(connection, []) == []
    assert isinstance(one, Piece)
    assert one.next_due == FRIDAY
    assert row_of(one) == {
        key: row for key, row in counter.rows("case_file", id="case001")[0].items() if key in row_of(one)
    }


def test_more_ids_than_a_statement_takes(counter: Counter):
    write(counter.office, a_sheaf(counter.office.pack_id, 60))
    wanted = [f"none{n}" for n in range(1100)] + [f"case{n:03d}" for n in range(60)]
    with counter.database.reading() as connection:
        assert len(Pieces(counter.database.kind).many(connection, wanted)) == 60


def test_every_table_and_update_a_sheaf_names_exists():
    for name in INSERT_ORDER:
        assert table(name) is not None
    for name, sets, keys, _ in UPDATES.values():
        assert {*sets, *keys} <= set(table(name).columns.keys())
    assert not set(INSERT_ORDER) & set(UPDATES), "both go into one bundle, each under its name"


def test_a_moment_is_stored_in_utc_from_whatever_zone_it_comes():
    assert sqlite_value(FRIDAY) == sqlite_value(FRIDAY.astimezone(PARIS)) == "2026-11-20 01:00:00.000000"
    assert sqlite_value(FRIDAY.date()) == "2026-11-20"
    assert sqlite_value(b"\x00") == b"\x00"
