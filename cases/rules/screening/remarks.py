"""What a remark says (备注): the pack's phrases, heard clause by clause.

Firms write remarks in their own words, and one word in the same clause turns the meaning round (已付清, but
2023年以前已付清); so a phrase counts only in a clause without any word that takes it back. What does not live here: the
phrases (the pack) and what follows from them (the other modules of this room).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cases.packs.names import plain
from cases.packs.schema import ScreeningSignal

_STOPS = re.compile(r"[,;。!?\n]")
_LINES = re.compile(r"[\r\n\u2028\u2029]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|-)(\d{1,2})(?:(?:月|-)(\d{1,2})(?=日|\D|$)|月|(?!\d))")
_WHOLE = re.compile("「(.+)」")


class Heard(NamedTuple):
    """A signal that was heard: the phrase as the pack has it, and the clause it stood in."""

    phrase: str
    clause: str

    @property
    def years(self) -> tuple[int, ...]:
        """The years the clause names."""
        return tuple(int(year) for year in _YEAR.findall(self.clause))

    @property
    def days(self) -> tuple[date, ...]:
        """The dates the clause names; a month without a day is its first day."""
        found = (_day(*match.groups()) for match in _MONTH.finditer(self.clause))
        return tuple(day for day in found if day is not None)


def _day(year: str, month: str, day: str | None) -> date | None:
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError:  # a month 13, a 30 February: no date
        return None


class _Phrase(NamedTuple):
    given: str
    parts: tuple[str, ...]
    whole: bool

    def within(self, clause: str) -> bool:
        if self.whole:
            return clause == self.parts[0]
        at = 0
        for part in self.parts:
            found = clause.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return True


class Phrasebook:
    """The signals of a pack, made ready once for a whole batch."""

    def __init__(self, signals: Mapping[str, ScreeningSignal]) -> None:
        self._phrases = {code: tuple(map(_phrase, row.phrases)) for code, row in signals.items()}
        self._unless = {code: tuple(map(plain, row.unless)) for code, row in signals.items()}

    def heard(self, text: str, signal: str) -> tuple[Heard, ...]:
        """Every clause of ``text`` that says ``signal``; a signal the pack does not have is never heard."""
        return tuple(self._listen(text, signal)) if text else ()

    def ends(self, text: str, signal: str) -> str:
        """The phrase of ``signal`` that ``text`` ends with, or nothing."""
        name = plain(text)
        return next((one.given for one in self._phrases.get(signal, ()) if name.endswith(one.parts[0])), "")

    def _listen(self, text: str, signal: str) -> Iterator[Heard]:
        for clause in clauses(text):
            if any(word in clause for word in self._unless.get(signal, ())):
                continue
            for phrase in self._phrases.get(signal, ()):
                if phrase.within(clause):
                    yield Heard(phrase.given, clause)
                    break


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a remark, without white space, full-width signs made ordinary."""
    parts = _STOPS.split(plain(_LINES.sub("。", text)))
    return tuple(part for part in parts if part)


def _phrase(given: str) -> _Phrase:
    whole = _WHOLE.fullmatch(given)
    inner = whole[1] if whole else given
    return _Phrase(inner, tuple(plain(part) for part in inner.split("…") if part), whole is not None)
