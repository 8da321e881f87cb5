"""The webhook gate (推送网关): one signed POST to a department's address, and what came of it.

One client a process; exact bytes, no redirects, no proxy from the environment, no cookies, a capped answer. What does
not live here: which addresses are allowed (egress), when to try again (rules) and what is sent (the outbox).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from cases.clocks import SystemClock
from cases.errors import Unsafe
from cases.rules.addresses import networks_in, parted
from cases.signing import signed_headers
from workflows.gates.answer import Answer
from workflows.gates.egress import Destination, Resolve, Unreachable, destination, networks_of, resolve

CHANNEL = "webhook"
ANSWER_BYTES = 2048
CONNECTIONS, CONNECTIONS_EACH = 64, 8
GONE = 410
LONGEST_WAIT = timedelta(days=7)

_FAILURES = (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, OSError, ValueError)
"""Whatever a receiver's odd bytes may turn into on the way through two libraries."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where an organisation receives, with the secret both sides share and the networks it named."""

    org: str
    url: str
    secret: str
    networks: str = ""


class Webhooks:
    """The open gate; used as a context. ``connect`` and ``total`` are the longest waits in seconds, ``approved`` the
    private networks (CIDR) the administrator approves: of those a receiver named, only what lies in them is reached."""

    def __init__(self, connect: float, total: float, approved: Sequence[str], *, ask: Resolve = resolve) -> None:
        self._connect, self._total, self._ask = connect, total, ask
        self._approved = networks_in(approved)
        self._clock = SystemClock()
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Webhooks:
        context = httpx.create_ssl_context(trust_env=False)
        connector = aiohttp.TCPConnector(limit=CONNECTIONS, limit_per_host=CONNECTIONS_EACH, ssl=context)
        session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
        waits = httpx.Timeout(self._total, connect=self._connect)
        transport = AiohttpTransport(client=session, trust_env=False)
        self._client = httpx.AsyncClient(transport=transport, timeout=waits, follow_redirects=False, trust_env=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def send(self, receiver: Receiver, message_id: str, body: bytes) -> Answer:
        """One try; never raises for anything the other side does."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._total):
                answer = await self._send(receiver, message_id, body)
        except Unreachable as refusal:
            answer = Answer("silent", CHANNEL, detail=refusal.sentence)
        except Unsafe as refusal:
            answer = Answer("unsafe", CHANNEL, detail=refusal.sentence)
        except TimeoutError:
            answer = Answer("silent", CHANNEL, detail="超时未答复")
        except _FAILURES as error:
            answer = Answer("silent", CHANNEL, detail=f"连接失败:{type(error).__name__}")
        took = round((time.monotonic() - began) * 1000)
        return Answer(answer.kind, CHANNEL, answer.status, took, answer.detail, answer.retry_after)

    async def _send(self, receiver: Receiver, message_id: str, body: bytes) -> Answer:
        kept, taken_back = parted(networks_of(receiver.networks), self._approved)
        target = await destination(receiver.url, kept, self._ask, taken_back)
        seconds = int(self._clock.now().timestamp())
        headers = {
            "host": target.host_header,
            "content-type": "application/json",
            "accept-encoding": "identity",
            "user-agent": "huiyin",
            **signed_headers(receiver.secret, message_id, seconds, body),
        }
        if self._client is None:
            raise RuntimeError("the gate is not open")
        extensions = {"sni_hostname": target.host} if _named(target) else {}
        request = self._client.build_request("POST", target.url, headers=headers, content=body, extensions=extensions)
        response = await self._client.send(request, stream=True)
        try:
            said = await _capped(response)
        finally:
            await response.aclose()
        return self._judge(response, said)

    def _judge(self, response: httpx.Response, said: str) -> Answer:
        """2xx arrived; 410 wants nothing more; everything else, a redirect included, is a failure."""
        status = response.status_code
        if response.is_success:
            return Answer("accepted", CHANNEL, status, detail=said)
        if status == GONE:
            return Answer("gone", CHANNEL, status, detail=said)
        wait = retry_after(response.headers.get("retry-after", ""), self._clock.now())
        return Answer("refused", CHANNEL, status, detail=said or f"HTTP {status}", retry_after=wait)


def _named(target: Destination) -> bool:
    """Whether TLS is spoken to a name that differs from the address."""
    return target.scheme == "https" and target.host != target.address


async def _capped(response: httpx.Response) -> str:
    """The beginning of the answer; the rest is not read."""
    said = b""
    async for chunk in response.aiter_raw():
        said += chunk
        if len(said) >= ANSWER_BYTES:
            break
    return said[:ANSWER_BYTES].decode("utf-8", "replace").replace("\x00", "")


def retry_after(text: str, now: datetime) -> timedelta | None:
    """How long a receiver asks to be left alone: seconds or an HTTP date; None when it says nothing sensible."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        return min(timedelta(seconds=int(plain[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(plain)
    except (ValueError, TypeError, IndexError):
        return None
    until = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST_WAIT)
