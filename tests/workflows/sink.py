"""A receiver on loopback that answers as it is told and remembers what it got. Real sockets, no framework."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

NEVER = 3600.0


@dataclass(frozen=True)
class Reply:
    """One answer: status, further header lines, body, and the seconds to wait before it."""

    status: int = 204
    headers: tuple[str, ...] = ()
    body: bytes = b""
    after: float = 0.0
    raw: bytes | None = None


@dataclass(frozen=True)
class Got:
    """One request as it arrived; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Sink:
    """``plan`` answers the n-th request (from 0). Used as an async context."""

    plan: Callable[[int, Got], Reply] = lambda _n, _got: Reply()
    got: list[Got] = field(default_factory=list)
    port: int = 0

    async def __aenter__(self) -> Sink:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self._closed.set()
        self._server.close()
        for writer in list(self._writers):
            writer.close()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def __post_init__(self) -> None:
        self._writers: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._closed = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        """The message ids in the order they came."""
        return [one.headers["webhook-id"] for one in self.got]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        if (task := asyncio.current_task()) is not None:
            self._serving.add(task)
        try:
            while request := await self._read(reader):
                self.got.append(request)
                reply = self.plan(len(self.got) - 1, request)
                if await self._closes_within(reply.after):
                    return
                writer.write(_bytes_of(reply))
                await writer.drain()
                if reply.raw is not None:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _closes_within(self, seconds: float) -> bool:
        if not seconds:
            return False
        try:
            await asyncio.wait_for(self._closed.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _read(self, reader: asyncio.StreamReader) -> Got | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        except asyncio.IncompleteReadError:
            return None
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Got(head[0].split(" ")[1], headers, body)


def _bytes_of(reply: Reply) -> bytes:
    if reply.raw is not None:
        return reply.raw
    lines = [f"HTTP/1.1 {reply.status} Told", f"Content-Length: {len(reply.body)}", *reply.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + reply.body
