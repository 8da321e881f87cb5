"""The shapes of what people without an account are answered (公众答复格式): reporters and parties with a query code.

What does not live here: the other answers (shapes).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.shapes import Action, Shape


class Receipt(Shape):
    """A public report was received; the query code is told once."""

    receipt: str
    code: str
    words: str
    state: str


class PartyView(Shape):
    """A mediation or a suit as one of its parties sees it; ``committee`` keeps the file."""

    receipt: str
    committee: str
    side: str
    state: str
    words: str
    answer: str
    court: str = Field(description="受理诉讼的人民法院;调解为空")
    next_due: str = Field(description="最近一项期限:调解为履行期限,诉讼为办理时限")
    confirmation: list[str] = Field(description="司法确认进展")
    steps: list[dict[str, Any]]
    actions: list[Action]
    version: int


class PublicView(Shape):
    """A report as its reporter sees it."""

    receipt: str
    state: str
    words: str
    answer: str
    request: str
    holder: str = Field(description="现由哪个单位办理;空:在报告人处,或已办完")
    next_due: datetime | None = Field(description="最近一项时限")
    steps: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    updated_at: datetime
    version: int
