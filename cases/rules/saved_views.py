"""The saved views of a queue (清单视图): what waits for whom, read off the tables of the case types.

A view names the verbs it waits for; the states it holds are those in which a person may take one of them. So a state
that is added to a case type is in its views by itself. What does not live here: conditions on rows (store).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.grammar import CaseType
from cases.rules.lights import RED, YELLOW

DUE, NEWEST = "due", "newest"
"""The orders of a queue: nearest due moment first, those without one last; or newest first."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved view: the verbs that are waited for, or a light, or whatever the asker's own organisation holds, or open
    cases, those due ``today``, those on which a ``clock`` runs; a view of none of these holds
    everything. ``sort`` is its order where nothing else is asked."""

    code: str
    label: str
    label_en: str
    verbs: frozenset[str] = frozenset()
    light: str = ""
    mine: bool = False
    open: bool = False
    today: bool = False
    clock: str = ""
    sort: str = DUE


RETURN_VERBS = frozenset({"submit_return", "drop_return", "uphold_return", "reject_return"})
ANSWER_VERBS = frozenset({"feed_back", "call_back", "explain", "visit"})

SAVED_VIEWS: Mapping[str, SavedView] = {
    view.code: view
    for view in (
        SavedView("to_accept", "待受理", "To accept", frozenset({"accept"})),
        SavedView("to_dispatch", "待派遣", "To dispatch", frozenset({"dispatch"})),
        SavedView("unsigned", "待签收", "To be signed for", frozenset({"sign_for"})),
        SavedView("returns", "退单", "Returns", RETURN_VERBS),
        SavedView("due_soon", "即将超期", "Due soon", light=YELLOW),
        SavedView("overdue", "超期", "Overdue", light=RED),
        SavedView("to_answer", "待回访", "To answer and follow up", ANSWER_VERBS),
        SavedView("mine", "我的", "Mine", mine=True),
        SavedView("all", "全部", "All", sort=NEWEST),
    )
}

RULING_VERBS = frozenset({"uphold_return", "reject_return"})
EXTENSION_VERBS = frozenset({"grant_extension", "refuse_extension"})

BOARD_VIEWS: Mapping[str, SavedView] = {
    view.code: view
    for view in (
        SavedView("open", "在办", "Open", open=True),
        SavedView("due_today", "今日到期", "Due today", today=True),
        SavedView("to_rule", "待裁定退单", "Returns to rule on", RULING_VERBS),
        SavedView("to_extend", "待批延期", "Extensions to decide", EXTENSION_VERBS),
        SavedView("to_reply", "督办待答复", "Orders to be answered", frozenset({"answer_order"})),
        SavedView("urged", "催办未答复", "Reminders not answered", clock="urge_reply"),
    )
}
"""Views the board of the day (今日看板) counts and leads into; they stand in no row of tabs."""

EVERY_VIEW: Mapping[str, SavedView] = {**SAVED_VIEWS, **BOARD_VIEWS}


def states_of(view: SavedView, case_types: Iterable[CaseType]) -> dict[str, frozenset[str]]:
    """By case type, the states in which a person, not the house itself, may take a verb the view waits for. What has
    come to its end waits for nothing."""
    found: dict[str, frozenset[str]] = {}
    for case_type in case_types:
        ends = {state.code for state in case_type.states if state.end}
        waited = (
            step for step in case_type.steps if step.does in view.verbs and not all(role.inside for role in step.roles)
        )
        states = frozenset(source for step in waited for source in step.sources) - ends
        if states:
            found[case_type.code] = states
    return found
