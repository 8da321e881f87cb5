"""The funnel of batched suits (批次漏斗): the stages that suits pass from the association's desk to performance.

What does not live here: counting (a query over recorded cases) and the states of a case (``cases.machines``). Each
stage is worded in the pack as ``funnel.<stage>``.
"""

from __future__ import annotations

from enum import StrEnum


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
