"""What is filled in for many suits at once (批量诉讼表单): handing a batch over, choosing a model case, leaving.

What the court says of a single suit, and what the others are to do once the model is decided, live with the case type
(machines).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cases.grammar import Form

Id = Annotated[str, Field(min_length=1, max_length=64)]
MOST_SIBLINGS = 5000


class HandOver(Form):
    """批次提交: whom the court may ask about the batch."""

    person: str = Field(title="联系人", min_length=1, max_length=40)
    phone: str = Field(title="联系电话", min_length=5, max_length=40, pattern=r"^[0-9+() -]*$")


class FamilyChoice(Form):
    """示范案件确定书: the model case and the suits that wait for it; all like suits where none are named."""

    name: str = Field(title="同类案件组", min_length=1, max_length=80)
    model_case: Id = Field(title="示范案件")
    issue: str = Field(title="共同争点", min_length=2, max_length=400)
    document: str = Field(title="确定书编号", min_length=2, max_length=80)
    community_only: bool = Field(default=True, title="只限同一小区")
    siblings: tuple[Id, ...] = Field(default=(), title="平行案件(不填为全部同类案件)", max_length=MOST_SIBLINGS)


class Departure(Form):
    """退出同类案件组: its party's own wish and words."""

    words: str = Field(title="退出的理由", min_length=2, max_length=400)
