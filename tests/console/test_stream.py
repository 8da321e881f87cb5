"""Live lines: who listens is told what changed, as far as they may know it, and is not kept logged in by it."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

from api.console.broadcast import ROOM, Broadcast, Seen
from api.console.entrance import Seat, proof_for
from api.console.stream import Drawer, events, looker
from cases.store.roster import bar_account, change_account
from tests.api.world import World
from tests.console.browser import Browser
from tests.people import LI, SUN, WANG, ZHANG, Someone


def drawer(world: World, who: Someone) -> Drawer:
    caller = world.house.identity.caller(who.token)
    return Drawer(Seat(world.house, caller, "zh", proof_for(who.token)), ticks=True)


def test_a_changed_line_is_drawn_for_whoever_may_see_it(world: World):
    case_id = world.report()["id"]
    look = looker(world.house)
    before = look(frozenset({case_id, "0" * 32}), None)
    assert before == Seen({case_id: 1}, (), case_id)
    assert world.step(LI, case_id, "accept").status_code == 200
    fresh = world.report()["id"]
    after = look(frozenset({case_id}), before.newest)
    assert after == Seen({case_id: 2}, (fresh,), fresh)
    event = drawer(world, WANG).event("row", case_id)
    content = json.loads(event.partition("data: ")[2])
    assert event.startswith("event: row\n")
    assert "已受理" in content["html"]
    assert f'value="{case_id}:2"' in content["html"]
    assert drawer(world, WANG).event("more", fresh)
    for stranger in (SUN, ZHANG):
        assert json.loads(drawer(world, stranger).event("row", case_id).partition("data: ")[2])["html"] == ""
        assert drawer(world, stranger).event("more", fresh) == ""


def test_listening_does_not_keep_a_session_alive(world: World):
    listening = drawer(world, WANG)
    assert listening.is_in(WANG.token)
    idle = timedelta(minutes=world.office.settings.idle_minutes)
    world.real.ahead(seconds=idle.total_seconds() * 0.6)
    assert listening.is_in(WANG.token)
    world.real.ahead(seconds=idle.total_seconds() * 0.6)
    assert not listening.is_in(WANG.token)


def test_who_moved_to_another_office_is_told_nothing_more_of_the_old_one(world: World):
    case_id = world.report()["id"]
    listening = drawer(world, WANG)
    assert listening.event("more", case_id)
    with world.office.database.writing() as connection:
        change_account(connection, listening.seat.caller.actor.id, WANG.name, SUN.org, WANG.roles)
    assert listening.is_in(WANG.token)
    assert listening.event("more", case_id) == ""


async def test_nothing_is_drawn_for_a_session_that_ended(world: World):
    case_id = world.report()["id"]
    listening = drawer(world, WANG)
    versions = iter(range(1, 10_000))
    told = events(
        Broadcast(lambda ids, _last: Seen({case_id: next(versions)}, (), case_id), pause=0),
        frozenset({case_id}),
        listening,
        WANG.token,
    )
    assert (await anext(told)).startswith("retry:")
    with world.office.database.writing() as connection:
        bar_account(connection, listening.seat.caller.actor.id)
    assert (await anext(told)).startswith("event: over")


def test_a_stream_is_refused_to_strangers_and_for_nonsense(looker: Browser):
    assert looker.ask("GET", "/console/stream").status_code == 303
    looker.enter(WANG)
    assert looker.ask("GET", "/console/stream?ids=x").status_code == 422
    assert looker.ask("GET", "/console/stream?ids=" + ",".join(f"{n:032x}" for n in range(201))).status_code == 422


async def test_one_look_serves_all_and_who_does_not_keep_up_is_told():
    looks: list[frozenset[str]] = []
    versions = {"a": 1, "b": 1}

    def look(ids: frozenset[str], last: str | None) -> Seen:
        looks.append(ids)
        versions["a"] += 1
        return Seen({one: versions[one] for one in ids}, () if last is None else ("new",), "new")

    broadcast = Broadcast(look, pause=0)
    async with broadcast.listening(frozenset("a")) as first, broadcast.listening(frozenset("b")) as second:
        got = {await asyncio.wait_for(first.queue.get(), 10) for _ in range(2)}
        assert got == {("row", "a"), ("more", "new")}
        assert await asyncio.wait_for(second.queue.get(), 10) == ("more", "new")
        for _ in range(1_000):
            await asyncio.sleep(0.001)
            if second.lost:
                break
        assert second.queue.qsize() == ROOM
    assert frozenset("ab") in looks
    assert not broadcast._listeners  # pyright: ignore[reportPrivateUsage]
    count = len(looks)
    await asyncio.sleep(0.05)
    assert len(looks) - count <= 1
