"""The funnel's vocabulary: one beginning, no dead ends before the end, every stage worded."""

from __future__ import annotations

import pytest

from cases.machines.litigation import LITIGATION
from cases.packs.loader import load_pack
from cases.rules.funnel import ENDS, GOING_ON, LEADS_TO, TOLD, FunnelStage, Move, stages_of


def test_every_stage_is_reached_and_leads_to_performance() -> None:
    reached, waiting = set(), [FunnelStage.RECEIVED]
    while waiting:
        stage = waiting.pop()
        reached.add(stage)
        waiting += [one for one in LEADS_TO[stage] if one not in reached]
    assert reached == set(FunnelStage)
    assert [stage for stage in FunnelStage if not LEADS_TO[stage]] == [FunnelStage.PERFORMED]


def test_a_stage_leads_only_forward() -> None:
    order = list(FunnelStage)
    assert all(order.index(later) > order.index(stage) for stage in order for later in LEADS_TO[stage])


def test_every_stage_is_worded() -> None:
    pack = load_pack("base")
    assert len({pack.words(f"funnel.{stage}") for stage in FunnelStage}) == len(FunnelStage)


OPENED, SUBMITTED = Move("open", "accepted"), Move("submit", "submitted")
FILED, SETTLED = Move("accept_filing", "filed"), Move("mediation_settled", "agreed")
JUDGED = Move("judge", "judged")
BEFORE = {"received", "passed", "submitted"}


@pytest.mark.parametrize(
    ("moves", "stages"),
    [
        ([Move("open", "demanded")], set()),
        ([Move("open", "rejected")], {"received"}),
        ([Move("open", "repairing"), Move("screen", "accepted")], {"received", "passed"}),
        ([OPENED, SUBMITTED], BEFORE),
        ([OPENED, SUBMITTED, SETTLED], {*BEFORE, "settled_before_filing"}),
        ([OPENED, SUBMITTED, SETTLED, Move("go_on", "received"), FILED], {*BEFORE, "filed"}),
        ([OPENED, SUBMITTED, FILED, SETTLED], {*BEFORE, "filed", "mediated"}),
        ([OPENED, SUBMITTED, FILED, Move("mediate_in_court", "effective")], {*BEFORE, "filed", "mediated"}),
        ([OPENED, SUBMITTED, FILED, JUDGED], {*BEFORE, "filed", "judged"}),
        (
            [OPENED, SUBMITTED, FILED, JUDGED, Move("grant_withdrawal", "withdrawn")],
            {*BEFORE, "filed", "withdrawn"},
        ),
        (
            [OPENED, SUBMITTED, FILED, JUDGED, Move("record_performance", "performed")],
            {*BEFORE, "filed", "judged", "performed"},
        ),
        ([OPENED, Move("ask_order", "order_asked"), Move("record_performance", "performed")], {"received", "passed"}),
    ],
)
def test_a_history_tells_the_stages(moves: list[Move], stages: set[str]) -> None:
    assert stages_of(moves) == stages


def test_the_funnel_speaks_of_states_and_steps_there_are() -> None:
    assert {state.code for state in LITIGATION.states} >= TOLD
    assert {step.does for step in LITIGATION.steps} >= {*ENDS, GOING_ON}
