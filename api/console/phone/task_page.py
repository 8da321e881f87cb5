"""What a department sees of its task by link (任务页): the task with what may be done, and the form of one step.

What does not live here: coming in by the link and taking a step (tasks), what may be known and done (views, engine).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from fastapi import Request
from starlette.responses import Response

from api.console.choices import Choices
from api.console.facts import facts_of
from api.console.fields import Drawing, Field, every_field
from api.console.frame import lang_of
from api.console.labels import Labels
from api.console.phone.frame import show
from api.console.phone.reporting import MOST_PHOTOS
from api.console.rows import place_of, row_of
from api.console.sheet import PICTURES, SELDOM, described, line_of
from api.counter import Counter
from api.filing import Filing
from api.house import House
from api.linkroom import LONGEST_NAME
from api.photos import redrawn
from cases.desk.task_links import Held
from cases.desk.views import Reader, View
from cases.engine import Engine
from cases.errors import Malformed
from cases.grammar import STAY

SMALL = 320
MOST_SMALL = 12
SIGNER = "receiver"
"""The field of a form that asks who acts: on these pages that is always asked."""


@dataclass(frozen=True)
class Try:
    """What came of a form so far: what was typed, what is wrong, what is missing."""

    typed: Mapping[str, list[str]] = field(default_factory=dict)
    status: int = 200
    said: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Key:
    """What somebody came in with, and what they call themselves."""

    link_id: str
    code: str
    name: str = ""


class Task:
    """One task, for whoever holds its link."""

    def __init__(self, request: Request, house: House, held: Held, key: Key) -> None:
        self.request, self.house, self.held, self.key = request, house, held, key
        self.reader: Reader = house.reader(held.actor(key.name))
        self.labels = Labels(house.office, lang_of(request))
        self.counter = Counter(house)
        self.view = self.counter.case(self.reader, held.piece.id)

    def action(self, verb: str) -> View | None:
        """The action as the engine offers it now, if it does."""
        return next((one for one in self.view["actions"] if one["verb"] == verb), None)

    def files(self) -> list[View]:
        """What lies with the task and its report."""
        return Filing(self.house).listed(self.reader, self.held.piece.id)["items"]

    def page(self, *, done: str = "", tried: Try | None = None) -> Response:
        """The task with what may be done."""
        view, labels, tried = self.view, self.labels, tried or Try()
        engine = self.house.office.desk.engines[view["case_type"]]
        lines = self.counter.entries(self.reader, view["id"])["items"]
        report = {name: one for name, one in view.get("report", {}).items() if name in {"found_at", "mediations"}}
        clocks = self.counter.deadlines(self.reader, view["id"])["items"]
        files = self.files()
        offered = sorted(view["actions"], key=lambda one: not moves(engine, one["verb"]))
        return self.show(
            "phone_task.html", tried.status, onward=sum(moves(engine, one["verb"]) for one in offered),
            tried=tried, done=done and labels.verb(view["case_type"], done),
            row=row_of(view, labels), place=place_of(view), description=described(view),
            facts=facts_of({**report, **view["facts"]}, labels), files=files, small=self._small(files),
            clocks=[one for one in clocks if not one["stopped_at"]],
            actions=[one for one in offered if one["verb"] not in SELDOM],
            aside=[one for one in offered if one["verb"] in SELDOM],
            lines=[line_of(one, engine, labels) for one in reversed(lines)],
        )  # fmt: skip

    def form(self, action: View, tried: Try | None = None) -> Response:
        """The form of one step."""
        schema = action["schema"]
        tried = tried or Try(
            {"officers": [self.key.name]} if self.key.name and "officers" in schema["properties"] else {}
        )
        fields = self.fields(action, tried)
        rest = {name: said for name, said in tried.wrong.items() if not _said_beside(fields, name)}
        return self.show(
            "phone_step.html", tried.status, tried=tried, action=action, fields=fields, rest=rest,
            with_photos="text" in schema["properties"], most=MOST_PHOTOS, longest=LONGEST_NAME,
        )  # fmt: skip

    def fields(self, action: View, tried: Try) -> tuple[Field, ...]:
        """What a step asks for, besides who acts."""
        clocks = tuple(one["code"] for one in self.view["clocks"])
        drawing = Drawing.of(action["schema"], tried.typed, tried.wrong, Choices(self.labels, clocks, self.files()))
        return tuple(one for one in drawing.fields(action["schema"]) if one.name != SIGNER)

    def show(self, name: str, status: int = 200, **more: Any) -> Response:
        """A page of this task."""
        station = self.labels.pack.organisation(self.view["station"] or "")
        return show(
            self.request, name, status, key=self.key, view=self.view, labels=self.labels, station=station,
            until=self.held.row["expires_at"], pictures=PICTURES, switch="", **more,
        )  # fmt: skip

    def _small(self, files: list[View]) -> dict[str, str]:
        """The first pictures, small enough to travel in the page itself: nothing else has to be asked for them."""
        shown: dict[str, str] = {}
        for one in [one for one in files if one["media_type"] in PICTURES][:MOST_SMALL]:
            with self.house.folder.path(one["sha256"]).open("rb") as kept:
                shown[one["id"]] = _inlined(kept, self.house.folder.limit)
        return shown


def moves(engine: Engine, verb: str) -> bool:
    """Whether a step leads on, and does not only record something."""
    return any(step.to != STAY for steps in engine.by_verb.get(verb, {}).values() for step in steps)


def _inlined(kept: BinaryIO, limit: int) -> str:
    """A picture as an address that holds it; "" for one no decoder reads."""
    try:
        return "data:image/jpeg;base64," + base64.b64encode(redrawn(kept, limit, SMALL)).decode()
    except Malformed:
        return ""


def _said_beside(fields: tuple[Field, ...], name: str) -> bool:
    return name == "_name" or any(name == one.name or name.startswith(f"{one.name}.") for one in every_field(fields))
