"""The shapes of figures (统计格式): how enforcement, mediation and batches of suits go, in numbers of cases.

What does not live here: the queries (cases.store) and the shapes of single cases (shapes).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.shapes import Shape


class Counted(Shape):
    """Cases by organisation, and the first of them by number; nothing of what is in a file."""

    total: int
    by: list[dict[str, Any]] = Field(description="按单位的件数")
    items: list[dict[str, Any]] = Field(description="编号、状态、时间;至多200件")


class OversightView(Shape):
    """How enforcement and mediation go (执法监督)."""

    as_of: datetime
    since: datetime | None
    overdue: Counted = Field(description="超期未结")
    returned: Counted = Field(description="退单")
    not_filed: Counted = Field(description="不予受理和查无违法")
    mediation: list[dict[str, Any]] = Field(description="各调解委员会在手、超期和结果")


class StagePassed(Shape):
    """Suits that passed a stage of the funnel."""

    stage: str
    name: str
    suits: int
    amount: str = Field(description="标的额合计(元)")


class FunnelView(Shape):
    """How far suits have come (批次漏斗), in the order of the stages."""

    as_of: datetime
    since: datetime | None
    stages: list[StagePassed]


class BatchView(Shape):
    """A batch of suits, and the suits in it."""

    id: str
    number: str
    association: str
    court: str
    opened_at: datetime
    closed_at: datetime | None = Field(description="封存:清单已定")
    submitted_at: datetime | None
    suits: int = Field(description="清单件数")
    total: str = Field(description="清单金额合计(元)")
    digest: str
    manifest_id: str | None
    manifest: str | None = Field(description="批次清单")
    screened: dict[str, int] = Field(description="筛查结论的件数")
    items: list[dict[str, Any]]


class FamilyView(Shape):
    """A family of like suits: its model, how many wait and follow, everybody who stood in it."""

    id: str
    name: str
    association: str
    court: str
    firm: str
    community: str
    issue: str
    model_case: str
    model_number: str
    document: str
    chosen_at: datetime
    decided_at: datetime | None
    counts: dict[str, int]
    following: str = Field(description="参照示范裁判的内容;未定的为空")
    members: list[dict[str, Any]]
