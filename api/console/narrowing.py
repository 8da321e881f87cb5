"""What the filters of the queue can be set to (筛选项): lists to choose from, and names to write where a list would be
too long to send with every page.

What does not live here: the question a filter stands for (queue, cases.store.queue).
"""

from __future__ import annotations

from collections.abc import Mapping

from api.console.choices import NO_DEPARTMENTS
from api.console.labels import LIGHTS, Labels
from cases.machines import CASE_TYPES
from cases.rules.saved_views import DUE, NEWEST
from cases.store.queue.asked import LIGHTS as LIT
from cases.store.queue.asked import NOBODY

MOST = 300
"""Up to so many are offered to choose from; of more the name is written, or the code."""

SORTS: Mapping[str, str] = {DUE: "按应办时间", NEWEST: "新件在前"}
NAMED = ("community", "department", "holder")
"""Filters of which a city has too many for a list."""


def filters_of(labels: Labels) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to, as (code, name); a state of several kinds of case has all its names. Nothing for
    one that has too many."""
    states: dict[str, dict[str, None]] = {}
    for kind, engine in labels.office.desk.engines.items():
        for state in engine.case_type.states:
            states.setdefault(state.code, {})[labels.state(kind, state.code)] = None
    found = {
        "matter": [(one.code, f"{one.code} {one.name}") for one in labels.pack.matters.values()],
        "state": [(code, "/".join(names)) for code, names in states.items()],
        "light": [(code, labels.say(LIGHTS[code])) for code in LIT],
        "sort": [(code, labels.say(word)) for code, word in SORTS.items()],
        "type": [(one.code, labels.case_type(one.code)) for one in CASE_TYPES],
    }
    every = {name: _named(name, labels) for name in NAMED}
    return found | {name: some if len(some) <= MOST else [] for name, some in every.items()}


def coded(labels: Labels, written: Mapping[str, str]) -> dict[str, str]:
    """What was written into filters that are named, as codes; what is no name stays as it is."""
    given = {name: value for name, value in written.items() if value}
    known = {name: {word: code for code, word in _named(name, labels)} for name in given}
    return {name: known[name].get(value, value) for name, value in given.items()}


def _named(name: str, labels: Labels) -> list[tuple[str, str]]:
    pack = labels.pack
    if name == "community":
        return [(one.code, one.name) for one in pack.communities.values()]
    if name == "department":
        return [(one.code, one.name) for one in pack.organisations.values() if one.kind not in NO_DEPARTMENTS]
    everybody = [(one.code, one.name) for one in pack.organisations.values()]
    return [(NOBODY, labels.say("不在任何单位手上")), *everybody]
