"""The reporters: when they look, what they think, and that an answer counts only when it was read by query code."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta

import pytest

from api.demo.diary import Line
from tests.api.demo.stage import Stage, resident
from tests.api.world import World


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


def of_mind(stage: Stage, mind: str, *, firm: bool = False) -> Line:
    """A report whose reporter is of this mind, answered."""
    number = next(n for n in map(str, range(1000)) if stage.reporters.mind(Line(1, n)) == mind)
    line = stage.bring(number) if firm else stage.bring_all(resident(number))[0]
    stage.answered(line)
    stage.reporters.hear(stage.operator.answered(), stage.world.counter.now)
    return line


def look(stage: Stage) -> int:
    """Everybody who meant to look does."""
    moment = stage.reporters.next_at
    assert moment is not None
    stage.world.clock.jump(moment)
    return stage.reporters.work(moment)


def test_an_answer_is_looked_at_in_the_next_days(stage: Stage):
    of_mind(stage, "confirm")
    moment, now = stage.reporters.next_at, stage.world.counter.now
    assert moment is not None
    assert timedelta(hours=4) <= moment - now <= timedelta(days=5)
    assert stage.reporters.work(now) == 0


@pytest.mark.parametrize("firm", [False, True])
def test_who_is_content_confirms(stage: Stage, firm: bool):
    line = of_mind(stage, "confirm", firm=firm)
    assert look(stage) == 1
    assert stage.state(line) == "closed"
    assert stage.facts(line)["satisfied"] in {3, 4, 5}
    assert line.answer
    assert stage.reporters.next_at is None


@pytest.mark.parametrize("firm", [False, True])
def test_who_is_not_says_so_once_and_confirms_the_second_answer(stage: Stage, firm: bool):
    line = of_mind(stage, "not_solved", firm=firm)
    look(stage)
    assert stage.state(line) == "dissatisfied"
    stage.answered(line)
    stage.reporters.hear(stage.operator.answered(), stage.world.counter.now)
    look(stage)
    assert stage.state(line) == "closed"


def test_who_is_silent_has_read_the_answer_and_is_not_asked_again(stage: Stage):
    line = of_mind(stage, "silent")
    look(stage)
    assert stage.state(line) == "confirming"
    assert line.answer
    stage.reporters.hear([line.case_id], stage.world.counter.now)
    assert stage.reporters.next_at is None


def test_an_organisation_reads_its_inbox_before_it_answers(stage: Stage):
    line = of_mind(stage, "silent", firm=True)
    look(stage)
    seen = [row["seen_at"] for row in stage.world.counter.rows("notice", recipient="JT-WY01")]
    assert seen
    assert all(seen)
    assert line.answer


def test_a_wrong_code_reads_nothing(stage: Stage):
    line = stage.bring("1")
    stage.answered(line)
    line.code = "WRONGWRONG12"
    stage.reporters.hear(stage.operator.answered(), stage.world.counter.now)
    look(stage)
    assert line.answer == ""


def test_in_the_end_everybody_reads_again(stage: Stage):
    line, asked = stage.bring("1"), stage.bring("2", dissuasion=None, building="7幢")
    stage.answered(line)
    stage.diary.write(Line(9, "被拒"))
    stage.reporters.read_all()
    assert (line.answer != "", line.ended, asked.answer, asked.ended) == (True, False, "", False)


def test_minds_are_spread_as_meant(stage: Stage):
    minds = Tally(stage.reporters.mind(Line(1, str(n))) for n in range(2000))
    assert 0.66 < minds["confirm"] / 2000 < 0.74
    assert 0.07 < minds["not_solved"] / 2000 < 0.13
    assert 0.16 < minds["silent"] / 2000 < 0.24
    again = Line(1, next(n for n in map(str, range(1000)) if stage.reporters.mind(Line(1, n)) == "silent"), reactions=1)
    assert stage.reporters.mind(again) == "confirm"
