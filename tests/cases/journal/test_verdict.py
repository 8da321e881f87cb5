"""Every single change to a history is found, and nothing is found in an honest one."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from datetime import timedelta, timezone
from typing import Any

import pytest

from cases.journal import instant, verify
from cases.journal.verdict import KEPT, SENTENCES
from tests.cases.journal.chains import Store, a_store
from tests.cases.journal.damages import DAMAGES


def codes(store: Store) -> set[str]:
    return {trouble.code for trouble in store.verdict().problems}


def test_an_honest_store_is_whole_and_its_erasure_is_reported() -> None:
    verdict = a_store().verdict()
    assert verdict.ok
    assert (verdict.entries, verdict.cases, verdict.erased, verdict.problems) == (13, 4, 1, [])


def test_no_store_at_all_is_whole() -> None:
    assert verify([], [], []).ok


def test_no_false_alarm_on_honest_chains_of_any_shape() -> None:
    chance = random.Random(20260302)
    for _ in range(150):
        store = Store()
        for case in range(chance.randint(1, 6)):
            algs = chance.choice((("sha256",), ("sm3",), ("sha256", "sm3")))
            store.add_case(f"c-{case}", chance.randint(1, 12), algs)
        erased = chance.sample(range(len(store.payloads)), chance.randint(0, len(store.payloads) // 2))
        for place in erased:
            store.erase(place)
        verdict = store.verdict()
        assert verdict.problems == []
        assert (verdict.entries, verdict.erased) == (len(store.entries), len(erased))


def test_aware_datetimes_verify_like_the_text_sqlite_gives() -> None:
    store = a_store()
    for row in store.entries:
        row[2] = instant(row[2]).astimezone(timezone(timedelta(hours=8)))
    assert store.verdict().ok
    store.entries[3][2] += timedelta(microseconds=1)
    assert codes(store) == {"record_differs"}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_single_damage_is_found(name: str) -> None:
    chance = random.Random(f"回音 {name}")
    honest = a_store()
    for _ in range(240):
        store = copy.deepcopy(honest)
        DAMAGES[name](store, chance)
        verdict = store.verdict()
        assert verdict.problems, (name, store)
        assert not verdict.ok


@pytest.mark.parametrize("column", range(14))
def test_every_column_of_every_entry_counts(column: int) -> None:
    honest = a_store()
    for place in range(len(honest.entries)):
        for value in ("别的", 7, None, b"\x00" * 32):
            store = copy.deepcopy(honest)
            if column < 2 and type(value) is not type(store.entries[place][column]):
                continue
            if store.entries[place][column] != value:
                store.entries[place][column] = value
                assert not store.verdict().ok, (place, column, value)


def test_one_changed_entry_is_one_problem_with_its_place_and_sentence() -> None:
    store = a_store()
    store.entries[7][3] = "李四"
    (trouble,) = store.verdict().problems
    assert (trouble.case_id, trouble.seq, trouble.code) == ("c-3", 3, "record_differs")
    assert trouble.what == SENTENCES["record_differs"]


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda s: s.entries.pop(2), {"seq_gap", "prev_wrong", "payload_stray"}),
        (lambda s: s.payloads.pop(2), {"payload_missing"}),
        (lambda s: s.erase(2, None), {"erased_without_ground"}),
        (lambda s: s.heads.pop(2), {"head_missing"}),
        (lambda s: s.heads.append(["z", 0, "", ""]), {"head_without_entries"}),
        (lambda s: s.heads[1].__setitem__(1, 9), {"head_version"}),
        (lambda s: s.heads[1].__setitem__(2, ""), {"head_hash"}),
        (lambda s: s.heads[1].__setitem__(3, "closed"), {"head_state"}),
        (lambda s: s.payloads[2].__setitem__(5, "依法"), {"erased_without_ground"}),
        (lambda s: s.payloads[2].__setitem__(4, "2026-04-01 00:00:00.000000"), {"erased_without_ground"}),
        (lambda s: s.payloads[6].__setitem__(2, b"x" * 16), {"erased_not_empty"}),
        (lambda s: s.payloads[2].__setitem__(2, None), {"erased_without_ground"}),
        (lambda s: s.payloads[2].__setitem__(3, None), {"erased_without_ground"}),
        (lambda s: s.payloads[2].__setitem__(3, "{}"), {"digest_wrong"}),
        (lambda s: s.entries[2].__setitem__(13, None), {"record_differs", "unreadable"}),
        (lambda s: s.entries[2].__setitem__(12, "00"), {"hash_wrong", "prev_wrong"}),
    ],
)
def test_the_problem_is_named(damage: Callable[[Store], Any], found: set[str]) -> None:
    store = a_store()
    damage(store)
    assert codes(store) == found


def test_a_ruined_store_is_counted_in_full_but_kept_in_part() -> None:
    store = Store()
    for case in range(120):
        store.add_case(f"c-{case:03}", 10)
    for row in store.payloads:
        row[3] = "{}"
    verdict = store.verdict()
    # Two in ten payloads are empty anyway.
    assert (verdict.found, len(verdict.problems)) == (960, 960)
    for row in store.entries:
        row[3] = "李四"
    verdict = store.verdict()
    assert (verdict.found, len(verdict.problems)) == (2160, KEPT)
