"""A case as one line of a list (案件行), as far as whoever looks may know it: first what is known of it, then the words
a list draws.

What does not live here: which cases are listed (queue) and the view a line is drawn from (cases.desk.views).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.console.frame import in_chinese
from api.console.labels import Labels
from api.console.moments import distance, full
from cases.desk.views import View


@dataclass(frozen=True, slots=True)
class Row:
    """What a page knows of a case in a list. ``verbs`` is what could be done now; ``since`` when a task was sent that
    nobody has signed for yet."""

    id: str
    number: str
    case_type: str
    version: int
    light: str
    light_word: str
    state: str
    matter: str
    place: str
    summary: str
    holder: str
    due_at: datetime | None
    clock: str
    left: str
    provisional: bool
    marks: tuple[str, ...]
    urgent: bool
    opened_at: datetime
    verbs: tuple[tuple[str, str], ...]
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: all that is drawn, in the words of its page, so that drawing asks for nothing. ``ready`` says
    whether anything could be done now, ``due`` and ``due_title`` when what is due, ``sent`` how long ago a task was
    sent that nobody has signed for yet."""

    id: str
    version: int
    ready: bool
    tick: str
    light: str
    light_word: str
    due: str
    due_title: str
    left: str
    provisional: bool
    number: str
    case_type: str
    matter: str
    hot: str
    marks: tuple[str, ...]
    summary: str
    place: str
    state: str
    sent: str
    holder: str


def line_of(row: Row, labels: Labels, now: datetime) -> Line:
    """A row in the words of a page that is drawn at ``now``."""
    lang, due_at, urgent = labels.lang, row.due_at, row.urgent
    return Line(
        id=row.id,
        version=row.version,
        ready=bool(row.verbs),
        tick=labels.say("选择 {number}", number=row.number),
        light=row.light,
        light_word=row.light_word,
        due=due_at.isoformat() if due_at else "",
        due_title=f"{row.clock} {full(due_at, lang)}" if due_at else "",
        left=_left(row, lang, now),
        provisional=row.provisional,
        number=row.number,
        case_type=row.case_type,
        matter=in_chinese(lang, row.matter or labels.say("未认定事项")),
        hot=row.marks[0] if urgent else "",
        marks=row.marks[1:] if urgent else row.marks,
        summary=row.summary,
        place=in_chinese(lang, row.place),
        state=row.state,
        sent=labels.say("{ago}送来", ago=distance(row.since, now, lang)) if row.since else "",
        holder=in_chinese(lang, row.holder),
    )


def _left(row: Row, lang: str, now: datetime) -> str:
    """How much time is left: in Chinese in office time, where that is known."""
    if row.due_at is None:
        return ""
    return row.left if lang == "zh" and row.left else distance(row.due_at, now, lang)


def row_of(view: View, labels: Labels) -> Row:
    """The line of a view."""
    next_clock = next((one for one in view["clocks"] if one["due_at"] == view["next_due"] and one["due_at"]), None)
    return Row(
        id=view["id"],
        number=view["number"],
        case_type=labels.case_type(view["case_type"]),
        version=view["version"],
        light=view["light"],
        light_word=labels.light(view["light"]),
        state=labels.state(view["case_type"], view["state"]),
        matter=view["matter"]["name"] if view["matter"] else "",
        place=place_of(view),
        summary=view["summary"],
        holder=labels.org(view["holder"]),
        due_at=view["next_due"],
        clock=labels.clock(next_clock["code"]) if next_clock else "",
        left=next_clock["words"] if next_clock else "",
        provisional=view["provisional"],
        marks=tuple(marks_of(view, labels)),
        urgent=view["emergency"],
        opened_at=view["opened_at"],
        since=view["opened_at"] if unsigned(view, labels) else None,
        verbs=tuple((one["verb"], labels.action(one)) for one in view["actions"] if not one["still_needed"]),
    )


def unsigned(view: View, labels: Labels) -> bool:
    """Whether this is a department's task that waits to be signed for."""
    steps = labels.office.desk.engines[view["case_type"]].by_verb.get("sign_for", {})
    return bool(view["duty"]) and view["state"] in steps


def place_of(view: View) -> str:
    """Community, building and room."""
    facts: dict[str, Any] = {**(view.get("report") or {}), **view["facts"]}
    parts = (view["community"]["name"] if view["community"] else "", facts.get("building"), facts.get("room"))
    return " ".join(str(part) for part in parts if part)


def marks_of(view: View, labels: Labels) -> list[str]:
    """What is special about a case, in a word each."""
    found = [labels.say("紧急")] if view["emergency"] else []
    found += [labels.say("督办") + str(view["level"])] if view["level"] else []
    found += [labels.say("封存")] if view["sealed"] else []
    found += [labels.duty(view["duty"])] if view["duty"] else []
    return found
