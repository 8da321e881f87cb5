"""Links to one task (办件链接): which task may have one, for how long, and why one opens nothing any more.

What does not live here: codes and rows (desk, store), and how it is said to be one's own (the edge).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cases.piece import Piece

LONGEST_DAYS: Final = 30
USUAL_DAYS: Final = 7
"""How long a link lives, in days: a matter of safety and of no law; whoever needs longer gets another one."""

OFFICER, HEAD = "dept_officer", "dept_head"
HELD_AS: Final = {OFFICER: frozenset({OFFICER}), HEAD: frozenset({OFFICER, HEAD})}
"""In which roles a link lets act. A head may do both: the smallest departments are one person."""

REVOKED, EXPIRED, CLOSED, SEALED, BARRED = "revoked", "expired", "closed", "sealed", "barred"


def why_none(piece: Piece) -> str:
    """Why a case may not be handed out by link; "" for one that may.

    A sealed task is the police's alone: whoever hands out a link could open it.
    """
    if piece.duty is None or not piece.assignee:
        return "只有部门任务可以发办件链接"
    if piece.sealed:
        return "封存的公安任务不能发链接,请由公安账号办理"
    return "" if piece.is_open else "任务已经办结或退回,不能再发链接"


def why_shut(
    piece: Piece, expires_at: datetime, revoked_at: datetime | None, now: datetime, *, vouched: bool = True
) -> str:
    """Why a link opens nothing any more; "" while it does. With its task a link ends by itself, and with the account of
    whoever issued it, who knows its code: then nobody vouches for it."""
    if revoked_at is not None:
        return REVOKED
    if piece.sealed:
        return SEALED
    if not piece.is_open:
        return CLOSED
    if now >= expires_at:
        return EXPIRED
    return "" if vouched else BARRED
