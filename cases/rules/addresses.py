"""Where an organisation may have its webhooks sent (接收地址): what is refused when the address is registered, and
which of its networks are still approved at a sending.

Departments live on private networks, so those are allowed where the organisation names one inside what the
administrator approved. What does not live here: the check of the resolved address at every sending (gates).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from cases.errors import Malformed, Unsafe

LONGEST_URL = 500
MOST_NETWORKS = 20
WIDEST = {4: 8, 6: 16}
"""The shortest prefix of a network that may be named, by IP version; a wider one would name nearly everything."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        # this network, link-local with the usual metadata service, multicast, reserved and broadcast
        *("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "fec0::/10", "ff00::/8"),
        # metadata services outside link-local: Aliyun, Volcengine, Oracle, Azure's wire server, AWS over IPv6
        *("100.100.100.200/32", "100.96.0.96/32", "192.0.0.192/32", "168.63.129.16/32", "fd00:ec2::254/128"),
    )
)
"""What is never reached, approved or not."""

NOT_GLOBAL = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


def checked_networks(networks: Sequence[str], approved: Sequence[str]) -> tuple[str, ...]:
    """The networks (CIDR) in their plain form; Malformed for what is none, Unsafe for one that is too wide, or neither
    public nor inside one that is ``approved``: whoever receives may not open the way to a machine of ours."""
    if len(networks) > MOST_NETWORKS:
        raise Malformed("网段过多", {"networks": f"最多 {MOST_NETWORKS} 个"})
    found: list[str] = []
    for text in networks:
        try:
            network = ipaddress.ip_network(text.strip())
        except ValueError as error:
            raise Malformed("网段写法不正确", {"networks": "应为 CIDR,如 10.1.2.0/24"}) from error
        if network.prefixlen < WIDEST[network.version] or network.is_link_local or network.is_multicast:
            raise Unsafe(f"网段 {network} 过宽或不能作为接收地址")
        if not _approved(network, networks_in(approved)):
            raise Unsafe(f"网段 {network} 未经批准,请系统管理员先在 HUIYIN_HOOK_NETWORKS 中登记")
        found.append(str(network))
    return tuple(dict.fromkeys(found))


def networks_in(texts: Sequence[str]) -> tuple[Network, ...]:
    """Networks written as CIDR, read."""
    return tuple(ipaddress.ip_network(text) for text in texts)


def parted(networks: Sequence[Network], approved: Sequence[Network]) -> tuple[tuple[Network, ...], tuple[Network, ...]]:
    """The networks of an endpoint that may be reached at this sending, and those the administrator has taken back since
    they were registered: the rule is the same at both moments."""
    kept = tuple(one for one in networks if _approved(one, approved))
    return kept, tuple(one for one in networks if one not in kept)


def _approved(network: Network, approved: Sequence[Network]) -> bool:
    return _public(network) or any(_within(network, one) for one in approved)


def _public(network: Network) -> bool:
    """Whether all of it is public: one half of a wide network may be private (192.0.0.0/8)."""
    if isinstance(network, ipaddress.IPv6Network) and not network.subnet_of(GLOBAL_V6):
        return False
    return not any(network.overlaps(one) for one in (*NEVER, *NOT_GLOBAL))


def _within(network: Network, around: Network) -> bool:
    if isinstance(network, ipaddress.IPv4Network) and isinstance(around, ipaddress.IPv4Network):
        return network.subnet_of(around)
    if isinstance(network, ipaddress.IPv6Network) and isinstance(around, ipaddress.IPv6Network):
        return network.subnet_of(around)
    return False


def checked_url(url: str, networks: Sequence[str]) -> str:
    """The address as it will be called; Malformed for what is no web address, Unsafe for one that must not be called.

    A number instead of a name must be public or lie in one of the networks; other spellings of numbers are refused.
    """
    wrong = Malformed("接收地址不正确", {"url": "应为 http(s)://主机[:端口]/路径,不含用户名和片段"})
    if len(url) > LONGEST_URL or any(not 0x20 < ord(sign) < 0x7F or sign == "\\" for sign in url):
        raise wrong
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc or parts.fragment or port == 0:
        raise wrong
    address = _number(host)
    if address is not None:
        _check_number(address, networks)
    elif not _HOST.fullmatch(host) or host == "localhost" or host.rsplit(".", 1)[-1].isdigit() or _looks_numeric(host):
        raise Unsafe("接收地址的主机名不能使用")
    return url


def _looks_numeric(host: str) -> bool:
    """Old spellings of addresses, such as 0x7f.1, that a resolver may still read as numbers."""
    return all(re.fullmatch(r"0x[0-9a-f]*|[0-9]+", part) for part in host.split("."))


def _number(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _check_number(address: Address, networks: Sequence[str]) -> None:
    inner = getattr(address, "ipv4_mapped", None) or address
    if inner.is_link_local or inner.is_multicast or inner.is_unspecified or inner != address:
        raise Unsafe("这个地址不能作为接收地址")
    named = any(address in ipaddress.ip_network(network) for network in networks)
    if not named and not address.is_global:
        raise Unsafe("内网地址须同时登记所在网段")
