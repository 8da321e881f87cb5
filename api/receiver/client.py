"""A client of our API for departments and other partners: reads a case, takes a step, and knows when to try again.

It stands for the published contract: every step carries the version it was decided on (If-Match) and an
Idempotency-Key, so that trying again never does a thing twice. What does not live here: what to decide.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx

BASE = "/api/v1"
CODE_HEADER = "Huiyin-Query-Code"
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
BUSY, MOVED_ON = "idempotency_running", frozenset({"stale_version", "overtaken"})

Case = dict[str, Any]


class Problem(Exception):
    """The API said no. ``code`` is the kind of refusal, ``missing`` what is still needed, as sentences."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(body.get("code", ""))
        self.title = str(body.get("detail") or body.get("title") or "")
        self.missing = tuple(str(one) for one in body.get("missing") or ())
        self.fields = dict(body.get("fields") or {})
        super().__init__(f"{status} {self.code}: {self.title} {';'.join(self.missing)}".strip())


class Unreachable(Exception):
    """No usable answer, however often we tried."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try: so many times, waiting ``first`` seconds, then twice that, at most ``longest``."""

    tries: int = 6
    first: float = 0.2
    longest: float = 5.0
    timeout: float = 30.0

    def wait(self, n: int) -> float:
        """Seconds to wait after the n-th failed try, from 0."""
        return min(self.longest, self.first * 2**n)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a reporter holds: receipt number and query code. ``home`` is the address they come from, for a proxy that
    speaks for several people."""

    receipt: str
    code: str
    home: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a request of theirs."""
        return {CODE_HEADER: self.code, **({"X-Forwarded-For": self.home} if self.home else {})}


class Client:
    """One caller of the API: an account, an API key, or nobody (the public)."""

    def __init__(
        self,
        address: str,
        token: str | None = None,
        *,
        patience: Patience | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``address`` is scheme, host and port; ``token`` an API key or the token of a login."""
        self.patience = patience or Patience()
        self._sleep = sleep
        self._credentials: tuple[str, str] | None = None
        self._http = httpx.Client(
            base_url=address.rstrip("/"), timeout=self.patience.timeout, transport=transport, trust_env=False
        )
        if token:
            self._http.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Give back the connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def login(self, login: str, password: str) -> dict[str, Any]:
        """Begin a session; further requests carry its token, and a session that has run out is begun again."""
        self._http.headers.pop("Authorization", None)
        session = self._ask("POST", "/login", {"login": login, "password": password})
        self._http.headers["Authorization"] = f"Bearer {session['token']}"
        self._http.cookies.clear()
        self._credentials = (login, password)
        return session

    def alive(self) -> bool:
        """Whether the API answers now; asked once, without patience."""
        try:
            return self._http.get(f"{BASE}/health").is_success
        except httpx.TransportError:
            return False

    def get(self, path: str, **filters: Any) -> dict[str, Any]:
        """Read something."""
        return self.ask("GET", path, filters={k: v for k, v in filters.items() if v is not None})

    def pages(self, path: str, **filters: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor: str | None = None
        while True:
            page = self.get(path, **filters, cursor=cursor)
            yield from page["items"]
            cursor = page.get("next")
            if not cursor:
                return

    def case(self, case_id: str) -> Case:
        """A case as we may see it; ``version`` is what a step must name."""
        return self.get(f"/cases/{quote(case_id, safe='')}")

    def cases(self, **filters: Any) -> Iterator[Case]:
        """The cases we may see."""
        return self.pages("/cases", limit=200, **filters)

    def take(self, case: Case, verb: str, form: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Take a step on a case as read. If it has moved on meanwhile it is read again and, as long as the step is
        still offered, taken on the new version; Problem if not."""
        for n in range(self.patience.tries):
            headers = {"If-Match": f'"{case["version"]}"', "Idempotency-Key": f'"{secrets.token_hex(16)}"'}
            try:
                return self.ask("POST", f"/cases/{case['id']}/steps/{verb}", dict(form or {}), headers)
            except Problem as problem:
                if problem.code not in MOVED_ON:
                    raise
                self._sleep(self.patience.wait(n) / 4)
                case = self.case(case["id"])
                if not offers(case, verb):
                    raise
        raise Unreachable(f"{verb}: the case is moved on by somebody else every time")

    def public_report(self, ticket: Ticket) -> dict[str, Any]:
        """A report as its reporter reads it."""
        return self.ask("GET", f"/public/reports/{quote(ticket.receipt, safe='')}", headers=ticket.headers)

    def public_step(self, ticket: Ticket, verb: str, form: Mapping[str, Any]) -> dict[str, Any]:
        """A step of the reporter, by query code."""
        headers = {**ticket.headers, "Idempotency-Key": f'"{secrets.token_hex(16)}"'}
        path = f"/public/reports/{quote(ticket.receipt, safe='')}/steps/{verb}"
        return self.ask("POST", path, dict(form), headers)

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """One request, tried again while the API is unreachable, overloaded or still busy with the first try; Problem
        for a refusal, Unreachable when patience ends. Only requests that may be repeated are."""
        try:
            return self._ask(method, path, body, headers, filters)
        except Problem as problem:
            if problem.status != 401 or self._credentials is None:
                raise
            self.login(*self._credentials)
            return self._ask(method, path, body, headers, filters)

    def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        repeatable = method in {"GET", "PUT"} or "Idempotency-Key" in (headers or {}) or path == "/login"
        last = ""
        for n in range(self.patience.tries if repeatable else 1):
            try:
                answer = self._http.request(method, BASE + path, json=body, headers=headers, params=filters)
            except httpx.TransportError as error:
                last = repr(error)
                self._sleep(self.patience.wait(n))
                continue
            found = _body(answer)
            if answer.is_success:
                return found
            if answer.status_code not in TRY_AGAIN and found.get("code") != BUSY:
                raise Problem(answer.status_code, found)
            last = f"{answer.status_code} {found.get('code', '')} {found.get('title', '')}"
            self._sleep(max(self.patience.wait(n), _retry_after(answer, self.patience.longest)))
        raise Unreachable(f"{method} {path}: {last}")


def offers(case: Case, verb: str) -> bool:
    """Whether a case as read offers a step."""
    return any(action["verb"] == verb for action in case.get("actions") or ())


def _body(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json() if answer.content else {}
    except ValueError:
        found = {"title": answer.text[:200]}
    return found if isinstance(found, dict) else {"items": found}


def _retry_after(answer: httpx.Response, longest: float) -> float:
    given = answer.headers.get("retry-after", "")
    return min(float(given), longest) if given.isascii() and given.isdigit() else 0.0
