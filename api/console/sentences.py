"""What the domain says, in the language of the page (答复用语): guards, refusals, what is wrong with a field.

The domain speaks Chinese; its sentences are keys of the English catalogues, those with a value in them as templates
(``与 {numbers} 的编号相同``). A value that is itself a word of the house (a state, a step) is said in English too;
names, and what only the pack of a city can say, stay Chinese and are marked as such. What does not live here: the words
of the pages themselves (``frame.say``).
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

from api.console.english import ENGLISH, SAID
from cases.machines import CASE_TYPES
from cases.machines.roles import ROLES

CHINESE = re.compile("[\u3400-\u9fff]")
_RUN = re.compile("[\u3000-\u9fff\uff00-\uffef]*[\u3400-\u9fff][\u3000-\u9fff\uff00-\uffef]*")
NUMBERS = frozenset(
    {
        "n",
        "days",
        "least",
        "most",
        "times",
        "year",
        "month",
        "years",
        "many",
        "done",
        "left",
        "failed",
        "total",
        "points",
    }
)
"""Slots that hold nothing but a number."""

_SLOT = re.compile(r"\{(\w+)\}")
HEADING = "还需:"
JOINED = ";"
"""Between the sentences of several guards."""


def spoken(lang: str, sentence: str) -> str:
    """A sentence of the domain on a page; what stays Chinese on an English page is marked as Chinese."""
    if lang != "en" or not CHINESE.search(sentence):
        return sentence
    spoken = english_of(sentence)
    if spoken is None:
        return Markup('<span lang="zh-CN">{}</span>').format(sentence)
    return Markup(_RUN.sub(r'<span lang="zh-CN">\g<0></span>', str(escape(spoken))))


def needed(lang: str, sentence: str) -> str:
    """What a guard still needs, in a list that is headed so already."""
    said = spoken(lang, sentence)
    for heading in (HEADING, ENGLISH[HEADING]):
        if said.startswith(heading):
            return said[len(heading) :].lstrip()
    return said


def english_of(sentence: str) -> str | None:
    """The English of a sentence, whole or by template; None where nobody wrote it."""
    if plain := SAID.get(sentence) or ENGLISH.get(sentence) or _house_words().get(sentence):
        return plain
    for form, english in _templates():
        if found := form.fullmatch(sentence):
            return english.format(**{name: _value(said) for name, said in found.groupdict().items()})
    parts = sentence.split(JOINED)
    spoken = [english_of(part) for part in parts] if len(parts) > 1 else []
    return "; ".join(part for part in spoken if part) if spoken and all(spoken) else None


def _value(said: str) -> str:
    """A value in words: each part of a list for itself."""
    return english_of(said) or ", ".join(english_of(part) or part for part in said.split("、"))


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with values in them, those that say most first: they leave least to a value."""
    found = [
        (key, english) for key, english in {**ENGLISH, **SAID}.items() if _SLOT.search(key) and CHINESE.search(key)
    ]
    found.sort(key=lambda one: -len(_SLOT.sub("", one[0])))
    return tuple((_pattern(key), english) for key, english in found)


def _pattern(key: str) -> re.Pattern[str]:
    pieces = [
        f"(?P<{one}>{r'[+-]?[0-9.,]+' if one in NUMBERS else '.*?'})" if n % 2 else re.escape(one)
        for n, one in enumerate(_SLOT.split(key))
    ]
    return re.compile("".join(pieces), re.DOTALL)


@cache
def _house_words() -> dict[str, str]:
    """What states, steps, kinds of cases and roles are called."""
    words = {role.label: role.label_en for role in ROLES.values()}
    for kind in CASE_TYPES:
        words[kind.label] = kind.label_en
        words |= dict(kind.verbs.values()) | {state.label: state.label_en for state in kind.states}
    return words
