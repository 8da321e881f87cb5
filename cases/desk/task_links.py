"""Handing one task to a department by link (办件链接): issued, opened, taken back. A link opens one task and no other.

The code is told once and only its digest is kept; every use is a line nobody can take away. Opening the task is seeing
it: what lay on the shelf has arrived. What does not live here: steps (desk), which link still opens anything (rules).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import Connection

from cases.desk.courier import seen
from cases.desk.desk import Desk
from cases.errors import NotAllowed, NotFound, NotNow, Refusal
from cases.grammar import Actor, Form
from cases.ids import code_hash, new_id, new_link_code
from cases.piece import Piece
from cases.rules.links import HELD_AS, LONGEST_DAYS, OFFICER, USUAL_DAYS, why_none, why_shut
from cases.store import accounts, task_links
from cases.store.task_links import Row

WRONG = "链接或口令不对"
LINK = "link:"
"""How the id of an actor begins who came by a link; the link's id follows."""


class LinkShut(Refusal):
    """链接已失效: the link was good once; ``details`` say why it opens nothing any more."""

    kind: ClassVar[str] = "link_shut"


class LinkWish(Form):
    """办件链接: for whom in the department, and for how long."""

    role: str = Field(default=OFFICER, title="给谁用", pattern="^(dept_officer|dept_head)$")
    days: int = Field(default=USUAL_DAYS, ge=1, le=LONGEST_DAYS, title="几天内有效")


@dataclass(frozen=True, slots=True)
class Issued:
    """A link that was issued; the code is told once and never kept."""

    link_id: str
    code: str
    org: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A link somebody came with, and the task it is for."""

    row: Row
    piece: Piece

    def actor(self, name: str = "") -> Actor:
        """Whoever holds the link: in the name of its department, in this case alone."""
        row = self.row
        roles = HELD_AS[row["role"]]
        own, by = frozenset({row["case_id"]}), row["issued_by"]
        return Actor(f"{LINK}{row['id']}", name, row["org"], roles, own, confined=True, behind=by)


def issue(connection: Connection, piece: Piece, actor: Actor, wish: LinkWish, now: datetime) -> Issued:
    """A link to the task. NotNow where there can be none."""
    refused = why_none(piece)
    if refused:
        raise NotNow(refused)
    link_id, code, expires_at = new_id(), new_link_code(), now + timedelta(days=wish.days)
    row: dict[str, Any] = {"id": link_id, "case_id": piece.id, "org": piece.assignee, "role": wish.role}
    row |= {"code_hash": code_hash(link_id, code), "issued_by": actor.id, "issued_at": now, "expires_at": expires_at}
    task_links.add_link(connection, {**row, "revoked_at": None, "revoked_by": ""})
    task_links.note_use(connection, link_id, "issued", actor.id, now)
    return Issued(link_id, code, piece.assignee or "", expires_at)


def revoke(connection: Connection, piece: Piece, link_id: str, actor: Actor, now: datetime) -> None:
    """Take a link of the case back; taking it back again changes nothing."""
    row = task_links.link(connection, link_id)
    if row is None or row["case_id"] != piece.id:
        raise NotFound("没有这个链接")
    if task_links.take_back(connection, link_id, actor.id, now):
        task_links.note_use(connection, link_id, "revoked", actor.id, now)


def held_by(desk: Desk, connection: Connection, link_id: str, code: str, now: datetime) -> Held:
    """What a link leads to. NotFound for a wrong code as for a link that never was; LinkShut says why a good one opens
    nothing any more."""
    row = task_links.link(connection, link_id)
    right = hmac.compare_digest(row["code_hash"] if row else "", code_hash(link_id, code))
    piece = desk.pieces.one(connection, row["case_id"]) if row and right else None
    if row is None or piece is None or piece.assignee != row["org"]:
        raise NotFound(WRONG)
    return _open(connection, row, piece, now)


def held_still(desk: Desk, connection: Connection, held: Held, now: datetime) -> Held:
    """The same link, as it stands in the transaction that is to act by it."""
    row, piece = task_links.link(connection, held.row["id"]), desk.pieces.one(connection, held.piece.id)
    if row is None or piece is None or piece.assignee != row["org"]:
        raise NotFound(WRONG)
    return _open(connection, row, piece, now)


def shut(connection: Connection, row: Row, piece: Piece, now: datetime) -> str:
    """Why a link opens nothing any more; "" while it does."""
    stands = not accounts.barred(connection, row["issued_by"])
    return why_shut(piece, row["expires_at"], row["revoked_at"], now, vouched=stands)


def _open(connection: Connection, row: Row, piece: Piece, now: datetime) -> Held:
    why = shut(connection, row, piece, now)
    if why:
        told = {"why": why, "number": piece.number, "station": piece.station, "expires_at": row["expires_at"]}
        raise LinkShut("链接已失效", **told)
    return Held(row, piece)


def look(desk: Desk, connection: Connection, held: Held, now: datetime) -> None:
    """A person opened the task: its notices are seen, and what was on the shelf has arrived. Needs a real
    transaction."""
    for notice_id in task_links.notices_to(connection, held.piece.id, held.row["org"]):
        seen(desk, connection, notice_id, held.row["org"], now)
    task_links.note_use(connection, held.row["id"], "opened", held.actor().id, now)


def demand_desk(at_home: bool) -> None:
    """Only the desk of the station that dispatched the task hands out links to it."""
    if not at_home:
        raise NotAllowed("只有派遣任务的工作站可以发办件链接")
