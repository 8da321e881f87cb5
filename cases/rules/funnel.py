"""The funnel of batched suits (批次漏斗): the stages that suits pass from the association's desk to performance.

What does not live here: counting (a query over recorded cases) and the table of a suit (``cases.machines``). Each stage
is worded in the pack as ``funnel.<stage>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple


class FunnelStage(StrEnum):
    """A stage of the funnel (reference 4e), in order of time.

    After filing a suit ends as ``mediated``, ``withdrawn`` or ``judged``, one of the three.
    """

    RECEIVED = "received"
    PASSED = "passed"
    SUBMITTED = "submitted"
    SETTLED_BEFORE_FILING = "settled_before_filing"
    FILED = "filed"
    MEDIATED = "mediated"
    WITHDRAWN = "withdrawn"
    JUDGED = "judged"
    PERFORMED = "performed"


LEADS_TO: dict[FunnelStage, tuple[FunnelStage, ...]] = {
    FunnelStage.RECEIVED: (FunnelStage.PASSED,),
    FunnelStage.PASSED: (FunnelStage.SUBMITTED,),
    FunnelStage.SUBMITTED: (FunnelStage.SETTLED_BEFORE_FILING, FunnelStage.FILED),
    FunnelStage.SETTLED_BEFORE_FILING: (FunnelStage.PERFORMED,),
    FunnelStage.FILED: (FunnelStage.MEDIATED, FunnelStage.WITHDRAWN, FunnelStage.JUDGED),
    FunnelStage.MEDIATED: (FunnelStage.PERFORMED,),
    FunnelStage.WITHDRAWN: (FunnelStage.PERFORMED,),
    FunnelStage.JUDGED: (FunnelStage.PERFORMED,),
    FunnelStage.PERFORMED: (),
}
"""Which stages may come next: a count never exceeds that of the stages before it."""

AT_THE_DESK = frozenset({"screening", "repairing", "rejected"})
PASSED, SUBMITTED, FILED, PERFORMED = "accepted", "submitted", "filed", "performed"
"""States of a suit: with the association that screens it, and what it passes afterwards."""

ENDS: dict[str, FunnelStage] = {
    "mediation_settled": FunnelStage.MEDIATED,
    "mediate_in_court": FunnelStage.MEDIATED,
    "grant_withdrawal": FunnelStage.WITHDRAWN,
    "judge": FunnelStage.JUDGED,
}
"""Steps by which a filed suit ends; of several the last counts, and going on takes an agreement back."""
GOING_ON = "go_on"
TOLD = AT_THE_DESK | {PASSED, SUBMITTED, FILED, PERFORMED}
"""States whose entries tell of a stage; ``ENDS`` and ``GOING_ON`` are told by their verb."""


class Move(NamedTuple):
    """One entry of a suit's history: the verb and the state it led to."""

    verb: str
    to: str


def stages_of(moves: Iterable[Move]) -> frozenset[FunnelStage]:
    """The stages a suit has passed, by its history in order."""
    history = list(moves)
    found = {_BY_STATE[move.to] for move in history if move.to in _BY_STATE}
    if FunnelStage.PASSED in found:
        found.add(FunnelStage.RECEIVED)
    end = _end_of(history)
    if end is not None and FunnelStage.FILED in found:
        found.add(end)
    elif end == FunnelStage.MEDIATED and FunnelStage.SUBMITTED in found:
        found.add(FunnelStage.SETTLED_BEFORE_FILING)
    if found.isdisjoint(_BEFORE_PERFORMANCE):
        found.discard(FunnelStage.PERFORMED)
    return frozenset(found)


def _end_of(history: Sequence[Move]) -> FunnelStage | None:
    """How it ended last, unless it went on after all."""
    last = next((move.verb for move in reversed(history) if move.verb in ENDS or move.verb == GOING_ON), "")
    return ENDS.get(last)


_BY_STATE = {
    **dict.fromkeys(AT_THE_DESK, FunnelStage.RECEIVED),
    PASSED: FunnelStage.PASSED,
    SUBMITTED: FunnelStage.SUBMITTED,
    FILED: FunnelStage.FILED,
    PERFORMED: FunnelStage.PERFORMED,
}
_BEFORE_PERFORMANCE = frozenset(stage for stage, after in LEADS_TO.items() if FunnelStage.PERFORMED in after)
