"""Which addresses an organisation may register for its webhooks."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from cases.errors import Malformed, Refusal, Unsafe
from cases.rules.addresses import checked_networks, checked_url, networks_in, parted
from cases.settings import Settings


@pytest.mark.parametrize(
    ("url", "networks"),
    [
        ("https://receiver.example/hook?x=1", ()),
        ("http://receiver:8080/", ()),
        ("https://93.184.216.34/hook", ()),
        ("https://10.1.2.3/hook", ("10.0.0.0/8",)),
        ("http://127.0.0.1:9001/hook", ("127.0.0.0/8",)),
        ("https://[fd00::1]/hook", ("fd00::/16",)),
    ],
)
def test_addresses_that_may_be_called(url: str, networks: tuple[str, ...]):
    assert checked_url(url, networks) == url


HOSTILE = [
    "", "x", "http://", "https:///x", "ftp://receiver.example", "file:///etc/passwd", "javascript:alert(1)",
    "http://user@receiver.example", "http://receiver.example#x", "http://receiver.example:99999",
    "http://receiver.example:0",
    "http://receiver.example/\n", "http://receiver.example/好", "http://receiver.example\\@evil.example", "http://[::1",
    "http://localhost/", "http://LOCALHOST/", "http://127.0.0.1/", "http://10.0.0.1/", "http://192.168.1.1/",
    "http://169.254.169.254/latest", "http://0.0.0.0/", "http://224.0.0.1/", "http://[::1]/", "http://[::]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:93.184.216.34]/", "http://[fe80::1]/", "http://0x7f.1/",
    "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/", "http://1.2.3.4.5/",
    "http://-receiver.example/", "http://receiver..example/", "http://" + "a" * 64 + ".example/",
    "http://a/" + "x" * 500,
]  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE)
def test_addresses_that_must_not(url: str):
    with pytest.raises((Unsafe, Malformed)):
        checked_url(url, ())


def test_naming_a_network_opens_that_network_only():
    checked_url("http://10.1.2.3/", ("10.1.2.0/24",))
    with pytest.raises(Unsafe):
        checked_url("http://10.1.3.3/", ("10.1.2.0/24",))
    for url in ("http://169.254.169.254/", "http://[::ffff:10.1.2.3]/"):
        with pytest.raises(Unsafe):
            checked_url(url, ("10.1.2.0/24", "169.254.169.254/32"))


def test_networks_are_kept_once_in_their_plain_form():
    written = [" 10.1.2.0/24", "10.1.2.0/24", "10.9.9.9"]
    assert checked_networks(written, ("10.0.0.0/8",)) == ("10.1.2.0/24", "10.9.9.9/32")


@pytest.mark.parametrize("network", ["127.0.0.0/8", "10.1.2.0/24", "fd00::/64", "::1/128", "::ffff:10.1.2.0/120"])
@pytest.mark.parametrize("approved", [(), ("10.1.3.0/24", "fd01::/16")])
def test_networks_that_are_not_public_need_approval(network: str, approved: tuple[str, ...]):
    with pytest.raises(Unsafe) as refused:
        checked_networks([network], approved)
    assert "未经批准" in refused.value.sentence or "过宽" in refused.value.sentence


def test_public_networks_and_parts_of_approved_ones_may_be_named():
    assert checked_networks(["8.8.8.0/24", "fd00::/64"], ("fd00::/16",)) == ("8.8.8.0/24", "fd00::/64")


@pytest.mark.parametrize("wide", ["192.0.0.0/8", "172.0.0.0/8", "100.0.0.0/8", "169.0.0.0/8", "2001::/16"])
def test_a_wide_network_with_a_private_part_is_not_public(wide: str):
    """192.0.0.0/8 holds 192.168.0.0/16: half public is a way in."""
    with pytest.raises(Unsafe, match="未经批准"):
        checked_networks([wide], ())
    assert parted(networks_in([wide]), ()) == ((), (ip_network(wide),))


def test_what_was_taken_back_since_is_no_longer_reached():
    named = networks_in(checked_networks(["10.1.2.0/24", "10.9.0.0/16", "8.8.8.0/24"], ("10.0.0.0/8",)))
    inner, other, public = named
    assert parted(named, networks_in(["10.0.0.0/8"])) == (named, ())
    assert parted(named, networks_in(["10.1.0.0/16"])) == ((inner, public), (other,))
    assert parted(named, networks_in(["10.9.1.0/24"])) == ((public,), (inner, other)), "a part of it is not enough"
    assert parted(named, ()) == ((public,), (inner, other)), "nothing is approved by itself"


def test_only_the_demonstration_approves_this_machine_by_itself():
    assert Settings(demo=False).approved_networks == ()
    assert Settings(demo=True, hook_networks="10.0.0.0/8, fd00::/8").approved_networks == (
        "10.0.0.0/8", "fd00::/8", "127.0.0.0/8",
    )  # fmt: skip
    with pytest.raises(ValueError, match="hook_networks"):
        Settings(hook_networks="10.0.0.1/8")


@pytest.mark.parametrize(
    "network", ["x", "10.1.2.3/24", "0.0.0.0/0", "10.0.0.0/7", "::/0", "169.254.0.0/16", "224.0.0.0/8", ""]
)
def test_networks_that_name_too_much_or_nothing(network: str):
    with pytest.raises(Refusal):
        checked_networks([network], ("0.0.0.0/0", "::/0"))
