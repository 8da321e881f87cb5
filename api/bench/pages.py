"""``pages``: whole pages of the console over very many cases, as the server makes them, from the request to the last
byte of the answer.

The app answers in this process, without a network. The base reads the cases of the page by their ids with the bare
driver, in the same run. What does not live here: filling the office (many), the list alone (console).
"""

from __future__ import annotations

import asyncio
import gzip
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert
from starlette.types import ASGIApp, Message

from api.app import create_app
from api.bench.console import PAGE_GOAL, Times, Who, everybody, figures, rows_of
from api.bench.figure import Figure, figure, seconds
from api.bench.ground import reported
from api.bench.many import NOW, RARE, places_of
from api.collecting import settle
from api.console.queue import PAGE
from api.deps import COOKIE
from api.house import House
from api.identity import digest
from cases.desk.desk import Order
from cases.desk.routing import route_batch
from cases.office import Office
from cases.rules.saved_views import SAVED_VIEWS
from cases.store.accounts import NewAccount, add_account
from cases.store.queue.asked import Asked
from cases.store.queue.paging import page
from cases.store.sheaf import table

ROUNDS = 40
CASE_GOAL = "p50 <= 20"
STATIC = re.compile(r'"(/static/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Standing:
    """A clock that stands at the moment the cases were written for."""

    at: datetime = NOW

    def now(self) -> datetime:
        """That moment."""
        return self.at


def measured(kind: str, office: Office) -> list[Figure]:
    """Whole pages in an office that is full of cases."""
    case_id = _a_dispatched_case(office)
    house = House.of(replace(office, clock=Standing()))
    app = create_app(house)
    settle()
    found: list[Figure] = []
    with office.database.reading() as connection:
        for who in everybody(office):
            cookie = session_of(house, who)
            for name, address, asked in addresses(office):
                ids = _ids(connection, who, asked)
                times = asyncio.run(_times(app, cookie, address, lambda ids=ids: rows_of(connection, ids)))
                found += figures(f"page {name} ({who.name})", kind, times, PAGE_GOAL)
            if who.name == "operator":
                address = f"/console/cases/{case_id}"
                times = asyncio.run(_times(app, cookie, address, lambda: rows_of(connection, [case_id])))
                found += figures(f"page of a case ({who.name})", kind, times, CASE_GOAL)
                found.append(_on_the_wire(kind, app, cookie))
    return found


def addresses(office: Office) -> Iterator[tuple[str, str, Asked]]:
    """The pages that are asked for: the name, the address, and the question behind it."""
    place, matter = places_of(office)[0].community, next(iter(office.pack.matters))
    for view in SAVED_VIEWS:
        yield view, f"/console?view={view}", Asked(view=view, limit=PAGE)
    narrowed = {
        "community": Asked(limit=PAGE, community=place),
        "matter": Asked(limit=PAGE, matter=matter),
        "light": Asked(limit=PAGE, light="yellow"),
        "state": Asked(limit=PAGE, state="verifying"),
    }
    for name, asked in narrowed.items():
        yield f"all, one {name}", f"/console?view=all&{name}={getattr(asked, name)}", asked
    yield "search", f"/console?view=all&q={RARE[0]}", Asked(search=RARE[0], limit=PAGE)


def session_of(house: House, who: Who) -> str:
    """Log somebody in; answers what their browser sends."""
    token, now = f"hs_{secrets.token_hex(16)}", house.clock.now()
    named = NewAccount(f"bench-{secrets.token_hex(4)}", who.name, who.actor.org or "", tuple(who.actor.roles), "")
    with house.office.database.writing() as connection:
        account_id = add_account(connection, named, now)
        session = {"token_hash": digest(token), "account_id": account_id, "created_at": now, "seen_at": now}
        connection.execute(insert(table("session")).values(**session, expires_at=now + timedelta(hours=8)))
    return token


def _ids(connection: Connection, who: Who, asked: Asked) -> list[str]:
    return [piece.id for piece in page(connection, who.actor, who.kind, asked, NOW).pieces]


async def ask(app: ASGIApp, address: str, cookie: str) -> bytes:
    """What the app answers to a browser that takes compressed pages; RuntimeError for anything but 200."""
    path, _, query = address.partition("?")
    headers = [(b"host", b"localhost"), (b"accept-encoding", b"gzip"), (b"cookie", f"{COOKIE}={cookie}".encode())]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http"}
    scope |= {"path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": ""}
    scope |= {"headers": headers, "client": ("127.0.0.1", 40000), "server": ("localhost", 80)}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    if sent[0]["status"] != 200:
        raise RuntimeError(f"{address}: {sent[0]['status']}")
    return b"".join(message.get("body", b"") for message in sent)


async def _times(app: ASGIApp, cookie: str, address: str, base: Callable[[], None]) -> Times:
    """Pages of one address, each followed by its base; the first is not counted."""
    found = Times()
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        await ask(app, address, cookie)
        found.ours.append(1000 * (time.perf_counter() - began))
        found.base.append(1000 * seconds(base))
    return Times(found.ours[1:], found.base[1:])


def _on_the_wire(kind: str, app: ASGIApp, cookie: str) -> Figure:
    """What the first load of the queue costs on the way, in kilobytes: the page, the styles, the script, the mark."""

    async def load() -> int:
        first = await ask(app, "/console", cookie)
        parts = set(STATIC.findall(gzip.decompress(first).decode()))
        return len(first) + sum([len(await ask(app, part, cookie)) for part in parts])

    return figure("first load on the wire", kind, asyncio.run(load()) / 1000, 0, "<= 30", "KB")


def _a_dispatched_case(office: Office) -> str:
    """A case that was asked back, completed, accepted and dispatched to its departments."""
    (case_id,) = reported(office, 1, NOW)
    steps = (("ask_more", {"request": "请写明楼层"}), ("supplement", {"text": "六楼"}), ("accept", {}))
    actor = next(who.actor for who in everybody(office) if who.name == "operator")
    for verb, form in steps:
        with office.database.writing() as connection:
            for taken in office.desk.take_steps(connection, [Order(case_id, verb, form)], actor, NOW):
                if isinstance(taken, Exception):
                    raise taken
    with office.database.writing() as connection:
        route_batch(office.desk, connection, NOW, 500)
    return case_id
