"""The shapes of the API's requests (请求格式), where they are not the forms of steps; unknown fields are refused.

What does not live here: answers (shapes) and the forms of steps (cases.machines).
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


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
    holder: str | None = Field(None, max_length=64)
    community: str | None = Field(None, max_length=64)
    matter: str | None = Field(None, max_length=64)
    overdue: bool = False
    text: str | None = Field(None, max_length=200, description="编号,或摘要中的文字")
    parent: str | None = Field(None, max_length=64)
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=64)
    schemas: bool = Field(False, description="动作是否附带表单")


class MediatorQuery(Wish):
    """The filters of a list of mediators."""

    committee: str | None = Field(None, max_length=64)
    matter: str | None = Field(None, max_length=64)
    language: str | None = Field(None, max_length=64)
    area: str | None = Field(None, max_length=64)
    text: str | None = Field(None, max_length=64, description="姓名中的文字,或编号")


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
    """Why somebody looks at a reporter's identity."""

    reason: str = Field(min_length=4, max_length=400)


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

    reason: str = Field(min_length=2, max_length=400)


class EndpointWish(Wish):
    """Where webhooks go; a private address needs its network (CIDR) named."""

    url: str = Field(min_length=8, max_length=500)
    networks: list[str] = Field(default_factory=list, max_length=20)
