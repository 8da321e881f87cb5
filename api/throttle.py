"""How often somebody may ask (限流): token buckets in memory, one process each, the oldest forgotten first.

What does not live here: lock-out after failed logins, which is kept in the database (identity).
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from api.problems import AtTheEdge

MOST_KEYS = 20_000
Ticks = Callable[[], float]


class Throttle:
    """A bucket for each key: ``burst`` tokens, refilled at ``burst`` for every ``seconds``."""

    def __init__(self, burst: int, seconds: float, ticks: Ticks = time.monotonic) -> None:
        self.burst = float(burst)
        self.rate = burst / seconds
        self._ticks = ticks
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def left(self, key: str) -> float:
        """How many tokens the key has."""
        tokens, at = self._buckets.get(key, (self.burst, self._ticks()))
        return min(self.burst, tokens + (self._ticks() - at) * self.rate)

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._buckets)

    def take(self, key: str) -> bool:
        """Take a token; False when there is none."""
        with self._lock:
            left = self.left(key)
            taken = left >= 1
            self._buckets[key] = (left - 1 if taken else left, self._ticks())
            self._buckets.move_to_end(key)
            if len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
        return taken

    def demand(self, key: str) -> None:
        """Take a token, or refuse with 429."""
        if not self.take(key):
            self.refuse()

    def refuse(self) -> None:
        """Say that it was too often, and when to come again."""
        wait = str(max(1, int(1 / self.rate)))
        raise AtTheEdge("rate_limited", "请求过于频繁,请稍后再试", {"Retry-After": wait})


NEAR_WRONG, WIDE_WRONG, WRONG_SECONDS = 10, 200, 3600
TAILS_WRONG, TAILS_SECONDS = 10, 86_400
SITE = 48
"""Wrong codes count together for what one customer is given of IPv6."""


class Guesses:
    """Wrong codes (猜码), counted for each subject (a receipt, a link, a question): from one address 10 an hour, from
    all addresses together 200. A stranger at one address who knows the number of a report shuts out only whoever shares
    that address; it takes 20 addresses at work at once to shut out its owner, for as long as they work.

    What is left to luck: at 200 an hour there are 200 + 200 * 8,760 = 1,752,200 (2^20.7) guesses a year at one subject
    in one process. The shortest code has 12 signs of 32, 60 bits: a chance of 2^-39.3, 1 in 650,000 million. Sixteen
    processes each count for themselves, and a case may have twenty parties, each with a code: even then 1 in 2,000
    million. Codes of task links have 100 bits, those of consent links 192. Buckets forgotten because too many others
    came between, and requests that are under way together, add no more than what every address may ask at all: at 120
    a minute 63 million (2^26) a year, 1 in 18,000 million for each address and process.
    """

    def __init__(self, ticks: Ticks = time.monotonic) -> None:
        self.near = Throttle(NEAR_WRONG, WRONG_SECONDS, ticks)
        self.wide = Throttle(WIDE_WRONG, WRONG_SECONDS, ticks)

    def demand(self, subject: str, client: str) -> None:
        """Refuse with 429, before any code is looked at, once too many were wrong."""
        if self.near.left(_pair(subject, client)) < 1:
            self.near.refuse()
        if self.wide.left(subject) < 1:
            self.wide.refuse()

    def wrong(self, subject: str, client: str) -> None:
        """A code was wrong."""
        self.near.take(_pair(subject, client))
        self.wide.take(subject)


def _pair(subject: str, client: str) -> str:
    try:
        network = ipaddress.ip_network(client)
    except ValueError:
        return f"{client} {subject}"
    if isinstance(network, ipaddress.IPv6Network) and network.prefixlen > SITE:
        network = network.supernet(new_prefix=SITE)
    return f"{network} {subject}"


@dataclass(frozen=True)
class Throttles:
    """The limits of the house. ``tails`` is for the last four signs of a party's number, which are asked for under a
    good consent link: so few that they are counted for the question alone, whoever asks; nobody without the link can
    use them up."""

    public: Throttle = field(default_factory=lambda: Throttle(120, 60))
    reports: Throttle = field(default_factory=lambda: Throttle(20, 3600))
    logins: Throttle = field(default_factory=lambda: Throttle(20, 60))
    codes: Guesses = field(default_factory=Guesses)
    refusals: Throttle = field(default_factory=lambda: Throttle(60, 60))
    knocks: Throttle = field(default_factory=lambda: Throttle(10, 60))
    tails: Throttle = field(default_factory=lambda: Throttle(TAILS_WRONG, TAILS_SECONDS))
    places: Throttle = field(default_factory=lambda: Throttle(200, 3600))


def client_of(connection: HTTPConnection, proxies: Sequence[str]) -> str:
    """The address a request came from. Only a trusted proxy is believed about somebody else's; IPv6 counts by /64."""
    address = connection.client.host if connection.client else ""
    if proxies:
        trusted = [ipaddress.ip_network(network) for network in proxies]
        # Some proxies write a line of their own below the one a visitor may have sent: all of them are one list.
        named = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
        for hop in reversed([part.strip() for part in named if part.strip()]):
            if not _inside(address, trusted):
                break
            address = hop
    return _grouped(address)


def by_tls(connection: HTTPConnection, proxies: Sequence[str]) -> bool:
    """Whether a request came encrypted: to us, or to the trusted proxy that says so."""
    if connection.url.scheme == "https":
        return True
    said = ",".join(connection.headers.getlist("x-forwarded-proto")).rpartition(",")[2].strip().lower()
    address = connection.client.host if connection.client else ""
    return said == "https" and _inside(address, [ipaddress.ip_network(network) for network in proxies])


def _inside(address: str, networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        return any(ipaddress.ip_address(address) in network for network in networks)
    except ValueError:
        return False


def _grouped(address: str) -> str:
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    return str(ipaddress.ip_network(f"{number}/64", strict=False)) if number.version == 6 else str(number)
