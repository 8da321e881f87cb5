"""The shapes of the API's requests (请求格式), where they are not the forms of steps; unknown fields are refused.

What does not live here: answers (shapes) and the forms of steps (cases.machines).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cases.desk.mediation.forms import PartyForm
from cases.machines.mediation_forms import MediationApplication
from cases.ports import BEIJING
from cases.rules.saved_views import EVERY_VIEW
from cases.store.holdings import Period
from cases.store.queue.asked import ALL

_VIEWS = "、".join(f"{view.code} {view.label}" for view in EVERY_VIEW.values())

EARLIEST = date(2000, 1, 1)
"""Before any case of this house."""

LATEST = date(2100, 1, 1)
"""After any case of this house."""


class Wish(BaseModel):
    """A described request; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class LoginForm(Wish):
    """Login and password."""

    login: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=1000)


class CaseQuery(Wish):
    """The filters of a list of cases."""

    case_type: str | None = Field(None, alias="type", max_length=64)
    state: str | None = Field(None, max_length=64)
    holder: str | None = Field(None, max_length=64, description="在谁手上;- 为不在任何单位手上")
    community: str | None = Field(None, max_length=64)
    matter: str | None = Field(None, max_length=64)
    overdue: bool = False
    text: str | None = Field(None, max_length=200, description="编号,或摘要中的文字")
    parent: str | None = Field(None, max_length=64)
    view: str = Field(ALL, max_length=64, description=f"清单视图:{_VIEWS}")
    sort: str | None = Field(None, max_length=16, description="due 按应办时间,newest 新件在前;不填按视图")
    search: str | None = Field(None, max_length=200, description="编号、摘要、小区、地点、事项中的文字;各词以空格分隔")
    department: str | None = Field(None, max_length=64, description="承办或主办部门")
    light: str | None = Field(None, max_length=16, description="灯色 red、yellow、green、grey;仅未结案件")
    opened_on: date | None = Field(None, ge=EARLIEST, le=LATEST, description="登记日(北京时间)")
    closed_on: date | None = Field(None, ge=EARLIEST, le=LATEST, description="办结日(北京时间)")
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=64, description="上一次回答中的 next 或 previous")
    schemas: bool = Field(False, description="动作是否附带表单")


class MediatorQuery(Wish):
    """The filters of a list of mediators."""

    committee: str | None = Field(None, max_length=64)
    matter: str | None = Field(None, max_length=64)
    language: str | None = Field(None, max_length=64)
    area: str | None = Field(None, max_length=64)
    text: str | None = Field(None, max_length=64, description="姓名中的文字,或编号")


class PeriodQuery(Wish):
    """A period: days in Beijing, both counted; the present is the latest end."""

    first: date | None = Field(None, alias="from", ge=EARLIEST, description="自(含当日)")
    last: date | None = Field(None, alias="to", ge=EARLIEST, description="至(含当日);不填为现在")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise ValueError("截止日不得早于起始日")
        return self

    def period(self, now: datetime) -> Period:
        """The moments of these days, none later than ``now``."""
        since = datetime.combine(self.first, time(), BEIJING) if self.first else None
        if self.last is None or self.last >= now.astimezone(BEIJING).date():
            return Period(since, now)
        return Period(since, datetime.combine(self.last, time(), BEIJING) + timedelta(days=1))


class HoldingQuery(PeriodQuery):
    """Which time of an organisation."""

    case_type: str | None = Field(None, max_length=64, description="案件类型;不填为全部")


class FunnelQuery(PeriodQuery):
    """Which suits are counted: those entered in a period; of one batch, association or court, or of all."""

    batch: str | None = Field(None, max_length=64, description="批次;不填为全部")
    association: str | None = Field(None, max_length=64, description="接收诉状的机构;不填为全部")
    court: str | None = Field(None, max_length=64, description="人民法院;不填为全部")


class MediationWish(Wish):
    """A dispute and its parties, who are kept apart from it."""

    application: MediationApplication = Field(title="纠纷")
    parties: list[PartyForm] = Field(title="当事人", min_length=1, max_length=50)


class CodeWish(Wish):
    """Which side of a suit is to have a query code."""

    side: Literal["plaintiff", "defendant"]


class StepOrder(Wish):
    """One step of a batch; without a version the present one is taken."""

    case_id: str = Field(max_length=64)
    verb: str = Field(max_length=64)
    form: dict[str, Any] | None = None
    version: int | None = Field(None, ge=0, le=2**31 - 1)


class StepOrders(Wish):
    """A batch of steps."""

    orders: list[StepOrder] = Field(min_length=1, max_length=200)


class Reason(Wish):
    """Why somebody looks at the identity of a reporter or a party."""

    reason: str = Field(title="理由", min_length=4, max_length=400)


class ReplayWish(Wish):
    """Whose parked notices are to be sent again; all, when left out."""

    recipient: str | None = Field(None, max_length=64)


class DraftWish(Wish):
    """The facts of a document that is only looked at."""

    facts: dict[str, Any] = Field(default_factory=dict, description="文书内容,见该文书的 schema")


class PaperWish(DraftWish):
    """The facts of a document to be made; ``revises`` names the one it is a new version of."""

    revises: str | None = Field(None, max_length=64, description="新版本所替代的文书")


class VoidWish(Wish):
    """Why a document is voided."""

    reason: str = Field(title="理由", min_length=2, max_length=400)


class EndpointWish(Wish):
    """Where webhooks go; a private address needs its network (CIDR) named, inside one the administrator approved."""

    url: str = Field(min_length=8, max_length=500)
    networks: list[str] = Field(default_factory=list, max_length=20)
