"""What the filters of the queue can be set to (筛选项): lists to choose from, and names to write where a list would be
too long to send with every page.

What does not live here: the question a filter stands for (queue, cases.store.queue).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from api.console.choices import NO_DEPARTMENTS
from api.console.frame import say
from api.console.labels import LIGHTS
from cases.machines import CASE_TYPES
from cases.packs.schema import Pack
from cases.rules.saved_views import DUE, NEWEST
from cases.store.queue.asked import LIGHTS as LIT
from cases.store.queue.asked import NOBODY

MOST = 300
"""Up to so many are offered to choose from; of more the name is written, or the code."""

SORTS: Mapping[str, str] = {DUE: "按应办时间", NEWEST: "新件在前"}
NAMED = ("community", "department", "holder")
"""Filters of which a city has too many for a list."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a filter can be set to, ready for the page; empty for one that has too many."""

    markup: Markup

    @classmethod
    def of(cls, some: Iterable[tuple[str, str]]) -> Options:
        """These codes with their names."""
        return cls(Markup("").join(Markup('<option value="{}">{}</option>').format(*one) for one in some))

    def __bool__(self) -> bool:
        return bool(self.markup)

    def at(self, chosen: str) -> Markup:
        """The options with one of them chosen."""
        mark = Markup('<option value="{}"').format(chosen)
        return Markup(str(self.markup).replace(f"{mark}>", f"{mark} selected>", 1)) if chosen else self.markup


def filters_of(pack: Pack, lang: str) -> Mapping[str, Options]:
    """What each filter can be set to; a state of several kinds of case has all its names. A city has the same all day,
    so it is put together once."""
    return _filters(pack, lang, MOST)


@lru_cache(maxsize=16)
def _filters(pack: Pack, lang: str, most: int) -> Mapping[str, Options]:
    states: dict[str, dict[str, None]] = {}
    for kind in CASE_TYPES:
        for state in kind.states:
            states.setdefault(state.code, {})[state.label_en if lang == "en" else state.label] = None
    found = {
        "matter": [(one.code, f"{one.code} {one.name}") for one in pack.matters.values()],
        "state": [(code, "/".join(names)) for code, names in states.items()],
        "light": [(code, say(lang, LIGHTS[code])) for code in LIT],
        "sort": [(code, say(lang, word)) for code, word in SORTS.items()],
        "type": [(one.code, one.label_en if lang == "en" else one.label) for one in CASE_TYPES],
    }
    every = {name: _named(name, pack, lang) for name in NAMED}
    found |= {name: some if len(some) <= most else [] for name, some in every.items()}
    return {name: Options.of(some) for name, some in found.items()}


def coded(pack: Pack, lang: str, written: Mapping[str, str]) -> dict[str, str]:
    """What was written into filters that are named, as codes; what is no name stays as it is."""
    given = {name: value for name, value in written.items() if value}
    known = {name: {word: code for code, word in _named(name, pack, lang)} for name in given}
    return {name: known[name].get(value, value) for name, value in given.items()}


def _named(name: str, pack: Pack, lang: str) -> list[tuple[str, str]]:
    if name == "community":
        return [(one.code, one.name) for one in pack.communities.values()]
    if name == "department":
        return [(one.code, one.name) for one in pack.organisations.values() if one.kind not in NO_DEPARTMENTS]
    everybody = [(one.code, one.name) for one in pack.organisations.values()]
    return [(NOBODY, say(lang, "不在任何单位手上")), *everybody]
