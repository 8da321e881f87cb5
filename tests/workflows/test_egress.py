"""Where a webhook may go: every way we know of writing a forbidden address, and the private networks that are real."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from cases.errors import Unsafe
from workflows.gates.egress import Unreachable, destination, networks_of, resolve, verdict

HOSTILE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "169.254.0.23",
    "100.100.100.200",
    "100.96.0.96",
    "192.0.0.192",
    "168.63.129.16",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::10.0.0.1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "2001:10::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "ff02::1",
    "3fff::1",
    "5f00::1",
    "100::1",
    "2400:cb00::5efe:127.0.0.1",
    "2400:cb00::200:5efe:10.0.0.1",
    "4000::1",
]
PUBLIC = [
    "1.1.1.1",
    "114.114.114.114",
    "223.5.5.5",
    "8.8.8.8",
    "::ffff:1.1.1.1",
    "2400:3200::1",
    "2606:4700:4700::1111",
]
NEVER = [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "fe80::1",
    "fd00:ec2::254",
    "224.0.0.1",
    "0.0.0.0",
    "::",
    "ff02::1",
    "255.255.255.255",
    "::ffff:0:169.254.169.254",
]
EVERYTHING = (ip_network("0.0.0.0/0"), ip_network("::/0"))


def answering(*addresses: str):
    async def ask(_host: str, _port: int) -> list[str]:
        return list(addresses)

    return ask


def test_the_corpus_is_as_large_as_asked():
    assert len(set(HOSTILE)) >= 36


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_address_is_refused(text: str):
    assert verdict(ip_address(text), ()) is not None


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_is_let_through(text: str):
    assert verdict(ip_address(text), ()) is None


@pytest.mark.parametrize("text", NEVER)
def test_no_approval_opens_what_is_never_open(text: str):
    assert verdict(ip_address(text), EVERYTHING) is not None


@pytest.mark.parametrize(
    ("address", "networks", "fine"),
    [
        ("10.1.2.3", "10.1.2.0/24", True),
        ("10.1.3.3", "10.1.2.0/24", False),
        ("59.202.10.1", "", True),
        ("::ffff:10.1.2.3", "10.1.2.0/24", True),
        ("127.0.0.1", "127.0.0.0/8", True),
        ("::1", "::1/128", True),
        ("fd12:3456::1", "10.0.0.0/8, fd12:3456::/32", True),
        ("2002:0a01:0203::", "10.1.2.0/24", False),
    ],
)
def test_departments_on_private_networks_are_reached_where_approved(address: str, networks: str, fine: bool):
    assert (verdict(ip_address(address), networks_of(networks)) is None) is fine


@pytest.mark.parametrize(
    "url",
    [
        "ftp://1.1.1.1/",
        "file:///etc/passwd",
        "https://",
        "https://user:pass@1.1.1.1/",
        "https://good.example@127.0.0.1/",
        "https://1.1.1.1\\@127.0.0.1/",
        "https://1.1.1.1/ x",
        "https://1.1.1.1/\r\nHost: evil",
        "https://1.1.1.1:99999/",
        "https://[::1/",
        "//1.1.1.1/",
        "gopher://127.0.0.1:70/_",
    ],
)
async def test_a_url_that_is_no_web_address_is_refused(url: str):
    with pytest.raises(Unsafe):
        await destination(url, EVERYTHING, answering("1.1.1.1"))


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "127.0.0.1", "[::ffff:127.0.0.1]", "①②⑦.⓪.⓪.①"],
)
async def test_old_and_odd_spellings_of_loopback_are_seen_through(host: str):
    """Whatever the system makes of them: either no address, or one that is refused."""
    with pytest.raises(Unsafe):
        await destination(f"https://{host}/", (), resolve)


async def test_every_address_of_a_name_must_pass():
    with pytest.raises(Unsafe):
        await destination("https://two.example/", (), answering("1.1.1.1", "169.254.169.254"))


async def test_the_connection_goes_to_the_address_that_was_checked():
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["1.1.1.1"] if len(asked) == 1 else ["127.0.0.1"]

    there = await destination("https://dept.example:8443/hook?a=1", (), rebinding)
    assert (there.url, there.host_header) == ("https://1.1.1.1:8443/hook?a=1", "dept.example:8443")
    assert asked == ["dept.example"]


async def test_without_tls_only_an_approved_network_is_reached():
    with pytest.raises(Unsafe, match="https"):
        await destination("http://dept.example/", (), answering("1.1.1.1"))
    there = await destination("http://dept.example/", networks_of("10.0.0.0/8"), answering("10.1.1.1"))
    assert there.url == "http://10.1.1.1:80/"


async def test_a_network_that_was_taken_back_is_named_as_the_reason_and_opens_nothing():
    taken = networks_of("10.1.0.0/16, 169.254.0.0/16")
    for at, why in (("10.1.1.1", "批准"), ("10.2.1.1", "许可网段"), ("169.254.169.254", "禁止")):
        with pytest.raises(Unsafe, match=why):
            await destination("https://dept.example/", (), answering(at), taken)
    there = await destination("https://dept.example/", (), answering("1.1.1.1"), taken)
    assert there.address == "1.1.1.1"


async def test_a_name_without_address_is_worth_another_try():
    with pytest.raises(Unreachable):
        await destination("https://gone.example/", (), answering())


async def test_an_ipv6_address_is_written_in_brackets():
    there = await destination("https://[2606:4700:4700::1111]/", (), answering("2606:4700:4700::1111"))
    assert (there.url, there.host_header) == ("https://[2606:4700:4700::1111]:443/", "[2606:4700:4700::1111]")


def test_networks_that_cannot_be_read_are_refused():
    with pytest.raises(Unsafe):
        networks_of("10.0.0.0/8, nonsense")
