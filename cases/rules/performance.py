"""Is an agreement being performed (履行协议): items still open, the next due day, terms that have passed.

The committee supervises performance (人民调解法 31). What does not live here: execution by a court (confirming).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cases.grammar import Question, asks_form
from cases.ports import BEIJING

Item = Mapping[str, Any]


def open_items(plan: Iterable[Item]) -> list[Item]:
    """The items not yet done, the earliest due first."""
    return sorted((item for item in plan if not item.get("done_on")), key=lambda item: (item["due"], item["n"]))


def next_due(plan: Iterable[Item]) -> str:
    """The day the next open item is due (ISO), "" when none is open."""
    left = open_items(plan)
    return left[0]["due"] if left else ""


def last_day(plan: Iterable[Item]) -> str:
    """The last day of performance (履行期间的最后一日, ISO), "" for an empty plan."""
    return max((item["due"] for item in plan), default="")


def how_far(plan: Iterable[Item]) -> str:
    """履行情况: ``full``, ``partial`` or ``none``, as the appraisal of a body counts it."""
    items = list(plan)
    if all(item.get("done_on") for item in items):
        return "full"
    return "partial" if any(item.get("done_on") or item.get("paid") for item in items) else "none"


def _plan(q: Question) -> list[Item]:
    return list(q.piece.facts.get("plan", []))


@asks_form
def item_open(q: Question) -> bool:
    """只能登记尚未履行的事项"""
    return q.form.item in {item["n"] for item in open_items(_plan(q))}


@asks_form
def done_not_ahead(q: Question) -> bool:
    """履行日期不能晚于今天"""
    today: date = q.now.astimezone(BEIJING).date()
    return q.form.on <= today


def _left_after(q: Question) -> list[Item]:
    return [item for item in open_items(_plan(q)) if item["n"] != q.form.item or not q.form.complete]


@asks_form
def nothing_left(q: Question) -> bool:
    """还有未履行的事项"""
    return not _left_after(q)


@asks_form
def something_left(q: Question) -> bool:
    """全部事项已履行"""
    return bool(_left_after(q))


def a_term_has_passed(q: Question) -> bool:
    """约定的履行期限尚未届满"""
    day, today = next_due(_plan(q)), q.now.astimezone(BEIJING).date()
    return bool(day) and date.fromisoformat(day) < today
