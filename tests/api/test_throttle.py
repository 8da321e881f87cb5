"""Token buckets, and whose address counts."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection

from api import throttle
from api.problems import AtTheEdge
from api.throttle import NEAR_WRONG, WIDE_WRONG, WRONG_SECONDS, Guesses, Throttle, by_tls, client_of
from tests.api.world import Moments


def test_a_bucket_empties_and_fills_again():
    moments = Moments()
    bucket = Throttle(3, 60, moments)
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]
    assert bucket.take("b"), "others have their own"
    moments.seconds = 19.9
    assert not bucket.take("a")
    moments.seconds = 20.1
    assert [bucket.take("a"), bucket.take("a")] == [True, False]
    moments.seconds = 10_000
    assert bucket.left("a") == 3, "never more than full"


def test_an_empty_bucket_says_when_to_come_again():
    bucket = Throttle(1, 30, Moments())
    bucket.demand("a")
    with pytest.raises(AtTheEdge) as refusal:
        bucket.demand("a")
    assert (refusal.value.code, refusal.value.headers) == ("rate_limited", {"Retry-After": "30"})


def test_the_oldest_buckets_are_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(throttle, "MOST_KEYS", 100)
    bucket = Throttle(1, 60, Moments())
    for n in range(500):
        bucket.take(str(n))
    assert len(bucket) == 100
    assert not bucket.take("499")


def test_wrong_codes_count_where_they_come_from_and_all_together():
    moments = Moments()
    guesses = Guesses(moments)

    def tries(subject: str, client: str) -> int:
        for n in range(NEAR_WRONG + 1):
            try:
                guesses.demand(subject, client)
            except AtTheEdge:
                return n
            guesses.wrong(subject, client)
        raise AssertionError("not bounded")

    assert tries("a", "203.0.113.1") == NEAR_WRONG
    assert tries("a", "203.0.113.1") == 0
    assert tries("b", "203.0.113.1") == NEAR_WRONG, "another subject"
    assert tries("a", "203.0.113.2") == NEAR_WRONG, "another address"
    assert [tries("a", f"198.51.100.{n}") for n in range(WIDE_WRONG // NEAR_WRONG)][-3:] == [NEAR_WRONG, 0, 0]
    moments.seconds = WRONG_SECONDS
    assert tries("a", "203.0.113.1") == NEAR_WRONG


def test_one_customers_addresses_of_ipv6_are_one():
    guesses = Guesses(Moments())
    for n in range(NEAR_WRONG):
        guesses.wrong("a", f"2001:db8:1:{n:x}::/64")
    with pytest.raises(AtTheEdge):
        guesses.demand("a", "2001:db8:1:ffff::/64")
    guesses.demand("a", "2001:db8:2::/64")
    guesses.demand("a", "rubbish")


def connection(address: str | None, *forwarded: str) -> HTTPConnection:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded if one]
    return HTTPConnection({"type": "http", "client": (address, 1) if address else None, "headers": headers})


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "client"),
    [
        ("203.0.113.9", "", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", ("10.0.0.0/8",), "198.51.100.1"),
        ("203.0.113.9", "198.51.100.1", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.1", "", ("10.0.0.0/8",), "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", (), "2001:db8:1:2::/64"),
        ("10.0.0.1", "rubbish", ("10.0.0.0/8",), "rubbish"),
        (None, "", (), ""),
    ],
)
def test_only_a_trusted_proxy_may_name_the_client(
    address: str | None, forwarded: str, proxies: tuple[str, ...], client: str
):
    assert client_of(connection(address, forwarded), proxies) == client


def test_a_line_of_its_own_from_the_proxy_counts_before_the_visitors():
    sent = connection("10.0.0.1", "6.6.6.6", "198.51.100.1")
    assert client_of(sent, ("10.0.0.0/8",)) == "198.51.100.1"


@pytest.mark.parametrize(
    ("address", "said", "secure"),
    [
        ("10.0.0.1", ("https",), True),
        ("10.0.0.1", ("http",), False),
        ("10.0.0.1", (), False),
        ("10.0.0.1", ("https", "http"), False),
        ("203.0.113.9", ("https",), False),
    ],
)
def test_only_a_trusted_proxy_may_say_that_the_way_is_encrypted(address: str, said: tuple[str, ...], secure: bool):
    headers = [(b"x-forwarded-proto", one.encode()) for one in said]
    scope = {"type": "http", "scheme": "http", "path": "/", "client": (address, 1), "headers": headers}
    assert by_tls(HTTPConnection({**scope, "server": ("huiyin.example", 80)}), ("10.0.0.0/8",)) is secure
    assert by_tls(HTTPConnection({**scope, "scheme": "https", "server": ("huiyin.example", 443)}), ())
