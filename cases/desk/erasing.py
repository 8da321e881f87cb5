"""Erasing what the law says must go (依法删除): payloads of entries and the reporter's identity, leaving tombstones;
with the content also the files of the case, which the night then destroys (``shredding``).

What does not live here: who may and on what ground (the step's row and form).
"""

from __future__ import annotations

from datetime import datetime

from cases.engine import Outcome
from cases.grammar import Effect
from cases.ids import new_id
from cases.machines.erasure_steps import Erasure
from cases.store.changes import PARTY_IDENTITY
from cases.store.sheaf import Sheaf


def erase(sheaf: Sheaf, effect: Effect, outcome: Outcome, now: datetime) -> None:
    """Write the rows that empty what the form names."""
    form = outcome.form
    if not isinstance(form, Erasure):
        return
    if effect.arg == "payloads":
        for seq in form.entries:
            sheaf.update("payload_erase", None, None, now, form.ground, outcome.piece.id, seq)
    elif effect.arg == "content" and form.content:
        sheaf.update("dissuasion_erase", "", "", "", "", outcome.piece.id)
        sheaf.insert("shredding", id=new_id(), case_id=outcome.piece.id, at=now, ground=form.ground, done_at=None)
    elif effect.arg == "identity" and form.identity:
        sheaf.update("identity_erase", "", "", None, outcome.piece.id)
        sheaf.update("party_erase", *([""] * len(PARTY_IDENTITY)), outcome.piece.id)
