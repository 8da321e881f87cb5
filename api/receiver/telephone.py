"""Talking to the demo departments (电话): telling them the time, asking for their plans and their logs.

What does not live here: when to do so (the conductor) and the answering side (``windows``).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import httpx

from api.receiver.roster import Department

LINES = 8
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Plans:
    """What all departments have under way, and when the next of them goes on."""

    in_flight: int
    next_at: datetime | None
    done: int
    stuck: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The door log of one department."""

    org: str
    received: int
    repeated: int
    attempts: int
    turned_away: int
    ids: frozenset[str]


class Telephone:
    """Lines to all departments at once. A department that does not answer raises ``httpx.HTTPError``."""

    def __init__(self, departments: Sequence[Department], host: str = "127.0.0.1") -> None:
        self._departments = tuple(departments)
        self._host = host
        limits = httpx.Limits(max_keepalive_connections=len(self._departments) + LINES)
        self._http = httpx.Client(timeout=10, trust_env=False, limits=limits)
        self._known: dict[str, dict[str, Any]] = {}
        self._pool = ThreadPoolExecutor(LINES, thread_name_prefix="telephone")

    def close(self) -> None:
        """Hang up."""
        self._pool.shutdown()
        self._http.close()

    def ready(self) -> bool:
        """Whether every department answers."""
        try:
            self._all(lambda one: self._ask("GET", one, "plan"))
        except httpx.TransportError:
            return False
        return True

    def tell(self, now: datetime) -> Plans:
        """Tell everybody the time; answers their plans as they stand then."""
        body = {"now": now.isoformat()}
        return self._learn(self._all(lambda one: self._ask("POST", one, "clock", body)))

    def plans(self) -> Plans:
        """What everybody has under way."""
        return self._learn(self._all(lambda one: self._ask("GET", one, "plan")))

    def busy(self) -> Plans:
        """As :meth:`plans`, but only those are asked who had something under way when they were last heard of."""
        busy = [one for one in self._departments if self._known.get(one.org, {}).get("in_flight", 1)]
        return self._learn(list(self._pool.map(lambda one: self._ask("GET", one, "plan"), busy)))

    def _learn(self, plans: list[dict[str, Any]]) -> Plans:
        self._known |= {plan["org"]: plan for plan in plans}
        return _together(list(self._known.values()))

    def accept(self, org: str) -> None:
        """Have a department take messages in from now on."""
        for department in self._departments:
            if department.org == org:
                self._ask("POST", department, "control?accept=on")

    def logs(self) -> list[Log]:
        """What every department's own log says about deliveries."""
        return self._all(lambda one: _log(one.org, self._ask("GET", one, "log")))

    def _all(self, question: Callable[[Department], Answer]) -> list[Answer]:
        return list(self._pool.map(question, self._departments))

    def _ask(self, method: str, department: Department, window: str, body: dict[str, str] | None = None) -> Any:
        address = f"http://{self._host}:{department.port}/{department.org}/{window}"
        answer = self._http.request(method, address, json=body)
        answer.raise_for_status()
        return answer.json()


def _together(plans: list[dict[str, Any]]) -> Plans:
    moments = [datetime.fromisoformat(plan["next_at"]) for plan in plans if plan["next_at"]]
    return Plans(
        sum(int(plan["in_flight"]) for plan in plans),
        min(moments, default=None),
        sum(int(plan["done"]) for plan in plans),
        tuple(f"{plan['org']} {line}" for plan in plans for line in plan["stuck"]),
    )


def _log(org: str, told: dict[str, Any]) -> Log:
    counts = {name: int(told[name]) for name in ("received", "repeated", "attempts", "turned_away")}
    return Log(org=org, **counts, ids=frozenset(told["ids"]))


def free_ports(many: int) -> list[int]:
    """Ports of this machine nobody listens on now, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(many)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
