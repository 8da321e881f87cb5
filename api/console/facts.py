"""The facts of a case as they are shown (案件事实): each with its name, in the order an officer asks for them.

What does not live here: which facts somebody may know (cases.desk.views), and the fields of forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from api.console import moments
from api.console.fact_names import CODED, HIDDEN, NAMES, WORDS
from api.console.labels import Labels
from api.console.suit_names import SUIT_NAMES, SUIT_WORDS
from cases.desk.showing import schema_of
from cases.machines import CASE_TYPES
from cases.rules.visibility import SUIT


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its name, and what it is: ``text``, or ``points``, or facts of its own (``parts``)."""

    name: str
    text: str = ""
    points: tuple[str, ...] = ()
    parts: tuple[tuple[Fact, ...], ...] = ()


def facts_of(
    facts: Mapping[str, Any],
    labels: Labels,
    hidden: frozenset[str] = HIDDEN,
    titles: Mapping[str, str] = MappingProxyType({}),
    case_type: str = "",
) -> list[Fact]:
    """Every fact that says something; ``titles`` are what the form called them in which they were written, and a kind
    of case may have names of its own."""
    names = NAMES if case_type != SUIT else {**SUIT_NAMES, **{k: v for k, v in NAMES.items() if k not in SUIT_NAMES}}
    return _Naming(labels, names, SUIT_WORDS if case_type == SUIT else {}).all(facts, hidden, titles)


@dataclass(frozen=True, slots=True)
class _Naming:
    """What facts are called, and which of their values are words, in one kind of case."""

    labels: Labels
    names: Mapping[str, tuple[str, str]]
    words: Mapping[str, str]

    def all(self, facts: Mapping[str, Any], hidden: frozenset[str], titles: Mapping[str, str]) -> list[Fact]:
        order = {name: place for place, name in enumerate(self.names)}
        known = sorted(facts.items(), key=lambda one: order.get(one[0], len(order)))
        given = titles if self.labels.lang == "zh" else {}
        return [
            self._one(name, given.get(name) or self._called(name), value)
            for name, value in known
            if name not in hidden and _says(value)
        ]

    def _called(self, name: str) -> str:
        return self.names[name][self.labels.lang == "en"] if name in self.names else name

    def _one(self, name: str, shown: str, value: Any) -> Fact:
        if isinstance(value, Mapping):
            return Fact(shown, parts=(tuple(self.all(value, frozenset(), {})),))
        if isinstance(value, list | tuple):
            if any(isinstance(one, Mapping) for one in value):
                return Fact(shown, parts=tuple(tuple(self.all(one, frozenset(), {})) for one in value))
            return Fact(shown, points=tuple(self._said(name, one) for one in value))
        return Fact(shown, text=self._said(name, value))

    def _said(self, name: str, value: object) -> str:
        if self.words and name == "item":
            phrase = self.labels.pack.wording.get(f"screening.{value}")
            return str(value) if phrase is None else phrase.en if self.labels.lang == "en" else phrase.zh
        if isinstance(value, str) and value in self.words:
            return self.labels.say(self.words[value])
        return said(name, value, self.labels)


def _says(value: object) -> bool:
    return value is not False and value not in (None, "", [], {}, ())


def name_of(name: str, labels: Labels) -> str:
    """What a fact, or a field of a form, is called."""
    return NAMES[name][labels.lang == "en"] if name in NAMES else name


def said(name: str, value: object, labels: Labels) -> str:
    """A single value in words: a code by its name, a moment in Beijing time, yes or no."""
    if isinstance(value, bool):
        return labels.say("是" if value else "否")
    text = str(value)
    if name in CODED:
        return _named(CODED[name], text, labels)
    if text in WORDS:
        return labels.say(WORDS[text])
    if (name, text) in choices():
        return labels.say(text)
    return _dated(text, labels)


@cache
def choices() -> frozenset[tuple[str, str]]:
    """What the forms of all case types let one choose, by field: words of the house, not of whoever filled them in."""
    forms = {step.form for kind in CASE_TYPES for step in kind.steps} | {kind.opening.form for kind in CASE_TYPES}
    found: set[tuple[str, str]] = set()
    for form in forms:
        schema = schema_of(form)
        for part in (schema, *schema.get("$defs", {}).values()):
            for name, asked in part.get("properties", {}).items():
                found |= {(name, one) for one in _offered(asked)}
    return frozenset(found)


def _offered(asked: Any) -> Iterator[str]:
    """The words a field lets one choose, wherever its schema says so."""
    if isinstance(asked, Mapping):
        yield from (one for one in (*asked.get("enum", ()), asked.get("const")) if isinstance(one, str))
        for key in ("anyOf", "items"):
            yield from _offered(asked.get(key))
    elif isinstance(asked, list):
        for one in asked:
            yield from _offered(one)


def _named(kind: str, code: str, labels: Labels) -> str:
    if kind == "org":
        return labels.org(code)
    if kind == "clock":
        return labels.clock(code)
    found = labels.pack.matter(code) if kind == "matter" else labels.pack.communities.get(code)
    return found.name if found else code


def _dated(text: str, labels: Labels) -> str:
    try:
        if len(text) == len("2026-01-31"):
            return moments.day(text, labels.lang)
        if len(text) > len("2026-01-31T09:30") and text[10] == "T":
            return moments.full(datetime.fromisoformat(text), labels.lang)
    except ValueError:
        return text
    return text
