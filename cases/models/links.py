# pyright: reportAssignmentType=false
"""Links by which a department without an account comes to one task (办件链接), and their uses. Tables only.

What does not live here: whether a link still opens anything (rules) and who may hand one out (desk).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, moment


class TaskLink(SQLModel, table=True):
    """办件链接: one link to one task, for whoever acts for its department. ``code_hash`` is of the code behind its
    ``#``, bound to this row; ``role`` is ``dept_officer``, or ``dept_head`` for one who may do both."""

    __tablename__ = "task_link"
    __table_args__ = (
        Index("task_link_case", "case_id"),
        CheckConstraint("role IN ('dept_officer','dept_head')", name="task_link_role"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by = '')", name="task_link_revoked"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    org: str
    role: str
    code_hash: str
    issued_by: str
    issued_at: datetime = moment()
    expires_at: datetime = moment()
    revoked_at: datetime | None = moment(nullable=True)
    revoked_by: str = ""


class TaskLinkUse(SQLModel, table=True):
    """链接使用记录: what was done with a link: ``issued``, ``opened``, ``revoked``, ``file``, or the verb of a step."""

    __tablename__ = "task_link_use"
    __table_args__ = (Index("task_link_use_of", "link_id", "id"),)
    id: str = Field(primary_key=True)
    link_id: str = Field(foreign_key="task_link.id")
    at: datetime = moment()
    deed: str
    actor: str
