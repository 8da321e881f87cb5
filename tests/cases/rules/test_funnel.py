"""The funnel's vocabulary: one beginning, no dead ends before the end, every stage worded."""

from __future__ import annotations

from cases.packs.loader import load_pack
from cases.rules.funnel import LEADS_TO, FunnelStage


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
