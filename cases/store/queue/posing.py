"""Questions put into words once (提问): what a queue is asked depends on the roles of whoever asks, the view and which
filters are set; which organisation, place, matter or day it is, is filled in when the question is put.

What does not live here: what the filters mean (filters), and the walk (walking).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, bindparam

from cases.grammar import Actor
from cases.models import Instant
from cases.store.database import THOUGHT_OVER
from cases.store.queue.asked import NOBODY, Asked
from cases.store.queue.filters import ANY_DAY, ESCAPE, FILLED, Slice, day_of, midnight_of, slices
from cases.store.queue.parts import BLANK
from cases.store.queues import OWN

NOW = bindparam("now", type_=Instant())


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question and whoever asks it: ``asker`` with neither name nor organisation, ``form`` the question with blanks
    for what was filled in, ``values`` what was."""

    connection: Connection
    asker: Actor
    kind: str
    form: Asked
    values: dict[str, Any]

    @classmethod
    def of(cls, connection: Connection, actor: Actor, kind: str, asked: Asked, now: datetime) -> Inquiry:
        """The question of an actor whose organisation is of this kind."""
        values = {**values_of(asked, now), "org": actor.org}
        return cls(connection, one_of_the_role(actor), kind, form_of(asked, actor.org), values)

    def slices(self, *, apart: bool = True) -> tuple[Slice, ...]:
        """What is asked for, as ``filters.slices`` cuts it."""
        return cut(self.asker, self.kind, self.form, apart)

    def put(self, question: Executable, **more: Any) -> CursorResult[Any]:
        """Ask the database; what is filtered, but for words, it must think over: the best way depends on what for."""
        options = {THOUGHT_OVER: self.form.narrowed}
        return self.connection.execute(question, {**self.values, **more}, execution_options=options)


def one_of_the_role(actor: Actor) -> Actor:
    """The actor without a name, and with a blank for their organisation: what of it all of their role share."""
    return replace(actor, id="", name="", behind="", org=OWN if actor.org else None)


def form_of(asked: Asked, org: str | None) -> Asked:
    """The question with blanks; a holder who is the asker, or nobody, makes it another question."""
    blanks: dict[str, Any] = {name: BLANK for name in FILLED if getattr(asked, name)}
    if asked.holder and asked.holder in {NOBODY, org}:
        blanks["holder"] = OWN if asked.holder == org else NOBODY
    days = {name: ANY_DAY for name in ("opened_on", "closed_on") if getattr(asked, name)}
    return replace(asked, cursor=None, limit=0, search=None, **blanks, **days)


def values_of(asked: Asked, now: datetime) -> dict[str, Any]:
    """What the blanks of a question stand for, and the moments it speaks of."""
    found: dict[str, Any] = {name: value for name in FILLED if (value := getattr(asked, name))}
    for name in ("opened", "closed"):
        day = getattr(asked, f"{name}_on")
        if day is not None:
            found[f"{name}_from"], found[f"{name}_until"] = day_of(day)
    if asked.text:
        found["within"] = "%" + re.sub(f"[{ESCAPE}%_]", rf"{ESCAPE}\g<0>", asked.text) + "%"
    return {**found, "now": now, "midnight": midnight_of(now)}


@lru_cache(maxsize=1_000)
def cut(asker: Actor, kind: str, form: Asked, apart: bool, by_keeper: bool = False) -> tuple[Slice, ...]:
    """The slices of a question with blanks; the same people ask the same all day."""
    return tuple(slices(asker, kind, form, NOW, apart=apart, by_keeper=by_keeper))
