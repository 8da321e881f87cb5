"""What the domain says, in the language of the page (答复用语): guards, refusals, what is wrong with a field.

The domain speaks Chinese; its sentences are keys of the English catalogues, those with a value in them as templates
(``与 {numbers} 的编号相同``). A value that is itself a word of the house (a state, a step) is said in English too;
names, and what only the pack of a city can say, stay Chinese and are marked as such. What does not live here: the words
of the pages themselves (``frame.say``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from api.console.english import ENGLISH, SAID
from cases.machines import CASE_TYPES
from cases.machines.roles import ROLES

CHINESE = re.compile("[\u3400-\u9fff]")
_WIDE = "[\u3000-\u9fff\uff00-\uffef]"
_RUN = re.compile(f"{_WIDE}*[\u3400-\u9fff](?:{_WIDE}|[,;:()0-9. ]{{1,4}}(?={_WIDE}))*")
"""Words that stay Chinese, with the signs between them."""

NUMBERS = frozenset(
    {"n", "days", "least", "most", "times", "year", "month", "many", "done", "left", "failed", "total", "points"}
)  # fmt: skip
"""Slots that hold nothing but a number."""

LONGEST, DEEPEST = 1000, 8
"""A longer sentence is left as it is, and so are values that nest deeper: what strangers send may stand in one."""

_NUMBER = re.compile("[+-]?[0-9.,]+")
_SLOT = re.compile(r"\{(\w+)\}")
HEADING = "还需:"
JOINED = ";"
"""Between the sentences of several guards."""


def spoken(lang: str, sentence: str) -> str:
    """A sentence of the domain on a page; what stays Chinese on an English page is marked as Chinese."""
    if lang != "en" or not CHINESE.search(sentence):
        return sentence
    english = english_of(sentence)
    if english is None:
        return Markup('<span lang="zh-CN">{}</span>').format(sentence)
    return Markup(_RUN.sub(r'<span lang="zh-CN">\g<0></span>', str(escape(english))))


def needed(lang: str, sentence: str) -> str:
    """What a guard still needs, in a list that is headed so already."""
    said = spoken(lang, sentence)
    for heading in (HEADING, ENGLISH[HEADING]):
        if said.startswith(heading):
            return said[len(heading) :].lstrip()
    return said


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with values: what stands between them, their names, and the sentence in English."""

    between: tuple[str, ...]
    slots: tuple[str, ...]
    english: str

    @classmethod
    def of(cls, key: str, english: str) -> Template:
        """Read off a key of the catalogues."""
        pieces = _SLOT.split(key)
        return cls(tuple(pieces[::2]), tuple(pieces[1::2]), english)

    def values(self, sentence: str) -> dict[str, str] | None:
        """The values in a sentence of this form, each as short as can be; None for another sentence. Nothing is tried
        twice, so that no sentence takes long."""
        first, *inner, last = self.between
        at, end = len(first), len(sentence) - len(last)
        if at > end or not (sentence.startswith(first) and sentence.endswith(last)):
            return None
        found: list[str] = []
        for piece in inner:
            place = sentence.find(piece, at, end)
            if place < 0:
                return None
            found.append(sentence[at:place])
            at = place + len(piece)
        values = dict(zip(self.slots, [*found, sentence[at:end]], strict=True))
        fits = all(_NUMBER.fullmatch(said) for name, said in values.items() if name in NUMBERS)
        return values if fits else None


def english_of(sentence: str, depth: int = 0) -> str | None:
    """The English of a sentence, whole or by template; None where nobody wrote it."""
    if plain := SAID.get(sentence) or ENGLISH.get(sentence) or _house_words().get(sentence):
        return plain
    if len(sentence) > LONGEST or depth == DEEPEST:
        return None
    for one in _templates():
        values = one.values(sentence)
        if values is not None:
            return one.english.format(**{name: _value(said, depth + 1) for name, said in values.items()})
    parts = sentence.split(JOINED)
    spoken = [english_of(part, depth + 1) for part in parts] if len(parts) > 1 else []
    return "; ".join(part for part in spoken if part) if spoken and all(spoken) else None


def _value(said: str, depth: int) -> str:
    """A value in words: each part of a list for itself."""
    return english_of(said, depth) or ", ".join(english_of(part, depth) or part for part in said.split("、"))


@cache
def _templates() -> tuple[Template, ...]:
    """The sentences with values in them, those that say most first: they leave least to a value."""
    found = [Template.of(key, said) for key, said in {**ENGLISH, **SAID}.items() if _SLOT.search(key)]
    found = [one for one in found if CHINESE.search("".join(one.between))]
    return tuple(sorted(found, key=lambda one: -sum(map(len, one.between))))


@cache
def _house_words() -> dict[str, str]:
    """What states, steps, kinds of cases and roles are called."""
    words = {role.label: role.label_en for role in ROLES.values()}
    for kind in CASE_TYPES:
        words[kind.label] = kind.label_en
        words |= dict(kind.verbs.values()) | {state.label: state.label_en for state in kind.states}
    return words
