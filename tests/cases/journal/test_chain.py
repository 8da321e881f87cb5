"""Canonical bytes, digests and one link."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.errors import Malformed
from cases.journal import canonical, digest_of, instant
from cases.journal.chain import sm3_by_cryptography, sm3_by_hashlib
from tests.cases.journal.chains import PAYLOADS, START, a_link, salt_of

SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SM3_LONG = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"

whole_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
# Keys from both sides of the place where code point order and UTF-16 order part.
awkward_keys = st.text(st.sampled_from("a\u2028\ud7ff\ue000\uffff\U00010000\U0001f525"), max_size=3)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | whole_text
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(whole_text | awkward_keys, inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "红"


@settings(max_examples=150)
@given(values)
def test_canonical_equals_the_reference_package(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_canonical_of_the_payloads_used_here(payload: dict[str, Any]) -> None:
    assert canonical(payload) == rfc8785.dumps(payload)


def test_keys_beyond_the_basic_plane_are_sorted_by_utf16_unit() -> None:
    assert canonical({"\uffff": 1, "\U00010000": 2}) == '{"\U00010000":2,"\uffff":1}'.encode()


def test_tuples_and_text_enums_are_written_as_what_they_hold() -> None:
    assert canonical({"a": (1, Colour.RED)}) == '{"a":[1,"红"]}'.encode()


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_is_allowed_to_64_levels() -> None:
    assert canonical(nested(64)) == b"[" * 64 + b"1" + b"]" * 64


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        0.0,
        float("nan"),
        2**53,
        -(2**53),
        {1: "a"},
        {None: 1},
        {"a": {True: 1}},
        {"a": [1, {"b": 2.5}]},
        START,
        b"bytes",
        {1, 2},
        "\ud800",
        {"\udfff": 1},
        {"\U0001f525": 1, "\ud83d": 2},
        nested(65),
        nested(5000),
    ],
)
def test_what_json_cannot_carry_exactly_is_refused(value: Any) -> None:
    with pytest.raises(Malformed):
        canonical(value)


def test_a_payload_that_holds_itself_is_refused() -> None:
    ring: dict[str, Any] = {}
    ring["self"] = ring
    with pytest.raises(Malformed):
        canonical(ring)


@pytest.mark.parametrize("sm3", [sm3_by_hashlib, sm3_by_cryptography, lambda data: digest_of("sm3", data)])
def test_sm3_gives_the_published_digests(sm3: Any) -> None:
    assert sm3(b"abc") == SM3_ABC
    assert sm3(b"abcd" * 16) == SM3_LONG


def test_sha256_gives_the_published_digest_and_other_names_are_refused() -> None:
    assert digest_of("sha256", b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    for name in ("md5", "SHA256", "", "sha1"):
        with pytest.raises(Malformed):
            digest_of(name, b"abc")


@pytest.mark.parametrize("alg", ["sha256", "sm3"])
@pytest.mark.parametrize("seq", [1, 2, 3, 4, 5])
def test_a_link_is_what_the_readme_says(seq: int, alg: str) -> None:
    prev = "" if seq == 1 else "ab" * 32
    made = a_link(seq=seq, prev_hash=prev, alg=alg)
    stated = json.loads(made.record)
    assert made.record == rfc8785.dumps(stated)
    assert stated == {
        "v": 1,
        "case": "c-1",
        "seq": seq,
        "prev": prev,
        "at": f"2026-03-02T00:3{seq}:00.{seq * 7:06d}Z",
        "actor": "王小明",
        "org": "东门街道",
        "role": "officer",
        "verb": stated["verb"],
        "from": stated["from"],
        "to": stated["to"],
        "digest": hashlib.new(alg, salt_of("c-1", seq) + rfc8785.dumps(PAYLOADS[seq - 1])).hexdigest(),
        "alg": alg,
    }
    assert made.hash == hashlib.new(alg, b"\x00" + made.record).hexdigest()
    assert (made.seq, made.prev, made.digest, made.alg) == (seq, prev, stated["digest"], alg)
    assert json.loads(made.body) == PAYLOADS[seq - 1]


@settings(max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(("actor", "org", "role", "verb", "from_state", "to_state"), whole_text)))
def test_the_record_template_equals_canonical_for_any_text(texts: dict[str, str]) -> None:
    changes: dict[str, Any] = dict(texts)
    made = a_link(**changes)
    assert made.record == canonical(json.loads(made.record))
    stated = json.loads(made.record)
    assert [stated[name.removesuffix("_state")] for name in texts] == list(texts.values())


def test_the_same_instant_gives_the_same_link_in_every_zone() -> None:
    beijing = START.astimezone(timezone(timedelta(hours=8)))
    assert a_link(at=beijing) == a_link(at=START)


def test_the_salt_alone_changes_the_digest() -> None:
    assert a_link(salt=b"0" * 16).digest != a_link(salt=b"1" * 16).digest


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": 0},
        {"seq": 2, "prev_hash": ""},
        {"seq": 1, "prev_hash": "ab" * 32},
        {"at": START.replace(tzinfo=None)},
        {"salt": b""},
        {"salt": b"x" * 17},
    ],
)
def test_a_position_time_or_salt_that_cannot_be_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"seq|aware|salt"):
        a_link(**wrong)


@pytest.mark.parametrize("wrong", [{"payload": {"a": 0.5}}, {"actor": "\ud800"}, {"alg": "md5"}])
def test_contents_that_cannot_be_chained_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        a_link(**wrong)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-02 00:30:00.000000",
        "2026-03-02 00:30:00",
        START.replace(tzinfo=None),
        datetime(2026, 3, 2, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 2, 8, 30, tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_instant_reads_what_either_database_gives(value: datetime | str) -> None:
    assert instant(value) == START
    assert instant(value).utcoffset() == timedelta(0)


def test_instant_refuses_what_is_no_time() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        instant("昨天")
