"""Where a webhook may go (出口策略): one resolution, one verdict, a connection to the very address that was checked.

Denied unless globally routable or inside a network of this endpoint that the administrator approves at this moment,
because departments live on private addresses. Metadata services, link-local, multicast and unspecified addresses are
never reached, in whatever form they are written. What does not live here: sending (webhook).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from cases.errors import Unsafe
from cases.rules.addresses import GLOBAL_V6, NEVER, NOT_GLOBAL

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Answers the addresses of a host name, as text."""

SCHEMES = {"http": 80, "https": 443}

_LOW32 = 0xFFFFFFFF
# Where an IPv6 address carries an IPv4 one: the network and how far from the right it begins.
_CARRIERS = (
    (IPv6Network("::/96"), 0),  # IPv4-compatible
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("64:ff9b:1::/48"), 0),  # local NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)
_TEREDO = IPv6Network("2001::/32")
_ISATAP = (0x00005EFE, 0x02005EFE)


@dataclass(frozen=True, slots=True)
class Destination:
    """A checked target: connect to ``address``, but speak to ``host`` (Host header, TLS name)."""

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def url(self) -> str:
        """The URL with the checked address in place of the name."""
        there = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{there}:{self.port}{self.path}"

    @property
    def host_header(self) -> str:
        """The Host header the receiver expects."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if SCHEMES[self.scheme] == self.port else f"{name}:{self.port}"


def networks_of(text: str) -> tuple[Network, ...]:
    """The networks of an endpoint, comma-separated; Unsafe when one cannot be read."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise Unsafe("接收地址的许可网段写法有误") from error


def unwrapped(address: Address) -> Address:
    """The address a connection would really use: an IPv4-mapped one is the IPv4 address it names."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def carried(address: Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses an IPv6 address may lead to through a translator or a tunnel."""
    if not isinstance(address, IPv6Address) or address.is_loopback:
        return
    number = int(address)
    for network, shift in _CARRIERS:
        if address in network:
            yield IPv4Address(number >> shift & _LOW32)
    if address in _TEREDO:
        yield IPv4Address(number >> 64 & _LOW32)
        yield IPv4Address(~number & _LOW32)
    if number >> 32 & _LOW32 in _ISATAP:
        yield IPv4Address(number & _LOW32)


def verdict(address: Address, approved: Iterable[Network], taken_back: Iterable[Network] = ()) -> str | None:
    """Why this address must not be reached, or None."""
    real = unwrapped(address)
    inner = list(carried(real))
    if any(_within(one, NEVER) for one in (real, *inner)):
        return "接收地址指向禁止访问的网段"
    if _within(real, approved):
        return None
    if _within(real, taken_back):
        return "接收地址所在网段已不在系统管理员批准的范围内,没有发出"
    if not _global(real) or not all(_global(one) for one in inner):
        return "接收地址不在公网,也不在许可网段内"
    return None


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _global(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address not in GLOBAL_V6:
        return False
    return not _within(address, NOT_GLOBAL)


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system resolves it."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


async def destination(
    url: str, approved: tuple[Network, ...], ask: Resolve = resolve, taken_back: tuple[Network, ...] = ()
) -> Destination:
    """Check a URL and settle the address to connect to; Unsafe with the reason. Networks that were ``taken_back`` are
    not approved; they only have a sentence of their own.

    Every address a name has must pass, or a name with one good and one bad address would be a way in. Without TLS
    only approved networks are reached.
    """
    scheme, host, port, path = _parts(url)
    try:
        addresses = [ip_address(text.split("%")[0]) for text in await ask(host, port)]
    except (OSError, ValueError) as error:
        raise Unreachable("接收地址无法解析") from error
    if not addresses:
        raise Unreachable("接收地址无法解析")
    for address in addresses:
        if reason := verdict(address, approved, taken_back):
            raise Unsafe(reason)
        if scheme == "http" and not _within(unwrapped(address), approved):
            raise Unsafe("公网接收地址须使用 https")
    return Destination(scheme, host, port, str(unwrapped(addresses[0])), path)


class Unreachable(Unsafe):
    """地址无法解析:the name has no address just now; worth another try, unlike a forbidden one."""


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of a URL a webhook may have; Unsafe otherwise."""
    if any(ord(sign) <= 32 or sign == "\\" for sign in url):
        raise Unsafe("接收地址含有空白或反斜线")
    try:
        split = urlsplit(url)
        port, host = split.port, split.hostname
        encoded = host.encode("idna").decode() if host and not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise Unsafe("接收地址不是有效的网址") from error
    if split.scheme not in SCHEMES or not encoded:
        raise Unsafe("接收地址须以 http:// 或 https:// 开头")
    if split.username is not None or split.password is not None or "@" in split.netloc:
        raise Unsafe("接收地址不能包含用户名或密码")
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return split.scheme, encoded, port or SCHEMES[split.scheme], path
