"""Whatever comes in: no crash, nothing lost, the same answer twice."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.errors import Malformed
from cases.intake import Reading
from cases.intake.findings import COLUMNS
from tests.cases.intake.stand_in import CLEAN, a_file, a_row, read

HEADER = ",".join(COLUMNS).encode()
AWKWARD = st.sampled_from(
    [
        "",
        '"',
        '""',
        ",",
        "\n",
        "\r",
        "=1",
        "\u2028",
        "\u202e",
        "\ufeff",
        "２",
        "46310.59",
        "10-12 8:30",
        "yes",
        "锦澜花苑",
    ]
)
CELLS = st.one_of(AWKWARD, st.text(max_size=12), st.sampled_from(sorted(CLEAN.values())))
QUICK = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def answer(content: bytes) -> Reading | str:
    try:
        return read(content)
    except Malformed as refusal:
        return refusal.sentence


def assert_nothing_lost(reading: Reading) -> None:
    taken = [report.row for report in reading.reports]
    assert len(taken) + len(reading.rejected_rows) == reading.rows
    assert not set(taken) & set(reading.rejected_rows)
    assert all(remark.reason.strip() for remark in [*reading.rejected, *reading.remarks])
    assert all(remark.outcome == "rejected" for remark in reading.rejected)


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    first = answer(content)
    assert first == answer(content)
    assert first


@QUICK
@given(st.binary(max_size=400), st.sampled_from(["utf-8", "gb18030"]))
def test_any_bytes_below_a_header_lose_no_row(tail: bytes, encoding: str) -> None:
    content = HEADER + b"\n" + a_file(a_row()).split("\n", 1)[1].encode(encoding) + tail
    first = answer(content)
    assert first == answer(content)
    if isinstance(first, Reading):
        assert_nothing_lost(first)


@QUICK
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS, max_size=6), min_size=1, max_size=5))
def test_any_cells_in_a_sound_file_lose_no_row(changes: list[dict[str, str]]) -> None:
    content = a_file(*(CLEAN | change for change in changes), quoted=True).encode("utf-8", errors="replace")
    first = answer(content)
    assert first == answer(content)
    if isinstance(first, Reading):
        assert_nothing_lost(first)
        assert first.rows == len(changes)
    else:
        assert "NUL" in first


@QUICK
@given(st.text(alphabet='",\n\r=a锦', max_size=60))
def test_any_quoting_loses_no_row(tail: str) -> None:
    reading = read(HEADER + b"\n" + a_file(a_row()).split("\n", 1)[1].encode() + tail.encode())
    assert_nothing_lost(reading)
    assert reading.reports[0].row == 2
