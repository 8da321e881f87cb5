"""The flows as Prefect runs them: against a real server, with their records, retries and windows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from prefect import tags
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.sorting import ArtifactSort

from cases.desk.routing import Routed
from cases.desk.suits.families import choose
from cases.desk.suits.forms import FamilyChoice
from cases.errors import Overtaken
from cases.office import Office
from tests.builders import FIRE
from tests.cases.counter import Counter
from tests.cases.suits import Association
from tests.workflows.rooms import a_room, accept, clock_of, dispatch, listen_at, notices, task_of
from tests.workflows.sink import Reply, Sink
from workflows import deadlines, delivery, families, postroom, routing

pytestmark = [
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("prefect"),
    pytest.mark.asyncio(loop_scope="session"),  # Prefect keeps connections to the loop it first met
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # and leaves some to the collector
]


async def newest_record(key: str) -> list[dict[str, Any]]:
    """The rows of the newest table under this key, as the server keeps them."""
    async with get_client() as client:
        wanted = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
        found = await client.read_artifacts(artifact_filter=wanted, sort=ArtifactSort.CREATED_DESC, limit=1)
    assert isinstance(found[0].data, str)
    return json.loads(found[0].data)


async def newest_run(name: str) -> Any:
    async with get_client() as client:
        runs = await client.read_flow_runs(limit=20)
    return max((run for run in runs if run.name.startswith(name)), key=lambda run: str(run.created))


async def test_routing_says_which_department_got_which_case_and_nobody_s_name(office: Office):
    async with a_room(office):
        ids = accept(office, 3)
        with tags("huiyin", routing.NAME):
            routed = await routing.route()
        assert routed.counts() == {FIRE: 3}
        assert not await_routing(office)
    rows = await newest_record(routing.NAME)
    assert [(row["department"], row["deed"], row["cases"]) for row in rows] == [(FIRE, "dispatch", 3)]
    with office.database.reading() as connection:
        pieces = office.desk.pieces.many(connection, ids)
    assert set(rows[0]["numbers"].split()) == {piece.number for piece in pieces}
    said = json.dumps(rows, ensure_ascii=False)
    assert "欧阳举报" not in said
    assert "13812345678" not in said
    run = await newest_run(routing.NAME)
    assert {"huiyin", routing.NAME} <= set(run.tags)
    assert run.state_name == "Completed"


def await_routing(office: Office) -> bool:
    with office.database.reading() as connection:
        return routing.something_to_route(connection, office.clock.now())


async def test_overtaken_is_retried_by_prefect_and_nothing_is_lost(office: Office, monkeypatch: pytest.MonkeyPatch):
    calls: list[int] = []
    real = routing.route_batch

    def once_overtaken(*given: Any) -> Routed:
        calls.append(1)
        if len(calls) == 1:
            real(*given)  # it had got as far as this, and all of it is taken back
            raise Overtaken("别人先办了")
        return real(*given)

    monkeypatch.setattr(routing, "route_batch", once_overtaken)
    monkeypatch.setattr(routing.route_some, "retry_delay_seconds", [0, 0, 0])
    async with a_room(office):
        (clue,) = accept(office)
        routed = await routing.route()
    assert len(calls) == 2
    assert routed.total == 1
    assert task_of(office, clue, FIRE).state == "dispatched"


async def test_a_batch_that_fails_for_good_fails_the_run(office: Office, monkeypatch: pytest.MonkeyPatch):
    def never(*_: Any) -> Routed:
        raise ConnectionError("the database is away")

    monkeypatch.setattr(routing, "route_batch", never)
    monkeypatch.setattr(routing.route_some, "retry_delay_seconds", [0, 0, 0])
    async with a_room(office):
        (clue,) = accept(office)
        with pytest.raises(ConnectionError):
            await routing.route()
    with office.database.reading() as connection:
        piece = office.desk.pieces.one(connection, clue)
    assert piece is not None
    assert piece.state == "accepted"


async def test_deadlines_say_what_was_done_to_which_case(office: Office):
    async with a_room(office):
        (clue,) = accept(office)
        clock_of(office).ahead(days=2)
        swept = await deadlines.sweep()
    assert swept.clocks >= 1
    rows = await newest_record(deadlines.NAME)
    with office.database.reading() as connection:
        piece = office.desk.pieces.one(connection, clue)
    assert piece is not None
    assert {row["deed"] for row in rows} == set(swept.deeds)
    assert all(piece.number in row["numbers"] for row in rows)


async def test_suits_of_a_family_are_led_along_batch_by_batch(office: Office, tmp_path: Path):
    association = Association(Counter(office), tmp_path)
    model, *others = association.at_court(6)
    with office.database.writing() as connection:
        form = FamilyChoice(name="物业费", model_case=model, issue="服务标准", document="示范1号")
        choose(association.court(connection), form)
    async with a_room(association.office, batch=2):
        led = await families.lead()
    assert (len(led.waiting), led.refused) == (5, [])
    (row,) = await newest_record(families.NAME)
    assert (row["deed"], row["cases"]) == ("wait", 5)
    assert {association.counter.piece(one).state for one in others} == {"waiting"}
    with office.database.reading() as connection:
        assert not families.anything_pending(connection, office.clock.now())


async def test_delivery_says_what_came_of_it_for_each_recipient(office: Office):
    async with Sink() as sink, a_room(office):
        listen_at(office, FIRE, sink.url)
        dispatch(office, 3)
        tally = await delivery.deliver()
    assert len(sink.got) == 3
    assert tally.total("delivered") == 3
    (row,) = await newest_record(delivery.NAME)
    assert (row["recipient"], row["delivered"], row["retry"], row["parked"]) == (FIRE, 3, 0, 0)


async def test_a_delivery_whose_settling_fails_once_is_not_sent_twice(office: Office, monkeypatch: pytest.MonkeyPatch):
    calls: list[int] = []
    real = postroom.settle_batch

    def once_away(*given: Any) -> int:
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionError("the database is away")
        return real(*given)

    monkeypatch.setattr(postroom, "settle_batch", once_away)
    monkeypatch.setattr(delivery.deliver_batch, "retry_delay_seconds", [0, 0, 0])
    async with Sink() as sink, a_room(office):
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        await delivery.deliver()
    assert len(sink.got) == 1
    assert notices(office, FIRE)[0]["state"] == "delivered"


async def test_a_run_whose_window_is_over_hands_its_lane_over(office: Office):
    async with Sink(lambda *_: Reply(after=1.0)) as sink, a_room(office, window_seconds=0.3) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        tally = await delivery.deliver()
    assert delivery.NAME in room.handed_over
    assert tally.total("delivered") == 1
