"""A batch file as hostile input: refused as a whole or answered for every row, twice the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.errors import Malformed
from cases.intake.suits import Batch, read_suits
from cases.intake.suits.cells import COLUMNS
from cases.rules.screening import Result, Suit
from tests.cases.rules.screening.samples import codes, screened

CLEAN = {
    "suit_no": "某物协诉〔2026〕001号",
    "claimant_firm": "某某物业服务有限公司",
    "community": "晴川里",
    "room": "7-2-301",
    "defendant_name": "覃涛",
    "defendant_address": "晴和大道88号晴川里7幢2单元301室",
    "defendant_phone": "199-0000-3373",
    "period_from": "2025-07-01",
    "period_to": "2026-06-30",
    "amount_yuan": "1680.00",
    "contract_filed": "yes",
    "fee_standard": "1.25元/㎡·月（合同第12条）;建筑面积100.00㎡;电梯运行费15元/月",
    "service_evidence": "保洁签到表;公共照明维修单",
    "demand_letter_sent_at": "2026-08-03",
    "demand_letter_proof": "EMS 1065629142妥投（家人代收）",
    "limitation_ok": "yes",
    "mediated_before": "no",
    "notes": "",
}
assert tuple(CLEAN) == COLUMNS


def a_file(*rows: dict[str, str], columns: Sequence[str] = COLUMNS, quoted: bool = False) -> bytes:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(text, columns, lineterminator="\n", quoting=quoting)
    writer.writeheader()
    writer.writerows({**CLEAN, **row} for row in rows)
    return text.getvalue().encode()


def only(content: bytes) -> Suit:
    (suit,) = read_suits(content).suits
    return suit


def test_a_clean_row_passes() -> None:
    (one,) = screened(only(a_file({})))
    assert (one.result, one.findings) == (Result.PASS, ())


def test_columns_may_stand_in_any_order() -> None:
    assert only(a_file({}, columns=COLUMNS[::-1])) == only(a_file({}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf\r\n \r\n", "空的"),
        (a_file(), "没有诉状"),
        (b"PK\x03\x04\x00\x00", "空字节"),
        (b"suit_no,result\n1,2\n", "不符合诉状批次格式"),
        (a_file({}).replace(b"notes", b"suit_no", 1), "重复的列：suit_no"),
    ],
)
def test_a_file_that_is_no_batch_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        read_suits(content)


def test_encodings_are_read_and_mentioned() -> None:
    plain = a_file({})
    for content in (plain.decode().encode("gb18030"), plain.decode().encode("utf-16"), b"\xef\xbb\xbf" + plain):
        batch = read_suits(content)
        assert batch.suits == read_suits(plain).suits
        assert batch.notes


def test_a_damaged_row_keeps_its_place_and_its_number() -> None:
    lines = a_file({}, {"suit_no": "二号"}, {"suit_no": "三号"}).decode().split("\n")
    lines[2] = "二号,少了许多列"
    lines[3] = lines[3].replace("保洁签到表", '"保洁签到表')
    batch = read_suits("\n".join(lines).encode())
    assert [(suit.row, suit.number, bool(suit.faults)) for suit in batch.suits] == [
        (2, CLEAN["suit_no"], False),
        (3, "二号", True),
        (4, "三号", True),
    ]
    assert "应有 18 列" in batch.suits[1].faults[0]


def test_an_unclosed_quotation_takes_no_neighbour_along() -> None:
    lines = a_file({}, {"suit_no": "二号"}, {"suit_no": "三号"}).decode().split("\n")
    lines[2] = '"' + lines[2]
    batch = read_suits("\n".join(lines).encode())
    assert [bool(suit.faults) for suit in batch.suits] == [False, True, False]
    assert codes(screened(*batch.suits)[1]) == {"row_unreadable"}


def test_a_cell_of_absurd_length_is_not_read() -> None:
    suit = only(a_file({"notes": "付" * 4001, "room": "1" * 401}))
    assert [fault.split(" ")[0] for fault in suit.faults] == ["room", "notes"]
    assert suit.number == CLEAN["suit_no"]


def test_a_remark_of_several_lines_is_heard_line_by_line() -> None:
    suit = only(a_file({"notes": "2023年以前\r\n已付清"}))
    assert codes(screened(suit)[0]) == {"already_paid"}


def test_invisible_characters_do_not_hide_a_word() -> None:
    suit = only(a_file({"notes": "已\u200b付\u202e清", "defendant_name": "覃\u200b涛"}))
    assert codes(screened(suit)[0]) == {"already_paid"}


def test_a_path_is_read_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_bytes(a_file({}))
    assert read_suits(path) == read_suits(a_file({}))
    with pytest.raises(FileNotFoundError):
        read_suits(tmp_path / "none.csv")


AWKWARD = st.sampled_from(
    ["", '"', "；", "，", "\n", "\r", "=1", "\u2028", "\u202e", "{what}", "无", "-", "2026-02-30", "9999-12-31", "0.00"]
)
CELLS = st.one_of(AWKWARD, st.text(max_size=10), st.sampled_from(sorted(set(CLEAN.values()))))
ROWS = st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS, max_size=18), min_size=1, max_size=5)
QUICK = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(ROWS)
def test_no_row_is_lost_whatever_its_cells_hold(rows: list[dict[str, str]]) -> None:
    batch = read_suits(a_file(*rows, quoted=True))  # the standard writer leaves a lone carriage return bare
    assert len(batch.suits) == len(rows)
    answers = screened(*batch.suits)
    assert [one.suit for one in answers] == list(batch.suits)
    assert all((one.result == Result.PASS) == (not codes(one)) for one in answers)
    assert all(reason and "；" not in reason and "\n" not in reason for one in answers for reason in one.reasons)
    assert answers == screened(*batch.suits)


def answer(content: bytes) -> Batch | str:
    try:
        return read_suits(content)
    except Malformed as refusal:
        return refusal.sentence


@QUICK
@given(st.binary(max_size=300), st.integers(0, 600))
def test_any_bytes_are_read_or_refused(bytes_: bytes, at: int) -> None:
    whole = a_file({}, {})
    for content in (bytes_, whole[:at] + bytes_ + whole[at:]):
        first = answer(content)
        assert first
        assert answer(content) == first
        if isinstance(first, Batch):
            assert len(screened(*first.suits)) == len(first.suits)
