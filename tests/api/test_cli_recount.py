"""After a notice is taken in, the deadlines it touches are counted again: in the history, as rows, and told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import arranging
from api.cli import almanac, app
from api.cli.almanac import Wish, publish, recount
from cases.errors import Overtaken
from cases.office import open_office, prepare
from cases.ports import BEIJING
from cases.settings import Settings
from tests.api.test_cli_calendar import TEXT_2027
from tests.api.world import World
from tests.builders import OPERATOR, STATION, a_clue

LATE = datetime(2027, 2, 3, 10, 0, tzinfo=BEIJING)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    file = tmp_path / "2027.txt"
    file.write_text(TEXT_2027, encoding="utf-8")
    return file


def clocks(world: World, case_id: str) -> list[tuple[datetime, bool]]:
    return [
        (row["due_at"].astimezone(BEIJING), row["provisional"])
        for row in world.counter.rows("deadline", case_id=case_id)
    ]


def end(*when: int) -> datetime:
    return datetime(*when, 23, 59, 59, tzinfo=BEIJING)  # type: ignore[arg-type]


def test_each_change_is_a_row_in_the_history_and_told(world: World, notice: Path):
    """A report before the Spring Festival: the notice gives days off the law alone does not, and a Sunday worked."""
    world.clock.jump(datetime(2027, 2, 4, 10, 0, tzinfo=BEIJING))
    case_id = world.counter.open().case_id
    assert clocks(world, case_id) == [(end(2027, 2, 9), True)]
    publish(world.office, notice, Wish())
    done = recount(world.office)
    assert (done.moved, done.refused) == (1, [])
    assert clocks(world, case_id) == [(end(2027, 2, 14), False)]
    assert world.counter.verbs(case_id)[-1] == "recount"
    (change,) = world.counter.rows("deadline_change", case_id=case_id)
    assert (change["kind"], change["due_before"].astimezone(BEIJING), change["due_after"].astimezone(BEIJING)) == (
        "recount",
        end(2027, 2, 9),
        end(2027, 2, 14),
    )
    (told,) = [one for one in world.counter.notices(case_id) if one["event"] == "clue.recount"]
    assert told["recipient"] == STATION
    assert world.counter.whole()
    again = recount(world.office)
    assert (again.moved, again.settled) == (0, 0)


def test_many_in_small_batches_come_to_the_same(world: World, notice: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(arranging, "BATCH", 2)
    world.clock.jump(datetime(2027, 2, 4, 10, 0, tzinfo=BEIJING))
    moved = [world.counter.open(room=str(n)).case_id for n in range(3)]
    world.clock.jump(datetime(2027, 3, 1, 10, 0, tzinfo=BEIJING))
    settled = [world.counter.open(room=str(n)).case_id for n in range(3, 5)]
    publish(world.office, notice, Wish())
    done = recount(world.office)
    assert (done.moved, done.settled, len(set(done.numbers))) == (3, 2, 3)
    assert {clocks(world, one)[0] for one in moved} == {(end(2027, 2, 14), False)}
    assert {clocks(world, one)[0] for one in settled} == {(end(2027, 3, 2), False)}


def test_a_corrected_year_moves_deadlines_that_were_certain(world: World, notice: Path):
    """A make-up day moves from Saturday to Sunday: who counted on the Saturday has one day more, nobody else."""
    publish(world.office, notice, Wish())
    world.clock.jump(datetime(2027, 2, 19, 10, 0, tzinfo=BEIJING))
    late = world.counter.open(room="1").case_id
    world.clock.jump(datetime(2027, 2, 25, 10, 0, tzinfo=BEIJING))
    other = world.counter.open(room="2").case_id
    assert clocks(world, late) == [(end(2027, 2, 20), False)]
    assert clocks(world, other) == [(end(2027, 2, 26), False)]
    notice.write_text(TEXT_2027.replace("2月20日(周六)", "2月21日(周日)"), encoding="utf-8")
    revision = publish(world.office, notice, Wish(replace=True, reason="更正"))
    assert revision.replaces
    assert recount(world.office).moved == 0, "none of them is provisional"
    done = recount(world.office, every=revision.replaces)
    assert (done.moved, done.settled, len(done.numbers)) == (1, 0, 1)
    assert clocks(world, late) == [(end(2027, 2, 21), False)]
    assert clocks(world, other) == [(end(2027, 2, 26), False)]
    assert "recount" not in world.counter.verbs(other)
    assert {row["calendar"] for row in world.counter.rows("deadline")} == {world.office.calendar().version}
    assert recount(world.office, every=True).moved == 0


def test_a_batch_that_was_overtaken_is_tried_again(world: World, notice: Path, monkeypatch: pytest.MonkeyPatch):
    world.clock.jump(datetime(2027, 2, 4, 10, 0, tzinfo=BEIJING))
    world.counter.open()
    publish(world.office, notice, Wish())
    real, calls = arranging.recount_batch, []

    def overtaken(*given: object, **more: object) -> object:
        calls.append(given)
        if len(calls) < 3:
            raise Overtaken("别人先办了")
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(arranging, "recount_batch", overtaken)
    assert recount(world.office).moved == 1
    monkeypatch.setattr(arranging, "recount_batch", lambda *_, **__: (_ for _ in ()).throw(Overtaken("别人先办了")))
    with pytest.raises(Overtaken):
        recount(world.office)


def test_the_command_says_what_was_counted_again(tmp_path: Path, notice: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HUIYIN_DURABLE", "false")
    waited: list[float] = []
    monkeypatch.setattr(almanac, "sleep", waited.append)
    prepare(Settings())
    office = open_office(Settings())
    with office.database.writing() as connection:
        office.desk.open_case(connection, office.pack_id, a_clue(), OPERATOR, LATE)
    office.close()
    said = CliRunner().invoke(app, ["calendar", "import", str(notice)])
    assert said.exit_code == 0, said.output
    assert "重算时限:由暂算转为确定 1 个,届满时间变动 0 个。" in said.output
    assert waited == [almanac.LOOK_SECONDS], "other processes get the time to notice"
    for words in (["import", str(notice)], ["recount"], ["recount", "--every"]):
        said = CliRunner().invoke(app, ["calendar", *words])
        assert said.exit_code == 0, said.output
        assert "由暂算转为确定 0 个,届满时间变动 0 个" in said.output
    assert len(waited) == 1
