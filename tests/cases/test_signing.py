"""Signing and verifying: the published vector, the official library as oracle, and everything that must not pass."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from cases.errors import Unsafe
from cases.signing import (
    FRESH_SECONDS,
    ID,
    SIGNATURE,
    TIMESTAMP,
    Unverified,
    Verified,
    key_of,
    new_secret,
    sign,
    signed_headers,
    verify,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE, SECONDS, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
HARD_BODIES = ["中文回音".encode(), "🏠📣".encode(), b'{"a":"\xe2\x80\xa8"}', bytes(range(1, 256)), b"", b"\x00\x01"]


def headers(**changed: str) -> dict[str, str]:
    return {ID: MESSAGE, TIMESTAMP: str(SECONDS), SIGNATURE: SIGNED} | changed


def test_the_published_vector():
    assert sign(SECRET, MESSAGE, SECONDS, BODY) == SIGNED
    assert verify(SECRET, headers(), BODY, SECONDS) == Verified(MESSAGE, SECONDS)


@pytest.mark.parametrize("body", HARD_BODIES)
def test_the_official_library_signs_alike(body: bytes):
    """The oracle takes text, so bodies that are no text are compared only with ourselves."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        made = signed_headers(SECRET, MESSAGE, SECONDS, body)
        assert verify(SECRET, made, body, SECONDS).id == MESSAGE
        return
    at = datetime.fromtimestamp(SECONDS, UTC)
    assert Webhook(SECRET).sign(MESSAGE, at, text) == sign(SECRET, MESSAGE, SECONDS, body)


def test_the_official_library_accepts_what_we_send_now():
    body = '{"type":"assignment.open","说":"回音\\u2028🏠"}'.encode()
    seconds = int(datetime.now(UTC).timestamp())
    made = signed_headers([new_secret(), SECRET], "01932f", seconds, body)
    assert Webhook(SECRET).verify(body, made)["type"] == "assignment.open"


def test_during_a_rotation_both_secrets_open():
    old, new = new_secret(), new_secret()
    made = signed_headers([new, old], MESSAGE, SECONDS, BODY)
    assert len(made[SIGNATURE].split(" ")) == 2
    for kept in (old, new, [new, old]):
        assert verify(kept, made, BODY, SECONDS).id == MESSAGE
    with pytest.raises(Unverified):
        verify(new_secret(), made, BODY, SECONDS)


def test_unknown_versions_are_passed_over():
    made = headers(**{SIGNATURE: f"v1sm3,AAAA v1a,BBBB {SIGNED}"})
    assert verify(SECRET, made, BODY, SECONDS).id == MESSAGE
    with pytest.raises(Unverified):
        verify(SECRET, headers(**{SIGNATURE: SIGNED.replace("v1,", "v1a,")}), BODY, SECONDS)


def test_header_names_may_be_in_any_case():
    made = {name.title(): value for name, value in headers().items()}
    assert verify(SECRET, made, BODY, SECONDS).seconds == SECONDS


@pytest.mark.parametrize("offset", [-FRESH_SECONDS, 0, FRESH_SECONDS])
def test_five_minutes_either_way_are_fresh(offset: int):
    assert verify(SECRET, headers(), BODY, SECONDS + offset).id == MESSAGE


@pytest.mark.parametrize("offset", [-FRESH_SECONDS - 1, FRESH_SECONDS + 1, 10**9])
def test_more_is_not(offset: int):
    with pytest.raises(Unverified):
        verify(SECRET, headers(), BODY, SECONDS + offset)


@pytest.mark.parametrize(
    "changed",
    [
        {TIMESTAMP: f"{SECONDS}.9"},
        {TIMESTAMP: "１６１４２６５３３０"},  # full-width digits
        {TIMESTAMP: f" {SECONDS}"},
        {TIMESTAMP: f"+{SECONDS}"},
        {TIMESTAMP: "-1"},
        {TIMESTAMP: "nan"},
        {TIMESTAMP: ""},
        {TIMESTAMP: "9" * 400},
        {TIMESTAMP: str(SECONDS + 1)},
        {ID: ""},
        {ID: "msg.1"},
        {ID: "消息"},
        {ID: MESSAGE + "x"},
        {ID: "a b"},
        {SIGNATURE: ""},
        {SIGNATURE: "garbage"},
        {SIGNATURE: "v1"},
        {SIGNATURE: "v1,"},
        {SIGNATURE: "v1,%%%"},
        {SIGNATURE: SIGNED + "="},
        {SIGNATURE: SIGNED.replace(",", ",,")},
        {SIGNATURE: "v1,中文"},
        {SIGNATURE: "v1,\ud800"},
        {SIGNATURE: SIGNED + " " + "v1,x " * 2000},
    ],
)
def test_what_is_not_exactly_right_is_refused(changed: dict[str, str]):
    with pytest.raises(Unverified):
        verify(SECRET, headers(**changed), BODY, SECONDS)


@pytest.mark.parametrize("gone", [ID, TIMESTAMP, SIGNATURE])
def test_a_missing_or_doubled_header_is_refused(gone: str):
    with pytest.raises(Unverified):
        verify(SECRET, {n: v for n, v in headers().items() if n != gone}, BODY, SECONDS)
    with pytest.raises(Unverified):
        verify(SECRET, headers() | {gone.upper(): headers()[gone]}, BODY, SECONDS)


def test_one_changed_bit_of_the_body_is_refused():
    for i in range(len(BODY)):
        changed = BODY[:i] + bytes([BODY[i] ^ 1]) + BODY[i + 1 :]
        with pytest.raises(Unverified):
            verify(SECRET, headers(), changed, SECONDS)


@pytest.mark.parametrize("size", [0, 1, 23, 65, 200])
def test_a_secret_of_the_wrong_size_is_refused(size: int):
    with pytest.raises(Unverified):
        key_of("whsec_" + base64.b64encode(bytes(size)).decode())


@pytest.mark.parametrize("size", [24, 32, 64])
def test_a_secret_of_the_right_size_is_taken(size: int):
    assert len(key_of(base64.b64encode(bytes(size)).decode())) == size


@pytest.mark.parametrize("secret", ["whsec_", "whsec_中文", "whsec_a", "whsec_" + "AA=A" * 8, "\ud800"])
def test_a_secret_that_is_no_base64_is_refused(secret: str):
    with pytest.raises(Unverified):
        key_of(secret)


@pytest.mark.parametrize(("message", "seconds"), [("a.b", 1), ("", 1), ("消息", 1), ("a" * 257, 1), ("a", -1)])
def test_what_would_be_ambiguous_is_not_signed(message: str, seconds: int):
    with pytest.raises(Unverified):
        sign(SECRET, message, seconds, BODY)


def test_a_refusal_is_one_of_the_house():
    assert issubclass(Unverified, Unsafe)


def test_new_secrets_differ_and_are_long_enough():
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    assert {len(key_of(secret)) for secret in made} == {32}


ANY = st.text(max_size=60) | st.sampled_from([MESSAGE, str(SECONDS), SIGNED])


@given(message=ANY, stamp=ANY, signature=ANY, secret=ANY | st.just(SECRET), body=st.binary(max_size=60))
def test_nothing_makes_it_fail_in_another_way(message: str, stamp: str, signature: str, secret: str, body: bytes):
    """The real message is the only one that may pass."""
    try:
        found = verify(secret, {ID: message, TIMESTAMP: stamp, SIGNATURE: signature}, body, SECONDS)
    except Unverified:
        return
    assert (found.id, stamp, signature, body) == (MESSAGE, str(SECONDS), SIGNED, BODY)
